"""Periods as contracts word them (5日前, 1か月以内) and the three dates derived from each."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from app.calendar.office_days import DateProblem, OfficeCalendar

Direction = Literal["before", "after"]
Unit = Literal["日", "週間", "か月"]

_PERIOD = re.compile(
    r"(?:(?P<back>\d{1,4})[ ]*(?P<back_unit>日|週間)[ ]*前|(?P<ahead>\d{1,4})[ ]*"
    r"(?P<ahead_unit>日|週間|[かヶヵカケ箇個]月)[ ]*以内)(?:まで)?に?"
)
_MAX_COUNTS = {"日": 3660, "週間": 520, "か月": 120}


class PeriodProblem(ValueError):
    """A period that cannot be read; its text is a Japanese sentence."""


@dataclass(frozen=True)
class Period:
    """A parsed 「N日前」「N週間以内」「Nか月以内」: ``count`` of ``unit``, before or after a day."""

    direction: Direction
    count: int
    unit: Unit

    @property
    def days(self) -> int:
        """Return the length in days; months have none and are counted by the calendar (民法143条)."""
        return self.count * (7 if self.unit == "週間" else 1)

    @property
    def words(self) -> str:
        """Return the period in the contract's words: 「5日前」「1か月以内」."""
        return f"{self.count}{self.unit}{'前' if self.direction == 'before' else '以内'}"


@dataclass(frozen=True)
class DueDates:
    """The three dates of one period.

    ``nominal`` 本来日; ``working`` 実務日 (before) or 142条適用後 (after); ``margin`` 安全側 (before) or
    目安日 (after).
    """

    nominal: date
    working: date
    margin: date


def parse_period(text: str) -> Period:
    """Return the period of 「5日前」「2週間前」「30日以内」「3週間以内」「1か月以内」; raises PeriodProblem."""
    found = _PERIOD.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise PeriodProblem(
            f"「{text}」は期限の決まりとして読めません。"
            "5日前、2週間前、30日以内、3週間以内、1か月以内 のように入力してください。"
        )
    if found["back"]:
        return _checked_period("before", int(found["back"]), "日" if found["back_unit"] == "日" else "週間")
    unit = found["ahead_unit"]
    return _checked_period("after", int(found["ahead"]), "日" if unit == "日" else "週間" if unit == "週間" else "か月")


def _checked_period(direction: Direction, count: int, unit: Unit) -> Period:
    """Return the period if its count is plausible: at least 1 and no longer than ten years."""
    if not 1 <= count <= _MAX_COUNTS[unit]:
        raise PeriodProblem(f"期間は1{unit}から{_MAX_COUNTS[unit]}{unit}までで入力してください。")
    return Period(direction, count, unit)


def months_after(day: date, count: int) -> date:
    """Return the 本来日 of 「``count`` か月以内」 after ``day``.

    The day after ``day`` is the first one counted (民法140条); the period ends on the eve of the same
    day of the month, or on the month's last day where that day does not exist (民法143条2項).
    """
    first = day + timedelta(days=1)
    month_index = first.year * 12 + first.month - 1 + count
    year, month = divmod(month_index, 12)
    last_day = monthrange(year, month + 1)[1]
    if first.day > last_day:
        return date(year, month + 1, last_day)
    return date(year, month + 1, first.day) - timedelta(days=1)


def nominal_date(period: Period, day: date) -> date:
    """Return the 本来日 of ``period`` from ``day``, by the calendar alone, open or closed."""
    if period.direction == "before":
        return day - timedelta(days=period.days)
    if period.unit == "か月":
        return months_after(day, period.count)
    return day + timedelta(days=period.days)


def due_dates(period: Period | str, day: date, calendar: OfficeCalendar) -> DueDates:
    """Return the three dates of ``period`` from ``day`` (an event, a receipt) under the office ``calendar``.

    Backward: day − n, moved to the open day before it, because 民法142条 extends forward periods only;
    the margin reads 中N日 (day − (n+1)). Forward: by 民法140条 and 143条, moved on by 142条; the
    margin lies on the open day before. Raises PeriodProblem or DateProblem.
    """
    period = parse_period(period) if isinstance(period, str) else period
    try:
        nominal = nominal_date(period, day)
        if period.direction == "after":
            return DueDates(nominal, calendar.open_on_or_after(nominal), calendar.open_on_or_before(nominal))
        eve = nominal - timedelta(days=1)
        return DueDates(nominal, calendar.open_on_or_before(nominal), calendar.open_on_or_before(eve))
    except OverflowError:
        raise DateProblem("計算した日付が扱える範囲を越えます。日付と期間を確かめてください。") from None


def latest_start_day(period: Period | str, last_day: date) -> date:
    """Return the last day from which the forward ``period`` still ends on or before ``last_day``."""
    period = parse_period(period) if isinstance(period, str) else period
    day = last_day
    while nominal_date(period, day) > last_day:
        day -= timedelta(days=1)
    return day


def target_date_from_receipt(period: Period | str, day: date, calendar: OfficeCalendar) -> date:
    """Return the 目安日 of a forward period in days that counts ``day`` itself as the first day (当日算入).

    Whether it counts is disputed for 検査 and 支払; the earlier reading is the careful one.
    """
    period = parse_period(period) if isinstance(period, str) else period
    return calendar.open_on_or_before(day + timedelta(days=period.days - 1))
