"""How many of the expected have come, as a bar that also says its number."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.window import theme as t


class CountBar(QWidget):
    """How many of the expected have come, as a bar. Signals: none."""

    def __init__(self, height: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._height = height
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide enough to be read as a share."""
        return QSize(120, self._height)

    def show_share(self, came: int, expected: int) -> None:
        """Fill ``came`` of ``expected``."""
        self._share = came / expected if expected else 0.0
        self.setAccessibleName(f"{expected}人のうち{came}人")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(t.ACCENT), 1))
        painter.setBrush(QColor(t.PAGE))
        painter.drawRoundedRect(area, 3, 3)
        painter.fillRect(QRectF(0, 0, self.width() * min(self._share, 1.0), self.height()), QColor(t.ACCENT))
        painter.end()
