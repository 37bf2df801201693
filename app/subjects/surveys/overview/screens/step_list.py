"""The five steps of a survey at the left of its pages, and the numbers of the event under them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.subjects.surveys.overview.services.survey_steps import DONE, NEEDS_CHECK, STEPS, UNDER_WAY, Step, SurveySteps
from app.widgets.labels import Paragraph, label, styled_frame, wrapped_label
from app.widgets.layouts import in_column, in_grid
from app.widgets.pages import ensure_visible
from app.widgets.panel import Panel
from app.window import theme as t
from app.window.icons import paint_icon
from app.window.painting import paint_focus, painting, stroke

WIDE_WIDTH, NARROW_WIDTH = 236, 164
_ROW, _NARROW_ROW = 56, 46
_CIRCLE = 26
_FRAME = 2
_HINT = "済んだ手順も直せます。直すと、つぎの手順が「確認が必要」に戻ります。Alt＋1～5 で選びます。"
_COLOURS = {DONE: t.GREEN, NEEDS_CHECK: t.AMBER, UNDER_WAY: t.ACCENT}


class SurveyStepRow(QAbstractButton):
    """One step: circle with its number, or a tick when it is done, title and state, and its count below.

    Signals: those of QAbstractButton.
    """

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._step = Step(number=number, title=STEPS[number - 1], state="未着手", words="")
        self._narrow = False

    def show_step(self, step: Step, *, narrow: bool) -> None:
        """Show how far the step is; ``narrow`` leaves its state word to the colour and the count."""
        self._step = step
        self._narrow = narrow
        self.setText(step.title)
        self.setAccessibleName(f"{step.number} {step.title}　{step.state}　{step.words}")
        self.setToolTip(f"{step.title}　{step.state}\n{step.words}　（Alt+{step.number}）")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """56 high, or as the lines of its count need."""
        return QSize(t.scaled(NARROW_WIDTH) - 2 * _FRAME, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(100, self.heightForWidth(self.width()))

    def heightForWidth(self, _width: int) -> int:
        """56 px, more in large type."""
        return max(
            t.scaled(_NARROW_ROW if self._narrow else _ROW),
            t.line_height() + t.line_height("small") + (6 if self._narrow else 14),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        with painting(self) as painter:
            area = QRectF(self.rect())
            chosen = self.isChecked()
            if chosen:
                painter.fillRect(area, t.SELECTION)
                painter.fillRect(QRectF(0, 0, 4, area.height()), t.ACCENT)
            elif self.underMouse():
                painter.fillRect(area, t.FOOTER)
            painter.setPen(stroke(t.ROW_LINE))
            painter.drawLine(area.bottomLeft(), area.bottomRight())
            left = 8.0 if self._narrow else 12.0
            self._circle(
                painter, QRectF(left, (area.height() - t.scaled(_CIRCLE)) / 2, t.scaled(_CIRCLE), t.scaled(_CIRCLE))
            )
            left += t.scaled(_CIRCLE) + 8
            top = (area.height() - t.line_height() - t.line_height("small")) / 2
            room = area.width() - left - 10
            if not self._narrow:
                state = t.font("small", bold=self._step.state != "未着手")
                need = QFontMetricsF(state).horizontalAdvance(self._step.state)
                painter.setFont(state)
                painter.setPen(QColor(_COLOURS.get(self._step.state, t.INK_SECONDARY)))
                line = QRectF(area.right() - need - 10, top, need + 2, t.line_height())
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._step.state)
            painter.setFont(t.font(bold=chosen))
            painter.setPen(t.INK)
            painter.drawText(QRectF(left, top, room, t.line_height()), Qt.AlignmentFlag.AlignVCenter, self._step.title)
            below = t.font("small", bold=self._narrow and self._step.state == NEEDS_CHECK)
            painter.setFont(below)
            painter.setPen(t.AMBER if self._step.state == NEEDS_CHECK else t.INK_SECONDARY)
            words = self._fitting_words(QFontMetricsF(below), room)
            line = QRectF(left, top + t.line_height(), room, t.line_height("small"))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)
            if self.hasFocus():
                paint_focus(painter, area.adjusted(1, 1, -1, -1))

    def _fitting_words(self, metrics: QFontMetricsF, width: float) -> str:
        """As many of the parts of the count as there is room for, the first ones."""
        words = self._step.words
        for sign in ("（", "　", "・"):
            if metrics.horizontalAdvance(words) <= width:
                break
            words = words.split(sign)[0]
        if metrics.horizontalAdvance(words) > width:
            # What is counted before how many: 「未入力 9問」 says it beside the amber, its first word does not.
            words = words.partition(" ")[2] or words
        # Words cut in the middle say less than the state alone.
        return words if metrics.horizontalAdvance(words) <= width else self._step.state

    def _circle(self, painter: QPainter, area: QRectF) -> None:
        done, chosen = self._step.state == DONE, self.isChecked()
        painter.setPen(stroke(t.GREEN if done else t.ACCENT if chosen else t.CONTROL, 1.4))
        painter.setBrush(t.GREEN_TINT if done else t.ACCENT if chosen else t.PAGE)
        painter.drawEllipse(area)
        if done:
            inner = area.adjusted(6, 6, -6, -6)
            paint_icon(painter, "check", inner, t.GREEN)
            return
        painter.setPen(t.PAGE if chosen else t.INK_SECONDARY)
        painter.setFont(t.font("body", bold=True))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(self._step.number))


class SurveyStepList(QWidget):
    """The steps and the numbers of this event. Signals: ``chosen(int)`` the number of the step wanted.

    ↑↓ move between the steps.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("アンケートの進行状況")
        self.done_count = label("", "second")
        self.step_rows = [SurveyStepRow(number) for number in range(1, len(STEPS) + 1)]
        frame = self._frame = styled_frame("panel")
        inside = in_column(owner=frame, spacing=0, margins=(1, 1, 1, 1))
        for number, row in enumerate(self.step_rows, 1):
            inside.addWidget(row)
            row.clicked.connect(lambda _on, wanted=number: self.chosen.emit(wanted))
        self.hint = Paragraph(_HINT, role="small")
        self.numbers = Panel("この回の数")
        self._grid = in_grid(across=8, down=4, wide=0)
        self._names = [label("") for _each in range(3)]
        self._source_labels = [label("", "small") for _each in range(3)]
        self._values = [label("", "strong") for _each in range(3)]
        for place in range(3):
            self._grid.addWidget(self._names[place], 2 * place, 0)
            self._grid.addWidget(self._values[place], 2 * place, 1, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(self._source_labels[place], 2 * place + 1, 0, 1, 2, Qt.AlignmentFlag.AlignRight)
        self.reference = wrapped_label("％は参考値（n＜30）", "small")
        self.numbers.put(self._grid, self.reference)
        in_column(self.done_count, frame, self.hint, self.numbers, None, owner=self, spacing=8)

    def show_steps(self, survey_steps: SurveySteps, current: int, *, narrow: bool) -> None:
        """Show how far each step is; ``current`` is the one whose page is shown."""
        self.setFixedWidth(t.scaled(NARROW_WIDTH if narrow else WIDE_WIDTH))
        self.done_count.setText(f"アンケートの進行状況　{survey_steps.done_count} / {len(survey_steps.steps)} 済")
        self.done_count.setVisible(not narrow)
        self.hint.setVisible(not narrow)
        for row, step in zip(self.step_rows, survey_steps.steps, strict=True):
            row.show_step(step, narrow=narrow)
            row.setFixedHeight(row.heightForWidth(row.width()))
            row.setChecked(step.number == current)
        for place, (name, value, made) in enumerate(survey_steps.key_numbers):
            self._names[place].setText(name)
            self._values[place].setText(value)
            self._source_labels[place].setText(made)
            self._source_labels[place].setVisible(bool(made) and not narrow)
        self.numbers.title.setVisible(not narrow)
        self._frame.setFixedHeight(sum(row.heightForWidth(row.width()) for row in self.step_rows) + 2)
        frame = self.numbers.layout()
        if frame is not None:
            frame.setContentsMargins(*((10, 6, 10, 6) if narrow else (16, 12, 16, 12)))
            frame.setSpacing(2 if narrow else 8)
        self.reference.setVisible(survey_steps.is_reference_only)
        self._update_numbers_visibility()

    def _update_numbers_visibility(self) -> None:
        """The numbers stand below the steps where there is room for all of them; 集計 has them too."""
        shown = [part for part in (self.done_count, self._frame, self.hint) if not part.isHidden()]
        above = sum(max(part.minimumSizeHint().height(), part.heightForWidth(self.width())) + 8 for part in shown)
        ensure_visible(self.numbers, seen=above + self.numbers.minimumSizeHint().height() <= self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Numbers come and go with the height."""
        super().resizeEvent(event)
        self._update_numbers_visibility()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑↓ move."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        held = next((place for place, row in enumerate(self.step_rows) if row.hasFocus()), None)
        if step is None or held is None or not 0 <= held + step < len(self.step_rows):
            super().keyPressEvent(event)
            return
        self.step_rows[held + step].setFocus()
