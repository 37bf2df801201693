"""Streams the cells of a sheet from a workbook's XML, and stops at the first exceeded limit.

Only cached values are read: nothing is computed, no link is followed, furigana above a name are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO

from app.foreign_files.tables.table_limits import MAX_CELL_LENGTH, MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from app.foreign_files.workbooks.struck_out import RUN_PARTS
from app.foreign_files.workbooks.workbook_parts import (
    CellFormat,
    LimitExceeded,
    SharedTexts,
    TextReader,
    error_text,
    local_name,
    may_be_1904_serial,
    parse_xml,
    unescape_text,
    value_text,
)
from db.digits import whole_number

MAX_EMPTY_CELLS = 300_000
MAX_FAR_EMPTY_CELLS = 1_000_000
MAX_ROW_MARKS = 150_000
MAX_GAP = 1_000
"""Number of empty rows after which cells are not part of the table."""

MAX_FAR_CELLS = 200
_DIGITS = "0123456789"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_TEXTS = frozenset({"v", "t"})


@dataclass
class SheetGrid:
    """The cells of one sheet: rows as (number, hidden, cells), a cell as (column from 0, text, mark).

    Marks: "" plain, "f" the cached value of a formula, "F" a formula without one, "e" an error value, "n" a bare
    number that may count days from 1904. ``far`` are the names (XFD9) of filled cells too far right or below, which
    are not read; ``merges`` are (top, left, bottom, right). ``struck`` are the struck-out cells (取消線) as
    (row, column, as a whole).
    """

    rows: list[tuple[int, bool, list[tuple[int, str, str]]]] = field(default_factory=list)
    far: list[str] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    struck: list[tuple[int, int, bool]] = field(default_factory=list)


def read_sheet(source: IO[bytes], texts: SharedTexts, formats: Sequence[CellFormat], *, epoch_1904: bool) -> SheetGrid:
    """Return all cells with a value of one sheet. Raises LimitExceeded."""
    reader = _Sheet(texts, formats, epoch_1904)
    parse_xml(source, reader)
    return reader.grid


@lru_cache(maxsize=1_000)
def column_number(letters: str) -> int:
    """Return the column from 0 of its letters (A → 0, XFD → 16383)."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class _Sheet(TextReader):
    """Reads a sheet of a workbook, element by element, within limits."""

    def __init__(self, texts: SharedTexts, formats: Sequence[CellFormat], epoch_1904: bool):
        super().__init__()
        self.grid = SheetGrid()
        self._texts = texts.texts
        self._text_runs = texts.runs
        self._formats = formats
        self._struck_styles = frozenset(str(number) for number, one in enumerate(formats) if one.struck)
        # Of most workbooks nothing is struck out: then no cell is asked about it.
        self._asks_strikes = bool(self._struck_styles or self._text_runs)
        self._epoch_1904 = epoch_1904
        self._row = self._column = self._last_row = 0
        self._row_marks = self._empty = self._far_empty = self._far = self._filled = 0
        self._hidden = False
        self._cells: list[tuple[int, str, str]] = []
        self._type = self._style = ""
        self._formula = self._has_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Handle the start of an element of a sheet: cells, rows, texts, merges and hidden columns."""
        if ":" in name:
            name = local_name(name)
        if name == "c":
            self._start_cell(attributes)
        elif name in _TEXTS:
            self._taking = not self._phonetic
            self._has_value = True
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._phonetic = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self.grid.hidden_columns += range(first - 1, min(last, MAX_COLUMNS))
        elif name in RUN_PARTS:
            self._rich = self._asks_strikes = True
            self._runs.on_font_element(name, attributes)

    def end(self, name: str) -> None:
        """Handle the end of an element of a sheet: texts, cells and rows."""
        if ":" in name:
            name = local_name(name)
        if name in _TEXTS:
            self._taking = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row_marks += 1
        if self._row_marks > MAX_ROW_MARKS:
            raise LimitExceeded("empty")
        self._row = int(attributes.get("r") or self._row + 1)
        self._hidden = attributes.get("hidden") in {"1", "true"}
        self._column = -1
        self._cells = []

    def _start_cell(self, attributes: dict[str, str]) -> None:
        letters = attributes.get("r", "").rstrip(_DIGITS)
        self._column = column_number(letters) if letters else self._column + 1
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._parts, self._length = [], 0
        self._formula = self._has_value = False
        if self._rich:
            self._rich = False
            self._runs.begin_text()

    def _end_cell(self) -> None:
        """Add the finished cell to its row, with its text and mark; empty cells are skipped.

        Raises:
            LimitExceeded: too many empty cells or cells in a row, or too long a text.
        """
        text = self._text("".join(self._parts)) if self._has_value else ""
        mark = ("f" if text.strip() else "F") if self._formula else ""
        if self._type == "e" and text:
            mark = "e"
        elif self._epoch_1904 and not mark and self._type == "n" and may_be_1904_serial(text):
            mark = "n"
        if not text.strip() and mark != "F":
            # Formatted cells far at the right of every row are no table; they only cost the time of passing them.
            far = self._column >= MAX_COLUMNS
            self._empty += not far
            self._far_empty += far
            if self._empty > MAX_EMPTY_CELLS or self._far_empty > MAX_FAR_EMPTY_CELLS:
                raise LimitExceeded("empty")
        elif len(text) > MAX_CELL_LENGTH:
            raise LimitExceeded("cell")
        else:
            self._cells.append((self._column, text, mark))
            if self._asks_strikes:
                self._record_strike()
            # A row wider than every list is known before it is read to its end.
            if len(self._cells) > MAX_COLUMNS:
                raise LimitExceeded("columns")

    def _record_strike(self) -> None:
        by_font = self._style in self._struck_styles
        runs = None
        if self._rich:
            runs = self._runs.letters
        elif self._type == "s" and self._text_runs:
            number = whole_number("".join(self._parts))
            runs = self._text_runs.get(number) if number is not None else None
        strike = runs.strike_of_cell(struck=by_font) if runs is not None else "whole" if by_font else ""
        if strike and self._column < MAX_COLUMNS:
            self.grid.struck.append((self._row, self._column, strike == "whole"))

    def _end_row(self) -> None:
        """Add the finished row to the grid; cells far from the table are only counted and named.

        Raises:
            LimitExceeded: there are too many rows or cells, or too many cells far from the table.
        """
        near = [cell for cell in self._cells if cell[0] < MAX_COLUMNS]
        if near and self._last_row and self._row - self._last_row > MAX_GAP:
            near = []
        for column, _, _ in self._cells if not near else self._cells[len(near) :]:
            self._far += 1
            if self._far > MAX_FAR_CELLS:
                raise LimitExceeded("columns")
            self.grid.far.append(f"{column_letters(column)}{self._row}")
        if near:
            self._last_row = self._row
            self._filled += len(near)
            if self._filled > MAX_CELLS:
                raise LimitExceeded("cells")
            self.grid.rows.append((self._row, self._hidden, near))
            if len(self.grid.rows) > MAX_ROWS + 100:
                raise LimitExceeded("rows")

    def _merge(self, reference: str) -> None:
        """Record a merged range such as 「A1:B2」; an unreadable one, and those beyond 20,000, are ignored."""
        first, _, last = reference.partition(":")
        top, bottom = _REFERENCE.match(first), _REFERENCE.match(last or first)
        if top and bottom and len(self.grid.merges) < MAX_ROWS:
            self.grid.merges.append((int(top[2]), column_number(top[1]), int(bottom[2]), column_number(bottom[1])))

    def _text(self, raw: str) -> str:
        """Return the text of a cell from its raw value, by the cell's type and format; "" for a lost shared text."""
        if self._type == "s":
            number = whole_number(raw)
            return self._texts[number] if number is not None and number < len(self._texts) else ""
        if self._type in {"str", "inlineStr"}:
            return unescape_text(raw)
        if self._type == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        if self._type == "e":
            return error_text(raw)
        style = whole_number(self._style) or 0
        shown = self._formats[style] if style < len(self._formats) else CellFormat()
        return value_text(raw, shown, epoch_1904=self._epoch_1904)


def column_letters(column: int) -> str:
    """Return the letters of a column from 0 (16383 → XFD)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
