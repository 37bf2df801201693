"""The answers of one sheet under each other, question by question, in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.subjects.surveys.typing.services.survey_entry import NO_ANSWER, sheet_words
from app.widgets.labels import Paragraph, label, rule
from db.records.surveys import Answer, Question


class AnswersView(QWidget):
    """Every question with its answer, then what came beside. Signals: none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def show_answers(
        self, questions: Sequence[Question], answers: Mapping[str, Answer], extra: Mapping[str, str]
    ) -> None:
        """Show a sheet; ``extra`` are columns of a file that are no question."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            part = item.widget() if item is not None else None
            if part is not None:
                part.hide()
                part.deleteLater()
        line = 0
        beside = [("", heading, words) for heading, words in extra.items()]
        for code, title, words in [*sheet_words(questions, answers), *beside]:
            self._grid.addWidget(rule(), line, 0, 1, 2)
            self._grid.addWidget(label(code, "small"), line + 1, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(title, "small", wrap=True), line + 1, 1)
            told = Paragraph(words, role="second") if words == NO_ANSWER else Paragraph(f"**{words}**")
            self._grid.addWidget(told, line + 2, 1)
            line += 3
        self._grid.setRowStretch(line, 1)
