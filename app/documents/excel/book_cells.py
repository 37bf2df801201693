"""Reading cells of a finished workbook and replacing their values by equal formulas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.utils import get_column_letter, quote_sheetname

from app.documents.excel.sheet_pen import ColumnRange, SheetPen


def value_of(pen: SheetPen, row: int, column: int) -> float | str | None:
    """Return what a cell shows: its value, or the result of its formula."""
    cells: Any = pen.sheet._cells
    cell = cells.get((row, column))
    if cell is None:
        return None
    value: float | str | None = pen.results.get(cell.coordinate, cell.value)
    return value


def values_of(pen: SheetPen, column_range: ColumnRange) -> list[float | str | None]:
    """Return what the cells of a table column show, from top to bottom."""
    return [value_of(pen, row, column_range.column) for row in range(column_range.first, column_range.last + 1)]


def is_formula(pen: SheetPen, row: int, column: int) -> bool:
    """Return whether a cell holds a formula."""
    cells: Any = pen.sheet._cells
    return (row, column) in cells and cells[row, column].coordinate in pen.results


def put_formula(pen: SheetPen, row: int, column: int, formula: str, result: float | str) -> None:
    """Replace the content of a cell by a formula, keeping its look."""
    cells: Any = pen.sheet._cells
    cell = cells[row, column]
    cell.value = formula
    pen.results[cell.coordinate] = result


def quoted(text: str) -> str:
    """Return ``text`` as a quoted string for a formula."""
    return '"' + text.replace('"', '""') + '"'


def cell_name(pen: SheetPen, row: int, column: int) -> str:
    """Return 「'集計'!$C$6」."""
    return f"{quote_sheetname(pen.sheet.title)}!{fixed_cell(column, row)}"


def fixed_cell(column: int, row: int) -> str:
    """Return 「$C$6」."""
    return f"${get_column_letter(column)}${row}"


def range_name(pen: SheetPen, column_range: ColumnRange) -> str:
    """Return 「'集計'!$C$6:$C$11」."""
    column = column_range.column
    return f"{cell_name(pen, column_range.first, column)}:{fixed_cell(column, column_range.last)}"


def column_of(pens: Sequence[SheetPen], table: str, title: str) -> tuple[SheetPen, ColumnRange] | None:
    """Return a column of a named table in the workbook, and its sheet, or None."""
    return next(((pen, place) for pen in pens if (place := pen.columns.get((table, title))) is not None), None)


def numbers_in(pen: SheetPen, column_range: ColumnRange) -> list[float] | None:
    """Return a column as numbers, an empty cell as 0; None if it holds anything else."""
    found = [0 if value in (None, "") else value for value in values_of(pen, column_range)]
    return [float(one) for one in found] if all(isinstance(one, int | float) for one in found) else None
