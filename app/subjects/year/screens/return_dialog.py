"""A 請求書 returned for a fault: when and why, and when it came back; between the two 支払 is not counted."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.subjects.events.services.year_dates import YearDue, note_invoice_return
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store

_TOLD = "返した日から再受領日までの日数は、支払の期限に数えません。再受領日は、届いてから入力できます。"


class ReturnDialog(SavingDialog):
    """返した日, 理由, 再受領日. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, row: YearDue, parent: QWidget | None = None) -> None:
        super().__init__(desk, "返戻・再受領", row.task.label, main="記録する", note=CAN_UNDO, width=600, parent=parent)
        self._programme_id = row.task.programme_id
        away = next((one for one in row.returns if one.again is None), None)
        past = [one.words(desk.today()) for one in row.returns if one.again is not None]
        self.put(Paragraph("\n".join([_TOLD, *past])))
        self.form = Form(
            (
                Field(key="returned", label="返した日", kind="date", width=120, hint="3/20、R9.3.20 など"),
                Field(key="reason", label="理由", hint="不備の内容。画面と履歴に残ります。"),
                Field(key="again", label="再受領日", kind="date", width=120, optional=True),
            ),
            fiscal_year=desk.fiscal_year,
            label_width=120,
        )
        self.form.set_values(
            {
                "returned": away.returned.closed_on if away else desk.today(),
                "reason": away.returned.reason if away else "",
                "again": None,
            }
        )
        self.put(self.form)
        self.body.addStretch(1)
        self.confirmed.connect(self._save)
        self.form.go_to("again" if away else "returned")

    def _save(self) -> None:
        if self.form.check_all():
            values = self.form.values()
            self.send(
                with_store(
                    note_invoice_return,
                    programme_id=self._programme_id or 0,
                    returned_on=values["returned"],
                    reason=values["reason"],
                    received_again_on=values["again"],
                    **self.desk.signed,
                )
            )
