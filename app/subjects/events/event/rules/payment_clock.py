"""支払の時計: which days of the period of 仕様書5 are counted while a 請求書 was returned for a fault, day by day.

The two readings that the ward shows side by side, until the 会計課 has said which one holds:

- the last day (期限): the day of receipt is not counted (民法140条), and a return stops the clock from the day of
  return to the day of re-receipt, **both** of which are stopped;
- 目安日: the day of receipt is the first day, and of a return only the days **between** both are stopped.

- ``counted_days(start, days, stops) -> tuple[date, ...]`` – the days that are counted, the last of them is the last day
- ``cautious_days(start, days, stops) -> tuple[date, ...]`` – the same by the careful reading
- ``stopped_days(stops) -> frozenset[date]`` – the days on which the clock stands
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

StoppedPeriods = Iterable[tuple[date, date]]
"""(返戻日, 再受領日) each time that it was returned."""
_DAY = timedelta(days=1)


def counted_days(start: date, days: int, stopped_periods: StoppedPeriods) -> tuple[date, ...]:
    """Return ``days`` counted days after the receipt; both ends of a return are stopped.

    Args:
        start: the day of receipt. days: how many days the period has.
    """
    spans = tuple(stopped_periods)
    return _collect_days(start + _DAY, days, lambda day: any(returned <= day <= again for returned, again in spans))


def cautious_days(start: date, days: int, stopped_periods: StoppedPeriods) -> tuple[date, ...]:
    """Return ``days`` counted days, the day of receipt the first; only the days between return and re-receipt are
    stopped."""
    spans = tuple(stopped_periods)
    return _collect_days(start, days, lambda day: any(returned < day < again for returned, again in spans))


def stopped_days(stopped_periods: StoppedPeriods) -> frozenset[date]:
    """Return every day on which the clock stands, both ends included; a day in two returns is one day."""
    return frozenset(
        returned + _DAY * number for returned, again in stopped_periods for number in range((again - returned).days + 1)
    )


def _collect_days(first: date, days: int, is_stopped: Callable[[date], bool]) -> tuple[date, ...]:
    found: list[date] = []
    day = first
    while len(found) < days:
        if not is_stopped(day):
            found.append(day)
        day += _DAY
    return tuple(found)
