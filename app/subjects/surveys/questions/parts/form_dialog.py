"""A few fields to fill in and one act: agreeing the questions, the online form, who counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.note_box import NoteBox
from app.window.failure_messages import failure_of

Done = Callable[[object], None]
Failed = Callable[[Exception], None]


class FormDialog(DialogFrame):
    """Fields and a verb.

    ``save(values, done, failed)`` is called with the values by key; the dialog closes when it calls
    ``done`` and says why not when it calls ``failed``. Signals: those of ``DialogFrame``.
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        values: Mapping[str, Any],
        *,
        verb: str,
        save: Callable[[dict[str, Any], Done, Failed], object],
        text: str = "",
        fiscal_year: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, main=verb, note=CAN_UNDO, width=640, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._save_values = save
        self.problem = NoteBox()
        self.put(self.problem)
        if text:
            self.put(Paragraph(text))
        self.form = Form(fields, fiscal_year=fiscal_year)
        self.form.set_values(values)
        self.put(self.form)
        self.body.addStretch(1)
        self.confirmed.connect(self._save)
        self.form.go_to(fields[0].key)

    def _save(self) -> None:
        if self.form.check_all():
            self.wait(True)
            self._save_values(self.form.values(), self._close, self._refuse)

    def _close(self, _saved: object) -> None:
        self.wait(False)
        self.accept()

    def _refuse(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
