"""Parses a typed moment, and words the state of a place in an event."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Final

from app.calendar.date_parsing import parse_date, parse_time
from app.calendar.office_days import DateProblem
from app.event.rules.participation import is_coming
from db.digits import one_width
from db.records.roster import Entry

_MOMENT_SEPARATOR: Final = re.compile(r"\s+|(?<=[日)])(?=\d|午)|T")
_MOMENT_SUFFIX: Final = re.compile(r"\s*(時点|現在|頃|ごろ)$")
_INPUT_HINT: Final = "9/25 17:00、9/25、R8.9.25 午後5時 のように入力してください。"
END_OF_DAY: Final = time(23, 59, 59, 999999)
"""Time of a typed day without a time, so that it includes all that was done on it."""


def parse_moment(text: str, fiscal_year: int, *, shown_moment: datetime | None = None) -> datetime:
    """Return the last instant of the typed minute or day.

    Args:
        text: a day, a day with a time, or a time alone, in any usual form; 「時点」 behind it is ignored.
        fiscal_year: year of a day without a year (令和8年度 = 2026).
        shown_moment: the moment shown now, whose day is used for a time alone.

    Raises:
        DateProblem: with a sentence for the user.
    """
    plain = _MOMENT_SUFFIX.sub("", one_width(text).strip())
    if not plain:
        raise DateProblem(f"時点が入力されていません。{_INPUT_HINT}")
    for between in reversed(list(_MOMENT_SEPARATOR.finditer(plain))):
        try:
            clock = parse_time(plain[between.end() :])
        except DateProblem:
            continue
        return _end_of_minute(
            datetime.combine(parse_date(plain[: between.start()], fiscal_year), time.fromisoformat(clock))
        )
    try:
        return datetime.combine(parse_date(plain, fiscal_year), END_OF_DAY)
    except DateProblem as problem:
        if shown_moment is None:
            raise
        try:
            clock = parse_time(plain) if ":" in plain or "時" in plain else ""
        except DateProblem:
            clock = ""
        if not clock:
            raise DateProblem(str(problem)) from None
        return _end_of_minute(datetime.combine(shown_moment.date(), time.fromisoformat(clock)))


def _end_of_minute(minute: datetime) -> datetime:
    return minute.replace(second=59, microsecond=999999)


def entry_state_words(entry: Entry | None) -> str:
    """Return the state of a place in one word: 参加予定, 欠席連絡, 当日受付, 出席, 欠席, 補欠 …; 「なし」 for none."""
    if entry is None:
        return "なし"
    if entry.attendance.is_present:
        return "当日受付" if entry.walk_in else "遅れて出席" if entry.late else "出席"
    if entry.attendance.is_absent:
        return "欠席"
    if entry.absent_told_at is not None and entry.state.is_coming:
        return "欠席連絡"
    if is_coming(entry):
        return "参加予定" if entry.state.is_chosen else "申込"
    return entry.state
