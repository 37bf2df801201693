"""The office calendar: which days 区役所 is open, and counting in open days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR = 1986
LAST_YEAR = 2099
_DAY = timedelta(days=1)


class DateProblem(ValueError):
    """Error for a date that cannot be used; its text is a Japanese sentence for the person who typed it."""


@lru_cache(maxsize=8192)
def holiday_name(day: date) -> str | None:
    """Return the 国民の祝日 (with 振替休日 and 国民の休日) on ``day``, or None.

    Asked a day at a time: a whole year takes 45 ms, and a day of another year is asked for while its words are shown.

    Raises:
        DateProblem: the library is dependable for 1986–2099 only, and a wrong date is worse than none.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DateProblem(f"祝日を確かめられるのは{FIRST_YEAR}年から{LAST_YEAR}年までです。年を確かめてください。")
    import jpholiday

    name = jpholiday.is_holiday_name(day)
    return "振替休日" if name and name.endswith("振替休日") else name


def is_year_end(day: date) -> bool:
    """Return whether ``day`` lies in the year-end closing, 12/29–1/3."""
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)


@lru_cache(maxsize=8192)
def _common_closed_reason(day: date) -> str | None:
    """Return why every office of the ward is closed on ``day`` (cached), None on a working day."""
    name = holiday_name(day)
    if name:
        return name
    if is_year_end(day):
        return "年末年始"
    if day.weekday() >= 5:
        return "土曜日" if day.weekday() == 5 else "日曜日"
    return None


@lru_cache(maxsize=8192)
def _common_open_days(start: date, end: date) -> int:
    """Return on how many days after ``start`` up to and including ``end`` not every office of the ward is closed.

    Cached, as home counts the same days of every task.
    """
    return sum(_common_closed_reason(start + _DAY * n) is None for n in range(1, (end - start).days + 1))


class OfficeCalendar:
    """A calendar of open and closed days: Saturdays, Sundays, national holidays, 12/29–1/3 and own closed days.

    ``own_closed_days`` are the office's own closed days, with reasons when it is a mapping.
    """

    def __init__(self, own_closed_days: Iterable[date] | Mapping[date, str] = frozenset()):
        if isinstance(own_closed_days, Mapping):
            self._own_closed_days: dict[date, str] = dict(own_closed_days)
        else:
            self._own_closed_days = dict.fromkeys(own_closed_days, "")

    def closed_reason(self, day: date) -> str | None:
        """Return why the office is closed on ``day`` (祝日名, 年末年始, 土曜日, 日曜日, own reason); None when open."""
        usual = _common_closed_reason(day)
        if usual is None and day in self._own_closed_days:
            return self._own_closed_days[day] or "区が定めた閉庁日"
        return usual

    def is_open(self, day: date) -> bool:
        """Return whether the office is open on ``day``."""
        return _common_closed_reason(day) is None and day not in self._own_closed_days

    def open_on_or_before(self, day: date) -> date:
        """Return ``day`` when open, otherwise the nearest open day before it."""
        while not self.is_open(day):
            day -= _DAY
        return day

    def open_on_or_after(self, day: date) -> date:
        """Return ``day`` when open, otherwise the nearest open day after it."""
        while not self.is_open(day):
            day += _DAY
        return day

    def add_open_days(self, day: date, count: int) -> date:
        """Return the ``count``-th open day after ``day`` (before it when negative), not counting ``day``.

        With 0 the day comes back unchanged, also when it is closed.
        """
        step = _DAY if count > 0 else -_DAY
        left = abs(count)
        while left:
            day += step
            if self.is_open(day):
                left -= 1
        return day

    def open_days_between(self, start: date, end: date) -> int:
        """Return 残り開庁日: the number of open days after ``start`` up to and including ``end``.

        For an earlier ``end`` it is negative: the open days after ``end`` up to and including ``start``.
        """
        if end < start:
            return -self.open_days_between(end, start)
        own = sum(start < day <= end and _common_closed_reason(day) is None for day in self._own_closed_days)
        return _common_open_days(start, end) - own
