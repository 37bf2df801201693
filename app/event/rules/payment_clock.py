"""Counts the payment period of 仕様書5 while a faulty 請求書 was returned, by two readings.

The ward shows both until the 会計課 has decided which one holds:

- the last day (期限): the day of receipt is not counted (民法140条), and a return stops the period from the day of
  return to the day of re-receipt, **both** not counted;
- 目安日: the day of receipt is the first day, and of a return only the days **between** both are not counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

StoppedPeriods = Iterable[tuple[date, date]]
"""(返戻日, 再受領日) of each return."""
_DAY = timedelta(days=1)


def counted_days(start: date, days: int, stopped_periods: StoppedPeriods) -> tuple[date, ...]:
    """Return ``days`` counted days after the receipt; both end days of a return are not counted.

    Args:
        start: the day of receipt.
        days: length of the period.
    """
    spans = tuple(stopped_periods)
    return _collect_days(start + _DAY, days, lambda day: any(returned <= day <= again for returned, again in spans))


def cautious_days(start: date, days: int, stopped_periods: StoppedPeriods) -> tuple[date, ...]:
    """Return ``days`` counted days with the receipt as the first; only days between return and re-receipt are left
    out.
    """
    spans = tuple(stopped_periods)
    return _collect_days(start, days, lambda day: any(returned < day < again for returned, again in spans))


def _collect_days(first: date, days: int, is_stopped: Callable[[date], bool]) -> tuple[date, ...]:
    """Return as many days from ``first`` on as wanted, without the stopped ones."""
    found: list[date] = []
    day = first
    while len(found) < days:
        if not is_stopped(day):
            found.append(day)
        day += _DAY
    return tuple(found)
