"""What only the state of the store calls for: calls to make again, bookings to give back, things and tablets outside.

- ``read_follow_ups(database, today) -> tuple[FollowUp, ...]`` – read with the year, turned into tasks by
  ``app.subjects.events.services.event_tasks`` and ``app.subjects.events.services.deadlines``; each closes itself when
  it is done
- ``FOLLOW_UPS`` – what the subjects declare: each reads its own
- ``read_year_follow_ups(store, today)``, ``YEAR_FOLLOW_UPS`` – those of no event that read too much for every page of
  an event: only where the duties of all years stand in one list
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.asked import Asked
from app.declared import Declared
from db.engine import Database
from db.store import Store


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """One thing to do: its day, its words, why it is that day, and what is asked for. ``event_id`` None =
    of no event."""

    task: str
    event_id: int | None
    label: str
    detail: str
    due: date
    basis: str
    rule: str
    asked: Asked


FollowUpSource = Callable[[Database, date], Iterable[FollowUp]]
FOLLOW_UPS: Final[Declared[FollowUpSource]] = Declared("follow_ups")
YearFollowUpSource = Callable[[Store, date], Iterable[FollowUp]]
YEAR_FOLLOW_UPS: Final[Declared[YearFollowUpSource]] = Declared("year_follow_ups")


def read_follow_ups(database: Database, today: date) -> tuple[FollowUp, ...]:
    """Return everything that is open now, subject by subject."""
    return tuple(found for source in FOLLOW_UPS for found in source(database, today))


def read_year_follow_ups(store: Store, today: date) -> tuple[FollowUp, ...]:
    """Return what is open now about no event and is read only for the list of all duties."""
    return tuple(found for source in YEAR_FOLLOW_UPS for found in source(store, today))
