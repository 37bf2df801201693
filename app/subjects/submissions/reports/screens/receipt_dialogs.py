"""Dialogs of the check for the receipt data, and for the 修正依頼 as a text."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.subjects.submissions.reports.screens.copy_text import CopyText
from app.subjects.submissions.reports.screens.report_words import PLACES_OF_ORIGINAL
from app.subjects.submissions.reports.services.report_check import note_receipt
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import wrapped_label
from app.window.app_context import AppContext
from db.records.submissions.reports import Report


class ReceiptDialog(SavingDialog):
    """Dialog for 収受番号, place of the original and remarks on the 確認票; signals of ``SavingDialog``."""

    def __init__(self, app_context: AppContext, report: Report, *, read_only: bool, parent: QWidget) -> None:
        super().__init__(app_context, "確認票に載るもの", "区の1枚・供覧用", main="保存する", parent=parent)
        self._report = report
        self.form = Form(
            (
                Field("receipt_number", "収受番号", optional=True, width=240),
                Field(
                    "original_place", "原本の場所", "choice", width=240,
                    choices=tuple((one, one) for one in PLACES_OF_ORIGINAL),
                ),
                Field("note", "備考", "lines", optional=True, lines=3),
            )
        )  # fmt: skip
        self._stored = {
            "receipt_number": report.receipt_number, "original_place": report.original_place, "note": report.note,
        }  # fmt: skip
        self.form.set_values(self._stored)
        for key in self._stored:
            self.form.set_enabled(key, not read_only)
        who = f"確認者　{report.checked_by}" if report.checked_by else "確認者　まだ確認していません"
        self.put(self.form, wrapped_label(f"{who}　結果　{report.status}", "second"), None)
        self.main.setVisible(not read_only)

    def _save(self) -> None:
        typed = self.form.values()
        values = {key: old if typed[key] is None else str(typed[key]) for key, old in self._stored.items()}
        self.run_action(
            note_receipt,
            report_id=self._report.id,
            receipt_number=values["receipt_number"],
            original_place=values["original_place"],
            note=values["note"],
        )


class CorrectionRequestDialog(DialogFrame):
    """The 修正依頼 as a text to copy into a mail; nothing is sent. Signals: those of ``DialogFrame``."""

    def __init__(self, event: str, text: str, parent: QWidget) -> None:
        super().__init__("修正依頼の文案", event, main="", cancel="閉じる", parent=parent)
        self.text = CopyText("修正依頼の文案", "宛先　受託者 業務責任者", lines=8)
        self.text.show_text(text, about=event)
        self.put(self.text, None)
