"""One returned sheet in full: what was answered, what is odd about it, and what is decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.surveys.questions.parts.survey_words import sheet_name, sheet_state
from app.subjects.surveys.typing.parts.answers_view import AnswersView
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import section
from app.widgets.note_box import NoteBox
from app.widgets.screen import scrolling
from db.records.surveys import AnswerSheet, Question


class SheetDetail(QWidget):
    """The sheet now chosen.

    Signals: ``count_asked(AnswerSheet)`` 集計に入れる; ``leave_asked(AnswerSheet)`` 集計に入れない;
    ``correct_asked(AnswerSheet)``; ``delete_asked(AnswerSheet)``.
    """

    count_asked = Signal(object)
    leave_asked = Signal(object)
    correct_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet: AnswerSheet | None = None
        self.title = section("")
        self.note = NoteBox()
        self.count_button = Button("集計に入れる", lambda: self._tell(self.count_asked))
        self.leave_button = Button("集計に入れない", lambda: self._tell(self.leave_asked))
        self.correct_button = Button("回答を直す", lambda: self._tell(self.correct_asked), icon_name="pencil-simple")
        self.delete_button = Button("削除する", lambda: self._tell(self.delete_asked), kind="danger")
        self.correct_button.setToolTip("回答を直す（F2）")
        self.delete_button.setToolTip("まちがえて打った用紙を削除する（Delete）")
        self._answers = AnswersView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addWidget(FlowRow(self.count_button, self.leave_button, self.correct_button, self.delete_button))
        column.addWidget(scrolling(self._answers), 1)

    def show_sheet(
        self, sheet: AnswerSheet | None, questions: Sequence[Question], today: date, *, frozen: bool = False
    ) -> None:
        """Show a sheet; None shows nothing."""
        self.sheet = sheet
        self.setVisible(sheet is not None)
        if sheet is None:
            return
        self.title.setText(sheet_name(sheet, today))
        state = sheet_state(sheet)
        words = "\n".join(sheet.problems)
        if sheet.decision:
            words = f"{words}\n決めたこと　{sheet.decision}".strip()
        if frozen:
            words = f"{words}\n集計が確定しているため、変更できません。".strip()
        self.note.say(words, tone="amber" if state == "確認が必要" else "quiet")
        self.count_button.setVisible(not frozen and (state == "確認が必要" or not sheet.counted))
        self.leave_button.setVisible(not frozen and sheet.counted)
        self.correct_button.setVisible(not frozen)
        self.delete_button.setVisible(not frozen and sheet.source == "紙")
        self._answers.show_answers(questions, sheet.answers, sheet.extra)

    def _tell(self, signal: object) -> None:
        if self.sheet is not None:
            signal.emit(self.sheet)  # type: ignore[attr-defined]
