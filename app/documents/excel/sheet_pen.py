"""Writes one sheet from top to bottom: cells with their look, row heights, and which rows stay together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension

from app.documents.blocks import Figure
from app.documents.excel.excel_limits import TooLongForExcel
from app.documents.excel.grid import BlockColumns, Grid, Span
from app.documents.excel.looks import Look, StyleBook
from app.documents.excel.text_measure import (
    INDENT,
    OTHER_FONT,
    TALLEST_ROW,
    fitting_size,
    line_count,
    row_height,
    split_tall_text,
    text_width,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST_TEXT = 32767
# The lines of a font that stands in for ours stand so far apart.
_OTHER_PITCH = 1.42
_FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x(?=[0-9A-Fa-f]{4}_)")


def as_cell_text(text: str) -> str:
    """Return ``text`` in the form in which a workbook stores it.

    Control characters, which XML cannot hold, are written as Excel itself writes them (``_x0007_``).

    Raises:
        TooLongForExcel: the text is longer than a cell can hold; nothing is cut.
    """
    if len(text) > _LONGEST_TEXT:
        raise TooLongForExcel(
            f"Excelの1つのセルに入る文字数（32,767字）を超える文章があります（「{text[:12]}」で始まる文章）。",
            "PDFで出力するか、文章を分けてください。",
        )
    if text.isprintable() and "_x" not in text:
        return text
    text = text.replace("\r\n", "\n").replace("\v", "\n")
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found.group()[0]):04X}_{found.group()[1:]}", text)


class TableRange(NamedTuple):
    """The range of a table or chapter in a sheet: rows ``head`` to ``last``, columns ``left`` to ``right``.

    ``name`` is its name in the workbook, "" = none. ``filter_to`` is the last row that the filter covers, 0 = none.
    """

    head: int
    last: int
    left: int
    right: int
    name: str
    filter_to: int


class FigureRange(NamedTuple):
    """The cells of a key figure: the rows of its value and of its note, its columns, and the figure."""

    row: int
    note_row: int
    first: int
    last: int
    figure: Figure


class QuestionSums(NamedTuple):
    """The totals of one question and their cells; ``label`` "" = it has no highlighted sum."""

    code: str
    label: str
    people: int
    people_cell: str
    percent: str
    percent_cell: str
    base: int
    base_cell: str


class ColumnRange(NamedTuple):
    """The cells of one table column: the sheet column, its first and its last row."""

    column: int
    first: int
    last: int


class AutoHeightRow(RowDimension):
    """A row whose height is only a proposal, so that a spreadsheet with another font can adjust it."""

    @property
    def customHeight(self) -> bool:  # type: ignore[override, unused-ignore]
        """Return False: the height was not fixed by a user, so that the program that opens it may change it."""
        return False


class SheetPen:
    """Writes cells at a current row (``row``) of one sheet; most methods take the row explicitly.

    Attributes:
        heights: of rows in points. glued: rows that stay on one page with the next. wrapped: rows whose height is only
            proposed. page_starts: rows that begin a page. results: the cached value of each formula by its address.
        open_item: the name of a letter item just written without a value, "" = none. starts: the first row of each
            block. charted: the height of tallied questions in points. strips: the columns that the blocks want.
        tables, figures, tallied, columns: what was drawn and where, for names, links and formulas.
    """

    def __init__(self, sheet: Worksheet, grid: Grid, styles: StyleBook):
        self.sheet = sheet
        self._cells: dict[tuple[int, int], Any] = sheet._cells
        self.grid = grid
        self.text_from = 1
        """First column of running text: the second one of a sheet that repeats its first column on pages beside."""
        self.last = grid.last
        """The last printed column, where running text ends; further columns may follow."""
        self.styles = styles
        self.row = 1
        self.heights: dict[int, float] = {}
        self.glued: set[int] = set()
        self.wrapped: set[int] = set()
        self.page_starts: set[int] = set()
        self.results: dict[str, float | str] = {}
        self.tables: list[TableRange] = []
        self.open_item = ""
        self.starts: list[int] = []
        self.charted = 0.0
        self.figures: list[FigureRange] = []
        self.tallied: list[QuestionSums] = []
        self.strips: list[BlockColumns] = []
        self.columns: dict[tuple[str, str], ColumnRange] = {}

    def text(self, row: int, column: int, text: str, look: Look) -> None:
        """Write ``text`` as text, whatever it begins with; an empty one makes a blank cell with its look."""
        if text and text[0] in _FORMULA_STARTS:
            look = look._replace(quote=True)
        cell = self._cell(row, column, look)
        if text:
            # Not through ``value``, which would read a formula, a number or an error out of the text.
            cell._value = as_cell_text(text)
            cell.data_type = "s"

    def number(self, row: int, column: int, value: float, look: Look) -> None:
        """Write a number into a cell and give the cell its look."""
        # Not through ``value``, which would look for what else it may be; a new cell is one of a number.
        self._cell(row, column, look)._value = value

    def formula(self, row: int, column: int, formula: str, result: float | str, look: Look) -> None:
        """Write ``formula`` (with its ``=``) with ``result`` as its cached value."""
        cell = self._cell(row, column, look)
        cell.value = formula
        self.results[cell.coordinate] = result

    def blank(self, row: int, first: int, last: int, look: Look) -> None:
        """Give the empty cells of a row from ``first`` to ``last`` a look; side borders enclose the whole range."""
        inner = look._replace(left="", right="")
        for column in range(first, last + 1):
            left, right = (look.left if column == first else ""), (look.right if column == last else "")
            self._cell(row, column, inner._replace(left=left, right=right) if left or right else inner)

    def write_in_span(self, row: int, span: Span, column: int, text: str, look: Look) -> None:
        """Write ``text`` in one ``column`` of ``span``; the other cells get the look's borders only."""
        self.blank(row, span.first, span.last, look)
        left, right = (look.left if column == span.first else ""), (look.right if column == span.last else "")
        self.text(row, column, text, look._replace(left=left, right=right))

    def _cell(self, row: int, column: int, look: Look) -> Any:
        """Return a new cell with its style, made faster than openpyxl does."""
        # What ``Cell(sheet, row, column)`` does, without its four calls: a long list has 200,000.
        cell: Any = Cell.__new__(Cell)
        cell.parent = self.sheet
        cell.row = row
        cell.column = column
        cell._value = cell._hyperlink = cell._comment = None
        cell.data_type = "n"
        cell._style = self.styles[look]
        self._cells[row, column] = cell
        return cell

    def height(self, row: int, points: float) -> None:
        """Raise the height of a row to at least ``points``."""
        self.heights[row] = max(points, self.heights.get(row, 0.0))

    def keep_together(self, first: int, last: int) -> None:
        """Keep the rows ``first`` to ``last`` on one page."""
        self.glued.update(range(first, last))

    def end_block(self, first: int, points: float) -> None:
        """Keep the rows written since ``first`` on one page, and leave ``points`` below them."""
        self.keep_together(first, self.row - 1)
        self.space(points)

    def space(self, points: float) -> None:
        """Leave an empty row of ``points`` height."""
        self.height(self.row, points)
        self.row += 1

    def address(self, row: int, column: int, *, fixed_row: bool = False) -> str:
        """Return 「C6」, or 「C$6」 with ``fixed_row``."""
        return f"{get_column_letter(column)}{'$' if fixed_row else ''}{row}"

    def write_over_span(
        self, span: Span, text: str, look: Look, least: float, *, row: int | None = None, even: bool = False
    ) -> None:
        """Write one text over the columns of ``span``: on one line over empty neighbours, or wrapped.

        The current row, or another ``row``, gets the height of its text, or ``least`` points. A text slightly too long
        for its line is set smaller, unless it has to look like its neighbours (``even``). Only running text of several
        lines gets a merged row; tables never use this for long texts.
        """
        row = row or self.row
        width = self.grid.width(span.first, span.last) - look.indent * INDENT
        size, lines = fitting_size(text, width, look.size)
        if even and size != look.size:
            size, lines = look.size, line_count(text, width, look.size)
        look = look._replace(size=size)
        single = span.first == span.last
        if single or lines > 1:
            look = look._replace(wrap=True)
            self.blank(row, span.first + 1, span.last, look)
            self.text(row, span.first, text, look)
            if not single:
                # No program makes a merged row higher by itself: it has room for another font from the beginning.
                wider = line_count(text, width * OTHER_FONT, size)
                least = max(least, min(wider * size * _OTHER_PITCH + 4.0, TALLEST_ROW))
                self.sheet.merge_cells(start_row=row, end_row=row, start_column=span.first, end_column=span.last)
        else:
            self.one_line(row, span, text, look)
        self.height(row, row_height(lines, look.size, least))

    def one_line(self, row: int, span: Span, text: str, look: Look) -> None:
        """Write a text that fits on one line, over empty cells at its left, right or both sides."""
        place = span.last if look.align == "right" else span.first
        if text and look.align == "center" and span.first != span.last:
            look = look._replace(align="centerContinuous")
        self.write_in_span(row, span, place, text, look)

    def full_span(self) -> Span:
        """Return all columns of the sheet that running text takes as one span."""
        return Span(self.text_from, self.last, self.text_from)

    def running_text(self, text: str, look: Look, least: float, *, even: bool = False) -> None:
        """Write running text over the whole width, in several rows if it exceeds Excel's maximum row height.

        ``least`` and ``even`` as for ``write_over_span``.
        """
        span = self.full_span()
        for piece in split_tall_text(text, self.grid.width(span.first, span.last), look.size):
            self.write_over_span(span, piece, look, least, even=even)
            self.row += 1

    def left_and_right(self, left: str, left_look: Look, right: str, right_look: Look, least: float) -> None:
        """Write one text at the left and one at the right of a row; in two rows if they would overlap."""
        width = self.grid.width(self.text_from, self.last)
        together = text_width(left, left_look.size) + text_width(right, right_look.size) + 8.0
        if not right:
            self.running_text(left, left_look, least)
        elif (
            self.last > self.text_from
            and together <= width
            and "\n" not in left + right
            and self._texts_fit_beside(text_width(left, left_look.size), text_width(right, right_look.size))
        ):
            self.text(self.row, self.text_from, left, left_look)
            self.text(self.row, self.last, right, right_look._replace(align="right"))
            self.height(self.row, row_height(1, left_look.size, least))
            self.row += 1
        else:
            first = self.row
            self.running_text(left, left_look, least)
            self.running_text(right, right_look._replace(align="right"), 0.0)
            self.keep_together(first, self.row - 1)

    def _texts_fit_beside(self, left: float, right: float) -> bool:
        """Return whether neither text reaches the column of the other, where it would be cut off."""
        first = self.text_from
        return left <= self.grid.width(first, self.last - 1) and right <= self.grid.width(first + 1, self.last)
