"""The stored words for how far an event has come, and whether one that was broken off counts."""

from __future__ import annotations

from enum import StrEnum

from db.record import one_of


class EventStatus(StrEnum):
    """What was recorded of an event. What it is on a day follows from this, its day and its decisions: its phase."""

    PLANNED = "予定"
    HELD = "実施済"
    CANCELLED = "中止"
    WITHDRAWN = "取下げ"
    """The 団体 of a visit took its request back."""
    DECLINED = "不採択"
    """The request for a visit was not selected."""

    counts = one_of(PLANNED, HELD)
    """Whether the event is one of those of its year."""
    is_planned = one_of(PLANNED)
    """Whether day, place and people may still be changed."""
    is_held = one_of(HELD)
    """Whether its result is recorded, so that it counts as 実施."""
    is_cancelled = one_of(CANCELLED)
    """Whether it was decided not to hold it, so that a 中止通知 may be due."""
    is_withdrawn = one_of(WITHDRAWN)
    is_request_ended = one_of(WITHDRAWN, DECLINED)
    """Whether the request of a visit ended without it."""


class CutShort(StrEnum):
    """What was agreed with the contractor about an event that was broken off (途中で打切り), as kept in files."""

    NOT = ""
    """It ended as planned: the one that is false."""
    COUNTED = "数える"
    LEFT_OUT = "数えない"
    OPEN = "協議中"
    """Until it is agreed, the event counts as held."""

    is_left_out = one_of(LEFT_OUT)
    """Whether the event is named and not counted in the year."""
    is_open = one_of(OPEN)

    @property
    def words(self) -> str:
        """Return 「回数に数える」「回数に数えない」「回数の扱いは協議中」, "" for an event that ended as planned."""
        return "回数の扱いは協議中" if self.is_open else self.value and f"回数に{self.value}"
