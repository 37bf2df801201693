"""By which letters a decision in a hurry is told, and what people have in mind by it."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.calendar.dates import clock_words, long_date
from db.records.calls import ChangeDecision

CANCELLATION_LETTER: Final = "中止通知"
CHANGE_LETTER: Final = "変更通知"
"""The letters by which a decision is told."""
INVITATION_LETTER: Final = "開催通知"
"""The letter by which those who come to what needs no choice learn when and where it is."""
REJECTION_LETTER: Final = "落選通知"
"""The letter by which who applied learns that there was no place."""
WITHDRAWAL_LETTER: Final = "辞退受理通知"
"""The letter by which who withdrew learns that it was received."""


def previously_announced_time(decision: ChangeDecision | None) -> str:
    """Return the day and time that people have in mind by a decision, or empty."""
    return decision.told_time or decision.before_time if decision is not None else ""


def start_time_differs(before: str, event_date: date | None, start_time: str) -> bool:
    """Whether an event begins at another time than ``before`` says (「令和8年9月24日（木）午後2時から…」).

    When it ends says its timetable, which may be mended; without a day it begins at no time.
    """
    if event_date is None:
        return True
    return not before.replace("　", "").startswith(f"{long_date(event_date)}{clock_words(start_time)}から")
