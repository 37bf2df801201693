"""Decides about several returned sheets alike: they count, or they do not, with one reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.subjects.surveys.answers.services.survey_decisions import decide_sheets
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.flow_row import FlowRow
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of

IN, OUT = "in", "out"


class ManySheetsDialog(DialogFrame):
    """One decision for many sheets. Signals: those of ``DialogFrame``."""

    def __init__(
        self, desk: Desk, sheet_ids: Sequence[int], *, usual: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "まとめて決める", f"選んだ{len(sheet_ids)}枚", main="決める", note=CAN_UNDO, width=640, parent=parent
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self._ids = tuple(sheet_ids)
        self.problem = NoteBox()
        self.form = Form(
            (
                Field(
                    key="way", label="数え方", kind="radio", choices=((IN, "集計に入れる"), (OUT, "集計に入れない"))
                ),
                Field(
                    key="reason", label="理由", kind="lines", lines=2, optional=True,
                    hint="集計に入れないときは、書いてください。どの回答にも同じ理由が残ります",
                ),
            )
        )  # fmt: skip
        self.form.set_values({"way": IN, "reason": ""})
        self.put(self.problem)
        self.put(self.form)
        self.put(FlowRow(*(Button(words, partial(self._take, words), low=True) for words in usual)))
        self.body.addStretch(1)
        self.confirmed.connect(self._save)
        self.form.go_to("way")

    def _take(self, words: str) -> None:
        self.form.set_values({"way": OUT, "reason": words})
        self.form.go_to("reason")

    def _save(self) -> None:
        self.wait(True)
        self.desk.write(
            with_store(
                decide_sheets,
                sheet_ids=self._ids,
                counted=self.form.value("way") == IN,
                reason=str(self.form.value("reason")),
                **self.desk.signed,
            ),
            self._close,
            owner=self,
            failed=self._refuse,
        )

    def _close(self, _saved: object) -> None:
        self.wait(False)
        self.accept()

    def _refuse(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
