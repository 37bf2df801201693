"""One cell of the small grid editor: several lines, Tab to the next cell, a table pasted from a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.subjects.reports.screens.growing_text import GrowingText


class GridCell(GrowingText):
    """One cell.

    Signals: ``table_pasted(list)`` rows of cells came from the clipboard; ``shifted(int)`` Alt+↑ or Alt+↓;
    ``removed()`` Alt+Delete; those of ``GrowingText``.
    """

    table_pasted = Signal(list)
    shifted = Signal(int)
    removed = Signal()

    def __init__(self, name: str, *, at_end: Callable[[GridCell], bool], parent: QWidget | None = None) -> None:
        """``name`` is the accessible name; ``at_end(cell)`` may take Tab over (a fresh row) and say so with True."""
        super().__init__(parent=parent)
        self._at_end = at_end
        self.setAccessibleName(name)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab in the last cell goes on in a fresh row."""
        if forward and self._at_end(self):
            return True
        return super().focusNextPrevChild(forward)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text only."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """A table fills cells from here on; anything else is text."""
        table = read_table(source)
        if table and (len(table) > 1 or len(table[0]) > 1):
            self.table_pasted.emit(table)
        elif table:
            self.insertPlainText(table[0][0])
        else:
            super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow or Delete acts on the row."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.shifted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
                return
            if event.key() == Qt.Key.Key_Delete:
                self.removed.emit()
                return
        super().keyPressEvent(event)


def read_table(source: QMimeData) -> list[list[str]]:
    """The cells of a table on the clipboard, or nothing when it holds plain text.

    Spreadsheets part cells by tabs and quote a cell that has several lines; a single column without
    tabs is only told from text of several lines by the table that comes along as HTML.
    """
    text = source.text()
    has_table = source.hasHtml() and "<table" in source.html().lower()
    if "\t" not in text and not has_table:
        return []
    rows = [list(cells) for cells in csv.reader(io.StringIO(text.rstrip("\r\n")), delimiter="\t")]
    return [[cell.replace("\r\n", "\n") for cell in cells] for cells in rows if cells]
