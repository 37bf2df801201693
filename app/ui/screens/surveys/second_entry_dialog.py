"""Shows where the second typing of a sheet differs from the first, and which of the two is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.services.survey_answers import AnswerDifference
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.ui.widgets.labels import Paragraph, label, rule


class SecondEntryDialog(DialogFrame):
    """The differences of one sheet. Signals: ``chosen(bool)`` True = take the second typing."""

    chosen = Signal(bool)

    def __init__(self, number: int, found: Sequence[AnswerDifference], parent: QWidget | None = None) -> None:
        super().__init__(
            "1回目とちがうところ",
            f"{number}枚目　{len(found)}問",
            main="2回目に直す",
            cancel="打ち直す",
            note=CAN_UNDO,
            parent=parent,
        )
        self.put(Paragraph("用紙を見て、正しいほうを選んでください。"))
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        grid.setColumnStretch(3, 2)
        for column, words in enumerate(("", "設問", "1回目", "2回目")):
            grid.addWidget(label(words, "small"), 0, column)
        for place, one in enumerate(found):
            line = 2 * place + 1
            grid.addWidget(rule(), line, 0, 1, 4)
            grid.addWidget(label(f"問{one.place}", "strong"), line + 1, 0)
            for column, words in enumerate((one.title, one.first, one.second), start=1):
                grid.addWidget(label(words, wrap=True), line + 1, column)
        self.put(table)
        self.body.addStretch(1)
        self.keep_button = Button("1回目のままにする", lambda: self._choose(False), tall=True)
        self.put_button(self.keep_button)
        self.confirmed.connect(lambda: self._choose(True))

    def _choose(self, second: bool) -> None:
        self.accept()
        self.chosen.emit(second)
