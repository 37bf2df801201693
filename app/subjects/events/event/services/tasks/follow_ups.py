"""What only the state of the store calls for: calls to make again, bookings to give back, things and tablets outside.

- ``read_follow_ups(database, today, event_id=None) -> tuple[FollowUp, ...]`` – read with the year, turned into tasks by
  ``app.subjects.events.event.services.tasks.event_tasks`` and ``app.subjects.events.event.services.tasks.deadlines``;
  each closes itself when it is done
- ``FOLLOW_UPS`` – what the subjects declare about events: each reads its own, of all events or of one
- ``EVENTLESS_FOLLOW_UPS`` – the same about no event, which the page of an event never reads
- ``read_year_follow_ups(store, today)``, ``YEAR_FOLLOW_UPS`` – those of no event that read too much for every page of
  an event: only where the duties of all years stand in one list
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, Protocol

from app.actions.action_id import ActionLink
from app.common.extension_point import ExtensionPoint
from db.engine import Database
from db.frozen_record import frozen_record
from db.store import Store


@frozen_record
class FollowUp:
    """One thing to do: its day, its words, why it is that day, and what is asked for. ``event_id`` None =
    of no event. ``clause`` names the law where the day is not the ward's own: it can be overdue then."""

    task: str
    event_id: int | None
    label: str
    detail: str
    due: date
    basis: str
    rule: str
    link: ActionLink
    clause: str = ""


class FollowUpSource(Protocol):
    """What a subject calls for about events."""

    def __call__(self, database: Database, today: date, /, *, event_id: int | None = None) -> Iterable[FollowUp]:
        """Return what is open on ``today``, of one event or (None) of all."""


EventlessFollowUpSource = Callable[[Database, date], Iterable[FollowUp]]
FOLLOW_UPS: Final[ExtensionPoint[FollowUpSource]] = ExtensionPoint("follow_ups")
EVENTLESS_FOLLOW_UPS: Final[ExtensionPoint[EventlessFollowUpSource]] = ExtensionPoint("eventless_follow_ups")
YearFollowUpSource = Callable[[Store, date], Iterable[FollowUp]]
YEAR_FOLLOW_UPS: Final[ExtensionPoint[YearFollowUpSource]] = ExtensionPoint("year_follow_ups")


def read_follow_ups(database: Database, today: date, *, event_id: int | None = None) -> tuple[FollowUp, ...]:
    """Return everything that is open now, subject by subject; of one event only what is about it, without reading
    what is about others."""
    if event_id is not None:
        every = [found for source in FOLLOW_UPS for found in source(database, today, event_id=event_id)]
        return tuple(found for found in every if found.event_id == event_id)
    loose = [found for source in EVENTLESS_FOLLOW_UPS for found in source(database, today)]
    return (*(found for source in FOLLOW_UPS for found in source(database, today)), *loose)


def read_year_follow_ups(store: Store, today: date) -> tuple[FollowUp, ...]:
    """Return what is open now about no event and is read only for the list of all duties."""
    return tuple(found for source in YEAR_FOLLOW_UPS for found in source(store, today))
