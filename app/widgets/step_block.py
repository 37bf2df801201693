"""The steps of a procedure: each as a block with its buttons in a column, or as a row of a list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.common.join_nonempty import join_nonempty
from app.widgets.buttons import link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label, second_label, separator, show_text_or_hide, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.window import theme as t
from app.window.accessible_roles import spoken_as
from app.window.icons import paint_icon
from app.window.painting import frame_area, paint_box, paint_disc, paint_focus, paint_text, painting, stroke
from db.record import record

StepState = Literal["済", "いま", "これから"]
_SIDE = 26


def paint_step(
    painter: QPainter, area: QRectF, number: int | None, *, line: str, fill: str, ink: str, tick: int
) -> None:
    """Draw a step as a disc with its number, None = with a tick of ``tick`` pixels."""
    paint_disc(painter, area, stroke(line), fill)
    if number is None:
        inside = QRectF(0, 0, t.scaled(tick), t.scaled(tick))
        inside.moveCenter(area.center())
        paint_icon(painter, "check", inside, ink)
    else:
        paint_text(painter, area, str(number), t.font("body", bold=True), ink, "center")


class StepSign(QWidget):
    """The round sign: a tick if done, a filled number if due, a ring with the number if later. Signals: none."""

    def __init__(self, number: int):
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
            line = t.GREEN if done else t.ACCENT if now else t.CONTROL
            ink = t.GREEN if done else t.PAGE if now else t.INK_SECONDARY
            paint_step(
                painter,
                area,
                None if done else self._number,
                line=line,
                fill=t.ACCENT if now else t.PAGE,
                ink=ink,
                tick=14,
            )


class StepBlock(QWidget):
    """One step. ``acts`` holds its buttons, ``put`` adds widgets below its text. Signals: none."""

    def __init__(self, number: int, title: str, *buttons: QWidget):
        super().__init__()
        self._title = title
        self.sign = StepSign(number)
        self.title = label(title, "strong")
        self.words = second_label()
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


class StepLine(QWidget):
    """The line of a step, unfolded below it while it is in turn; its day or what it waits for at the right.

    Signals: none.
    """

    def __init__(self, number: int, title: str):
        super().__init__()
        self.sign = StepSign(number)
        self.title = label(title, "strong")
        self.words = second_label()
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        in_column(separator(), in_row(self.sign, self.title, (self.words, 1), spacing=10), owner=self, spacing=8)

    def show_state(self, state: StepState, words: str = "") -> None:
        """Show the state of the step, with ``words`` at its right; a later one is grey."""
        self.sign.show_state(state)
        self.title.setProperty("role", "second" if state == "これから" else "strong")
        self.title.style().polish(self.title)
        self.words.setText(words)
        self.setAccessibleName(join_nonempty(self.title.text(), state, words))


def show_progress(done: int, *steps: tuple[StepBlock | StepLine, str], is_our_turn: bool = True) -> None:
    """Show steps with their texts: the first ``done`` are done, the next is due if ``is_our_turn``."""
    for number, (step, words) in enumerate(steps):
        state: StepState = "済" if number < done else "いま" if number == done and is_our_turn else "これから"
        step.show_state(state, words)


@record
class StepEntry:
    """What the row of a step shows; ``day`` and ``link`` stand at its right, "" = none."""

    step: str
    title: str
    words: str
    state: StepState
    day: str = ""
    link: str = ""


@spoken_as(QAccessible.Role.Button)
class StepRow(QFrame):
    """Row of one step: its sign, name and state, and a link at its right. It is no button, but pressed or opened.

    Signals:
        ``opened()``: it was pressed, or Enter or Space.
        ``step_move_asked(int)``: an arrow key, by this number of rows.
    """

    opened = Signal()
    step_move_asked = Signal(int)

    def __init__(self, number: int):
        super().__init__()
        self.framed = False
        self.sign = StepSign(number)
        self.title = wrapped_label("", "strong")
        self.words = second_label()
        self.link = link_button("")
        self.link.hide()
        self.day = label("", "second")
        in_row(
            (self.sign, 0, Qt.AlignmentFlag.AlignVCenter),
            (in_column(self.title, self.words, spacing=1), 1),
            (self.link, 0, Qt.AlignmentFlag.AlignVCenter),
            (self.day, 0, Qt.AlignmentFlag.AlignVCenter),
            owner=self,
            spacing=12,
            margins=(16, 8, 16, 8),
        )
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_line(self, line: StepEntry, *, framed: bool) -> None:
        """Show the step, in a frame or with a line below it."""
        self.framed = framed
        self.sign.show_state(line.state)
        self.title.setText(line.title)
        show_text_or_hide(self.words, line.words)
        show_text_or_hide(self.day, line.day)
        self.setAccessibleName(join_nonempty(line.title, line.state, line.words, line.day))
        self.setAccessibleDescription("Enter で開きます")
        if line.link:
            self.link.set_words(line.link)
            self.link.setAccessibleName(f"{line.title}　{line.link}")
        self.link.setVisible(bool(line.link))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame of the current step, a line below the others, and the focus."""
        super().paintEvent(event)
        with painting(self) as painter:
            area = frame_area(self)
            if self.framed:
                paint_box(painter, area, stroke(t.ACCENT, 2), t.SELECTION)
            else:
                painter.setPen(stroke(t.ROW_LINE))
                painter.drawLine(area.bottomLeft(), area.bottomRight())
            if self.hasFocus():
                inside = area.adjusted(3, 3, -3, -3) if self.framed else area
                paint_focus(painter, inside, t.RADIUS)

    def press(self) -> None:
        """Emit ``opened``, as for a click, when a screen reader presses the row."""
        self.opened.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Emit ``opened`` on a click anywhere on the row."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit ``opened`` on Enter or Space, and ``step_move_asked`` on the arrows."""
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self.opened.emit()
        elif event.key() in moves:
            self.step_move_asked.emit(moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Remove the focus mark."""
        super().focusOutEvent(event)
        self.update()


class StepRows(QWidget):
    """List of steps, of which one has a frame. Tab focuses one row, the arrow keys move between rows.

    Signals: ``opened(str)`` a step; ``focused(str)`` an arrow key moved to a step; ``link_clicked(str)`` its link.
    """

    opened = Signal(str)
    focused = Signal(str)
    link_clicked = Signal(str)

    def __init__(self, steps: Sequence[str]):
        super().__init__()
        column = in_column(owner=self, spacing=0)
        self.rows: dict[str, StepRow] = {}
        for number, step in enumerate(steps, 1):
            row = StepRow(number)
            row.opened.connect(partial(self.opened.emit, step))
            row.link.chosen.connect(partial(self.link_clicked.emit, step))
            row.step_move_asked.connect(partial(self._move_focus, step))
            column.addWidget(row)
            self.rows[step] = row
        self._reach(steps[0])

    @property
    def framed_step(self) -> str:
        """Return the step in the frame, "" = none is."""
        return next((step for step, row in self.rows.items() if row.framed), "")

    def show_steps(self, lines: Sequence[StepEntry], framed: str) -> None:
        """Show the steps of ``lines`` and hide the others; ``framed`` "" = none has a frame."""
        before, focused = self.framed_step, self.hasFocus()
        shown = {line.step: place for place, line in enumerate(lines, 1)}
        for step, row in self.rows.items():
            row.setVisible(step in shown)
            row.sign.show_number(shown.get(step, 0))
        for line in lines:
            self.rows[line.step].show_line(line, framed=line.step == framed)
        if before != framed or not framed:
            self._reach(framed or next(iter(self.rows)))
            if focused:
                self.setFocus()

    def _reach(self, step: str) -> None:
        """Set the one step that Tab reaches."""
        for one, row in self.rows.items():
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one == step else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.rows[step])

    def _move_focus(self, step: str, by: int) -> None:
        """Set the focus to the visible step ``by`` places below (above) this one."""
        shown = [one for one, row in self.rows.items() if not row.isHidden()]
        at = shown.index(step) + by
        if 0 <= at < len(shown):
            self._reach(shown[at])
            self.rows[shown[at]].setFocus(Qt.FocusReason.OtherFocusReason)
            self.focused.emit(shown[at])
