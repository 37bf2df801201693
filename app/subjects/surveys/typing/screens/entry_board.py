"""The sheet being typed, question by question: follows the keys and says when the sheet is complete."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.surveys.typing.screens.question_row import QuestionRow
from app.subjects.surveys.typing.screens.sheet_entry import SheetEntry, TypingStep
from app.widgets.screen import scrolling
from db.records.surveys import Question

_PASSED_OVER = "まだの設問があります。選ぶか、無回答の 0 を押してください。"
_ASK_ZERO = "書かれていないときは 0（無回答）を押してください。"


def branch_words(question: Question, questions: Sequence[Question]) -> str:
    """「問3で「はい」の方」: who is asked; empty where everybody is."""
    codes = [one.code for one in questions]
    if question.asked_of not in codes:
        return ""
    chosen = "、".join(f"「{option}」" for option in question.asked_of_options)
    return f"問{codes.index(question.asked_of) + 1}で{chosen}の方"


class EntryBoard(QWidget):
    """All questions of one sheet.

    Signals: ``finished()`` Enter after the last question; ``moved()`` another question is asked or
    something was chosen; ``hinted(str)`` what a key could not do; ``paged(int)`` −1 / +1 for
    PageUp / PageDown.
    """

    finished = Signal()
    moved = Signal()
    hinted = Signal(str)
    paged = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("アンケート用紙の入力")
        self.entry = SheetEntry(())
        self.rows: list[QuestionRow] = []
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._area = scrolling(self._inside)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
        self._look_soon = QTimer(self, singleShot=True, interval=0)
        self._look_soon.timeout.connect(self._bring_into_sight)
        # The question now asked grows and others shrink a moment later: look again then.
        self._area.verticalScrollBar().rangeChanged.connect(lambda *_: self._look_soon.start())

    def show_sheet(self, entry: SheetEntry) -> None:
        """Start with another sheet (an empty or a saved one)."""
        if [row.question for row in self.rows] != list(entry.questions):
            self._build(entry)
        self.entry = entry
        self._show(focus=True)

    def _build(self, entry: SheetEntry) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self.rows = []
        for place, question in enumerate(entry.questions):
            row = QuestionRow(place, question, branch=branch_words(question, entry.questions))
            row.pressed.connect(lambda key, at=place: self._press_at(at, key))
            row.asked.connect(lambda at=place: self._ask(at))
            row.entered.connect(lambda at=place: self._follow(at))
            row.written.connect(lambda text, at=place: self._write_at(at, text))
            row.confirmed.connect(lambda at=place: self._confirm_at(at))
            row.left_back.connect(self._back)
            row.stepped.connect(lambda step, at=place: self._ask(at + step))
            self._column.insertWidget(place, row)
            self.rows.append(row)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys choose, Enter confirms, Backspace and ← go back, PageUp and PageDown turn sheets."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if held:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm_at(self.entry.place)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Left):
            self._back()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.paged.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._ask(self.entry.place + (-1 if key == Qt.Key.Key_Up else 1))
        elif event.text().strip() and self.entry.question is not None:
            self._press_at(self.entry.place, event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys belong to the question now asked."""
        super().focusInEvent(event)
        # Coming back by Shift+Tab from the line itself must not end in that line again.
        if event.reason() != Qt.FocusReason.BacktabFocusReason:
            self._show(focus=True)

    def confirm(self) -> None:
        """What Enter does now."""
        self._confirm_at(self.entry.place)

    def take_keys(self) -> None:
        """Bring the keyboard here."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # what happens

    def _press_at(self, place: int, key: str) -> None:
        self.entry.ask(place)
        step = self.entry.press(key)
        if step is TypingStep.REFUSED:
            self.hinted.emit(f"「{key}」のキーは、この設問では使いません。")
            self._show(focus=True)
            return
        self.hinted.emit("")
        self._show(focus=True, write=step is TypingStep.WRITE)

    def _confirm_at(self, place: int) -> None:
        row = self.rows[place] if place < len(self.rows) else None
        if row is not None and row.chips and row.line.isVisibleTo(self) and not row.line.hasFocus():
            # その他 was chosen: what was written beside it comes first.
            self._show(focus=True, write=True)
            return
        self.entry.ask(place)
        step = self.entry.confirm()
        if step is TypingStep.DONE:
            self.finished.emit()
            return
        if step is TypingStep.REFUSED:
            passed = row is None
            self.hinted.emit(_PASSED_OVER if passed else _ASK_ZERO)
        else:
            self.hinted.emit("")
        self._show(focus=True)

    def _back(self) -> None:
        self.entry.back()
        self.hinted.emit("")
        self._show(focus=True)

    def _ask(self, place: int) -> None:
        self.entry.ask(place)
        self._show(focus=True)

    def _follow(self, place: int) -> None:
        if place != self.entry.place:
            self.entry.ask(place)
            self._show(focus=False)

    def _write_at(self, place: int, text: str) -> None:
        self.entry.write(self.rows[place].question, text)
        self.entry.ask(place)
        self._show(focus=False)

    def _show(self, *, focus: bool, write: bool = False) -> None:
        # Asked before: a line that is about to be hidden hands the keyboard to whatever comes next in the window.
        held = self.isAncestorOf(self.window().focusWidget() or self)
        for place, row in enumerate(self.rows):
            row.show_entry(self.entry, current=place == self.entry.place)
        if focus:
            self._place_focus(write=write, held=held)
        self._look_soon.start()
        self.moved.emit()

    def _place_focus(self, *, write: bool, held: bool) -> None:
        place = self.entry.place
        row = self.rows[place] if place < len(self.rows) else None
        if row is not None and (not row.chips or write):
            row.line.setFocus(Qt.FocusReason.OtherFocusReason)
            if row.line.numeric:
                row.line.selectAll()
            else:
                row.line.end(False)
        elif held and not self.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_into_sight(self) -> None:
        if not self.rows:
            return
        self._column.activate()
        place = min(self.entry.place, len(self.rows) - 1)
        # The question after it first, so that what comes next is seen too where there is room.
        for row in (self.rows[min(place + 1, len(self.rows) - 1)], self.rows[place]):
            top = row.mapTo(self._inside, QPoint(0, 0)).y()
            self._area.ensureVisible(0, top + row.height(), 0, 0)
            self._area.ensureVisible(0, top, 0, 0)
