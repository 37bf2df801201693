"""A second, differently written calendar and deadline count, to test the rules against."""

from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
EQUINOXES = {
    2025: ((3, 20), (9, 23)),
    2026: ((3, 20), (9, 23)),
    2027: ((3, 21), (9, 23)),
    2028: ((3, 20), (9, 22)),
    2029: ((3, 20), (9, 23)),
}
FIXED = ((1, 1), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (11, 3), (11, 23))
MONDAYS = ((1, 2), (7, 3), (9, 3), (10, 2))


def nth_monday(year: int, month: int, nth: int) -> date:
    days = [date(year, month, 1) + DAY * n for n in range(28)]
    return [day for day in days if day.weekday() == 0][nth - 1]


@lru_cache
def holidays(year: int) -> frozenset[date]:
    named = {date(year, *each) for each in (*FIXED, *EQUINOXES[year])}
    named |= {nth_monday(year, month, nth) for month, nth in MONDAYS}
    given = set(named)
    for day in sorted(named):
        if day.weekday() == 6:
            substitute = day + DAY
            while substitute in named:
                substitute += DAY
            given.add(substitute)
    for day in named:
        between = day + DAY
        if between not in named and between + DAY in named and between.weekday() != 6:
            given.add(between)
    return frozenset(given)


def closed(day: date) -> bool:
    if day.strftime("%m%d") in {"1229", "1230", "1231", "0101", "0102", "0103"}:
        return True
    return day.isoweekday() in (6, 7) or day in holidays(day.year)


def walk_back(day: date, days: int) -> date:
    for _ in range(days):
        day -= DAY
    return day


def walk_months(event: date, months: int) -> date:
    """Walk from the day after the event until the same day of the month comes round."""
    first = event + DAY
    day, passed = first, 0
    while True:
        day += DAY
        if day.day == 1:
            passed += 1
        if passed == months and day.day == first.day:
            return day - DAY
        if passed > months:
            return day - DAY


def open_before(day: date) -> date:
    return next(each for each in (day - DAY * n for n in range(30)) if not closed(each))


def open_after(day: date) -> date:
    return next(each for each in (day + DAY * n for n in range(30)) if not closed(each))
