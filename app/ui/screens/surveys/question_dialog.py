"""One question of an event: its wording, kind, options and what is added up."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.rules.survey_questions import OTHER
from app.ui.failure_messages import failure_of
from app.ui.screens.surveys.question_options import QuestionOptions
from app.ui.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.ui.widgets.failure_dialog import note_failure
from app.ui.widgets.form import Form
from app.ui.widgets.form_fields import Field
from app.ui.widgets.note_box import NoteBox
from db.records.surveys import Question

_TYPES = (("SA", "単一回答"), ("MA", "複数回答"), ("FA", "自由記述"), ("NUM", "数値"))
_LOCKED = "回答が入っているため、設問文と、足して示す選択肢だけを直せます。"


class QuestionDialog(DialogFrame):
    """Edits one question. Signals: ``saved(Question)`` with the question as typed.

    ``locked`` True = answers are in: only the wording may change. The caller saves and then calls
    ``close_saved`` or ``refuse``.
    """

    saved = Signal(object)

    def __init__(
        self, question: Question, *, place: int, new: bool = False, locked: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "設問を加える" if new else "設問を直す",
            f"問{place}",
            main="設問を加える" if new else "設問を保存する",
            note=CAN_UNDO,
            parent=parent,
        )
        self._question = question
        self._locked = locked
        self.problem = NoteBox()
        self.put(self.problem)
        if locked:
            self.put(NoteBox(_LOCKED, tone="accent"))
        self.form = Form(
            (
                Field(key="title", label="設問文", hint="用紙とオンラインのフォームに、このまま出る文"),
                Field(key="type", label="種類", kind="radio", choices=_TYPES, read_only=locked),
                Field(
                    key="options",
                    label="選択肢",
                    kind="lines",
                    lines=6,
                    hint="1行に1つ。用紙の番号の順に書きます",
                    read_only=locked,
                ),
                Field(
                    key="other",
                    label="その他",
                    kind="check",
                    words="「その他」に書かれた文も入力する",
                    read_only=locked,
                ),
                Field(
                    key="limit",
                    label="選べる数の上限",
                    kind="number",
                    unit="つまで",
                    width=64,
                    least=2,
                    most=20,
                    optional=True,
                    read_only=locked,
                ),
            )
        )
        self.options = QuestionOptions()
        self.put(self.form)
        self.put(self.options)
        self.body.addStretch(1)
        self._show(question)
        self.form.changed.connect(self._follow)
        self.confirmed.connect(self._save)
        self.form.go_to("title")

    def close_saved(self) -> None:
        """The question is saved: close."""
        self.wait(False)
        self.accept()

    def refuse(self, problem: Exception) -> None:
        """Say why the question was not saved."""
        self.wait(False)
        note_failure(failure_of(problem), self.problem)

    def _show(self, question: Question) -> None:
        self.form.set_values(
            {
                "title": question.title,
                "type": question.type,
                "options": "\n".join(question.options),
                "other": question.has_other,
                "limit": question.max_select,
            }
        )
        self.options.show_values(question.options, question.exclusive_option, question.positive)
        self.options.show_role(question.role)
        self._fold()

    def _follow(self, key: str) -> None:
        if key == "options":
            self.options.follow(self._typed_options())
        if key in ("type", "options"):
            self._fold()

    def _fold(self) -> None:
        kind = self.form.value("type")
        listed = kind in ("SA", "MA")
        for key in ("options", "other"):
            self.form.show_field(key, listed)
        self.form.show_field("limit", kind == "MA")
        self.options.setVisible(listed)
        self.options.lock(multiple=kind == "MA", locked=self._locked)

    def _typed_options(self) -> tuple[str, ...]:
        lines = str(self.form.value("options") or "").splitlines()
        return tuple(line.strip() for line in lines if line.strip())

    def question(self) -> Question:
        """The question as typed; what does not belong to its kind is left out."""
        values = self.form.values()
        listed = values["type"] in ("SA", "MA")
        typed = replace(self._question, title=values["title"].strip(), type=values["type"])
        if not listed:
            return replace(
                typed, options=(), max_select=None, has_other=False, exclusive_option=None, positive=(), role=None
            )
        options = self._typed_options()
        if values["other"] and not self._locked and not any(option.startswith(OTHER) for option in options):
            options = (*options, OTHER)
        multiple = values["type"] == "MA"
        return replace(
            typed,
            options=options,
            max_select=values["limit"] if multiple else None,
            has_other=values["other"],
            exclusive_option=self.options.exclusive_option() if multiple else None,
            positive=self.options.positive(),
            role=self.options.chosen_role(),
        )

    def _save(self) -> None:
        self.problem.say("")
        if self.form.value("type") in ("FA", "NUM"):
            sound = bool(self.form.value("title").strip())
            if not sound:
                self.form.check_all()
        else:
            sound = self.form.check_all()
        if sound:
            self.wait(True)
            self.saved.emit(self.question())
