"""One returned sheet in full: what was answered, what is odd about it, and what is decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.services.survey_answers import NO_ANSWER, sheet_words
from app.ui.screens.surveys.survey_words import sheet_name, sheet_state
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.labels import Paragraph, label, rule, section
from app.ui.widgets.note_box import NoteBox
from app.ui.widgets.screen import scrolling
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
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addWidget(FlowRow(self.count_button, self.leave_button, self.correct_button, self.delete_button))
        column.addWidget(scrolling(self._table), 1)

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
        self._fill(sheet, questions)

    def _fill(self, sheet: AnswerSheet, questions: Sequence[Question]) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            part = item.widget() if item is not None else None
            if part is not None:
                part.hide()
                part.deleteLater()
        line = 0
        extra = [("", heading, words) for heading, words in sheet.extra.items()]
        for code, title, words in [*sheet_words(questions, sheet.answers), *extra]:
            self._grid.addWidget(rule(), line, 0, 1, 2)
            self._grid.addWidget(label(code, "small"), line + 1, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(title, "small", wrap=True), line + 1, 1)
            told = Paragraph(words, role="second") if words == NO_ANSWER else Paragraph(f"**{words}**")
            self._grid.addWidget(told, line + 2, 1)
            line += 3
        self._grid.setRowStretch(line, 1)

    def _tell(self, signal: object) -> None:
        if self.sheet is not None:
            signal.emit(self.sheet)  # type: ignore[attr-defined]
