"""A warning about an event: never a block, but a reason that says which way it is settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta
from typing import Literal

Needs = Literal["", "程度の範囲内", "協議で足りる", "契約変更の要否を契約課へ確認"]
WITHIN_ABOUT: Needs = "程度の範囲内"
AGREEMENT: Needs = "協議で足りる"
CONTRACT_CHANGE: Needs = "契約変更の要否を契約課へ確認"
QUIET_WEEKS = 4
"""Until then what is only not known yet is no warning: twice the two weeks in which materials and numbers are due."""
NEEDS: tuple[Needs, ...] = (WITHIN_ABOUT, AGREEMENT, CONTRACT_CHANGE)


@dataclass(frozen=True)
class EventWarning:
    """One thing that is not as the 仕様書 or common sense has it.

    ``clause`` is the short form (仕4(1)エ) or empty; ``needs`` is the likely way to settle it, which the
    clerk may change; empty where no reason is asked. ``of_year`` marks what the year's number of events gives
    rise to: it concerns the event that is one too many, not every other one. ``unknown`` = nothing is wrong, it is only
    not known yet.
    """

    text: str
    _: KW_ONLY
    clause: str = ""
    needs: Needs = ""
    of_year: bool = False
    unknown: bool = False


def to_look_at_now(warnings: Iterable[EventWarning], event_date: date | None, today: date) -> bool:
    """Whether a warning is one: what is only not known yet is said quietly until four weeks before the event."""
    near = event_date is not None and event_date <= today + timedelta(weeks=QUIET_WEEKS)
    return near or any(not one.unknown for one in warnings)
