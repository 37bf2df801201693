"""Parses days and times of lists: 令和8年9月1日, R8.9.1, 2026/9/1, ISO, Sep 1, 2026, serial numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

from app.calendar.date_parsing import parse_date, parse_time
from app.calendar.dates import WEEKDAYS
from app.calendar.kanji_days import with_arabic_digits
from app.calendar.office_days import DateProblem
from app.foreign_files.cells.suspicious_texts import without_invisible_characters
from app.foreign_files.source_detection import parse_timestamp
from db.digits import is_digits, one_width
from db.record import record

DateOrder = Literal["", "month first", "day first"]
"""Which comes first in 9/13/2026 and 13/9/2026; empty while no cell tells."""

_YEARLESS = re.compile(
    r"(?P<month>\d{1,2})\s*[./月\-]\s*(?P<day>\d{1,2}"
    r")\s*日?(?P<weekday>\s*\(?[月火水木金土日](?:曜日?)?\)?)?|(?P<digits>\d{3,4})"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SERIALS = (40_000, 62_000)
"""Serial numbers of 2009 to 2069; other five-digit numbers are no days."""

_TIMED = re.compile(
    r"(?P<day>.*?[日\d)])[\sT]*(?P<time>(?<![\d:])\d{1,2}[:時]\d{1,2}.*|(?<!\d)\d{1,2}時半?|(?:午前|午後|[AP]M)\s*\d{1,2}.*)"
)
_YEAR_LAST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?P<rest>[,\s].*)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH_NAME = r"(?P<month>[A-Za-z]{3})[a-z]*\.?"
_ENGLISH = tuple(
    re.compile(pattern + r"(?P<rest>[,\s].*)?")
    for pattern in (
        rf"(?:(?P<weekday>[A-Za-z]{{3,9}}),?\s+)?{_MONTH_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
        rf"(?:(?P<weekday>[A-Za-z]{{3,9}}),?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s\-]+{_MONTH_NAME},?[\s\-]+(?P<year>\d{{4}})",
    )
)
_USUAL = re.compile(r"([12]\d{3})[/\-](\d{1,2})[/\-](\d{1,2}) (\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
"""Year, month, day and time in the usual order, which needs no guessing."""
WITHOUT_YEAR = "date_without_year"
"""Code for a day without a year."""
WITHOUT_ORDER = "date_without_order"
"""Code for a day of which nobody can say whether its day or its month comes first."""
_MIDNIGHT = re.compile(r"T00:00(?::00)?$")


@record
class ParsedDay:
    """A parsed cell: ``at`` (``date_only`` without a time), or ``problem`` and its ``code``; neither for an empty one.

    Both where only the time of the day cannot be read.
    ``is_serial`` = a bare serial number was read as a day.
    """

    at: datetime | None = None
    date_only: bool = False
    is_serial: bool = False
    problem: str = ""
    code: str = ""

    @property
    def day(self) -> date | None:
        """Return the day without the time, or None where none was read."""
        return self.at.date() if self.at else None


_EMPTY = ParsedDay()


def date_order(cells: Iterable[str]) -> DateOrder:
    """Return whether day or month comes first in a column, from cells with a number above 12; "" where unknown."""
    pairs = [
        found.groups()[:2]
        for cell in cells
        if not is_digits(cell[:4]) and (found := _YEAR_LAST.fullmatch(_normalized(cell)))
    ]
    month_first = any(int(second) > 12 for _, second in pairs)
    day_first = any(int(first) > 12 for first, _ in pairs)
    if month_first == day_first:
        return ""
    return "month first" if month_first else "day first"


def parse_day(cell: str, order: DateOrder = "") -> ParsedDay:
    """Parse a day, with a time if there is one; ``order`` is that of its column.

    An empty cell gives an empty reading; nothing is guessed.
    """
    usual = _USUAL.fullmatch(cell)
    if usual:
        year, month, day, hour, minute, second = map(int, usual.groups("0"))
        try:
            return ParsedDay(at=datetime(year, month, day, hour, minute, second))  # noqa: DTZ001
        except ValueError:
            pass
    text = _normalized(cell) if cell else ""
    return _parse_known_forms(text, cell, order) if text else _EMPTY


def _parse_known_forms(text: str, cell: str, order: DateOrder) -> ParsedDay:
    """Return a day in one of the known forms (timestamp, serial number, written out), or why it is none."""
    text = _year_first(text, order)
    if _YEAR_LAST.fullmatch(text):
        return ParsedDay(problem=f"「{_shortened(cell)}」は、月と日のどちらが先か分からない", code=WITHOUT_ORDER)
    stamp = parse_timestamp(text)
    if stamp:
        bare = not re.search(r"\d\s*[:時]\s*\d", text) or bool(_MIDNIGHT.search(text))
        return ParsedDay(at=stamp, date_only=bare)
    if _SERIAL.fullmatch(text) and _SERIALS[0] <= float(text) <= _SERIALS[1]:
        seconds = round(float(text) * 86_400)
        found = datetime(1899, 12, 30) + timedelta(seconds=seconds)  # noqa: DTZ001 - a sheet knows no zone
        return ParsedDay(at=found, date_only=not seconds % 86_400, is_serial=True)
    if _YEARLESS.fullmatch(text):
        return _without_year(cell)
    return _parse_written(text, cell)


def with_year(cell: str, begins: date) -> str:
    """Return a day without year as that in the twelve months from ``begins`` (「2026年11月20日」).

    A following time and weekday stay. Any other text is returned unchanged.
    """
    text = _normalized(cell) if cell else ""
    timed = _TIMED.fullmatch(text)
    found = _YEARLESS.fullmatch(timed["day"].strip() if timed else text)
    if not found:
        return cell
    digits = found["digits"]
    month, day = (int(digits[:-2]), int(digits[-2:])) if digits else (int(found["month"]), int(found["day"]))
    for year in (begins.year, begins.year + 1):
        try:
            meant = date(year, month, day)
        except ValueError:
            continue
        if meant >= begins:
            rest = f" {timed['time']}" if timed else ""
            return f"{meant.year}年{meant.month}月{meant.day}日{(found['weekday'] or '').strip()}{rest}"
    return cell


def with_order(cell: str, order: DateOrder) -> str:
    """Return a day that only the ``order`` of its column makes certain with its year first; any other text as it is."""
    return _year_first(_normalized(cell), order) if parse_day(cell).code == WITHOUT_ORDER else cell


def combine_with_time(day: ParsedDay, cell: str) -> ParsedDay:
    """Return the day of one column with the time of another; a day with a time of its own keeps that.

    A time that cannot be read becomes the problem of the day.
    """
    text = _normalized(cell) if cell else ""
    if not text or day.problem:
        return day
    on = day.day or date(2000, 1, 1)
    at = parse_timestamp(f"{on:%Y/%m/%d} {text}") or _with_time(on, text)
    if at is None:
        whole = parse_day(cell)
        at = whole.at if whole.day == day.day and not whole.date_only else None
    if at is not None and (day.at is None or not day.date_only):
        return day
    if at is not None:
        return replace(day, at=at.replace(tzinfo=None), date_only=False)
    return replace(day, problem=f"「{_shortened(cell)}」を時刻として読めない", code="invalid_date")


def _parse_written(text: str, cell: str) -> ParsedDay:
    """Return a day that is written out (令和8年9月1日, with a time), or why it cannot be read."""
    timed = _TIMED.fullmatch(text)
    if timed and _YEARLESS.fullmatch(timed["day"].strip()):
        return _without_year(cell)
    try:
        # The fiscal year is not used: a day without its year never comes as far as this.
        day = parse_date(timed["day"] if timed else text, 2026)
    except DateProblem as problem:
        reason = str(problem).split("。")[0]
        if "はありません" in reason:
            reason = f"「{_shortened(cell)}」という日はない"
        elif "として読めません" in reason:
            reason = f"「{_shortened(cell)}」を日付として読めない"
        return ParsedDay(problem=reason, code="invalid_date")
    except ValueError:
        return ParsedDay(problem=f"「{_shortened(cell)}」を日付として読めない", code="invalid_date")
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - Japan time, no zone
    if not timed:
        return ParsedDay(at=midnight, date_only=True)
    at = parse_timestamp(f"{day:%Y/%m/%d} {timed['time']}") or _with_time(day, timed["time"])
    if at:
        return ParsedDay(at=at)
    reason = f"「{_shortened(cell)}」の時刻を読めない"
    return ParsedDay(at=midnight, date_only=True, problem=reason, code="invalid_date")


def _without_year(cell: str) -> ParsedDay:
    return ParsedDay(problem=f"「{_shortened(cell)}」には年がなく、1つの日に決められない", code=WITHOUT_YEAR)


def _with_time(day: date, time: str) -> datetime | None:
    """Return the day at a time as staff write it (10時半, 午後3時), None where it is no time."""
    try:
        return datetime.fromisoformat(f"{day.isoformat()}T{parse_time(time)}")
    except DateProblem:
        return None


def _normalized(cell: str) -> str:
    """Return the text of a day in half width, with foreign digits, words for half a day and dates as usual here."""
    text = one_width(without_invisible_characters(cell)).strip().removeprefix("'")
    if text.isascii() and "." not in text:
        return text
    text = with_arabic_digits(text)
    for word, half in (("上午", "AM"), ("下午", "PM"), ("오전", "AM"), ("오후", "PM")):
        text = text.replace(word, half)
    return re.sub(r"^(\d{4})\.\s*(\d{1,2})\.\s*(\d{1,2})\.?\s+(?=\S)", r"\1/\2/\3 ", text)


def _year_first(text: str, order: DateOrder) -> str:
    """Return 9/13/2026 and Sep 13, 2026 as 2026/9/13 where the month is certain, any other text unchanged."""
    for pattern in _ENGLISH if not is_digits(text[:4]) else ():
        found = pattern.fullmatch(text)
        if found and found["month"].lower() in _MONTHS:
            month = _MONTHS.index(found["month"].lower()) + 1
            named = (found["weekday"] or "").lower()[:3]
            weekday = f"({WEEKDAYS[_WEEKDAYS.index(named)]})" if named in _WEEKDAYS else ""
            return f"{found['year']}/{month}/{found['day']}{weekday}{found['rest'] or ''}".replace(",", " ")
    last = _YEAR_LAST.fullmatch(text)
    if not last:
        return text
    first, second = int(last[1]), int(last[2])
    certain: DateOrder = order or ("month first" if second > 12 else "day first" if first > 12 else "")
    if not certain:
        return text
    month, day = (first, second) if certain == "month first" else (second, first)
    return f"{last[3]}/{month}/{day}{last['rest'] or ''}".replace(",", " ")


def _shortened(cell: str) -> str:
    return cell.strip()[:30]
