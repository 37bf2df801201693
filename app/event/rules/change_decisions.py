"""Which letters notify of a 中止 or change, and what participants knew before it."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import clock_words, long_date
from db.records.calls import DecisionKind

CANCELLATION_LETTER = "中止通知"
CHANGE_LETTER = "変更通知"
REVOCATION_LETTER = "中止・変更の取消通知"
"""Letters that notify of each kind of decision, and of one that was taken back."""
INVITATION_LETTER = "開催通知"
"""Letter that notifies time and place where nobody is selected."""
REJECTION_LETTER = "落選通知"
"""Letter to applicants without a place."""
WITHDRAWAL_LETTER = "辞退受理通知"
"""Letter that confirms a withdrawal."""
PLACE_REVOCATION_LETTER = "決定取消通知"
"""Letter to those whose place, told by a 決定通知, the ward takes back."""


def letter_of(kind: DecisionKind) -> str:
    """Return the kind of letter that a decision leads to."""
    if kind.revokes:
        return REVOCATION_LETTER
    return CANCELLATION_LETTER if kind.is_cancellation else CHANGE_LETTER


def start_time_differs(before: str, event_date: date | None, start_time: str) -> bool:
    """Return whether an event begins at another time than ``before`` says (「令和8年9月24日（木）午後2時から…」).

    The end is not compared, as corrections of the timetable may move it. True for an event without a day.
    """
    if event_date is None:
        return True
    return not before.replace("　", "").startswith(f"{long_date(event_date)}{clock_words(start_time)}から")


def end_time_differs(before: str, end_time: str) -> bool:
    """Return whether an event ends at another time than ``before`` says; False where that names no end."""
    return before.endswith("まで") and not before.endswith(f"から{clock_words(end_time)}まで")
