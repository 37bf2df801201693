"""The square with one character that tells the kinds of event apart, also in grey."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.window import theme as t
from app.window.fonts import face

# kind → character, fill, ink
_KINDS: dict[str, tuple[str, str, str]] = {
    "講習会": ("講", t.ACCENT, t.PAGE),
    "派遣": ("派", t.PAGE, t.ACCENT),
    "意見交換会": ("意", "#D5E3F0", t.ACCENT_DARK),
}


def paint_kind(painter: QPainter, area: QRectF, kind: str) -> None:
    """Draw the square for ``kind`` (講習会, 派遣, 意見交換会) to fill ``area``."""
    character, fill, ink = _KINDS.get(kind, (kind[:1], t.PAPER, t.INK))
    line = 1.5 if kind == "派遣" else 1.0
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(t.ACCENT), line))
    painter.setBrush(QColor(fill))
    inset = line / 2
    painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), 3, 3)
    painter.setPen(QColor(ink))
    painter.setFont(face(area.height() * 0.62 * 72 / 96, bold=True))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, character)
    painter.restore()


class KindSquare(QWidget):
    """One kind of event as a square. Signals: none."""

    def __init__(self, kind: str, *, side: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(kind)
        self.setToolTip(kind)

    def show_kind(self, kind: str) -> None:
        """Show another kind."""
        self._kind = kind
        self.setAccessibleName(kind)
        self.setToolTip(kind)
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(t.scaled(self._side), t.scaled(self._side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        painter = QPainter(self)
        paint_kind(painter, QRectF(self.rect()), self._kind)
        painter.end()
