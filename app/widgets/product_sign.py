"""The sign of the product: a sheet with three lines, drawn at any size and sharpness."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from app.window import theme as t

_UNITS = 20


def product_sign(side: int = _UNITS, *, ratio: float = 1.0) -> QPixmap:
    """The sign as a pixmap of ``side`` logical pixels at device pixel ratio ``ratio``."""
    sharp = QPixmap(round(side * ratio), round(side * ratio))
    sharp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sharp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(t.ACCENT))
    unit = sharp.width() / _UNITS
    painter.drawRoundedRect(QRectF(sharp.rect()), 3 * unit, 3 * unit)
    # The lines begin and end with a whole pixel: at 16 pixels they would be grey otherwise.
    for top, width in ((5, 8), (9, 11), (13, 8)):
        painter.fillRect(QRect(*(round(part * unit) for part in (5, top, width, 2))), QColor(t.PAGE))
    painter.end()
    sharp.setDevicePixelRatio(ratio)
    return sharp
