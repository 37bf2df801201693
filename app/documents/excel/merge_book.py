"""A list for a mail merge as a workbook: field names in the first row, every cell a text, nothing above or below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from app.documents.excel.sheet_pen import as_cell_text
from app.documents.excel.xlsx_writer import save_workbook

_AS_TEXT = "@"


def merge_book(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return the list as the bytes of an xlsx file, with the zeros, days and numbers of its texts as they stand.

    Raises:
        TooLongForExcel: a text is longer than a cell can hold.
    """
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = "差し込み"
    for row, texts in enumerate((columns, *rows), 1):
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(row, column)
            cell.number_format = _AS_TEXT
            if text:
                # Not through ``value``, which would read a formula or a number out of the text.
                cell._value, cell.data_type = as_cell_text(text), "s"
    return save_workbook(workbook, {})
