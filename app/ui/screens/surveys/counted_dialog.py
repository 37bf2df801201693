"""Notes who counted the answers and when: the contractor, or the ward in its place."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from app.services.survey_tally import note_counted
from app.ui.desk import Desk
from app.ui.failure_messages import failure_of
from app.ui.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.ui.widgets.failure_dialog import note_failure
from app.ui.widgets.form import Form
from app.ui.widgets.form_fields import Field
from app.ui.widgets.note_box import NoteBox
from db.records.surveys import EventSurvey

_WHO = (("受託者", "受託者"), ("区（検算）", "区（検算）"), ("区（代行）", "区（代行）"))


class CountedDialog(DialogFrame):
    """Who and when. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, survey: EventSurvey, parent: QWidget | None = None) -> None:
        super().__init__("集計した者を記録する", main="記録する", note=CAN_UNDO, width=600, parent=parent)
        self.desk = desk
        self._survey = survey
        self.problem = NoteBox()
        self.put(self.problem)
        self.form = Form(
            (
                Field(key="who", label="集計した者", kind="radio", choices=_WHO, hint="報告書の集計の欄に出ます"),
                Field(
                    key="on",
                    label="集計の日",
                    kind="date",
                    width=96,
                    hint="受託者から集計を受け取った日。区が数えたときは、その日",
                    rule=lambda day: _not_ahead(day, desk.today()),
                ),
            ),
            fiscal_year=desk.fiscal_year,
        )
        self.form.set_values({"who": survey.counted_by, "on": survey.counted_on or desk.today()})
        self.put(self.form)
        self.body.addStretch(1)
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        if not self.form.check_all():
            return
        self.wait(True)
        values = self.form.values()
        self.desk.write(
            note_counted,
            self._close,
            failed=self._refuse,
            survey_id=self._survey.id,
            who=values["who"],
            on=values["on"],
        )

    def _close(self, _saved: object) -> None:
        self.wait(False)
        self.accept()

    def _refuse(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)


def _not_ahead(day: date, today: date) -> str:
    return "今日より先の日です。日付を確かめてください。" if day > today else ""
