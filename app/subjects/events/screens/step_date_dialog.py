"""Change the day of one recruitment step, or let it follow the event again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.subjects.events.services.event_view import StepRow
from app.subjects.events.services.recruitment import set_step_date, tick_step
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store


class StepDateDialog(SavingDialog):
    """The day of a step: planned, or when it was done. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, step: StepRow, parent: QWidget | None = None) -> None:
        done = step.done_on is not None
        super().__init__(
            desk,
            "済んだ日を直す" if done else "日を変える",
            f"募集の段取り　{step.name}",
            main="この日にする",
            note=CAN_UNDO,
            width=600,
            parent=parent,
        )
        self._step = step
        if step.basis:
            self.put(Paragraph(step.basis, role="small"))
        self.form = Form(
            (
                Field(key="day", label="済んだ日" if done else "日付", kind="date", width=120, hint="9/1、R8.9.1 など"),
                Field(key="note", label="メモ", optional=True, hint="区報の号など", width=320),
            ),
            fiscal_year=desk.fiscal_year,
            label_width=104,
        )
        self.form.set_values({"day": step.done_on or step.due, "note": step.note})
        self.put(self.form)
        self.body.addStretch(1)
        if step.by_hand and not done:
            self.put_button(Button("実施日からの計算に戻す", self._follow_event, tall=True))
        self.confirmed.connect(self._save)
        self.form.go_to("day")

    def _save(self) -> None:
        if not self.form.check_all():
            return
        values = self.form.values()
        if self._step.done_on is not None:
            self.send(with_store(tick_step, step_id=self._step.id, on=values["day"], **self.desk.signed))
        else:
            self.send(
                with_store(
                    set_step_date, step_id=self._step.id, due=values["day"], note=values["note"], **self.desk.signed
                )
            )

    def _follow_event(self) -> None:
        self.send(with_store(set_step_date, step_id=self._step.id, due=None, **self.desk.signed))
