"""The sign of the product: a sheet with three lines, drawn at any size and sharpness."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from app.ui import theme as t

_UNITS = 20


def product_sign(side: int = _UNITS, *, ratio: float = 1.0) -> QPixmap:
    """The sign as a pixmap of ``side`` logical pixels at device pixel ratio ``ratio``."""
    sharp = QPixmap(round(side * ratio), round(side * ratio))
    sharp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sharp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio * side / _UNITS, ratio * side / _UNITS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(t.ACCENT))
    painter.drawRoundedRect(QRectF(0, 0, _UNITS, _UNITS), 3, 3)
    painter.setBrush(QColor(t.PAGE))
    for top, width in ((5, 8), (9, 11), (13, 8)):
        painter.drawRect(QRectF(5, top, width, 2))
    painter.end()
    sharp.setDevicePixelRatio(ratio)
    return sharp
