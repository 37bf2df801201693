"""Rows of a sheet and its headings as text, for the reading of today and that of earlier versions alike.

The keys of rows imported by an earlier version rest on it: like ``earlier_reading`` it may never change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.record import record

Merge = tuple[int, int, int, int]
Rows = Sequence[tuple[int, bool, Sequence[tuple[int, str, str]]]]
"""Rows with their number in the sheet, and of each cell column, text and mark."""


@record
class SheetHeadings:
    """The headings of a table: their lowest row, one text per column, and group headings above, if any."""

    row: int
    texts: tuple[str, ...]
    groups: tuple[str, ...]

    def between(self, first: int, last: int) -> SheetHeadings:
        """Return the headings of the columns ``first`` to ``last``."""
        return replace(self, texts=self.texts[first : last + 1], groups=self.groups[first : last + 1])


def texts_of_row(rows: Rows, position: int, width: int) -> tuple[str, ...]:
    """Return the texts of the row at a position, one for each column; all empty behind the last row."""
    texts = [""] * width
    if position < len(rows):
        for column, text, _ in rows[position][2]:
            texts[column] = text
    return tuple(texts)


def row_number(rows: Rows, position: int) -> int:
    """Return the sheet's number of the row at a position, -1 behind the last."""
    return rows[position][0] if position < len(rows) else -1


def count_filled(cells: Sequence[str]) -> int:
    """Return how many cells hold text."""
    return sum(bool(cell.strip()) for cell in cells)


def lower_or_upper(lower: Sequence[str], upper: Sequence[str]) -> tuple[str, ...]:
    """Return the lower headings, the upper ones where these are empty."""
    return tuple(below if below.strip() else above for below, above in zip(lower, upper, strict=True))


def is_merged_over(merges: Sequence[Merge], upper: int, lower: int) -> bool:
    """Return whether two or more cells are merged over exactly these two rows."""
    return sum(top == upper and bottom == lower for top, _, bottom, _ in merges) >= 2


def fill_row(cells: Sequence[tuple[int, str, str]], width: int) -> tuple[str, ...]:
    """Return a row with a text for each column, "" where the sheet has no cell."""
    row = [""] * width
    for column, text, _ in cells:
        row[column] = text
    return tuple(row)
