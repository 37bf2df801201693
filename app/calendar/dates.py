"""Dates and times as text, for documents (令和8年9月1日（火）) and the window (9/18(金))."""

from __future__ import annotations

from datetime import date, datetime, time

from app.calendar.office_days import OfficeCalendar, holiday_name
from app.calendar.wareki import era_year_short, era_year_words
from app.common.join_nonempty import fill_nonempty

WEEKDAYS = "月火水木金土日"
BLANK_DATE = "令和　　年　　月　　日"
"""An empty date to be filled in by hand."""


def weekday_mark(day: date, calendar: OfficeCalendar | None = None) -> str:
    """Return 「水」, on a national holiday 「水・祝」; with a ``calendar`` other closed weekdays are 「水・休」."""
    word = WEEKDAYS[day.weekday()]
    if holiday_name(day):
        return f"{word}・祝"
    if calendar and day.weekday() < 5 and not calendar.is_open(day):
        return f"{word}・休"
    return word


def long_date_plain(day: date) -> str:
    """Return 「令和8年9月1日」, for letterheads."""
    return f"{era_year_words(day)}{day.month}月{day.day}日"


def long_date(day: date) -> str:
    """Return 「令和8年9月1日（火）」, for text and headings; a holiday is 「（水・祝）」."""
    return f"{long_date_plain(day)}（{weekday_mark(day)}）"


def month_day(day: date) -> str:
    """Return 「9月1日（火）」, for text in which the year is known."""
    return f"{day.month}月{day.day}日（{weekday_mark(day)}）"


def table_date(day: date, calendar: OfficeCalendar | None = None) -> str:
    """Return 「R8.9.1（火）」, for tables in documents; see `weekday_mark` for ``calendar``."""
    return f"{era_year_short(day)}.{day.month}.{day.day}（{weekday_mark(day, calendar)}）"


def short_date_plain(day: date) -> str:
    """Return 「9/18(金)」 without any year."""
    return f"{day.month}/{day.day}({weekday_mark(day)})"


def short_date(day: date, today: date | None = None) -> str:
    """Return 「9/18(金)」, for the window; 「R9 2/4(木)」 if the calendar year is not that of ``today``.

    Without ``today`` the date is read inside its fiscal year, so January to March carry their year.
    """
    other_year = day.year != today.year if today else day.month < 4
    return f"{era_year_short(day)} {short_date_plain(day)}" if other_year else short_date_plain(day)


def short_date_or(missing: str, day: date | None, today: date | None = None) -> str:
    """Return the day as ``short_date``, or the words ``missing`` where there is none."""
    return missing if day is None else short_date(day, today)


def short_date_in_year(day: date, fiscal_year: int) -> str:
    """Return 「9/18(金)」 within ``fiscal_year``; dates in another calendar year than its first carry theirs."""
    if day.year == fiscal_year:
        return short_date_plain(day)
    return f"{era_year_short(day)} {short_date_plain(day)}"


def clock_time(moment: datetime) -> str:
    """Return 「9:05」."""
    return f"{moment.hour}:{moment.minute:02d}"


def moment_of(day: date, clock: str) -> datetime:
    """Return the moment of a day and a time "HH:MM"."""
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime.combine(day, time(hour, minute))


def clock_words(clock: str) -> str:
    """Return 「午後2時」「午前10時30分」「正午」 for a time "HH:MM"."""
    hour, minute = (int(part) for part in clock.split(":"))
    if (hour, minute) == (12, 0):
        return "正午"
    half = "午前" if hour < 12 else "午後"
    return f"{half}{hour % 12}時" + fill_nonempty("{}分", minute)


def time_range_words(start: str, end: str) -> str:
    """Return 「午後2時から午後4時まで」 for two times "HH:MM"."""
    return f"{clock_words(start)}から{clock_words(end)}まで"


def stamp_words(moment: datetime) -> str:
    """Return 「令和8年9月24日 15時20分」, the time of creation in a footer."""
    return f"{long_date_plain(moment.date())} {moment.hour}時{moment.minute:02d}分"


def echoed_date(day: date) -> str:
    """Return the date shown beside a field for confirmation while it is typed: 「令和8年9月28日（月）」."""
    return long_date(day)
