"""Days in a list that a person has to place: the year of 「11/20」 is asked once for the file, the order of 5/11/2026
once for the column."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import chain
from typing import Any

from app.calendar.wareki import fiscal_year_of, fiscal_year_words
from app.foreign_files.cells.date_parsing import (
    WITHOUT_ORDER,
    WITHOUT_YEAR,
    DateOrder,
    date_order,
    parse_day,
    with_order,
    with_year,
)
from app.foreign_files.foreign_shape import ForeignFile
from db.digits import is_digits

YEAR_SETTING = "year_from"
"""Key of the answer among the file's settings: the first day of the twelve months in which its days lie, or None."""

_AFTER_YEAR = frozenset("/.年-")
ORDER_SETTING = "day_order"
"""Key of the order of a column, followed by its number."""
ORDERS: Mapping[str, DateOrder] = {"月／日／年": "month first", "日／月／年": "day first"}
"""The possible answers."""


def open_days(file: ForeignFile, columns: Mapping[int, str], days: Collection[str], code: str) -> dict[int, list[str]]:
    """Return by column the days without their year, or those of which no cell tells whether day or month comes first.

    ``days`` are the fields that hold days, ``code`` is WITHOUT_YEAR or WITHOUT_ORDER.
    """
    told = {index: _texts(file, index) for index, field in columns.items() if field in days}
    found = {index: [text for text in texts if parse_day(text).code == code] for index, texts in told.items()}
    return {
        index: texts
        for index, texts in found.items()
        if texts and not (code == WITHOUT_ORDER and date_order(told[index]))
    }


def _texts(file: ForeignFile, index: int) -> list[str]:
    """Return the cells of a column with a day that does not begin with its year, in row order."""
    cells = [row.cells[index].strip() for row in file.rows if index < len(row.cells) and not row.problem]
    return [text for text in cells if text and not (is_digits(text[:4]) and text[4:5] in _AFTER_YEAR)]


def with_orders(
    file: ForeignFile, columns: Mapping[int, str], days: Collection[str], given: Mapping[str, Any]
) -> ForeignFile:
    """Return ``file`` with the year first in days whose order their column tells, or one of the settings ``given``."""
    orders = {
        index: date_order(_texts(file, index)) or given.get(f"{ORDER_SETTING}{index}")
        for index, field in columns.items()
        if field in days
    }
    return _rewritten(file, {index: partial(with_order, order=order) for index, order in orders.items() if order})


def _rewritten(file: ForeignFile, ways: Mapping[int, Callable[[str], str]]) -> ForeignFile:
    """Return ``file`` with the cells of each column as its function returns them."""
    rows = tuple(
        replace(row, cells=tuple(ways[at](cell) if at in ways else cell for at, cell in enumerate(row.cells)))
        for row in file.rows
    )
    return replace(file, rows=rows) if ways else file


def days_without_year(file: ForeignFile, columns: Mapping[int, str], days: Collection[str]) -> tuple[str, ...]:
    """Return the cells with a day without its year; ``days`` are the fields that hold days."""
    return tuple(chain.from_iterable(open_days(file, columns, days, WITHOUT_YEAR).values()))


def with_years(
    file: ForeignFile, columns: Mapping[int, str], days: Collection[str], begins: date | None
) -> ForeignFile:
    """Return ``file`` with its days without a year placed into the twelve months from ``begins``; None = unchanged."""
    if begins is None:
        return file
    return _rewritten(file, {at: partial(with_year, begins=begins) for at, field in columns.items() if field in days})


def only_twelve_months(
    file: ForeignFile, columns: Mapping[int, str], days: Collection[str], on: date, year: int
) -> date | None:
    """Return the first of the twelve months up to ``on`` if days that are past lie in them by the fiscal ``year`` too.

    None where that is another year of theirs: a person has to say which.
    """
    begins = last_twelve_months(on)
    dated = with_years(file, columns, days, begins)
    return begins if dated == with_years(file, columns, days, date(year, 4, 1)) else None


def year_choices(today: date) -> tuple[tuple[date | None, str], ...]:
    """Return the possible years of such days: the first day of the twelve months and its label; None = not answered."""
    year = fiscal_year_of(today)
    return (
        (None, "選んでください"),
        (last_twelve_months(today), "本日までの1年のうちの日"),
        *((date(one, 4, 1), f"{fiscal_year_words(one)}の日（4月から翌年3月）") for one in (year, year - 1, year + 1)),
    )


def last_twelve_months(today: date) -> date:
    """Return the first day of the twelve months that end today."""
    tomorrow = today + timedelta(days=1)
    # A year ago there may have been no such day (29 February).
    leap = (tomorrow.month, tomorrow.day) == (2, 29)
    return date(tomorrow.year - 1, tomorrow.month, 28 if leap else tomorrow.day)


def question_words(found: tuple[str, ...]) -> str:
    """Return how many days have no year, with examples: 「年のない日付が30か所（11/20、11/21など）」."""
    named = list(dict.fromkeys(found))
    return f"年のない日付が{len(found)}か所（{'、'.join(named[:3])}{'など' if len(named) > 3 else ''}）"
