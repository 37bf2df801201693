"""One step of a procedure in a column: a round sign, its name, its state, and its buttons."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from app.widgets.flow_row import FlowRow
from app.widgets.labels import label, show_text_or_hide, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.window import theme as t
from app.window.icons import paint_icon
from app.window.painting import painting, stroke

StepState = Literal["済", "いま", "これから"]
_SIDE = 26


class StepSign(QWidget):
    """The round sign: a tick if done, a filled number if due, a ring with the number if later. Signals: none."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.state: StepState = "これから"

    def show_number(self, number: int) -> None:
        """Draw another number."""
        self._number = number
        self.update()

    def show_state(self, state: StepState) -> None:
        """Draw another state."""
        self.state = state
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the round sign."""
        return QSize(t.scaled(_SIDE), t.scaled(_SIDE))

    def minimumSizeHint(self) -> QSize:
        """Return the size of the whole sign."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tick or number in its circle, by the state."""
        with painting(self) as painter:
            area = QRectF(1, 1, t.scaled(_SIDE) - 2, t.scaled(_SIDE) - 2)
            now, done = self.state == "いま", self.state == "済"
            painter.setPen(stroke(t.GREEN if done else t.ACCENT if now else t.CONTROL))
            painter.setBrush(t.ACCENT if now else t.PAGE)
            painter.drawEllipse(area)
            if done:
                side = t.scaled(14)
                inside = QRectF(0, 0, side, side)
                inside.moveCenter(area.center())
                paint_icon(painter, "check", inside, t.GREEN)
            else:
                painter.setPen(t.PAGE if now else t.INK_SECONDARY)
                painter.setFont(t.font("body", bold=True))
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(self._number))


class StepBlock(QWidget):
    """One step. ``acts`` holds its buttons, ``put`` adds widgets below its text. Signals: none."""

    def __init__(self, number: int, title: str, *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.sign = StepSign(number)
        self.title = label(title, "strong")
        self.words = wrapped_label("", "second")
        self.acts = FlowRow(*buttons)
        self.body = in_column(spacing=6, margins=(0, 2, 0, 0))
        for part in (self.title, self.words, self.acts):
            self.body.addWidget(part)
        in_row((self.sign, 0, Qt.AlignmentFlag.AlignTop), (self.body, 1), owner=self, spacing=10)
        if not buttons:
            self.acts.hide()

    @property
    def state(self) -> StepState:
        """Return the state of the step."""
        return self.sign.state

    def put(self, part: QWidget) -> None:
        """Add a widget between the text and the buttons."""
        self.body.insertWidget(self.body.count() - 1, part)

    def show_state(self, state: StepState, words: str = "") -> None:
        """Show the state of the step, and ``words`` beneath it ("" = none)."""
        self.sign.show_state(state)
        show_text_or_hide(self.words, words)
        self.setAccessibleName(f"{self._title}　{state}　{words}".strip())
        self.acts.updateGeometry()


def show_progress(done: int, *steps: tuple[StepBlock, str], is_our_turn: bool = True) -> None:
    """Show steps with their texts: the first ``done`` are done, the next is due if ``is_our_turn``."""
    for number, (step, words) in enumerate(steps):
        state: StepState = "済" if number < done else "いま" if number == done and is_our_turn else "これから"
        step.show_state(state, words)
