"""A dialog with one short form that is saved by one service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.saved import Saved
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.note_box import NoteBox
from app.window.desk import Desk
from app.window.failure_messages import failure_of
from db.store import Store


class FormDialog(DialogFrame):
    """Asks for a few values and saves them. Signals: those of ``DialogFrame``.

    ``change(values)`` makes of the typed values what the desk writes.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        subject: str = "",
        *,
        main: str,
        fields: Sequence[Field],
        values: dict[str, Any] | None = None,
        change: Callable[[dict[str, Any]], Callable[[Store], Saved]],
        then: Callable[[Saved], object] | None = None,
        width: int = 640,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, subject, main=main, note=CAN_UNDO, width=width, parent=parent)
        self._desk = desk
        self._change = change
        self._then = then
        self.problem = NoteBox(tone="red")
        self.put(self.problem)
        self.form = Form(fields, fiscal_year=desk.fiscal_year)
        self.put(self.form)
        self.body.addStretch(1)
        if values:
            self.form.set_values(values)
        self.confirmed.connect(self.save)
        if fields:
            self.form.go_to(fields[0].key)

    def save(self) -> None:
        """Save what is typed, or say what is missing."""
        self.problem.say("")
        if not self.form.check_all():
            return
        self.wait(True)
        self._desk.write(self._change(self.form.values()), self.end, failed=self.refuse, owner=self)

    def end(self, saved: Saved) -> None:
        """The change is saved."""
        self.wait(False)
        self.accept()
        if self._then is not None:
            self._then(saved)

    def refuse(self, problem: Exception) -> None:
        """Say why nothing was saved."""
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
        self.fit()
