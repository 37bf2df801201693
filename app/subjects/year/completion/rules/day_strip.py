"""Compute the days of the payment period for drawing, one cell a day from receipt to last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal

from app.calendar.office_days import OfficeCalendar
from app.subjects.events.event.rules.payment_clock import cautious_days, counted_days, stopped_days
from db.frozen_record import frozen_record

CellState = Literal["受領", "数えた", "止めた", "これから", "閉庁日"]
_DAY: Final = timedelta(days=1)
_OPEN_STOP: Final = 14
"""How many days a strip shows at least while a 請求書 is returned and no last day can be computed."""


@frozen_record
class DayCell:
    """One day; ``last`` marks the last day of the period, ``today`` the current one."""

    day: date
    state: CellState
    last: bool
    today: bool


@frozen_record
class DayStrip:
    """The payment period as of a day.

    Attributes:
        cells: one a day.
        days: of the whole period.
        passed: counted days so far.
        remaining, remaining_open: those to come, and how many of them are open.
        stopped: days on which it was suspended.
        last_day: None while the 請求書 is returned.
        last_day_without_returns: had it never been returned.
        careful_last_day, careful_last_open_day: 目安日 by the stricter count, and its open day.
        careful_stopped: how many days that count suspends.
    """

    cells: tuple[DayCell, ...]
    days: int
    passed: int
    remaining: int
    remaining_open: int
    stopped: int
    last_day: date | None
    last_day_without_returns: date
    careful_last_day: date | None
    careful_last_open_day: date | None
    careful_stopped: int


def compute_day_strip(
    *,
    received: date,
    days: int,
    stops: Sequence[tuple[date, date | None]],
    today: date,
    calendar: OfficeCalendar,
    ended: date | None = None,
) -> DayStrip:
    """Return the payment period as of ``today``.

    Args:
        received: the day of receipt.
        days: of the period.
        stops: (返戻日, 再受領日), None = not back yet.
        ended: the day of payment, after which nothing is counted.
    """
    done = [(returned, again) for returned, again in stops if again is not None]
    away = next((returned for returned, again in stops if again is None), None)
    now = min(today, ended) if ended is not None else today
    spans = [*done, *([(away, max(away, now))] if away is not None else [])]
    standing = stopped_days(spans)
    counted = counted_days(received, days, spans)
    last = None if away is not None else counted[-1]
    end = last or max(now, received + _DAY * _OPEN_STOP)
    passed = sum(day <= now for day in counted)
    rest = [day for day in counted if day > now]
    careful = None if away is not None else cautious_days(received, days, done)[-1]
    cells = []
    day = received
    while day <= end:
        cells.append(
            DayCell(day=day, state=_state(day, received, standing, now, calendar), last=day == last, today=day == now)
        )
        day += _DAY
    return DayStrip(
        cells=tuple(cells),
        days=days,
        passed=passed,
        remaining=days - passed,
        remaining_open=sum(calendar.is_open(one) for one in rest) if last is not None else 0,
        stopped=sum(received < one <= end for one in standing),
        last_day=last,
        last_day_without_returns=received + _DAY * days,
        careful_last_day=careful,
        careful_last_open_day=calendar.open_on_or_before(careful) if careful is not None else None,
        careful_stopped=(careful - received).days + 1 - days if careful is not None else 0,
    )


def _state(day: date, received: date, stopped_days: frozenset[date], now: date, calendar: OfficeCalendar) -> CellState:
    if day == received:
        return "受領"
    if day in stopped_days:
        return "止めた"
    if day <= now:
        return "数えた"
    return "これから" if calendar.is_open(day) else "閉庁日"
