"""The stored word for how far an event has come."""

from __future__ import annotations

from enum import StrEnum


class EventStatus(StrEnum):
    """What was recorded of an event. What it is on a day follows from this, its day and its decisions: its phase."""

    PLANNED = "予定"
    HELD = "実施済"
    CANCELLED = "中止"
    WITHDRAWN = "取下げ"
    """The 団体 of a visit took its request back."""
    DECLINED = "不採択"
    """The request for a visit was not selected."""

    @property
    def counts(self) -> bool:
        """Return whether the event is one of those of its year: planned or held."""
        return self in (EventStatus.PLANNED, EventStatus.HELD)

    @property
    def is_planned(self) -> bool:
        """Return whether day, place and people may still be changed."""
        return self is EventStatus.PLANNED

    @property
    def is_withdrawn(self) -> bool:
        """Return whether the 団体 took its request back."""
        return self is EventStatus.WITHDRAWN

    @property
    def is_request_ended(self) -> bool:
        """Return whether the request of a visit ended without it."""
        return self in (EventStatus.WITHDRAWN, EventStatus.DECLINED)

    @property
    def is_held(self) -> bool:
        """Return whether its result is recorded, so that it counts as 実施."""
        return self is EventStatus.HELD

    @property
    def is_cancelled(self) -> bool:
        """Return whether it was decided not to hold it (中止), so that a 中止通知 may be due."""
        return self is EventStatus.CANCELLED
