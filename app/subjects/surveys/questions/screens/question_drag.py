"""Moves a row of a list by mouse: press, pull it to its new place, let go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame

from app.widgets.record_view import RecordView
from app.window import theme as t

_LINE = 3


class RowDrag(QObject):
    """Watches a list. Signals: ``dropped(int, int)`` the row pulled and the place where it shall stand, from 0.

    While ``allowed`` is False a row can't be pulled.
    """

    dropped = Signal(int, int)

    def __init__(self, view: RecordView) -> None:
        super().__init__(view)
        self.allowed = True
        self._view = view
        self._row = -1
        self._from = QPoint()
        self._line = QFrame(view.viewport())
        self._line.setStyleSheet(f"background: {t.ACCENT};")
        self._line.hide()
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the mouse over the rows; everything else stays with the list."""
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._row = self._view.rowAt(event.position().toPoint().y()) if self.allowed else -1
            self._from = event.position().toPoint()
        elif event.type() == QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
            return self._pull(event.position().toPoint())
        elif event.type() == QEvent.Type.MouseButtonRelease and self._line.isVisible():
            self._line.hide()
            place = self._place(event.position().toPoint().y())
            row, self._row = self._row, -1
            # Taken out first, every row below moves up by one.
            target = place - 1 if place > row else place
            if target != row:
                self.dropped.emit(row, target)
            return True
        return False

    def _pull(self, point: QPoint) -> bool:
        """Show where the row would come to stand; a selection of rows is not begun by pulling."""
        if self._row < 0:
            return False
        if not self._line.isVisible() and (point - self._from).manhattanLength() < QApplication.startDragDistance():
            return True
        place = self._place(point.y())
        last = self._view.rows.rowCount() - 1
        y = (
            self._view.rowViewportPosition(place)
            if place <= last
            else self._view.rowViewportPosition(last) + self._view.rowHeight(last)
        )
        self._line.setGeometry(0, max(0, y - _LINE // 2 - 1), self._view.viewport().width(), _LINE)
        self._line.show()
        self._line.raise_()
        return True

    def _place(self, y: int) -> int:
        """Before which row the mouse stands; the number of rows = behind the last."""
        row = self._view.rowAt(y)
        if row < 0:
            return self._view.rows.rowCount() if y > 0 else 0
        middle = self._view.rowViewportPosition(row) + self._view.rowHeight(row) / 2
        return row + 1 if y > middle else row
