"""Extension points for work that arises from the present state: calls to repeat, bookings to return, items lent out.

Each source reads its own follow-ups, which become tasks in ``event_tasks`` and ``deadlines`` and vanish when done.
``FOLLOW_UPS`` holds the sources about events, ``EVENTLESS_FOLLOW_UPS`` those about no event: they look at all years and
are asked only where they are shown. ``YEAR_FOLLOW_UPS`` are about no event either and read so much that they are used
only in the list of all tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Protocol

from app.actions.action_id import ActionLink
from app.common.extension_point import ExtensionPoint
from db.engine import Database
from db.record import record
from db.store import Store


@record
class FollowUp:
    """One thing to do: its day, words, the basis of the day, and the action.

    Attributes:
        event_id: None = about no event.
        clause: the law where the day is not the ward's own, so that it can be overdue.
        is_period: ``due`` ends a period, which goes on to the next open day (民法142条).
    """

    task: str
    label: str
    detail: str
    due: date
    basis: str
    rule: str
    link: ActionLink
    event_id: int | None = None
    clause: str = ""
    is_period: bool = False


class FollowUpSource(Protocol):
    """Function of a subject that returns its open follow-ups."""

    def __call__(self, database: Database, today: date, /, *, event_id: int | None = None) -> Iterable[FollowUp]:
        """Return what is open on ``today``, of one event or (None) of all."""


EventlessFollowUpSource = Callable[[Database, date], Iterable[FollowUp]]
FOLLOW_UPS: ExtensionPoint[FollowUpSource] = ExtensionPoint("follow_ups")
EVENTLESS_FOLLOW_UPS: ExtensionPoint[EventlessFollowUpSource] = ExtensionPoint("eventless_follow_ups")
YearFollowUpSource = Callable[[Store, date], Iterable[FollowUp]]
YEAR_FOLLOW_UPS: ExtensionPoint[YearFollowUpSource] = ExtensionPoint("year_follow_ups")


def read_follow_ups(database: Database, today: date, *, event_id: int | None = None) -> tuple[FollowUp, ...]:
    """Return what is open now from all sources about events; with ``event_id`` only about that event."""
    every = (found for source in FOLLOW_UPS for found in source(database, today, event_id=event_id))
    return tuple(found for found in every if event_id is None or found.event_id == event_id)


def read_eventless_follow_ups(database: Database, today: date) -> tuple[FollowUp, ...]:
    """Return what is open now about no event, as home, the month and the 引継書 show it."""
    return tuple(found for source in EVENTLESS_FOLLOW_UPS for found in source(database, today))


def read_year_follow_ups(store: Store, today: date) -> tuple[FollowUp, ...]:
    """Return the open follow-ups about no event that are read only for the list of all tasks."""
    return tuple(found for source in YEAR_FOLLOW_UPS for found in source(store, today))
