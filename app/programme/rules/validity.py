"""Finds the row in force on a day: settings are valid from a day until the next row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class _HasValidFrom(Protocol):
    @property
    def valid_from(self) -> date | None: ...


Row = TypeVar("Row", bound=_HasValidFrom)


def row_in_force(rows: Iterable[Row], on: date | None) -> Row | None:
    """Return the row in force on ``on``: of those begun by then the one that began last.

    Args:
        rows: rows of one thing in one year; None as ``valid_from`` = from the beginning.
        on: the day; None = the one that began last of all.
    """
    begun = [row for row in rows if on is None or row.valid_from is None or row.valid_from <= on]
    return max(begun, key=lambda row: row.valid_from or date.min, default=None)
