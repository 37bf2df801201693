"""Marking a row of the ledger that was written by mistake."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.subjects.takeouts.services.takeouts import TakeoutRow, cancel_takeout
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store

_STAYS = "消さずに残ります。元に戻すと「取消」の行になります"


class CancelTakeoutDialog(SavingDialog):
    """A row written by mistake. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, row: TakeoutRow, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "行を取消にする",
            row.takeout.contents,
            main="取消にする",
            main_kind="danger",
            note=CAN_UNDO,
            width=600,
            parent=parent,
        )
        self._row = row
        self.form = Form((Field(key="reason", label="理由"),), fiscal_year=desk.fiscal_year, label_width=96)
        self.put(Paragraph("管理簿の行は消さずに、「取消」として理由と一緒に残します。"))
        self.put(self.form)
        self.body.addStretch(1)
        self.confirmed.connect(self._save)
        self.form.go_to("reason")

    def _save(self) -> None:
        if self.form.check_all():
            self.send(
                with_store(
                    cancel_takeout, takeout_id=self._row.id, reason=self.form.value("reason"), **self.desk.signed
                )
            )
