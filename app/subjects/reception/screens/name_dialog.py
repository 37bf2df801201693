"""A place without a name gets one at the door, and the person is received with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.subjects.reception.screens.person_fields import PersonFields
from app.subjects.reception.services.attendance import receive
from app.subjects.reception.services.reception import DoorRow
from app.subjects.roster.services.entry_names import name_entry
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.labels import label
from app.widgets.saving_dialog import SavingDialog
from app.window import theme as t
from app.window.desk import Desk, with_store


class NameDialog(SavingDialog):
    """The dialog. Signals: ``unnamed(object)`` receive the ``DoorRow`` without a name; those of ``SavingDialog``."""

    unnamed = Signal(object)

    def __init__(
        self, desk: Desk, row: DoorRow, organisation: tuple[int | None, str], parent: QWidget | None = None
    ) -> None:
        waits = row.state != "受付済"
        super().__init__(
            desk,
            "氏名を入れる",
            row.spoken,
            main="入れて受付済にする" if waits else "氏名を入れる",
            note=CAN_UNDO,
            width=640,
            parent=parent,
        )
        self._row = row
        self._waits = waits
        self.fields = PersonFields(desk, organisation=organisation)
        self.problem = label("", "problem", wrap=True)
        self.inside.setMinimumHeight(t.scaled(300))
        self.put(self.fields)
        self.put(self.problem)
        self.body.addStretch(1)
        if waits:
            self.later = Button("氏名未定のまま受付済にする", self._without, tall=True)
            self.put_button(self.later)
        self.fields.finished.connect(self.confirmed)
        self.confirmed.connect(self._save)
        self.fields.start()

    def _save(self) -> None:
        wanted = self.fields.wanted()
        if not wanted.name.strip():
            self.problem.setText("氏名がまだ入力されていません。")
            self.fields.person.setFocus()
            return
        self.wait(True)
        self.desk.write(
            with_store(
                name_entry,
                entry_id=self._row.entry_id,
                name=wanted.name,
                furigana=wanted.furigana,
                person_id=wanted.person_id,
                **self.desk.signed,
            ),
            self._named,
            failed=self._fail,
        )

    def _named(self, result: object) -> None:
        if self._waits:
            self.desk.write(
                with_store(receive, entry_id=self._row.entry_id, **self.desk.signed), self._end, failed=self._fail
            )
        else:
            self._end(result)

    def _without(self) -> None:
        self.accept()
        self.unnamed.emit(self._row)
