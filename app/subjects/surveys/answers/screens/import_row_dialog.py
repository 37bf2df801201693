"""One doubtful row of a file in full: what is odd about it, and how it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.subjects.surveys.answers.services.survey_decisions import RowDecision
from app.subjects.surveys.answers.services.survey_preview import RowOutcome
from app.subjects.surveys.typing.parts.answers_view import AnswersView
from app.widgets.buttons import Button
from app.widgets.dialog_frame import DialogFrame
from app.widgets.flow_row import FlowRow
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import section
from app.widgets.note_box import NoteBox
from db.records.surveys import Question

ALIKE, IN, OUT = "alike", "in", "out"
USUAL = ("同じ人の2回目の回答", "試し送信", "別の催しの回答", "何も書かれていない")


class RowDialog(DialogFrame):
    """Decides about one row. Signals: those of ``DialogFrame``; ``decision()`` tells what was chosen."""

    def __init__(
        self,
        row: RowOutcome,
        questions: Sequence[Question],
        today: date,
        *,
        decided: RowDecision | None,
        parent: QWidget | None = None,
    ) -> None:
        stamp = ""
        if row.answered_at is not None:
            stamp = f"　{short_date(row.answered_at.date(), today)} {row.answered_at:%H:%M}"
        super().__init__(
            "この回答の数え方を決める",
            f"{row.line}行目{stamp}",
            main="決める",
            note="まだ保存していません",
            parent=parent,
        )
        self.put(NoteBox("\n".join(doubt.reason for doubt in row.doubts), tone="amber"))
        self.form = Form(
            (
                Field(
                    key="way",
                    label="数え方",
                    kind="radio",
                    choices=((ALIKE, "まとめての決め方に従う"), (IN, "集計に入れる"), (OUT, "集計に入れない")),
                ),
                Field(
                    key="reason", label="理由", kind="lines", lines=2, optional=True,
                    hint="集計に入れないときは、書いてください。回答一覧に残ります",
                ),
            )
        )  # fmt: skip
        way = ALIKE if decided is None else IN if decided.counted else OUT
        self.form.set_values({"way": way, "reason": decided.reason if decided is not None else ""})
        self.put(self.form)
        self.put(FlowRow(*(Button(words, partial(self._take, words), low=True) for words in USUAL)))
        self.put(section("回答の中身"))
        answers = AnswersView()
        answers.show_answers(questions, row.answers, row.sheet.extra if row.sheet is not None else {})
        self.put(answers)
        self.body.addStretch(1)
        self.confirmed.connect(self._check)
        self.form.go_to("way")

    def decision(self) -> RowDecision | None:
        """What was chosen; None follows what is decided for all alike."""
        way = self.form.value("way")
        if way == ALIKE:
            return None
        return RowDecision(counted=way == IN, reason=str(self.form.value("reason")))

    def _take(self, words: str) -> None:
        self.form.set_values({"way": OUT, "reason": words})
        self.form.go_to("reason")

    def _check(self) -> None:
        chosen = self.decision()
        if chosen is not None and not chosen.counted and not chosen.reason.strip():
            self.form.set_problem("reason", "集計に入れない理由を書いてください。")
            self.form.go_to("reason")
            return
        self.accept()
