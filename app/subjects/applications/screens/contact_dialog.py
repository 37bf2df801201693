"""What the telephone numbers, mail addresses and addresses of applicants are for, and when they are disposed of."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.subjects.applications.services.application_writing import ContactRule, set_contact_rule
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of


class ContactDialog(DialogFrame):
    """The purpose and the day. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, rule: ContactRule, parent: QWidget | None = None) -> None:
        super().__init__(
            "連絡先の扱いを変える", "電話・メール・住所", main="保存する", note=CAN_UNDO, width=640, parent=parent
        )
        self._desk = desk
        self.problem = NoteBox(tone="amber")
        self.put(self.problem)
        self.put(
            Paragraph(
                "これから取り込む申込と、電話で受け付ける申込の連絡先に付きます。前に取り込んだものは変わりません。"
            )
        )
        self.form = Form(
            (
                Field(key="purpose", label="使う目的"),
                Field(key="dispose_on", label="廃棄予定日", kind="date", width=120),
            ),
            fiscal_year=desk.fiscal_year,
        )
        self.form.set_values({"purpose": rule.purpose, "dispose_on": rule.dispose_on})
        self.put(self.form)
        self.body.addStretch(1)
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        if not self.form.check_all():
            return
        self.wait(True)
        self._desk.write(
            with_store(set_contact_rule, **self.form.values(), **self._desk.signed),
            self._done,
            owner=self,
            failed=self._refuse,
        )

    def _done(self, _saved: object) -> None:
        self.wait(False)
        self.accept()

    def _refuse(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
