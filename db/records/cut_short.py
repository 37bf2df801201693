"""Whether an event that was broken off on its day counts as one of the year."""

from __future__ import annotations

from enum import StrEnum


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
