"""Panel 先に決めること: questions answered once before the rows, one for equal words, with the names of their rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QWidget

from app.common.and_others import and_others
from app.common.join_nonempty import join_nonempty
from app.events.applications.intake.unclear_answers import AnswerKey, AnswerQuestion
from app.widgets.flow_row import FlowRow
from app.widgets.keys import is_enter
from app.widgets.labels import label, small_label, wrapped_label
from app.widgets.layouts import in_column, in_row, stack_when_narrow
from app.widgets.lists.segments import Segment
from app.widgets.panel import Panel
from app.widgets.screen import in_scroll_area

_MAX_NAMES_SHOWN = 12
_MAX_QUESTIONS_SHOWN = 3
_SHOWN = {"欠席": "辞退", "そのまま": "ことばを残す", "条件つき": "撮影 条件つき"}
"""The answers about own words that are stored by an older or shorter word."""
_KEYS = "　数字で答えると、つぎへ進みます　↑↓ で選び直す"
_MIN_WORDS = 240
"""Width left for the words of a question; where the answers would take it they stand below."""
_GAP = 12


_ARROW_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class AnswerButton(Segment):
    """Button of one answer with its key; Space and Enter press it, the arrows go to the line and the panel."""

    def __init__(self, word: str, key: int, shown: str):
        self.key, self.shown = key, shown
        super().__init__(word, counted=False)

    @property
    def words(self) -> str:
        """Return the key and the answer: 「1 配慮へ」."""
        return f"{self.key} {self.shown}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button on Enter; leave the arrow keys to the widget around it."""
        if is_enter(event):
            self.click()
        elif event.key() in _ARROW_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class QuestionLine(QFrame):
    """One question: words, heading and names of its rows, with one button for each answer (keys 1, 2 …).

    Signals: ``answered(object, str)`` its key and the answer ("" = taken back); ``arrow_pressed(int)`` ↑ (-1) or ↓ (1).
    """

    answered = Signal(object, str)
    arrow_pressed = Signal(int)

    def __init__(self, question: AnswerQuestion):
        super().__init__()
        self.asked = question
        self.buttons: list[AnswerButton] = []
        count = f"「{question.words}」" + (f"　{len(question.names)}行" if question.heading else "")
        words = wrapped_label(count, "strong")
        names = small_label(join_nonempty(question.heading, _names_words(question.names), separator="："))
        names.setToolTip("、".join(question.names))
        for number, choice in enumerate(question.choices, 1):
            # Under a heading the answer is about what the heading asks.
            shown = choice if question.heading else _SHOWN.get(choice, choice)
            button = AnswerButton(choice, number, shown)
            button.setAccessibleName(join_nonempty(question.heading, count, shown))
            button.setChecked(choice == question.answer)
            button.clicked.connect(lambda on, choice=choice: self.answered.emit(question.key, choice if on else ""))
            self.buttons.append(button)
        told = in_column(words, names, spacing=2)
        self._acts = FlowRow(*self.buttons, spacing=0)
        self._across = in_row((told, 1), self._acts, owner=self, spacing=_GAP)

    def height_at(self, width: int) -> int:
        """Place the answers beside the words or below them, as ``width`` allows, and return the height."""
        wide = self._acts.sizeHint().width()
        below = width - wide - _GAP < _MIN_WORDS
        stack_when_narrow(self._across, below)
        self._acts.setMinimumWidth(0 if below else wide)
        return self.heightForWidth(width)

    @property
    def initial_button(self) -> AnswerButton:
        """Return the button to focus: that of the answer given, else of the proposed one, else the first."""
        proposed = (one for one in self.buttons if one.word == self.asked.proposal)
        return next((one for one in self.buttons if one.isChecked()), next(proposed, self.buttons[0]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with 1, 2 …, go to another answer with ← →; emit ``arrow_pressed`` for ↑ ↓."""
        away = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        number = event.key() - Qt.Key.Key_1
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if 0 <= number < len(self.buttons):
            self.buttons[number].setFocus(Qt.FocusReason.TabFocusReason)
            self.buttons[number].click()
        elif step is not None:
            at = next((place for place, one in enumerate(self.buttons) if one.hasFocus()), 0) + step
            self.buttons[max(0, min(at, len(self.buttons) - 1))].setFocus(Qt.FocusReason.TabFocusReason)
        elif away is not None:
            self.arrow_pressed.emit(away)
        else:
            super().keyPressEvent(event)


def _names_words(names: Sequence[str]) -> str:
    """Return at most ``_MAX_NAMES_SHOWN`` names joined with 「、」, the rest as 「ほか3人」."""
    more = and_others(names, _MAX_NAMES_SHOWN, " ほか{}人")
    return "、".join(names[:_MAX_NAMES_SHOWN]) + more


class AnswersPanel(Panel):
    """The questions of a file, visible while there are any. Signals: ``answered(object, str)`` key and answer."""

    answered = Signal(object, str)

    def __init__(self) -> None:
        super().__init__("先に決めること", note="本人のことばは、名簿と紙に出ません（条件つきだけ、撮影する人の紙に）")
        self.keys = label(_KEYS, "small")
        self.put_in_head(self.keys)
        self.lines: list[QuestionLine] = []
        self._shown: tuple[AnswerQuestion, ...] = ()
        inside = QWidget()
        self._column = in_column(owner=inside, spacing=6)
        self._area = in_scroll_area(inside)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().installEventFilter(self)
        self.put(self._area)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_questions(self, questions: Sequence[AnswerQuestion]) -> bool:
        """Show the questions, or hide the panel without any, and return whether the last one was just answered.

        If a question has the focus, as after an answer, it goes to the next open one.
        """
        if tuple(questions) == self._shown:
            return False
        at = self._focused_index()
        held = self.lines[at].asked.key if at is not None else None
        before = self.lines
        self._shown = tuple(questions)
        self.lines = [QuestionLine(one) for one in questions]
        for line in self.lines:
            line.answered.connect(self.answered)
            line.arrow_pressed.connect(self._move)
            self._column.addWidget(line)
        self.setVisible(bool(questions))
        was_last = held is not None and not self.take_focus(after=held)
        for line in before:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._fit_height()
        QTimer.singleShot(0, self, self._show_focused)  # the new lines get their places first
        return was_last

    def take_focus(self, *, after: AnswerKey | None = None) -> bool:
        """Focus the next open question from ``after`` on, else the first open one.

        With none open the focus goes to the answered ``after``, and False is returned.
        """
        keys = [one.asked.key for one in self.lines]
        at = keys.index(after) if after in keys else 0
        line = next((one for one in (*self.lines[at:], *self.lines[:at]) if not one.asked.answer), None)
        if line is None and after is not None and self.lines:
            self.lines[at].initial_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif line is not None:
            self._focus_line(line)
        return line is not None

    def _move(self, step: int) -> None:
        at = self._focused_index()
        if at is not None:
            self._focus_line(self.lines[max(0, min(at + step, len(self.lines) - 1))])

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Fit the height to the width that the questions have got, which comes after that of the panel."""
        if event.type() == QEvent.Type.Resize:
            self._fit_height()
            self._show_focused()
        return False

    def _focused_index(self) -> int | None:
        held = QApplication.focusWidget()
        return next((n for n, one in enumerate(self.lines) if held is not None and one.isAncestorOf(held)), None)

    def _focus_line(self, line: QuestionLine) -> None:
        """Bring the question into view and set the keyboard on it."""
        line.initial_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(line)

    def _show_focused(self) -> None:
        """Bring the question with the focus into view."""
        at = self._focused_index()
        if at is not None:
            self._area.ensureWidgetVisible(self.lines[at], 0, 0)

    def _fit_height(self) -> None:
        """Fit the height to up to three questions, so that the rows below stay in sight."""
        wide = max(self._area.viewport().width(), 1)
        heights = [line.height_at(wide) + self._column.spacing() for line in self.lines]
        wanted = sum(sorted(heights)[-_MAX_QUESTIONS_SHOWN:])
        self._area.setFixedHeight(max(min(wanted, self.window().height() // 5), max(heights, default=0)))
        rest = sum(not one.answer for one in self._shown)
        # The layout of the head is not asked: once asked, it would leave the shorter words where they stand.
        told = f"のこり {rest}件" if rest else "すべて決めました"
        room = wide - sum(one.sizeHint().width() + self.head.spacing() for one in (self.title, self.note))
        whole = rest and self.keys.fontMetrics().horizontalAdvance(told + _KEYS) <= room
        self.keys.setText(told + _KEYS * whole)
