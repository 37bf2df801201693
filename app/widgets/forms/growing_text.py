"""A text box as high as its text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

_AROUND = 12


class GrowingText(QPlainTextEdit):
    """Several lines; Tab leaves the box. Signals: those of QPlainTextEdit; ``focus_left()`` the box was left."""

    focus_left = Signal()

    def __init__(self, *, lines: int = 1):
        """Create the box; ``lines`` is the least number of lines shown."""
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setMinimumWidth(40)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit_height)
        self._fit_height()

    def show_text(self, text: str) -> None:
        """Set the text without emitting signals, keeping the cursor position if possible."""
        if text == self.toPlainText():
            self.document().setModified(False)
            return
        place = self.textCursor().position()
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)
        cursor = self.textCursor()
        cursor.setPosition(min(place, len(text)))
        self.setTextCursor(cursor)
        self._fit_height()

    def _fit_height(self) -> None:
        self.ensurePolished()
        rows = max(self._lines, round(self.document().size().height()))
        height = round(rows * QFontMetricsF(self.font()).lineSpacing() + 2 * self.document().documentMargin()) + _AROUND
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adjust the height to the new line breaks."""
        super().resizeEvent(event)
        self._fit_height()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Emit ``focus_left``, unless only a menu opened or another window came to the front."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.focus_left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Adjust the height to another text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_height()
