"""Asks for the reason of an act that stays visible: leaving an answer out, opening fixed totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.flow_row import FlowRow
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.note_box import NoteBox
from app.window.failure_messages import failure_of


class ReasonDialog(DialogFrame):
    """A reason in one's own words, with usual ones to take over.

    ``then(reason, done, failed)`` saves; the dialog closes when it calls ``done``. Signals: those of
    ``DialogFrame``.
    """

    def __init__(
        self,
        title: str,
        subject: str,
        *,
        verb: str,
        text: str,
        usual: Sequence[str],
        then: Callable[[str, Callable[[object], None], Callable[[Exception], None]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, subject, main=verb, note=CAN_UNDO, width=600, parent=parent)
        self._then = then
        self.problem = NoteBox()
        self.put(self.problem)
        self.put(Paragraph(text))
        self.form = Form((Field(key="reason", label="理由", kind="lines", lines=2, hint="一覧と履歴に残ります"),))
        self.put(self.form)
        choices = FlowRow(*(Button(words, partial(self._take, words), low=True) for words in usual))
        choices.setVisible(bool(usual))
        self.put(choices)
        self.body.addStretch(1)
        self.confirmed.connect(self._save)
        self.form.go_to("reason")

    def _take(self, words: str) -> None:
        self.form.set_values({"reason": words})
        self.form.go_to("reason")

    def _save(self) -> None:
        if not self.form.check_all():
            return
        self.wait(True)
        self._then(self.form.value("reason"), lambda _done: self._close(), self._refuse)

    def _close(self) -> None:
        self.wait(False)
        self.accept()

    def _refuse(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
