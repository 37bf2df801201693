"""The steps of a wizard side by side: done ones with a tick, the present one bold, the others open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.window import theme as t
from app.window.icons import paint_icon

_DISC, _GAP, _LINE = 24, 8, 32


class StepLine(QWidget):
    """Where one is in a wizard; only to look at. Signals: none."""

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = tuple(words)
        self.at = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    def show_step(self, number: int) -> None:
        """Make ``number`` (from 0) the present step; the number after the last one = all done."""
        self.at = number
        here = self.words[number] if number < len(self.words) else "済"
        self.setAccessibleName(f"手順 {min(number + 1, len(self.words))}／{len(self.words)}　{here}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Every disc with its word, joined by lines."""
        width = sum(t.scaled(_DISC) + _GAP + self._width(number) for number in range(len(self.words)))
        return QSize(round(width) + (len(self.words) - 1) * (_LINE + 2 * _GAP) + 2, t.scaled(_DISC) + 8)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def _width(self, number: int) -> float:
        return QFontMetricsF(t.font("body", bold=number == self.at)).horizontalAdvance(self.words[number])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, middle, side = 1.0, self.height() / 2, t.scaled(_DISC)
        for number, word in enumerate(self.words):
            if number:
                painter.setPen(QPen(QColor(t.STRONG_LINE), 1))
                painter.drawLine(QPointF(x + _GAP, middle), QPointF(x + _GAP + _LINE, middle))
                x += _LINE + 2 * _GAP
            self._disc(painter, QRectF(x, middle - side / 2, side, side), number)
            x += side + _GAP
            painter.setPen(QColor(t.INK if number == self.at else t.SECOND))
            painter.setFont(t.font("body", bold=number == self.at))
            width = self._width(number)
            painter.drawText(QRectF(x, 0, width + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
            x += width
        painter.end()

    def _disc(self, painter: QPainter, area: QRectF, number: int) -> None:
        past = number <= self.at
        painter.setPen(QPen(QColor(t.ACCENT if past else t.CONTROL), 1))
        painter.setBrush(QColor(t.ACCENT if past else t.PAGE))
        painter.drawEllipse(area.adjusted(0.5, 0.5, -0.5, -0.5))
        if number < self.at:
            paint_icon(painter, "check-bold", area.adjusted(6, 6, -6, -6), t.PAGE)
            return
        painter.setPen(QColor(t.PAGE if past else t.SECOND))
        painter.setFont(t.font("small", bold=True))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(number + 1))
