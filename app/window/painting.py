"""Helpers for custom painting: an antialiased painter that is ended, pens in theme colours, the focus frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPaintDevice, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.window import theme as t

_SIDES = {
    "left": Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignCenter,
    "right": Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
}


def painting(device: QPaintDevice) -> QPainter:
    """Return an antialiased painter of ``device``, used as ``with painting(self) as painter``."""
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


@contextmanager
def smooth(painter: QPainter) -> Iterator[None]:
    """Draw with smooth edges within the block; what is set on the painter there is forgotten after it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    yield
    painter.restore()


def stroke(colour: str, width: float = 1) -> QPen:
    """Return a pen in a theme colour, ``width`` logical pixels wide."""
    return QPen(theme_colour(colour), width)


def theme_colour(colour: str) -> QColor:
    """Return the current colour for one that was taken from the theme earlier."""
    return QColor(t.current_colour(colour))


def paint_text(
    painter: QPainter,
    area: QRect | QRectF,
    words: str,
    font: QFont,
    colour: str,
    side: Literal["left", "center", "right"] = "left",
) -> None:
    """Write one line in an area, at this side of it and in the middle of its height."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(area, _SIDES[side], words)


def paint_box(
    painter: QPainter,
    area: QRectF,
    line: QPen | Qt.PenStyle,
    fill: str | QColor | QBrush | Qt.BrushStyle,
    radius: float = t.RADIUS,
) -> None:
    """Draw a box with rounded corners."""
    painter.setPen(line)
    painter.setBrush(fill)
    painter.drawRoundedRect(area, radius, radius)


def key_width(key: str) -> int:
    """Return the width of a key with its frame."""
    return round(t.metrics("small").horizontalAdvance(key)) + 12


def paint_key(painter: QPainter, area: QRectF, key: str, colour: str) -> None:
    """Draw a key in a frame at the right end of an area."""
    font = QFont(t.font("small"))
    font.setUnderline(False)  # nor on a link
    width, height = key_width(key), t.line_height("small")
    box = QRectF(area.right() - width, area.center().y() - height / 2, width, height)
    paint_box(painter, box, stroke(colour), Qt.BrushStyle.NoBrush, 3)
    paint_text(painter, box, key, font, colour, "center")


def paint_disc(
    painter: QPainter, area: QRectF, line: QPen | Qt.PenStyle, fill: str | QColor | QBrush | Qt.BrushStyle
) -> None:
    """Draw a circle that fills an area."""
    painter.setPen(line)
    painter.setBrush(fill)
    painter.drawEllipse(area)


def frame_area(widget: QWidget) -> QRectF:
    """Return the area of a widget within the frame that shows its focus."""
    return QRectF(widget.rect()).adjusted(1, 1, -1, -1)


def paint_focus(painter: QPainter, area: QRectF, radius: float = 0) -> None:
    """Draw the frame of the widget with keyboard focus; call it after everything else is drawn."""
    paint_box(painter, area, stroke(t.ACCENT, 2), Qt.BrushStyle.NoBrush, radius)
