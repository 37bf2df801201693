"""The people of one 団体 one by one: who was reached, who was not in."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.subjects.calls.screens.call_columns import again_words, person_state
from app.subjects.calls.services.call_sheet import AGAIN, MESSAGE, REACHED, CallLine, CallPerson
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.labels import label
from app.widgets.moments import clock_of
from app.widgets.screen import row


class PeopleDialog(DialogFrame):
    """One line's people. Signals: ``called(int, str)`` entry and outcome; those of ``DialogFrame``."""

    called = Signal(int, str)

    def __init__(self, line: CallLine, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__("1人ずつ記録", line.name, cancel="閉じる", note=CAN_UNDO, width=720, parent=parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        numbers = "、".join(one.number for one in line.phones)
        for number, person in enumerate(line.people):
            own = "、".join(one.number for one in person.phones) or numbers
            grid.addWidget(label(person.name, "strong", wrap=True), number, 0)
            grid.addWidget(label(own or "番号なし"), number, 1)
            grid.addWidget(label(self._said(person, today), "small", wrap=True), number, 2)
            grid.addLayout(row(*self._acts(person), spacing=4), number, 3)
        self.body.addLayout(grid)
        self.body.addStretch(1)

    @staticmethod
    def _said(person: CallPerson, today: date) -> str:
        if person.call is None:
            return person.state
        words = f"{person_state(person)} {clock_of(person.call.at)} {person.call.by}"
        return f"{words}　{again_words(person.call, today)}".rstrip("　")

    def _acts(self, person: CallPerson) -> list[QWidget]:
        made: list[QWidget] = []
        for outcome in (REACHED, AGAIN, MESSAGE):
            button = Button(outcome, partial(self._choose, person.entry_id, outcome), low=True)
            button.setAccessibleName(f"{person.name}　{outcome}")
            made.append(button)
        return made

    def _choose(self, entry_id: int, outcome: str) -> None:
        self.accept()
        self.called.emit(entry_id, outcome)
