"""The seven steps of a day as rows: icon, name, state; the current one has a frame.

A row is no button: it is pressed, or opened with Enter, whether it is current or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.event_day.day.rules import ALL_STEPS, Step
from app.event_day.day.services.day_overview import StepLine
from app.widgets.buttons import link_button
from app.widgets.labels import show_text_or_hide, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.widgets.step_block import StepSign, StepState
from app.window import theme as t
from app.window.accessible_roles import spoken_as
from app.window.painting import frame_area, painting, stroke


@spoken_as(QAccessible.Role.Button)
class DayStepRow(QFrame):
    """Row of one step of the day.

    Signals:
        ``opened()``: it was pressed, or Enter or Space.
        ``step_move_asked(int)``: an arrow key, by this number of rows.
    """

    opened = Signal()
    step_move_asked = Signal(int)

    def __init__(self, number: int, step: Step) -> None:
        super().__init__()
        self.step = step
        self.framed = False
        self.sign = StepSign(number)
        self.title = wrapped_label("", "strong")
        self.words = wrapped_label("", "second")
        self.link = link_button("")
        self.link.hide()
        in_row(
            (self.sign, 0, Qt.AlignmentFlag.AlignVCenter),
            (in_column(self.title, self.words, spacing=1), 1),
            (self.link, 0, Qt.AlignmentFlag.AlignVCenter),
            owner=self,
            spacing=12,
            margins=(16, 8, 16, 8),
        )
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_line(self, line: StepLine, *, is_current: bool, link: str) -> None:
        """Show the state of the step; ``link`` "" = none."""
        self.framed = is_current
        state: StepState = "いま" if is_current else "済" if line.is_done else "これから"
        self.sign.show_state(state)
        self.title.setText(line.title)
        show_text_or_hide(self.words, line.words)
        self.setAccessibleName(f"{line.title}　{state}　{line.words}".strip())
        self.setAccessibleDescription("Enter で開きます")
        if link:
            self.link.set_words(link)
            self.link.setAccessibleName(f"{line.title}　{link}")
        self.link.setVisible(bool(link))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame of the current step, a line below the others, and the focus."""
        super().paintEvent(event)
        with painting(self) as painter:
            area = frame_area(self)
            if self.framed:
                painter.setPen(stroke(t.ACCENT, 2))
                painter.setBrush(t.SELECTION)
                painter.drawRoundedRect(area, t.RADIUS, t.RADIUS)
            else:
                painter.setPen(stroke(t.ROW_LINE))
                painter.drawLine(area.bottomLeft(), area.bottomRight())
            if self.hasFocus():
                painter.setPen(stroke(t.ACCENT, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                inside = area.adjusted(3, 3, -3, -3) if self.framed else area
                painter.drawRoundedRect(inside, t.RADIUS, t.RADIUS)

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
    """List of the steps. Tab focuses one row, the arrow keys move between rows.

    Signals: ``opened(str)`` a step; ``link_clicked(str)`` the link of a step.
    """

    opened = Signal(str)
    link_clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = in_column(owner=self, spacing=0)
        self.rows: dict[Step, DayStepRow] = {}
        for number, step in enumerate(ALL_STEPS, 1):
            row = DayStepRow(number, step)
            row.opened.connect(lambda step=step: self.opened.emit(step))
            row.link.chosen.connect(lambda step=step: self.link_clicked.emit(step))
            row.step_move_asked.connect(lambda by, step=step: self._move_focus(step, by))
            column.addWidget(row)
            self.rows[step] = row
        self._focus_step(ALL_STEPS[0])

    @property
    def current_step(self) -> Step | None:
        """Return the step shown as the current one, None = none is."""
        return next((step for step, row in self.rows.items() if row.framed), None)

    def show_steps(self, lines: Sequence[StepLine], *, current_step: Step | None, links: Mapping[Step, str]) -> None:
        """Show the steps of ``lines`` and hide the others; ``links`` are the texts of the links by step."""
        before = self.current_step
        shown = {line.step: place for place, line in enumerate(lines, 1)}
        for step, row in self.rows.items():
            row.setVisible(step in shown)
            row.sign.show_number(shown.get(step, 0))
        for line in lines:
            self.rows[line.step].show_line(line, is_current=line.step == current_step, link=links.get(line.step, ""))
        if before != current_step or current_step is None:
            self._focus_step(current_step or ALL_STEPS[0])

    def _focus_step(self, step: Step) -> None:
        """Set the one step that Tab reaches."""
        for one, row in self.rows.items():
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one == step else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.rows[step])

    def _move_focus(self, step: Step, by: int) -> None:
        """Set the focus to the visible step ``by`` places below (above) this one."""
        shown = [one for one, row in self.rows.items() if not row.isHidden()]
        at = shown.index(step) + by
        if 0 <= at < len(shown):
            self._focus_step(shown[at])
            self.rows[shown[at]].setFocus(Qt.FocusReason.OtherFocusReason)
