"""The field above a list that filters it in any spelling while one types."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.widgets.one_line import OneLine
from app.window import theme as t
from app.window.icons import icon


class SearchField(OneLine):
    """Signals: those of a line edit; ``down()`` ↓ or Enter goes into the list."""

    down = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)
        self.addAction(icon("magnifying-glass", t.SECOND), OneLine.ActionPosition.LeadingPosition)

    def begin_with(self, text: str) -> None:
        """Go on here with what was typed over the list."""
        self.setFocus()
        self.insert(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ and Enter go into the list, Esc empties the field."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
