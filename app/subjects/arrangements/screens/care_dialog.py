"""Corrects what is written as 配慮 of one person."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.subjects.arrangements.services.arrangements import set_care
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store


class CareDialog(SavingDialog):
    """The dialog. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, *, entry_id: int, who: str, care: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, "配慮の内容を直す", who, main="保存する", note=CAN_UNDO, width=600, parent=parent)
        self._entry_id = entry_id
        self.form = Form(
            (
                Field(
                    key="care", label="配慮", kind="lines", optional=True,
                    hint="空にすると「配慮なし」になります。受付の画面と紙の名簿に、内容は出ません。",
                ),
            )
        )  # fmt: skip
        self.form.set_values({"care": care})
        self.put(self.form)
        self.body.addStretch(1)
        self.confirmed.connect(
            lambda: self.send(with_store(set_care, entry_id=entry_id, care=self.form.value("care"), **self.desk.signed))
        )
