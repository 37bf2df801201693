"""Both typings of a sheet side by side: every question that differs, with three ways to settle it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.subjects.surveys.typing.screens.question_row import ChoiceChip, QuestionRow
from app.subjects.surveys.typing.screens.sheet_entry import ChoiceKey, SheetEntry, TypingStep
from app.subjects.surveys.typing.services.survey_entry import AnswerDifference, answer_words
from app.subjects.surveys.typing.services.survey_second_entry import (
    FIRST,
    SECOND,
    Choice,
    Unsettled,
    settle_second_entry,
)
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.labels import Paragraph, rule, wrapped_label
from app.widgets.layouts import add, in_column, in_grid
from app.window.desk import Desk
from app.window.painting import paint_focus
from db.records.surveys import Answer, Question

_WAYS = (
    ChoiceKey("1", "こちらが正しい", "option"),
    ChoiceKey("2", "こちらが正しい", "option"),
    ChoiceKey("3", "用紙を見て打つ", "option"),
)


class DifferenceRow(QWidget):
    """One question that two typings answer differently: both side by side, and three ways to settle it.

    Signals: ``decided()`` a way was chosen, or the answer on the paper typed; ``changed()`` the choice is open again;
    ``in_turn()`` its turn has come, or it has grown: it wants to be in sight.
    """

    decided = Signal()
    changed = Signal()
    in_turn = Signal()

    def __init__(self, found: AnswerDifference, question: Question, *, first: str, second: str) -> None:
        """``first`` and ``second`` are who typed."""
        super().__init__()
        self.code = question.code
        self.choice: Choice | None = None
        self._way = ""
        # Asked here by itself, whatever its branch says.
        self._question = replace(question, asked_of="", asked_of_options=())
        self._place = found.place
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"問{found.place} {found.title}　1回目 {found.first}　2回目 {found.second}")
        self.chips = tuple(ChoiceChip(way) for way in _WAYS)
        self.paper_answer = wrapped_label("", "second")
        self.paper_answer.hide()
        self.typed: QuestionRow | None = None
        self._entry = SheetEntry((self._question,))
        self._build(found, first, second)
        for chip in self.chips:
            chip.show_state(taken=False, large=True)
            chip.clicked.connect(lambda _on, key=chip.choice.key: self._press(key))

    def _build(self, found: AnswerDifference, first: str, second: str) -> None:
        self._column = in_column(
            Paragraph(f"**問{found.place}　{found.title}**"), owner=self, spacing=6, margins=(8, 8, 8, 8)
        )
        grid = in_grid(across=24, down=4)
        sides = ((f"1回目　{first}", found.first), (f"2回目　{second}", found.second), ("どちらもちがうとき", ""))
        for column, (head, words) in enumerate(sides):
            grid.setColumnStretch(column, 1)
            grid.addWidget(wrapped_label(head, "small"), 0, column)
            grid.addWidget(Paragraph(f"**{words}**" if words else ""), 1, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.chips[column], 2, column, Qt.AlignmentFlag.AlignLeft)
        add(self._column, grid, self.paper_answer)

    def take_keys(self) -> None:
        """Bring the keyboard here."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2 and 3 settle; while the paper's answer is typed the keys are those of the question."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif self.typed is not None and self.typed.isVisible():
            if enter:
                self._confirm()
            elif event.key() == Qt.Key.Key_Backspace:
                self._open_again()
            elif event.text().strip():
                self._press_answer(event.text())
            else:
                super().keyPressEvent(event)
        elif enter and self.choice is not None:
            self.decided.emit()
        elif event.text().strip():
            self._press(event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame shows where the keys go."""
        super().focusInEvent(event)
        self.update()
        self.in_turn.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame goes."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame of the question whose turn it is."""
        if self.hasFocus():
            with QPainter(self) as painter:
                paint_focus(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1))

    # what happens

    def _press(self, key: str) -> None:
        if key not in {way.key for way in _WAYS}:
            return
        self._way = key
        if self.typed is not None:
            self.typed.hide()
        self.paper_answer.hide()
        self.choice = FIRST if key == "1" else SECOND if key == "2" else None
        self._show_ways()
        if self.choice is not None:
            self.decided.emit()
        else:
            self._ask_paper()
            self.changed.emit()

    def _show_ways(self) -> None:
        for chip in self.chips:
            chip.show_state(taken=chip.choice.key == self._way, large=True)

    def _ask_paper(self) -> None:
        self._entry = SheetEntry((self._question,))
        if self.typed is None:
            self.typed = QuestionRow(self._place - 1, self._question)
            self.typed.pressed.connect(self._press_answer)
            self.typed.written.connect(lambda text: self._entry.write(self._question, text))
            self.typed.confirmed.connect(self._confirm)
            self.typed.left_back.connect(self._open_again)
            self._column.addWidget(self.typed)
        self.typed.show()
        self._show_answer()

    def _press_answer(self, key: str) -> None:
        step = self._entry.press(key)
        if step is TypingStep.NEXT:
            self._take_paper()
        else:
            self._show_answer(write=step is TypingStep.WRITE)

    def _confirm(self) -> None:
        typed = self.typed
        if typed is not None and typed.chips and not typed.line.isHidden() and not typed.line.hasFocus():
            typed.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._entry.confirm() is TypingStep.NEXT:
            self._take_paper()

    def _take_paper(self) -> None:
        answer = self._entry.answers.get(self.code, Answer())
        self.choice = answer
        if self.typed is not None:
            self.typed.hide()
        self.paper_answer.setText(f"用紙の回答　{answer_words(self._question, answer)}")
        self.paper_answer.show()
        self.take_keys()
        self.decided.emit()

    def _open_again(self) -> None:
        self._way = ""
        if self.typed is not None:
            self.typed.hide()
        self._show_ways()
        self.take_keys()
        self.changed.emit()

    def _show_answer(self, *, write: bool = False) -> None:
        typed = self.typed
        if typed is None:
            return
        typed.show_entry(self._entry, current=True)
        self.in_turn.emit()
        if write or not typed.chips:
            # A turn later: a part that was just shown could not take the focus yet.
            QTimer.singleShot(0, typed.line, lambda: typed.line.setFocus(Qt.FocusReason.OtherFocusReason))


