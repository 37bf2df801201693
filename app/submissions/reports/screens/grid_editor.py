"""A small grid for the typed rows of a report, with pasting of tables, as columns or as cards."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.widgets.buttons import Button
from app.widgets.forms.growing_text import GrowingText
from app.widgets.labels import label, small_label, styled_frame, with_accessible_name
from app.widgets.layouts import in_column, in_grid, in_row
from app.widgets.tab_order import OWN_ORDER
from app.window import theme as t

Row = tuple[str, ...]
_MIN_COLUMN_WIDTH = 88
_MIN_NUMBER_WIDTH = 44
_TOOLS = 40


class GridCell(GrowingText):
    """One cell of the grid with several lines; Tab goes to the next cell, a pasted table fills cells.

    Signals: ``table_pasted(list)`` rows of cells came from the clipboard; ``move_asked(int)`` Alt+↑ or Alt+↓;
    ``remove_asked()`` Alt+Delete; those of ``GrowingText``.
    """

    table_pasted = Signal(list)
    move_asked = Signal(int)
    remove_asked = Signal()

    def __init__(self, name: str, *, at_end: Callable[[GridCell], bool]):
        """``name`` is the accessible name; ``at_end(cell)`` may handle Tab (a new row) and then returns True."""
        super().__init__()
        self._at_end = at_end
        self.setAccessibleName(name)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on to a new row on Tab in the last cell."""
        if forward and self._at_end(self):
            return True
        return super().focusNextPrevChild(forward)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Accept text only."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Emit ``table_pasted`` for a pasted table; insert anything else as text."""
        table = read_table(source)
        if table and (len(table) > 1 or len(table[0]) > 1):
            self.table_pasted.emit(table)
        elif table:
            self.insertPlainText(table[0][0])
        else:
            super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit ``move_asked`` or ``remove_asked`` for the row on Alt with an arrow or Delete."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.move_asked.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
                return
            if event.key() == Qt.Key.Key_Delete:
                self.remove_asked.emit()
                return
        super().keyPressEvent(event)


def read_table(source: QMimeData) -> list[list[str]]:
    """Return the cells of a table on the clipboard, or nothing for plain text.

    Spreadsheets separate cells by tabs and quote a cell that has several lines; a single column without tabs is
    only distinguished from text of several lines by the table in the HTML format.
    """
    text = source.text()
    has_table = source.hasHtml() and "<table" in source.html().lower()
    if "\t" not in text and not has_table:
        return []
    rows = [list(cells) for cells in csv.reader(io.StringIO(text.rstrip("\r\n")), delimiter="\t")]
    return [[cell.replace("\r\n", "\n") for cell in cells] for cells in rows if cells]


