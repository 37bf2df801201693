"""連絡済にする: when, by whom, to whom and how the numbers were told; this closes the deadline."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.programme.services.programme import read_programme_of_event
from app.programme.services.programme_view import ProgrammeView
from app.saved import Saved
from app.subjects.headcount.services.participants import mark_headcount_told
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.participants import HeadcountNotice

WAYS = ("メール", "電話", "電話とメール", "ファクス", "手渡し")


class TellDialog(DialogFrame):
    """Notes that one notice was told. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, notice: HeadcountNotice, title: str, parent: QWidget | None = None) -> None:
        super().__init__("連絡済にする", title, main="連絡済にする", note=CAN_UNDO, width=640, parent=parent)
        self._desk = desk
        self._notice = notice
        self.problem = NoteBox(tone="red")
        self.put(self.problem)
        numbers = (
            f"{notice.people}人・{notice.organisations}団体　持参 {notice.own_devices}台・貸与 {notice.lent_devices}台"
        )
        self.put(label(f"連絡した人数　{numbers}", "strong", wrap=True))
        self.form = Form(
            (
                Field(key="told_on", label="連絡した日", kind="date", width=96),
                Field(key="told_by", label="連絡した人", width=240),
                Field(key="told_to", label="連絡した相手", width=320, hint="受託者の業務責任者など"),
                Field(
                    key="told_how", label="方法", kind="choice", width=200, choices=tuple((way, way) for way in WAYS)
                ),
            ),
            fiscal_year=desk.fiscal_year,
        )
        self.form.set_values({"told_on": desk.today(), "told_by": desk.user_name, "told_how": WAYS[0]})
        self.put(self.form)
        self.put(label("連絡済にすると、参加人数の連絡の期限が済になります。", "small", wrap=True))
        self.body.addStretch(1)
        self.confirmed.connect(self._save)
        desk.read(with_store(read_programme_of_event, event_id=notice.event_id, on=desk.today()), self._propose)
        self.form.go_to("told_on")

    def _propose(self, year: ProgrammeView) -> None:
        if not self.form.value("told_to"):
            who = year.contractor.responsible
            self.form.set_values({"told_to": f"業務責任者　{who}" if who else "業務責任者"})

    def _save(self) -> None:
        self.problem.say("")
        if self.form.check_all():
            self.wait(True)
            self._desk.write(
                with_store(mark_headcount_told, notice_id=self._notice.id, **self.form.values(), **self._desk.signed),
                self._end,
                failed=self._fail,
            )

    def _end(self, _saved: Saved) -> None:
        self.wait(False)
        self.accept()

    def _fail(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
        self.fit()
