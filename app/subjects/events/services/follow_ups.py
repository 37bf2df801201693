"""What only the state of the store calls for: calls to make again, bookings to give back, things and tablets outside.

- ``read_follow_ups(database, today) -> tuple[FollowUp, ...]`` – read with the year, turned into tasks by
  ``app.subjects.events.services.event_tasks`` and ``app.subjects.events.services.deadlines``; each closes itself when it is done
- ``FOLLOW_UPS`` – what the subjects declare: each reads its own
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.asked import Asked
from app.declared import Declared
from db.engine import Database


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """One thing to do: its day, its words, why it is that day, and what is asked for. ``event_id`` None = of no event."""

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


def read_follow_ups(database: Database, today: date) -> tuple[FollowUp, ...]:
    """Return everything that is open now, subject by subject."""
    return tuple(found for source in FOLLOW_UPS for found in source(database, today))
