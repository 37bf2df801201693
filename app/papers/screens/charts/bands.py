"""The fills of a chart: five steps from dark to light, and the hatch that stands for 無回答."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.papers.blocks import TallyRow
from app.window import theme as t

_HATCH_STEPS = {"hatch": 7.0, "sparse": 14.0}
"""無回答 is hatched closely, an answer outside the list sparsely."""


def paint_fill(painter: QPainter, area: QRectF, fill: str) -> None:
    """Fill ``area`` with a colour, or with a hatch when ``fill`` is "hatch" or "sparse"; outlined in accent."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    step = _HATCH_STEPS.get(fill)
    painter.fillRect(area, QColor(t.PAGE if step else fill))
    if step:
        painter.setClipRect(area)
        painter.setPen(QPen(QColor(t.BANDS[0]), 1))
        left = area.left() - area.height()
        while left < area.right():
            painter.drawLine(QPointF(left, area.top()), QPointF(left + area.height(), area.bottom()))
            left += step
        painter.setClipping(False)
    painter.setPen(QPen(QColor(t.BANDS[0]), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


def band_fill(row: TallyRow, place: int, options: int = len(t.BANDS)) -> str:
    """The fill of an option of a single-answer question, ``place`` counted from 0 on the paper.

    More ``options`` than bands are spread evenly between the darkest and white, so that no two look alike.
    """
    if row.kind in ("none", "outside"):
        return "hatch" if row.kind == "none" else "sparse"
    if options <= len(t.BANDS):
        return t.BANDS[min(place, len(t.BANDS) - 1)]
    return _between(place * (len(t.BANDS) - 1) / (options - 1))


def _between(place: float) -> str:
    first = min(int(place), len(t.BANDS) - 2)
    share = place - first
    one, other = QColor(t.BANDS[first]), QColor(t.BANDS[first + 1])
    mixed = (
        round(a + (b - a) * share)
        for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed).name().upper()


def bar_fill(row: TallyRow) -> str:
    """The fill of a bar of a multiple-answer question."""
    if row.kind in ("none", "outside"):
        return "hatch" if row.kind == "none" else "sparse"
    return t.BANDS[1] if row.kind == "option" else t.BANDS[3]


def ink_on(fill: str) -> str:
    """The colour of a number that stands on ``fill``."""
    if fill in _HATCH_STEPS:
        return t.INK
    return t.PAGE if QColor(fill).lightnessF() < 0.5 else t.INK


def is_hatch(fill: str) -> bool:
    """Whether ``fill`` is lines, on which a number needs a plate."""
    return fill in _HATCH_STEPS
