"""The four steps of a formal letter in one line: done ones ticked, the present one bold and framed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.window import theme as t

_GAP = 16
_PAD = 6


class LetterSteps(QWidget):
    """案 → 起案中 → 決裁済 → 施行. Signals: none."""

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = tuple(steps)
        self._now = self._steps[0]
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def show_step(self, step: str) -> None:
        """Mark the present step."""
        self._now = step
        self.setAccessibleName(f"いまの段階　{step}")
        self.update()

    def sizeHint(self) -> QSize:
        """All words with arrows between."""
        width = sum(self._widths()) + _GAP * (len(self._steps) - 1)
        return QSize(round(width) + 2, t.scaled(28))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than the words."""
        return self.sizeHint()

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(t.font("body", bold=True))
        return [metrics.horizontalAdvance(step) + 2 * _PAD for step in self._steps]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        present = self._steps.index(self._now) if self._now in self._steps else 0
        left = 1.0
        for number, (step, width) in enumerate(zip(self._steps, self._widths(), strict=True)):
            area = QRectF(left, 1, width, self.height() - 2)
            if number == present:
                painter.setPen(QPen(QColor(t.ACCENT), 1.5))
                painter.setBrush(QColor(t.SELECTION))
                painter.drawRoundedRect(area, t.RADIUS, t.RADIUS)
            painter.setPen(QColor(t.ACCENT if number == present else t.INK if number < present else t.SECOND))
            painter.setFont(t.font("body", bold=number == present))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, step)
            left += width
            if number < len(self._steps) - 1:
                painter.setPen(QColor(t.SECOND))
                painter.setFont(t.font("small"))
                painter.drawText(QRectF(left, 0, _GAP, self.height()), Qt.AlignmentFlag.AlignCenter, "→")
                left += _GAP
        painter.end()
