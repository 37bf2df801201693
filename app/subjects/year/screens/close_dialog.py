"""Close a due date of the year by hand, with the day and what it rests on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.subjects.events.rules.guides import INVOICE, NOTICE
from app.subjects.events.services.year_dates import YearDue, close_year_task
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store

_COUNTED = {
    NOTICE: "検査の期限（10日以内）は、この受領日から数えます。",
    INVOICE: "支払の期限は、この受領日から数えます。不備で返した請求書ではなく、適法な請求書の受領日を入力してください。",
}


class CloseYearTaskDialog(SavingDialog):
    """Day and reason. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, row: YearDue, parent: QWidget | None = None) -> None:
        super().__init__(desk, "済にする", row.task.label, main="済にする", note=CAN_UNDO, width=600, parent=parent)
        self._task = row.task
        received = row.task.ball == "受託者"
        note = _COUNTED.get(row.task.task, "")
        if note:
            self.put(Paragraph(note))
        self.form = Form(
            (
                Field(key="day", label="受領日" if received else "済んだ日", kind="date", width=120, hint="9/1、R8.9.1 など"),
                Field(key="reason", label="理由", hint="何をもって済としたか（例：受領した、起案番号）。履歴に残ります。"),
            ),
            fiscal_year=desk.fiscal_year,
            label_width=96,
        )  # fmt: skip
        self.form.set_values({"day": desk.today(), "reason": ""})
        self.put(self.form)
        self.body.addStretch(1)
        self.confirmed.connect(self._save)
        self.form.go_to("day")

    def _save(self) -> None:
        if not self.form.check_all():
            return
        values = self.form.values()
        self.send(
            with_store(
                close_year_task,
                programme_id=self._task.programme_id or 0,
                task=self._task.task,
                closed_on=values["day"],
                reason=values["reason"],
                **self.desk.signed,
            )
        )
