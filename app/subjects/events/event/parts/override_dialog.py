"""Dialog to set the date of a deadline by hand; the computed dates and the reason stay visible."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.subjects.events.event.parts.deadline_basis import full_basis_words
from app.subjects.events.event.services.tasks.deadlines import override_deadline
from app.subjects.events.event.services.tasks.task import Task
from app.subjects.events.event.services.tasks.year_dates import override_year_deadline
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext


class OverrideDialog(SavingDialog):
    """Dialog to set the date of a deadline of an event or of the year. Signals: those of ``SavingDialog``."""

    def __init__(self, app_context: AppContext, task: Task, parent: QWidget) -> None:
        super().__init__(app_context, "期限を手で変える", task.label, main="この日にする", width=640, parent=parent)
        self._task = task
        self.put(NoteBox(f"計算した期限　{full_basis_words(task)}", "quiet"))
        self.form = Form(
            (
                Field("due", "新しい期限", "date", width=120, hint="9/1、R8.9.1 など"),
                Field("reason", "変える理由", hint="画面と履歴に残ります。計算した日付も消えません。"),
            ),
            app_context.fiscal_year,
            label_width=96,
        )
        self.form.set_values({"due": task.override or task.due, "reason": task.override_reason})
        self.put(self.form, None)
        self.form.go_to("due")

    def _save(self) -> None:
        if not self.form.check_all():
            return
        task, values = self._task, self.form.values()
        given = {"task": task.task, "due": values["due"], "reason": values["reason"]}
        if task.programme_id is not None:
            self.run_action(override_year_deadline, programme_id=task.programme_id, **given)
        elif task.event_id is not None:
            self.run_action(override_deadline, event_id=task.event_id, **given)
