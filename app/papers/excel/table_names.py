"""Gives each table a name to jump to, and the only long table of a sheet a filter and a fixed heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from app.papers.excel.sheet_pen import SheetPen, TablePlace

if TYPE_CHECKING:
    from openpyxl import Workbook

_LIKE_A_CELL = re.compile(r"(?i)[a-z]{1,3}\d+|r\d*c?\d*|c\d*")


def name_tables(pen: SheetPen) -> None:
    """Name the tables of a finished sheet in the workbook, and let the only one be filtered."""
    for table in pen.tables:
        if table.name:
            _name(pen, table)
    if len(pen.tables) == 1 and pen.tables[0].filter_to:
        table = pen.tables[0]
        pen.sheet.auto_filter.ref = (
            f"{get_column_letter(table.left)}{table.head}:{get_column_letter(table.right)}{table.filter_to}"
        )
        pen.sheet.freeze_panes = f"A{table.head + 1}"


def _name(pen: SheetPen, table: TablePlace) -> None:
    workbook: Workbook = pen.sheet.parent  # type: ignore[assignment]
    plain = re.sub(r"\W", "_", table.name)[:200]
    if not plain[0].isalpha() or _LIKE_A_CELL.fullmatch(plain):
        plain = f"_{plain}"
    name, number = plain, 2
    while name in workbook.defined_names:
        name, number = f"{plain}_{number}", number + 1
    left, right = get_column_letter(table.left), get_column_letter(table.right)
    place = f"{quote_sheetname(pen.sheet.title)}!${left}${table.head}:${right}${table.last}"
    workbook.defined_names[name] = DefinedName(name, attr_text=place)
