"""One question being written, beside the sheet it will stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.subjects.surveys.questions.screens.question_branch import QuestionBranch
from app.subjects.surveys.questions.screens.question_fields import (
    LABEL_WIDTH,
    SHOWN_WITH,
    field_values,
    question_fields,
    typed_options,
    with_values,
)
from app.subjects.surveys.questions.screens.question_options import QuestionOptions
from app.widgets.buttons import Button, main_button
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.labels import label, section
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import scrolling
from app.window.failure_messages import failure_of
from db.records.surveys import Question

LOCKED = "回答が入っているため、設問文と説明、足して示す選択肢だけを直せます。"


class QuestionEditor(QWidget):
    """Edits one question.

    Signals: ``saved(Question)`` as typed; the caller saves and then calls ``close_saved`` or ``refuse``.
    ``edited(Question)`` on every change; ``left()`` nothing is being edited any more.
    """

    saved = Signal(object)
    edited = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self._before: Question | None = None
        self._locked = False
        self.heading = section("設問を直す")
        self.problem = NoteBox()
        self.lock_note = NoteBox(LOCKED, tone="accent")
        self.form = Form(question_fields(), label_width=LABEL_WIDTH)
        self.options = QuestionOptions(label_width=LABEL_WIDTH)
        self.branch = QuestionBranch(label_width=LABEL_WIDTH)
        self.save_button = main_button("設問を保存する", self.save)
        self.cancel = Button("やめる", self.leave)
        self._build()
        self.form.changed.connect(self._follow)
        self.options.edited.connect(self._tell)
        self.branch.edited.connect(self._tell)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for part in (self.lock_note, self.form, self.options, self.branch):
            column.addWidget(part)
        column.addStretch(1)
        panel = Panel()
        panel.put(self.heading)
        panel.put(self.problem)
        self._scroll = scrolling(inside)
        panel.put(self._scroll, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(label("Ctrl+Enter で保存、Esc でやめる", "small", wrap=True), 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save_button)
        panel.body.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(panel)

    # what the bench does

    def open_question(
        self, question: Question, earlier: Sequence[Question], *, new: bool = False, locked: bool = False
    ) -> None:
        """Begin to edit; ``earlier`` are the questions before it, which may decide who is asked."""
        self._question = question
        self._locked = locked
        place = len(earlier) + 1
        self.heading.setText(f"問{place}を加える" if new else f"問{place}を直す")
        self.save_button.set_words("設問を加える" if new else "設問を保存する")
        self.problem.say("")
        self.lock_note.setVisible(locked)
        self.form.set_values(field_values(question))
        for key in ("type", "options", "other", "scale", "limit", "unit", "lines"):
            self.form.set_enabled(key, not locked)
        self.options.show_values(question.options, question.exclusive_option, question.positive)
        self.options.show_role(question.role)
        self.branch.show_branch(question, earlier)
        self.branch.lock(locked)
        self._fold()
        self._wait(False)
        self._before = None if new else self.question()
        self._scroll.verticalScrollBar().setValue(0)
        self.form.go_to("title")

    @property
    def code(self) -> str | None:
        """The code of the question being edited (empty for a new one), or None when there is none."""
        return self._question.code if self._question is not None else None

    @property
    def unfinished(self) -> bool:
        """Whether something was typed and not saved yet."""
        if self._question is None:
            return False
        typed = self.question()
        if self._before is None:
            return bool(typed.title or typed.options)
        return typed != self._before

    def question(self) -> Question:
        """The question as typed."""
        if self._question is None:
            return Question(code="", title="", type="SA")
        typed = with_values(self._question, self.form.values(), locked=self._locked)
        typed = replace(typed, asked_of=self.branch.asked_of(), asked_of_options=self.branch.asked_of_options())
        if typed.type not in SHOWN_WITH["options"]:
            return typed
        return replace(
            typed,
            exclusive_option=self.options.exclusive_option() if typed.type == "MA" else None,
            positive=self.options.positive(),
            role=self.options.chosen_role(),
        )

    def save(self) -> None:
        """Hand the question over to be saved."""
        if self._question is None or not self.save_button.isEnabled():
            return
        self.problem.say("")
        if self.form.check_all():
            self._wait(True)
            self.saved.emit(self.question())

    def leave(self) -> None:
        """Put away what was typed."""
        if self._question is not None and self.cancel.isEnabled():
            self._question = self._before = None
            self.left.emit()

    def close_saved(self) -> None:
        """The question is saved."""
        self._wait(False)
        self.leave()

    def refuse(self, problem: Exception) -> None:
        """Say why the question was not saved; everything typed stays."""
        self._wait(False)
        note_failure(failure_of(problem), self.problem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts away."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    # inside

    def _wait(self, waiting: bool) -> None:
        self.save_button.setEnabled(not waiting)
        self.cancel.setEnabled(not waiting)

    def _follow(self, key: str) -> None:
        if key == "options":
            self.options.follow(typed_options(self.form.value("options")))
        if key in ("type", "options"):
            self._fold()
        self._tell()

    def _tell(self) -> None:
        if self._question is not None:
            self.edited.emit(self.question())

    def _fold(self) -> None:
        kind = self.form.value("type")
        for key, kinds in SHOWN_WITH.items():
            self.form.show_field(key, kind in kinds)
        listed = kind in SHOWN_WITH["options"]
        self.options.setVisible(listed)
        self.options.lock(multiple=kind == "MA", locked=self._locked)