class SecondEntryDialog(SavingDialog):
    """The differences of one sheet, with the keyboard from one to the next. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, found: Unsettled, questions: tuple[Question, ...], parent: QWidget) -> None:
        super().__init__(
            desk,
            "1回目と2回目のちがいを決める",
            f"{found.sheet.number}枚目　{len(found.found)}問",
            main="この回答で決める",
            width=760,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._found = found
        first = found.sheet.typed_by or "1回目"
        self.put(
            Paragraph(
                f"用紙の**{found.sheet.number}枚目**を見て、正しいほうを選んでください（1・2 のキー）。"
                "どちらもちがうときは 3 で、用紙のとおりに打てます。"
            )
        )
        by_code = {question.code: question for question in questions}
        self.rows = tuple(
            DifferenceRow(one, by_code[one.code], first=first, second=found.second.by) for one in found.found
        )
        for place, row in enumerate(self.rows):
            self.put(rule(), row)
            row.decided.connect(partial(self._go_on, place))
            row.changed.connect(self._show)
            row.in_turn.connect(partial(self._show_row, row))
        self.put(None)
        self._show()
        QTimer.singleShot(0, self.rows[0], self.rows[0].take_keys)

    def choices(self) -> dict[str, Choice]:
        """What was decided so far, by the code of the question."""
        return {row.code: row.choice for row in self.rows if row.choice is not None}

    def _show(self) -> None:
        left = sum(1 for row in self.rows if row.choice is None)
        self.set_main("この回答で決める" if not left else f"あと{left}問", enabled=not left)

    def _show_row(self, row: QWidget) -> None:
        # A turn later: a row that has just grown has its new height only then.
        QTimer.singleShot(0, row, partial(self._scroll.ensureWidgetVisible, row, 0, 8))

    def _go_on(self, place: int) -> None:
        self._show()
        later = [*self.rows[place + 1 :], *self.rows[:place]]
        waiting = next((row for row in later if row.choice is None), None)
        if waiting is not None:
            waiting.take_keys()
        else:
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        entry_id = self._found.second.id
        self.do(settle_second_entry, entry_id=entry_id, choices=self.choices())
