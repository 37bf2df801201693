"""The due dates of a year that are still open: its day, small words under it, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from app.asked import Asked
from app.calendar.dates import short_date
from app.subjects.events.rules.guides import EXPIRY
from app.subjects.events.services.year_dates import YearDates, YearDue


@dataclass(frozen=True, kw_only=True)
class DateRow:
    """One due date of the year that is still open: its day, small words under it, and whose it is."""

    id: str
    label: str
    day_words: str
    second: str
    basis: str
    whose: Literal["区", "受託者", "終わり"]
    provisional: bool
    asked: Asked


def open_dates(dates: YearDates, today: date) -> tuple[DateRow, ...]:
    """Return what the year itself still asks for, by date."""
    return tuple(_date(one, today) for one in dates.rows if one.task.open)


def _date(row: YearDue, today: date) -> DateRow:
    task = row.task
    ends = task.task in _ENDS
    clause = "契約" if task.task == EXPIRY else task.clause if task.contract else "区の目標"
    second = clause if task.provisional else f"{clause}　{task.short_words}"
    return DateRow(
        id=task.task,
        label=task.task,
        day_words=task.provisional or short_date(task.due, today),
        second=second,
        basis=task.basis_short,
        whose="終わり" if ends else task.ball,
        provisional=bool(task.provisional),
        asked=task.asked,
    )


_ENDS: Final[Sequence[str]] = ("契約の満了", "出納閉鎖")