class GridEditor(QWidget):
    """A small grid for the typed rows of a report, to add, remove and move rows.

    Signals: ``edited()`` on every change; ``focus_lost()`` when a cell was left, a row removed or moved, or a table
    pasted. Tab moves through the cells and, from the last one, into a new row; Alt+↑/↓ move a row, Alt+Delete removes
    it. Where the columns would get too narrow, every row becomes a card.
    """

    edited = Signal()
    focus_lost = Signal()

    def __init__(self, title: str, columns: Sequence[str]):
        super().__init__()
        self._title = title
        self._columns = tuple(columns)
        self._rows: list[list[str]] = []
        self._cells: list[list[GridCell]] = []
        self._shape: Literal["table", "cards"] = "table"
        self._read_only = False
        self._holder = QWidget()
        self.setProperty(OWN_ORDER, True)
        self.add_button = with_accessible_name(
            Button("行を追加", self.add, icon_name="plus", low=True), f"{title}　行を追加"
        )
        self._column = in_column(self._holder, (self.add_button, 0, Qt.AlignmentFlag.AlignLeft), owner=self, spacing=8)
        self._lay_out()

    # what the part does

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows, or one empty row."""
        width = len(self._columns)
        filled = [[*cells, *[""] * width][:width] for cells in rows] or [[""] * width]
        if filled != self.all_rows():
            self._rows = filled
            self._lay_out()

    def rows(self) -> tuple[Row, ...]:
        """Return the rows that are not empty."""
        return tuple(tuple(cells) for cells in self.all_rows() if any(cell.strip() for cell in cells))

    def all_rows(self) -> list[list[str]]:
        """Return all rows, empty ones included."""
        if not self._cells:
            return [list(cells) for cells in self._rows]
        return [[cell.toPlainText() for cell in cells] for cells in self._cells]

    def set_read_only(self, on: bool) -> None:
        """Set whether the cells are read-only."""
        if on != self._read_only:
            self._read_only = on
            self._take_in()
            self._lay_out()

    def cell(self, row: int, column: int) -> GridCell:
        """Return one cell."""
        return self._cells[row][column]

    def add(self, at: int | None = None) -> None:
        """Insert an empty row (by default at the end), focus it, and emit ``edited``."""
        self._take_in()
        place = len(self._rows) if at is None else at
        self._rows.insert(place, [""] * len(self._columns))
        self._lay_out()
        self._cells[place][0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def remove(self, row: int) -> None:
        """Remove a row (the last one left is only emptied), and emit ``edited`` and ``focus_lost``."""
        self._take_in()
        del self._rows[row]
        if not self._rows:
            self._rows.append([""] * len(self._columns))
        self._lay_out()
        self._cells[min(row, len(self._cells) - 1)][0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._settle()

    def move_row(self, row: int, step: int) -> None:
        """Move a row up (-1) or down (1), and emit ``edited`` and ``focus_lost``.

        Nothing at the ends or while read-only.
        """
        target = row + step
        if self._read_only or not 0 <= target < len(self._cells):
            return
        self._take_in()
        self._rows[row], self._rows[target] = self._rows[target], self._rows[row]
        self._lay_out()
        self._cells[target][0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._settle()

    def paste(self, row: int, column: int, table: list[list[str]]) -> None:
        """Fill cells from (row, column) on, adding rows as needed; excess columns are left out."""
        self._take_in()
        for down, cells in enumerate(table):
            while len(self._rows) <= row + down:
                self._rows.append([""] * len(self._columns))
            for across, text in enumerate(cells[: len(self._columns) - column]):
                self._rows[row + down][column + across] = text
        self._lay_out()
        self._cells[row][column].setFocus(Qt.FocusReason.OtherFocusReason)
        self._settle()

    # inside

    def _settle(self) -> None:
        """Emit ``edited`` and ``focus_lost``, after which the changed rows may be saved."""
        self.edited.emit()
        self.focus_lost.emit()

    def _take_in(self) -> None:
        self._rows = self.all_rows()

    def _lay_out(self) -> None:
        """Build the cells anew, as a table or as cards, depending on the width."""
        fresh = QWidget()
        if not self._rows:
            self._rows = [[""] * len(self._columns)]
        self._cells = []
        if self._shape == "table":
            self._as_table(fresh)
        else:
            self._as_cards(fresh)
        self._column.replaceWidget(self._holder, fresh)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = fresh
        self.add_button.setVisible(not self._read_only)
        self._set_tab_order()

    def _set_tab_order(self) -> None:
        """Let Tab go through the cells row by row, then to the button that adds a row."""
        order = [*(cell for cells in self._cells for cell in cells), self.add_button]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _as_table(self, holder: QWidget) -> None:
        grid = in_grid(holder, across=4, down=4)
        for number, title in enumerate(self._columns):
            grid.addWidget(small_label(title), 0, number)
            grid.setColumnStretch(number, 1 if len(title) == 1 else 3)
        for row, cells in enumerate(self._rows):
            made = [self._cell(row, number, text) for number, text in enumerate(cells)]
            self._cells.append(made)
            for number, cell in enumerate(made):
                grid.addWidget(cell, row + 1, number, Qt.AlignmentFlag.AlignTop)
            if not self._read_only:
                grid.addWidget(self._tools(row), row + 1, len(self._columns), Qt.AlignmentFlag.AlignTop)

    def _as_cards(self, holder: QWidget) -> None:
        """Place the cells of each row in a card of its own."""
        column = in_column(owner=holder, spacing=8)
        for row, cells in enumerate(self._rows):
            card = styled_frame("panel")
            inside = in_grid(card, margins=(10, 6, 10, 10), across=8, down=4, wide=1)
            head = in_row(label(f"{row + 1}行目", "small"), None)
            if not self._read_only:
                head.addWidget(self._tools(row))
            inside.addLayout(head, 0, 0, 1, 2)
            made = [self._cell(row, number, text) for number, text in enumerate(cells)]
            self._cells.append(made)
            for number, cell in enumerate(made):
                name = small_label(self._columns[number])
                name.setFixedWidth(t.scaled(84))
                inside.addWidget(name, number + 1, 0)
                inside.addWidget(cell, number + 1, 1)
            column.addWidget(card)

    def _cell(self, row: int, column: int, text: str) -> GridCell:
        """Build the field of one cell, connected to the grid."""
        made = GridCell(f"{self._title}　{row + 1}行目　{self._columns[column]}", at_end=self._tab_at_end)
        made.show_text(text)
        made.setReadOnly(self._read_only)
        made.textChanged.connect(self.edited)
        made.focus_left.connect(self.focus_lost)
        made.table_pasted.connect(lambda table: self.paste(row, column, table))
        made.move_asked.connect(lambda step: self.move_row(row, step))
        made.remove_asked.connect(lambda: None if self._read_only else self.remove(row))
        return made

    def _tools(self, row: int) -> Button:
        """Build the button with the menu of one row: move, add or remove it."""
        button = with_accessible_name(
            Button("行の操作", kind="icon", icon_name="dots-three-vertical"), f"{self._title}　{row + 1}行目　行の操作"
        )
        # Tab goes from cell to cell; the keys of a row do the same as this menu.
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        menu = QMenu(button)
        menu.addAction("上へ移す（Alt+↑）", lambda: self.move_row(row, -1)).setEnabled(row > 0)
        menu.addAction("下へ移す（Alt+↓）", lambda: self.move_row(row, 1)).setEnabled(row < len(self._rows) - 1)
        menu.addAction("上に行を追加", lambda: self.add(row))
        menu.addAction("この行を消す（Alt+Delete）", lambda: self.remove(row))
        button.setMenu(menu)
        return button

    def _tab_at_end(self, cell: GridCell) -> bool:
        """Add a row if Tab is pressed in the last cell of a filled row; return whether it was."""
        last = self._cells[-1]
        if self._read_only or cell is not last[-1] or not any(one.toPlainText().strip() for one in last):
            return False
        self.add()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Switch to a table while its columns are wide enough, else to cards."""
        super().resizeEvent(event)
        room = event.size().width() - _TOOLS
        least = sum(t.scaled(_MIN_NUMBER_WIDTH if len(title) == 1 else _MIN_COLUMN_WIDTH) for title in self._columns)
        shape: Literal["table", "cards"] = "table" if room >= least else "cards"
        if shape != self._shape:
            self._shape = shape
            self._take_in()
            self._lay_out()
