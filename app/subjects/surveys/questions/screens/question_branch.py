"""Who is asked a question: everybody, or those who chose certain options of an earlier one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.subjects.surveys.questions.screens.question_options import keep_narrow, option_box, option_of
from app.widgets.flow_row import FlowRow
from app.widgets.form_editors import ChoiceBox
from app.widgets.labels import label
from app.window import theme as t
from db.records.surveys import Question

EVERYBODY = "全員に聞く"


class QuestionBranch(QWidget):
    """The earlier question that decides, and its options. Signals: ``edited()``."""

    edited = Signal()

    def __init__(self, *, label_width: int = t.LABEL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._earlier: tuple[Question, ...] = ()
        self.asked = ChoiceBox()
        self.asked.setAccessibleName("聞く相手")
        keep_narrow(self.asked)
        self.boxes: list[QCheckBox] = []
        self._flow = FlowRow(spacing=4)
        self._hint = label("選んだ人だけに聞きます。ほかの人は非該当になり、割合の母数に入りません", "small", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, t.scaled(label_width))
        grid.setColumnStretch(1, 1)
        words = label("聞く相手")
        words.setMinimumHeight(t.scaled(t.FIELD))
        grid.addWidget(words, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.asked, 0, 1)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(self._flow)
        column.addWidget(self._hint)
        grid.addLayout(column, 1, 1)
        self.asked.activated.connect(lambda _number: self._take_another())

    def show_branch(self, question: Question, earlier: Sequence[Question]) -> None:
        """Offer the earlier questions that have options, with what is chosen now."""
        self._earlier = tuple(one for one in earlier if one.type in ("SA", "MA"))
        numbers = {one.code: place for place, one in enumerate(earlier, start=1)}
        self.asked.clear()
        self.asked.addItem(EVERYBODY, "")
        for one in self._earlier:
            self.asked.addItem(f"問{numbers[one.code]} {printed_title(one)}", one.code)
        self.asked.setCurrentIndex(max(0, self.asked.findData(question.asked_of)))
        self._offer(question.asked_of_options)

    def asked_of(self) -> str:
        """The code of the question that decides, empty = everybody."""
        return str(self.asked.currentData() or "")

    def asked_of_options(self) -> tuple[str, ...]:
        """The options whose people are asked."""
        return tuple(option_of(box) for box in self.boxes if box.isChecked()) if self.asked_of() else ()

    def lock(self, locked: bool) -> None:
        """After the first answer who is asked stays."""
        self.asked.setEnabled(not locked)
        for box in self.boxes:
            box.setEnabled(not locked)

    def _take_another(self) -> None:
        self._offer(())
        self.edited.emit()

    def _offer(self, chosen: Sequence[str]) -> None:
        self._flow.clear()
        self.boxes = []
        asked = next((one for one in self._earlier if one.code == self.asked_of()), None)
        for option in asked.options if asked is not None else ():
            box = option_box(option)
            box.setChecked(option in chosen)
            box.clicked.connect(lambda _on: self.edited.emit())
            self._flow.add(box)
            self.boxes.append(box)
        for part in (self._flow, self._hint):
            part.setVisible(asked is not None)
