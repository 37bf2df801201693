"""Noting what came back, when, and who checked it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from app.subjects.takeouts.screens.takeout_columns import medium_words
from app.subjects.takeouts.services.takeouts import TakeoutRow, note_return
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.moments import moment_words
from app.widgets.note_box import NoteBox
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store

_STAYS = "消さずに残ります。元に戻すと「取消」の行になります"


class ReturnDialog(SavingDialog):
    """The return of what a row took out. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, row: TakeoutRow, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, "返却を記録", row.takeout.contents, main="返却を記録する", note=CAN_UNDO, width=680, parent=parent
        )
        self._row = row
        now = desk.now()
        self.form = Form(
            (
                Field(key="day", label="返却日", kind="date", width=120),
                Field(key="time", label="時刻", kind="time", width=88),
                Field(key="who", label="返却確認者", width=240),
                Field(key="copies", label="返却された部数", kind="number", unit=f"部／{row.takeout.copies}部", width=72,
                      least=0, most=row.takeout.copies),
                Field(key="reason", label="足りない理由", hint="足りない行は、閉じずに残ります。"),
                Field(key="disposed", label="返却後", kind="check", words="すぐに廃棄・消去した"),
            ),
            fiscal_year=desk.fiscal_year,
            label_width=128,
        )  # fmt: skip
        self.form.set_values({"day": now.date(), "time": f"{now.hour}:{now.minute:02d}", "copies": row.takeout.copies})
        taken = f"{moment_words(row.takeout.taken_at)}に{row.takeout.taken_by}さんが{row.takeout.destination}へ持ち出し　{medium_words(row)}"
        self.put(Paragraph(taken, role="second"))
        self.same = NoteBox(tone="amber")
        self.put(self.same)
        self.put(self.form)
        self.body.addStretch(1)
        self.form.changed.connect(lambda _key: self._follow())
        self.confirmed.connect(self._save)
        self._follow()
        self.form.go_to("who")

    def _follow(self) -> None:
        copies = self.form.value("copies")
        self.form.show_field("reason", copies is not None and copies < self._row.takeout.copies)
        same = str(self.form.value("who")).strip() == self._row.takeout.taken_by
        self.same.say("持ち出した者と同じ人です。別の人が確かめるのが原則です。" if same else "")
        if self.isVisible():
            self.fit()

    def _save(self) -> None:
        if not self.form.check_all():
            return
        values = self.form.values()
        hour, minute = (int(part) for part in values["time"].split(":"))
        at = datetime.combine(values["day"], datetime.min.time()).replace(hour=hour, minute=minute)
        self.send(
            with_store(
                note_return,
                takeout_id=self._row.id,
                returned_at=at,
                checked_by=values["who"],
                copies=values["copies"],
                reason=values["reason"],
                disposed=values["disposed"],
                **self.desk.signed,
            )
        )
