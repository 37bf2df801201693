"""Days without a year in a list (「11/20」): the year is asked once for the file and applied to all rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta

from app.calendar.wareki import fiscal_year_of, fiscal_year_words
from app.foreign_files.cells.date_parsing import WITHOUT_YEAR, parse_day, with_year
from app.foreign_files.foreign_shape import ForeignFile

YEAR_SETTING = "year_from"
"""Key of the answer among the file's settings: the first day of the twelve months in which its days lie, or None."""


def days_without_year(file: ForeignFile, columns: Mapping[int, str], days: Collection[str]) -> tuple[str, ...]:
    """Return the cells with a day without its year, in row order; ``days`` are the fields that hold days."""
    places = [index for index, field in columns.items() if field in days]
    return tuple(
        row.cells[index].strip()
        for row in file.rows
        for index in places
        if index < len(row.cells) and not row.problem and parse_day(row.cells[index]).code == WITHOUT_YEAR
    )


def with_years(
    file: ForeignFile, columns: Mapping[int, str], days: Collection[str], begins: date | None
) -> ForeignFile:
    """Return ``file`` with its days without a year placed into the twelve months from ``begins``; None = unchanged."""
    places = {index for index, field in columns.items() if field in days}
    if begins is None or not places:
        return file
    rows = tuple(
        replace(
            row, cells=tuple(with_year(cell, begins) if at in places else cell for at, cell in enumerate(row.cells))
        )
        for row in file.rows
    )
    return replace(file, rows=rows)


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
