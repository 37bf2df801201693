"""A form that came back as a workbook: every cell with its place, and the named cells.

Nothing is computed or written; each cell is taken as shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.foreign_files.children.workbook_child import handle_request
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.received_bytes import detect_container, read_received_bytes
from app.foreign_files.tables.sheet_table import SheetRow
from app.foreign_files.workbooks.sheet_stream import column_letters, column_number
from app.foreign_files.workbooks.struck_out import is_row_struck_out
from app.foreign_files.workbooks.workbook_reading import read_workbook
from app.foreign_files.workbooks.zip_contents import inspect_zip
from db.digits import without_blanks
from db.record import frozen, group_by_key, record

_PLACE = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?[A-Z]{1,3}\$?\d{1,7})?$")


@dataclass(frozen=True, order=True)
class CellPlace:
    """The place of a cell: its sheet, its row from 1 and its column from 0."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """Return column letters and row, such as 「D9」."""
        return f"{column_letters(self.column)}{self.row}"


@frozen
class FormCell:
    """The text of a cell; marks: "" plain, "f" a formula's cached value, "F" a formula without one, "e" an error.

    ``is_struck_out``: True as a whole (取消線), False some of its letters, None not at all.
    """

    text: str
    mark: str = ""
    is_struck_out: bool | None = None


EMPTY_CELL = FormCell("")


@record
class FormWorkbook:
    """The cells of a workbook by place; ``names`` are named cells, None where the named cell is gone."""

    sheets: tuple[str, ...]
    cells: Mapping[CellPlace, FormCell]
    names: Mapping[str, CellPlace | None]

    def cell_at(self, place: CellPlace) -> FormCell:
        """Return a cell, an empty one if there is none."""
        return self.cells.get(place, EMPTY_CELL)

    def is_row_struck_out(self, place: CellPlace) -> bool:
        """Return whether a cell's row is struck out as a whole (``struck_out.is_row_struck_out``)."""
        row = {at.column: cell for at, cell in self.rows.get((place.sheet, place.row), ())}
        filled = [column for column, cell in row.items() if cell.text.strip()]
        return is_row_struck_out(
            filled, {column: cell.is_struck_out for column, cell in row.items() if cell.is_struck_out is not None}
        )

    @cached_property
    def rows(self) -> Mapping[tuple[str, int], Sequence[tuple[CellPlace, FormCell]]]:
        """Return the cells with their places, by sheet and row number."""
        return group_by_key(((place.sheet, place.row), (place, cell)) for place, cell in self.cells.items())

    def find_text(self, text: str) -> Iterator[CellPlace]:
        """Yield the places that show a text, ignoring width, case and spaces, sheet by sheet from the top."""
        wanted = normalize_cell(text)
        return (place for place, cell in self.cells.items() if normalize_cell(cell.text) == wanted)


def normalize_cell(text: str) -> str:
    """Return a text for comparison: half width, one case, without spaces."""
    return without_blanks(text).casefold()


def read_form_file(*, path: Path) -> tuple[bytes, FormWorkbook]:
    """Read one file as a form and return its bytes, too; raises ``IntakeRefusal`` for what is no workbook."""
    data = read_received_bytes(path)
    return data, read_form_workbook(data)


def read_form_workbook(data: bytes) -> FormWorkbook:
    """Read the workbook ``data``.

    Raises:
        IntakeRefusal: it is no workbook, one with a password, broken, or larger than any form.
    """
    if detect_container(data) != "zip":
        raise IntakeRefusal(
            "Excelブック（.xlsx）ではありませんので、受託者から届いた様式のファイルを選び直してください。"
        )
    contents = inspect_zip(data)
    if not contents.workbook:
        raise IntakeRefusal("圧縮されたファイル（zip）ですので、中のExcelブックを取り出してから選んでください。")
    read = read_workbook(data, unpacked=contents.unpacked, names=True)
    return _build_workbook([(sheet.name, sheet.rows, sheet.struck) for sheet in read.sheets], read.names)


def read_own_form(data: bytes) -> FormWorkbook:
    """Read a workbook that this program has just made, without a child process."""
    answer = handle_request(data, "", names=True)
    return _build_workbook([(sheet["name"], sheet["rows"], {}) for sheet in answer["sheets"]], answer["names"])


def _build_workbook(
    sheets: Sequence[tuple[str, Sequence[SheetRow], Mapping[tuple[int, int], bool]]], names: Iterable[tuple[str, str]]
) -> FormWorkbook:
    """Return a form workbook from name, rows and struck-out cells of each sheet, and its named cells."""
    cells = {
        CellPlace(sheet, row, column): FormCell(text, mark, struck.get((row, column)))
        for sheet, rows, struck in sheets
        for row, _hidden, found in rows
        for column, text, mark in found
    }
    return FormWorkbook(
        sheets=tuple(sheet for sheet, _rows, _struck in sheets),
        cells=cells,
        names={name: parse_cell_reference(place) for name, place in names},
    )


def parse_cell_reference(written: str) -> CellPlace | None:
    """Return the cell that a name refers to, the first one of a range; None if it is gone."""
    found = _PLACE.match(written)
    if found is None:
        return None
    quoted, bare, letters, row = found.groups()
    return CellPlace(quoted.replace("''", "'") if quoted else bare, int(row), column_number(letters))
