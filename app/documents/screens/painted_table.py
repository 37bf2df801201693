"""A painted table of numbers that is read and copied cell by cell, and the fills of its bars."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.window import theme as t
from app.window.accessible_roles import spoken_as
from app.window.clipboard import copy_for_pasting
from app.window.line_breaks import wrap_words
from app.window.painting import frame_area, paint_focus, painting, smooth, stroke, theme_colour

_HATCH_STEPS = {"hatch": 7.0, "sparse": 14.0}
"""Hatch spacing: 無回答 close, an answer outside the list wide."""


def paint_fill(painter: QPainter, area: QRectF, fill: str) -> None:
    """Fill ``area`` with a colour, or with a hatch when ``fill`` is "hatch" or "sparse"; outlined in accent."""
    with smooth(painter):
        step = _HATCH_STEPS.get(fill)
        painter.fillRect(area, theme_colour(t.PAGE if step else fill))
        if step:
            painter.setClipRect(area)
            painter.setPen(stroke(t.CHART_BANDS[0]))
            left = area.left() - area.height()
            while left < area.right():
                painter.drawLine(QPointF(left, area.top()), QPointF(left + area.height(), area.bottom()))
                left += step
            painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if t.is_high_contrast():
            # A white line inside the dark one parts two dark bands.
            painter.setPen(stroke(t.PAGE))
            painter.drawRect(area.adjusted(1.5, 1.5, -1.5, -1.5))
        painter.setPen(stroke(t.CHART_BANDS[0]))
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))


def ink_on(fill: str) -> str:
    """Return the text colour for a number on ``fill``."""
    if fill in _HATCH_STEPS:
        return t.INK
    return t.PAGE if QColor(fill).lightnessF() < 0.5 else t.INK


def is_hatch(fill: str) -> bool:
    """Return whether ``fill`` is a hatch, on which a number needs a white background."""
    return fill in _HATCH_STEPS


@spoken_as(QAccessible.Role.Graphic)
class PaintedTable(QWidget):
    """A table drawn as a whole, as tall as its rows; Ctrl+C copies it. Signals: none.

    A subclass returns its content as tab-separated text (``as_clipboard_text``) and lays out everything from top to
    bottom, draws it if there is a painter, and returns the height (``_paint_from_top``).
    """

    as_clipboard_text: Callable[[], str]
    _paint_from_top: Callable[[QPainter | None, float], float]

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the whole content."""
        return round(self._paint_from_top(None, float(width))) + 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the table, and the frame of the focus around it."""
        with painting(self) as painter:
            self._paint_from_top(painter, float(self.width()))
            if self.hasFocus():
                paint_focus(painter, frame_area(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the table on Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_for_pasting(self.as_clipboard_text())
        else:
            super().keyPressEvent(event)


class Drawing:
    """What is laid out from top to bottom for one width, and drawn if there is a painter."""

    def __init__(self, width: float, painter: QPainter | None):
        """Without ``painter`` only the height is computed."""
        self.width = width
        self._small = t.line_height("small")
        self._painter = painter

    def _note(self, note: str, y: float) -> float:
        """Write the note below a chart, if it has one, and return where it ends."""
        y += 4 if note else 0
        for line, _w in wrap_words(note, t.font("small"), self.width) if note else ():
            self._write(0, y, self._small, line)
            y += self._small
        return y

    def _rule(self, x: float, y: float, width: float, colour: str) -> None:
        if self._painter is not None:
            self._painter.setPen(stroke(colour))
            self._painter.drawLine(QPointF(x, y), QPointF(x + width, y))

    def _write(
        self,
        x: float,
        y: float,
        height: float,
        words: str,
        role: t.Role = "small",
        colour: str = "",
        *,
        bold: bool = False,
        align: float = 0.0,
    ) -> None:
        """Write one line in the middle of ``height``: from ``x`` on (0), around it (0.5), or up to it (1)."""
        if self._painter is None or not words:
            return
        font = t.font(role, bold=bold)
        metrics = QFontMetricsF(font)
        baseline = y + (height + metrics.ascent() - metrics.descent()) / 2
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour or t.INK_SECONDARY))  # as the contrast is now
        self._painter.drawText(QPointF(x - align * metrics.horizontalAdvance(words), baseline), words)
