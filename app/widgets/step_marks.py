"""Step marks in a line: a tick for done, a dot and bold text for the current one, an empty ring for open.

They differ in shape, not only in colour, and are no buttons.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.widgets.lists.record_model import Cell
from app.window import theme as t
from app.window.icons import paint_icon
from app.window.painting import paint_disc, paint_text, smooth, stroke
from db.record import frozen

Steps = Sequence[tuple[str, str]]
"""Text and state of each step, in order."""
_SIDE = 15
_GAP, _BETWEEN, _LINE_GAP = 4.0, 9.0, 4.0


@frozen
class PlacedStep:
    """One positioned step: the area of its sign, then left edge, width, font and colour of its text, in px."""

    words: str
    state: str
    sign: QRectF
    left: float
    width: float
    font: QFont
    colour: str


def step_font(state: str) -> QFont:
    """Return the font of a step's text, bold for the state 「next」."""
    return t.font("small", bold=state == "next")


def placed_steps(steps: Steps, width: float) -> tuple[list[PlacedStep], float]:
    """Return the steps positioned in lines of ``width`` px, and the total height."""
    side, height = float(t.scaled(_SIDE)), max(t.line_height("small"), t.scaled(_SIDE)) + _LINE_GAP
    found = []
    x = y = 0.0
    for words, state in steps:
        font = step_font(state)
        natural = QFontMetricsF(font).horizontalAdvance(words)
        if x and x + side + _GAP + natural > width:
            x, y = 0.0, y + height
        sign = QRectF(x, y + (height - side) / 2, side, side)
        colour = {"done": t.INK, "next": t.ACCENT}.get(state, t.INK_SECONDARY)
        found.append(PlacedStep(words, state, sign, x + side + _GAP, natural, font, colour))
        x += side + _GAP + natural + _BETWEEN
    return found, y + height if found else 0.0


def natural_steps_width(steps: Steps) -> float:
    """Return the width of all steps in one line."""
    side = float(t.scaled(_SIDE))
    words = sum(QFontMetricsF(step_font(state)).horizontalAdvance(one) for one, state in steps)
    return words + len(steps) * (side + _GAP) + max(0, len(steps) - 1) * _BETWEEN


def paint_step_sign(painter: QPainter, area: QRectF, state: str) -> None:
    """Draw the sign of one step: a tick for 「done」, a ring with a dot for 「next」, else an empty ring."""
    with smooth(painter):
        if state == "done":
            paint_icon(painter, "check-circle-fill", area.adjusted(-1.5, -1.5, 1.5, 1.5), t.ACCENT)
        else:
            ring = area.adjusted(1, 1, -1, -1)
            paint_disc(
                painter,
                ring,
                stroke(t.ACCENT if state == "next" else t.CONTROL, 2.0 if state == "next" else 1.2),
                t.PAGE,
            )
            if state == "next":
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(t.ACCENT)
                painter.drawEllipse(ring.center(), ring.width() * 0.24, ring.width() * 0.24)


class StepMarks(QWidget):
    """The steps of one procedure in one or more lines. Signals: none."""

    def __init__(self, name: str):
        super().__init__()
        self.steps: tuple[tuple[str, str], ...] = ()
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_steps(self, steps: Steps) -> None:
        """Show these steps; the accessible description lists them as text, and the name stays."""
        self.steps = tuple(steps)
        self.setAccessibleDescription(Cell(steps=self.steps).plain())
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at a width."""
        return round(placed_steps(self.steps, max(float(width), 40.0))[1])

    def sizeHint(self) -> QSize:
        """Return the width of all steps in one line, with its height."""
        return QSize(round(natural_steps_width(self.steps)) + 2, self.heightForWidth(100_000))

    def minimumSizeHint(self) -> QSize:
        """Return the height needed at the present width."""
        return QSize(t.scaled(120), self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw sign and text of each step."""
        with QPainter(self) as painter:
            height = max(t.line_height("small"), t.scaled(_SIDE)) + _LINE_GAP
            for one in placed_steps(self.steps, float(self.width()))[0]:
                paint_step_sign(painter, one.sign, one.state)
                line = QRectF(one.left, one.sign.center().y() - height / 2, one.width + 2, height)
                paint_text(painter, line, one.words, one.font, t.current_colour(one.colour))


def text_position(step: PlacedStep) -> QPointF:
    """Return where a step's text begins: its left edge, on the base line."""
    metrics = QFontMetricsF(step.font)
    return QPointF(step.left, step.sign.center().y() + (metrics.ascent() - metrics.descent()) / 2)
