"""What a month calendar shows of a day, and the days of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, kw_only=True)
class DayMarks:
    """One day: events as (kind, short words), deadlines as a count, why the office is closed.

    ``flag_words`` replaces the bare count (「資料」「3件」); ``overdue`` draws the flag red with 「!」.
    ``closed_words`` names the holiday (「敬老」) where there is room. ``tip`` says everything in full.
    """

    events: tuple[tuple[str, str], ...] = ()
    flags: int = 0
    flag_words: str = ""
    overdue: bool = False
    closed: bool = False
    closed_words: str = ""
    tip: str = ""


def page_days(year: int, month: int) -> tuple[date, ...]:
    """The days of a calendar page, whole weeks from Sunday on."""
    first = date(year, month, 1)
    start = first - timedelta(days=(first.weekday() + 1) % 7)
    following = date(year + month // 12, month % 12 + 1, 1)
    last = following - timedelta(days=1)
    weeks = ((last - start).days // 7) + 1
    return tuple(start + timedelta(days=n) for n in range(weeks * 7))


def month_after(year: int, month: int, step: int) -> tuple[int, int]:
    """The month ``step`` months on."""
    number = year * 12 + month - 1 + step
    return number // 12, number % 12 + 1


def month_title(year: int, month: int) -> str:
    """「令和8年9月」."""
    from app.calendar.wareki import era_year_words

    return f"{era_year_words(date(year, month, 1))}{month}月"
