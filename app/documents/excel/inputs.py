"""Workbook cells that others fill in: their defined names, and validation of what may be entered."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from app.documents.blocks import InputCells, InputTable
from app.documents.excel.book_cells import cell_name, column_of, quoted
from app.documents.excel.looks import GREY_LABEL
from app.documents.excel.sheet_pen import SheetPen

_TITLE = "記入のしかた"
_MOST = 999_999
_DAY_FORM, _FIRST_DAY = "yyyy/m/d", "43585"  # 2019-04-30, the day before 令和
_SAID = {
    "count": "0以上の数だけを記入してください（単位は付けません）。",
    "rate": "93.8 のように、％の数を記入してください。",
    "day": "2026/12/8 のように、年から記入してください。",
    "choice": "一覧から選んでください。",
}


def prepare_inputs(pens: Sequence[SheetPen], tables: Sequence[InputTable]) -> None:
    """Name the cells to be filled in, and set validation and hint of each."""
    for block in tables:
        written = {cells.column for cells in block.inputs if cells.kind}
        for column in block.table.columns if written else ():
            found = column_of(pens, block.table.name, column.title)
            if found is not None and column.title not in written:
                pen, place = found
                for row in range(place.first, place.last + 1):
                    _cell_with_own_style(pen, row, place.column).fill = PatternFill("solid", fgColor=GREY_LABEL)
        for cells in block.inputs:
            found = column_of(pens, block.table.name, cells.column)
            if found is not None:
                pen, place = found
                _prepare(pen, cells, place.first + cells.first, place.column)


def _cell_with_own_style(pen: SheetPen, row: int, column: int) -> Any:
    """Return a cell with its own copy of the style, which can be changed without its neighbours'."""
    cells: Any = pen.sheet._cells
    cell = cells[row, column]
    cell._style = copy(cell._style)
    return cell


def _prepare(pen: SheetPen, cells: InputCells, row: int, column: int) -> None:
    workbook: Workbook = pen.sheet.parent  # type: ignore[assignment]
    if cells.name:
        workbook.defined_names[cells.name] = DefinedName(cells.name, attr_text=cell_name(pen, row, column))
    if cells.kind == "day":
        for line in range(row, row + cells.rows):
            _cell_with_own_style(pen, line, column).number_format = _DAY_FORM
    check = _check(cells)
    if check is not None:
        letter = get_column_letter(column)
        check.add(f"{letter}{row}:{letter}{row + cells.rows - 1}")
        pen.sheet.add_data_validation(check)


def _check(cells: InputCells) -> DataValidation | None:
    said = _SAID.get(cells.kind, "")
    if cells.kind == "count":
        check = DataValidation(type="whole", operator="between", formula1="0", formula2=str(_MOST), allow_blank=True)
    elif cells.kind == "rate":
        check = DataValidation(type="decimal", operator="between", formula1="0", formula2="100", allow_blank=True)
    elif cells.kind == "choice":
        check = DataValidation(type="list", formula1=quoted(",".join(cells.choices)), allow_blank=True)
    elif cells.kind == "day":
        # A day is written in too many ways for a strict rule: it is doubted here, and read by whoever takes it in.
        check = DataValidation(
            type="date", operator="greaterThan", formula1=_FIRST_DAY, allow_blank=True, errorStyle="warning"
        )
    elif cells.hint:
        check = DataValidation(allow_blank=True)
    else:
        return None
    check.promptTitle, check.prompt, check.showInputMessage = _TITLE, cells.hint or said, True
    if check.type:
        check.errorTitle, check.error, check.showErrorMessage = _TITLE, said, True
    return check
