"""Both typings of a sheet side by side: for every question that differs, which is right, or what the paper says."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.subjects.surveys.typing.screens.second_entry_row import DifferenceRow
from app.subjects.surveys.typing.services.survey_second_entry import Choice, Unsettled, settle_second_entry
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.labels import Paragraph, rule
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import Question


class SecondEntryDialog(DialogFrame):
    """The differences of one sheet, with the keyboard from one to the next. Signals: ``settled()`` they were saved."""

    settled = Signal()

    def __init__(
        self, desk: Desk, found: Unsettled, questions: tuple[Question, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "1回目と2回目のちがいを決める",
            f"{found.sheet.number}枚目　{len(found.found)}問",
            main="この回答で決める",
            note=CAN_UNDO,
            width=760,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self._found = found
        self.problem = NoteBox()
        first = found.sheet.typed_by or "1回目"
        self.put(self.problem)
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
            self.put(rule())
            self.put(row)
            row.decided.connect(partial(self._go_on, place))
            row.changed.connect(self._show)
            row.in_turn.connect(partial(self._show_row, row))
        self.body.addStretch(1)
        self.confirmed.connect(self._save)
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
        self.wait(True)
        self.desk.write(
            with_store(settle_second_entry, entry_id=self._found.second.id, choices=self.choices(), **self.desk.signed),
            self._close,
            owner=self,
            failed=self._refuse,
        )

    def _close(self, _saved: object) -> None:
        self.wait(False)
        self.accept()
        self.settled.emit()

    def _refuse(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
