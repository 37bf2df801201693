"""Both entries of a response side by side, with three ways to settle each difference."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import fill_nonempty
from app.surveys.data_entry.rules import ChoiceKey
from app.surveys.data_entry.screens.question_row import ChoiceChip, QuestionRow
from app.surveys.data_entry.screens.response_entry import EntryStep, ResponseEntry
from app.surveys.data_entry.services import (
    FIRST,
    SECOND,
    AnswerPair,
    SettlementChoice,
    UnsettledResponse,
    answer_text,
    settle_second_entry,
)
from app.surveys.questions.rules import printed_title
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.keys import is_enter
from app.widgets.labels import Paragraph, second_label, separator, small_label
from app.widgets.layouts import add, in_column, in_grid
from app.window.painting import frame_area, paint_focus

_CHOICES: dict[str, SettlementChoice | None] = {"1": FIRST, "2": SECOND, "3": None}
"""What the keys settle; None = the answer on the paper, which is entered next."""


class DifferenceRow(QWidget):
    """One question with two different entries side by side, and three ways to settle it.

    Signals: ``decided()`` a way was chosen, the answer on the paper entered, or the choice confirmed by Enter;
    ``changed()`` the choice is open again; ``became_current()`` it became current, or has grown, and must be scrolled
    into view.
    """

    decided = Signal()
    changed = Signal()
    became_current = Signal()

    def __init__(self, difference: AnswerPair, *, first: str, second: str):
        """``first`` and ``second`` are the names of the people who made the two entries."""
        super().__init__()
        self.choice: SettlementChoice | None = None
        self._pressed_key = ""
        # Asked here by itself, whatever its branch.
        self.question = replace(difference.question, asked_of="", asked_of_options=())
        self._place = difference.place
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        title = printed_title(self.question)
        self.setAccessibleName(f"問{self._place} {title}　1回目 {difference.first}　2回目 {difference.second}")
        self.chips = tuple(
            ChoiceChip(ChoiceKey(key, "こちらが正しい" if choice else "用紙を見て打つ", "option"))
            for key, choice in _CHOICES.items()
        )
        self.paper_answer = second_label()
        self.paper_answer.hide()
        self.paper_row: QuestionRow | None = None
        self._entry = ResponseEntry((self.question,))
        self._build(difference, title, first, second)
        for chip in self.chips:
            chip.show_state(taken=False, large=True)
            chip.clicked.connect(lambda _on, key=chip.choice.key: self._press(key))

    def _build(self, difference: AnswerPair, title: str, first: str, second: str) -> None:
        """Lay out both answers and the ways to settle the difference."""
        self._column = in_column(
            Paragraph(f"**問{self._place}　{title}**"), owner=self, spacing=6, margins=(8, 8, 8, 8)
        )
        grid = in_grid(across=24, down=4)
        sides = (
            (f"1回目　{first}", difference.first),
            (f"2回目　{second}", difference.second),
            ("どちらもちがうとき", ""),
        )
        for column, (head, words) in enumerate(sides):
            grid.setColumnStretch(column, 1)
            grid.addWidget(small_label(head), 0, column)
            grid.addWidget(Paragraph(fill_nonempty("**{}**", words)), 1, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.chips[column], 2, column, Qt.AlignmentFlag.AlignLeft)
        add(self._column, grid, self.paper_answer)

    def take_keyboard(self) -> None:
        """Set the focus to this row."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Settle with 1, 2 and 3; while the paper's answer is entered the keys are those of the question."""
        enter = is_enter(event)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif self.paper_row is not None and self.paper_row.isVisible():
            if enter:
                self._confirm()
            elif event.key() == Qt.Key.Key_Backspace:
                self._reopen()
            elif event.text().strip():
                self._press_paper_key(event.text())
            else:
                super().keyPressEvent(event)
        elif enter and self.choice is not None:
            self.decided.emit()
        elif event.text().strip():
            self._press(event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame and emit ``became_current``."""
        super().focusInEvent(event)
        self.update()
        self.became_current.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the frame."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a frame while the row has the focus, nothing else."""
        if self.hasFocus():
            with QPainter(self) as painter:
                paint_focus(painter, frame_area(self))

    # what happens

    def _press(self, key: str) -> None:
        """Settle by key 1 (first entry) or 2 (second) and emit ``decided``; 3 opens the paper's; others do nothing."""
        if key not in _CHOICES:
            return
        self._pressed_key = key
        if self.paper_row is not None:
            self.paper_row.hide()
        self.paper_answer.hide()
        self.choice = _CHOICES[key]
        self._update_chips()
        if self.choice is not None:
            self.decided.emit()
        else:
            self._open_third_answer()
            self.changed.emit()

    def _update_chips(self) -> None:
        for chip in self.chips:
            chip.show_state(taken=chip.choice.key == self._pressed_key, large=True)

    def _open_third_answer(self) -> None:
        """Show the row in which the answer is read from the paper again, since neither entry is taken."""
        self._entry = ResponseEntry((self.question,))
        if self.paper_row is None:
            self.paper_row = QuestionRow(self._place - 1, self.question)
            self.paper_row.key_pressed.connect(self._press_paper_key)
            self.paper_row.text_edited.connect(lambda text: self._entry.write(self.question, text))
            self.paper_row.confirmed.connect(self._confirm)
            self.paper_row.back_pressed.connect(self._reopen)
            self._column.addWidget(self.paper_row)
        self.paper_row.show()
        self._show_answer()

    def _press_paper_key(self, key: str) -> None:
        """Take a key as part of the answer read again from the paper; a complete answer settles the difference."""
        step = self._entry.press_key(key)
        if step is EntryStep.NEXT:
            self._use_paper_answer()
        else:
            self._show_answer(focus_line=step is EntryStep.WRITE)

    def _confirm(self) -> None:
        """Confirm the answer typed from the paper and settle with it, or go to its line for text first."""
        typed = self.paper_row
        if typed is not None and typed.chips and not typed.answer_line.isHidden() and not typed.answer_line.hasFocus():
            typed.answer_line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._entry.confirm_answer() is EntryStep.NEXT:
            self._use_paper_answer()

    def _use_paper_answer(self) -> None:
        """Settle the difference with the answer typed from the paper, and emit ``decided``."""
        answer = self._entry.answer_to(self.question)
        self.choice = answer
        if self.paper_row is not None:
            self.paper_row.hide()
        self.paper_answer.setText(f"用紙の回答　{answer_text(self.question, answer)}")
        self.paper_answer.show()
        self.take_keyboard()
        self.decided.emit()

    def _reopen(self) -> None:
        """Close the row for the answer on the paper without one, so that the difference is open; emit ``changed``."""
        self._pressed_key = ""
        if self.paper_row is not None:
            self.paper_row.hide()
        self._update_chips()
        self.take_keyboard()
        self.changed.emit()

    def _show_answer(self, *, focus_line: bool = False) -> None:
        """Show the answer typed from the paper so far, and emit ``became_current``."""
        typed = self.paper_row
        if typed is None:
            return
        typed.show_entry(self._entry, current=True)
        self.became_current.emit()
        if focus_line or not typed.chips:
            # In the next event loop turn: a part that was just shown cannot take the focus yet.
            QTimer.singleShot(0, typed.answer_line, lambda: typed.answer_line.setFocus(Qt.FocusReason.OtherFocusReason))


class SecondEntryDialog(SavingDialog):
    """Dialog for the differences of one response, by keyboard; signals are those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, unsettled: UnsettledResponse):
        super().__init__(
            parent,
            "1回目と2回目のちがいを決める",
            f"{unsettled.response.number}枚目　{len(unsettled.differences)}問",
            main="この回答で決める",
            width=760,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._unsettled = unsettled
        first = unsettled.response.typed_by or "1回目"
        self.put(
            Paragraph(
                f"用紙の**{unsettled.response.number}枚目**を見て、正しいほうを選んでください（1・2 のキー）。"
                "どちらもちがうときは 3 で、用紙のとおりに打てます。"
            )
        )
        self.rows = tuple(
            DifferenceRow(one, first=first, second=unsettled.second_entry.by) for one in unsettled.differences
        )
        for place, row in enumerate(self.rows):
            self.put(separator(), row)
            row.decided.connect(partial(self._focus_next_open, place))
            row.changed.connect(self._update_main_button)
            row.became_current.connect(partial(self._show_row, row))
        self.put(None)
        self._update_main_button()
        QTimer.singleShot(0, self.rows[0], self.rows[0].take_keyboard)

    def choices(self) -> dict[str, SettlementChoice]:
        """Return the decisions so far, by the code of the question."""
        return {row.question.code: row.choice for row in self.rows if row.choice is not None}

    def _update_main_button(self) -> None:
        """Show on the main button how many differences are still open; enable it for none."""
        left = sum(1 for row in self.rows if row.choice is None)
        self.set_main("この回答で決める" if not left else f"あと{left}問", enabled=not left)

    def _show_row(self, row: QWidget) -> None:
        # In the next event loop turn: a row that has just grown has its new height only then.
        QTimer.singleShot(0, row, partial(self._scroll.ensureWidgetVisible, row, 0, 8))

    def _focus_next_open(self, place: int) -> None:
        """Focus the next difference after ``place``, then before it, that is not settled, else the main button."""
        self._update_main_button()
        later = [*self.rows[place + 1 :], *self.rows[:place]]
        waiting = next((row for row in later if row.choice is None), None)
        if waiting is not None:
            waiting.take_keyboard()
        else:
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self.run_action(settle_second_entry, entry_id=self._unsettled.second_entry.id, choices=self.choices())
