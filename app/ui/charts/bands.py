"""The fills of a chart: five steps from dark to light, and the hatch that stands for 無回答."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.documents.blocks import TallyRow
from app.ui import theme as t

_HATCH_STEP = 7.0


def paint_fill(painter: QPainter, area: QRectF, fill: str) -> None:
    """Fill ``area`` with a colour, or with the hatch when ``fill`` is "hatch"; outlined in accent."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(area, QColor(t.PAGE if fill == "hatch" else fill))
    if fill == "hatch":
        painter.setClipRect(area)
        painter.setPen(QPen(QColor(t.BANDS[0]), 1))
        left = area.left() - area.height()
        while left < area.right():
            painter.drawLine(QPointF(left, area.top()), QPointF(left + area.height(), area.bottom()))
            left += _HATCH_STEP
        painter.setClipping(False)
    painter.setPen(QPen(QColor(t.BANDS[0]), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


def band_fill(row: TallyRow, place: int) -> str:
    """The fill of an option of a single-answer question, ``place`` counted from 0 on the paper."""
    if row.kind == "none":
        return "hatch"
    return t.BANDS[min(place, len(t.BANDS) - 1)]


def bar_fill(row: TallyRow) -> str:
    """The fill of a bar of a multiple-answer question."""
    if row.kind in ("none", "outside"):
        return "hatch"
    return t.BANDS[1] if row.kind == "option" else t.BANDS[3]


def ink_on(fill: str) -> str:
    """The colour of a number that stands on ``fill``."""
    return t.PAGE if fill in t.BANDS[:2] else t.INK
