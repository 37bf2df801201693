"""Painting what a widget draws by itself: with smooth edges and lines of our colours, and ended when it is done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPaintDevice, QPainter, QPen

from app.window import theme as t


def painting(device: QPaintDevice) -> QPainter:
    """Return a painter of ``device`` with smooth edges: ``with painting(self) as painter``."""
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def stroke(colour: str, width: float = 1) -> QPen:
    """Return a pen of one of the colours of the theme, ``width`` logical pixels wide."""
    return QPen(QColor(colour), width)


def paint_focus(painter: QPainter, area: QRectF, radius: float = 0) -> None:
    """Draw the line round what has the keyboard, the last of all."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(stroke(t.ACCENT, 2))
    painter.drawRoundedRect(area, radius, radius)
