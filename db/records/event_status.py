"""The stored words for how far an event has come, and whether one that was broken off counts."""

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


class CutShort(StrEnum):
    """What was agreed with the contractor about an event that was broken off (途中で打切り), as kept in files."""

    NOT = ""
    """It ended as planned: the one that is false."""
    COUNTED = "数える"
    LEFT_OUT = "数えない"
    OPEN = "協議中"
    """Until it is agreed, the event counts as held."""

    @property
    def is_left_out(self) -> bool:
        """Return whether the event is named and not counted in the year."""
        return self is CutShort.LEFT_OUT

    @property
    def words(self) -> str:
        """Return 「回数に数える」「回数に数えない」「回数の扱いは協議中」, "" for an event that ended as planned."""
        return "回数の扱いは協議中" if self is CutShort.OPEN else self.value and f"回数に{self.value}"
