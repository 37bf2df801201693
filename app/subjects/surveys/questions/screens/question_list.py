"""The questions of a set as a list, with the buttons that add, change, move, double and delete one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.papers.screens.table_export import export_button
from app.subjects.surveys.questions.screens.question_columns import question_columns
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.record_table import RecordTable
from app.window.desk import Desk
from db.records.surveys import Question


class QuestionList(QWidget):
    """The list.

    Signals: ``add_asked()``, ``edit_asked()``, ``copy_asked()``, ``remove_asked()`` for the current question;
    ``move_asked(int)`` up (−1) or down (+1).
    """

    add_asked = Signal()
    edit_asked = Signal()
    copy_asked = Signal()
    remove_asked = Signal()
    move_asked = Signal(int)

    def __init__(self, desk: Desk, *, event_id: Callable[[], int | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._questions: tuple[Question, ...] = ()
        self._codes: list[str] = []
        self._marked: AbstractSet[str] = frozenset()
        self._open_still = self._editable = False
        self.add_button = Button("設問を加える", self.add_asked.emit, icon_name="plus")
        self.edit_button = Button("直す", self.edit_asked.emit, icon_name="pencil-simple")
        self.copy_button = Button("複製する", self.copy_asked.emit, icon_name="copy", hint="複製します（Ctrl+D）")
        self.up_button = Button("上へ動かす", lambda: self.move_asked.emit(-1), kind="icon", icon_name="arrow-up")
        self.down_button = Button("下へ動かす", lambda: self.move_asked.emit(1), kind="icon", icon_name="arrow-down")
        self.remove_button = Button("削除する", self.remove_asked.emit, kind="danger")
        self.table = RecordTable(
            "survey_questions",
            question_columns(self.place_of, self._is_marked),
            title="設問の一覧",
            empty="設問がありません。",
            empty_button="設問を加える",
            empty_act=self.add_asked.emit,
            filtered=False,
            unit="問",
            hint="Enter で直す、Alt+↑↓ で並べ替え、Delete で削除",
        )
        self.export = export_button(desk, self.table, title="設問の一覧", event_id=event_id)
        self.table.foot.addWidget(self.export)
        self.table.chosen.connect(lambda _row: self._light())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(
            FlowRow(
                self.add_button, self.edit_button, self.copy_button, self.up_button, self.down_button,
                self.remove_button, spacing=6,
            )
        )  # fmt: skip
        column.addWidget(self.table, 1)

    def show_questions(self, questions: Sequence[Question], wanted: str, *, open_still: bool, editable: bool) -> None:
        """Show the set with the question of code ``wanted`` (empty = as before) as the current one.

        ``open_still`` = questions may come and go; ``editable`` = their words may be changed.
        """
        self._open_still, self._editable = open_still, editable
        self._questions = tuple(questions)
        self._codes = [question.code for question in questions]
        kept = wanted or getattr(self.table.current(), "code", "")
        self.table.show_rows(questions)
        if questions and not self.table.choose(lambda one: one.code == kept, take_focus=False):
            self.table.choose(lambda one: one.code == questions[0].code, take_focus=False)
        self._light()

    def mark(self, codes: AbstractSet[str]) -> None:
        """Show a sign at the questions about which something was found."""
        if codes == self._marked:
            return
        self._marked = frozenset(codes)
        code = getattr(self.table.current(), "code", "")
        self.table.show_rows(self._questions)
        self.table.choose(lambda one: one.code == code, take_focus=False)

    def place_of(self, question: Question) -> int:
        """The number of a question on the sheet."""
        return self._codes.index(question.code) + 1 if question.code in self._codes else 0

    def _is_marked(self, question: Question) -> bool:
        return question.code in self._marked

    def _light(self) -> None:
        current = self.table.current()
        place = self.place_of(current) if current is not None else 0
        self.add_button.setEnabled(self._open_still)
        self.edit_button.setEnabled(current is not None and self._editable)
        self.copy_button.setEnabled(current is not None and self._open_still)
        self.up_button.setEnabled(self._open_still and place > 1)
        self.down_button.setEnabled(self._open_still and 0 < place < len(self._codes))
        self.remove_button.setEnabled(self._open_still and current is not None)
