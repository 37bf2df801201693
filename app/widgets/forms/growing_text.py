"""A text box as tall as what is written in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

_AROUND = 12


class GrowingText(QPlainTextEdit):
    """Several lines; Tab leaves the box. Signals: those of QPlainTextEdit; ``gone()`` the box was left."""

    focus_left = Signal()

    def __init__(self, *, lines: int = 1) -> None:
        """``lines`` is the least number of lines shown."""
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setMinimumWidth(40)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit_height())
        self._fit_height()

    def show_text(self, text: str) -> None:
        """Show another text without telling, keeping the place of the cursor where the text allows."""
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
        """Another width breaks the lines anew."""
        super().resizeEvent(event)
        self._fit_height()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Left, unless only a menu opened."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.focus_left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_height()
