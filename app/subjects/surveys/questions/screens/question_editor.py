"""One question being written beside its sheet: its fields, what depends on its options, and who is asked it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from app.subjects.surveys.questions.intake.questionnaire_file import MOST_LINES
from app.subjects.surveys.questions.rules.questionnaire_editing import renamed_options
from app.subjects.surveys.questions.rules.survey_questions import OTHER, other_option, printed_title
from app.widgets.buttons import Button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import ChoiceBox, Field
from app.widgets.labels import label, named, section, wrapped_label
from app.widgets.layouts import in_column, in_grid, in_row
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import scrolling
from app.widgets.sending import note_failure
from app.window import theme as t
from app.window.failure_messages import failure_of
from db.records.surveys import Question, Role

_ROLES: tuple[tuple[Role | None, str], ...] = (
    (None, "肯定計"),
    ("satisfaction", "満足計（満足度の設問）"),
    ("understanding", "肯定計（理解度の設問）"),
    ("intent", "肯定計（活用の意向の設問）"),
)


_LINE = 14
_NARROW = 12
EVERYBODY = "全員に聞く"
TYPES = (("SA", "単一回答"), ("MA", "複数回答"), ("NUM", "数値"), ("FA", "自由記述"))
LABEL_WIDTH = 104
SHOWN_WITH: dict[str, tuple[str, ...]] = {
    "options": ("SA", "MA"),
    "other": ("SA", "MA"),
    "scale": ("SA",),
    "limit": ("MA",),
    "unit": ("NUM",),
    "lines": ("FA",),
}
"""The kinds of question that have a field; a field not named here belongs to all."""
LOCKED = "回答が入っているため、設問文と説明、足して示す選択肢だけを直せます。"


def option_box(option: str) -> QCheckBox:
    """A box to tick with an option beside it, a long one in several lines."""
    lines = [option[at : at + _LINE] for at in range(0, len(option), _LINE)]
    box = named(QCheckBox("\n".join(lines)), option)
    box.setProperty("option", option)
    return box


def option_of(box: QCheckBox) -> str:
    """The option that stands beside a box, letter for letter."""
    return str(box.property("option"))


def keep_narrow(box: ChoiceBox) -> None:
    """Let a list take the room there is: long texts are read in full when it folds down."""
    box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_NARROW)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class QuestionOptions(QWidget):
    """The exclusive option, the positive ones and what their sum is. Signals: ``edited()``."""

    edited = Signal()

    def __init__(self, *, label_width: int) -> None:
        super().__init__()
        self._options: tuple[str, ...] = ()
        self.exclusive = ChoiceBox("ほかと一緒に選べない選択肢")
        keep_narrow(self.exclusive)
        self.role = ChoiceBox("足した人数の呼び方")
        for role, words in _ROLES:
            self.role.addItem(words, role)
        self.boxes: list[QCheckBox] = []
        self._flow = FlowRow(spacing=4)
        grid = in_grid(self, across=16, down=12, wide=1)
        grid.setColumnMinimumWidth(0, t.scaled(label_width))
        self._exclusive_label = wrapped_label("一緒に選べない選択肢")
        self._exclusive_label.setFixedWidth(t.scaled(label_width))
        grid.addWidget(self._exclusive_label, 0, 0)
        grid.addWidget(self.exclusive, 0, 1)
        self._positive_label = wrapped_label("足して示す選択肢")
        self._positive_label.setFixedWidth(t.scaled(label_width))
        self._positive_label.setContentsMargins(0, 6, 0, 0)
        grid.addWidget(self._positive_label, 1, 0, Qt.AlignmentFlag.AlignTop)
        self._hint = wrapped_label("選んだ人を足してから割り、満足計や肯定計として示します", "small")
        grid.addLayout(in_column(self._flow, self._hint, spacing=3), 1, 1)
        self._role_label = wrapped_label("足した人数の呼び方")
        self._role_label.setFixedWidth(t.scaled(label_width))
        grid.addWidget(self._role_label, 2, 0)
        grid.addWidget(self.role, 2, 1)
        self.exclusive.activated.connect(lambda _n: self.edited.emit())
        self.role.activated.connect(lambda _n: self.edited.emit())

    def show_values(self, options: tuple[str, ...], exclusive: str | None, positive: tuple[str, ...]) -> None:
        """Offer these options, with what is chosen among them."""
        self._options = options
        self.exclusive.clear()
        self.exclusive.addItem("なし", None)
        for option in options:
            self.exclusive.addItem(option, option)
        self.exclusive.setCurrentIndex(max(0, self.exclusive.findData(exclusive)))
        self._flow.clear()
        self.boxes = []
        for option in options:
            box = option_box(option)
            box.setChecked(option in positive)
            box.clicked.connect(lambda _on: self.edited.emit())
            self._flow.add(box)
            self.boxes.append(box)
        self._fold()

    def show_role(self, role: Role | None) -> None:
        """Show what the sum is called."""
        self.role.setCurrentIndex(max(0, self.role.findData(role)))

    def follow(self, options: tuple[str, ...]) -> None:
        """Other options were typed; what was chosen stays, also under another wording in the same place."""
        names = renamed_options(self._options, options)
        exclusive = self.exclusive_option()
        chosen = tuple(names[option] for option in self.positive() if option in names)
        self.show_values(options, names.get(exclusive) if exclusive is not None else None, chosen)

    def exclusive_option(self) -> str | None:
        """The option that excludes the others, or None."""
        chosen = self.exclusive.currentData()
        return chosen if isinstance(chosen, str) else None

    def positive(self) -> tuple[str, ...]:
        """The options whose people are added."""
        return tuple(option_of(box) for box in self.boxes if box.isChecked())

    def chosen_role(self) -> Role | None:
        """What the sum is called; None without one."""
        found = next((role for role, _words in _ROLES if role == self.role.currentData()), None)
        return found if self.positive() else None

    def lock(self, *, multiple: bool, locked: bool) -> None:
        """The exclusive option belongs to 複数回答; after the first answer it stays."""
        self.exclusive.setVisible(multiple)
        self._exclusive_label.setVisible(multiple)
        self.exclusive.setEnabled(not locked)

    def _fold(self) -> None:
        some = bool(self.boxes)
        for part in (self._positive_label, self._flow, self._hint, self.role, self._role_label):
            part.setVisible(some)


class QuestionBranch(QWidget):
    """The earlier question that decides, and its options. Signals: ``edited()``."""

    edited = Signal()

    def __init__(self, *, label_width: int) -> None:
        super().__init__()
        self._earlier: tuple[Question, ...] = ()
        self.asked = ChoiceBox("聞く相手")
        keep_narrow(self.asked)
        self.boxes: list[QCheckBox] = []
        self._flow = FlowRow(spacing=4)
        self._hint = wrapped_label("選んだ人だけに聞きます。ほかの人は非該当になり、割合の母数に入りません", "small")
        grid = in_grid(self, across=16, down=6, wide=1)
        grid.setColumnMinimumWidth(0, t.scaled(label_width))
        words = label("聞く相手")
        words.setMinimumHeight(t.scaled(t.FIELD))
        grid.addWidget(words, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.asked, 0, 1)
        grid.addLayout(in_column(self._flow, self._hint, spacing=3), 1, 1)
        self.asked.activated.connect(lambda _number: self._take_another())

    def show_branch(self, question: Question, earlier: Sequence[Question]) -> None:
        """Offer the earlier questions that have options, with what is chosen now."""
        self._earlier = tuple(one for one in earlier if one.type in ("SA", "MA"))
        numbers = {one.code: place for place, one in enumerate(earlier, 1)}
        self.asked.clear()
        self.asked.addItem(EVERYBODY, "")
        for one in self._earlier:
            self.asked.addItem(f"問{numbers[one.code]} {printed_title(one)}", one.code)
        self.asked.setCurrentIndex(max(0, self.asked.findData(question.asked_of)))
        self._offer(question.asked_of_options)

    def asked_of(self) -> str:
        """The code of the question that decides, empty = everybody."""
        return str(self.asked.currentData() or "")

    def asked_of_options(self) -> tuple[str, ...]:
        """The options whose people are asked."""
        return tuple(option_of(box) for box in self.boxes if box.isChecked()) if self.asked_of() else ()

    def lock(self, locked: bool) -> None:
        """After the first answer who is asked stays."""
        self.asked.setEnabled(not locked)
        for box in self.boxes:
            box.setEnabled(not locked)

    def _take_another(self) -> None:
        self._offer(())
        self.edited.emit()

    def _offer(self, chosen: Sequence[str]) -> None:
        self._flow.clear()
        self.boxes = []
        asked = next((one for one in self._earlier if one.code == self.asked_of()), None)
        for option in asked.options if asked is not None else ():
            box = option_box(option)
            box.setChecked(option in chosen)
            box.clicked.connect(lambda _on: self.edited.emit())
            self._flow.add(box)
            self.boxes.append(box)
        for part in (self._flow, self._hint):
            part.setVisible(asked is not None)


def question_fields() -> tuple[Field, ...]:
    """The fields, in the order in which a question is thought of."""
    return (
        Field("title", "設問文", "lines", lines=2, hint="用紙とオンラインのフォームに、このまま出ます"),
        Field("type", "種類", "choice", choices=TYPES, width=160),
        Field("options", "選択肢", "lines", lines=6, hint="1行に1つ、用紙の番号の順に書きます"),
        Field("other", OTHER, "check", words="「その他」に書く欄を付ける"),
        Field("scale", "段階", "check", words="段階評価"),
        Field(
            "limit", "上限", "number", unit="つまで", width=56, least=2, most=20, optional=True,
        ),
        Field("unit", "単位", width=96, placeholder="人", optional=True),
        Field("lines", "書く行数", "number", unit="行", width=56, least=1, most=MOST_LINES),
        Field("note", "説明", "lines", lines=2, optional=True, hint="設問文の下に小さく出ます"),
    )  # fmt: skip


def field_values(question: Question) -> dict[str, Any]:
    """What the fields show of a question."""
    return {
        "title": question.title,
        "type": question.type,
        "options": "\n".join(question.options),
        "other": question.has_other,
        "scale": question.scale,
        "limit": question.max_select,
        "unit": question.unit,
        "lines": question.lines,
        "note": question.note,
    }


def typed_options(text: str) -> tuple[str, ...]:
    """The options as typed, one a line, empty lines left out."""
    return tuple(line.strip() for line in str(text or "").splitlines() if line.strip())


def with_values(question: Question, values: Mapping[str, Any], *, locked: bool) -> Question:
    """``question`` with the typed values; what does not belong to its kind is left out.

    ``locked`` True = answers are in: an option その他 is not added behind the others any more.
    """
    kind = values["type"] or question.type
    listed = kind in SHOWN_WITH["options"]
    typed = replace(
        question,
        title="".join(str(values["title"]).splitlines()).strip(),
        type=kind,
        note=str(values["note"]).strip(),
        unit=str(values["unit"]).strip() if kind == "NUM" else "",
        lines=(values["lines"] or Question.lines) if kind == "FA" else Question.lines,
    )
    if not listed:
        return replace(
            typed,
            options=(),
            max_select=None,
            has_other=False,
            exclusive_option=None,
            positive=(),
            role=None,
            scale=False,
        )
    options = typed_options(values["options"])
    has_other = bool(values["other"])
    typed = replace(typed, options=options, has_other=has_other)
    if has_other and not locked and other_option(typed) not in options:
        typed = replace(typed, options=(*options, OTHER))
    return replace(
        typed, max_select=values["limit"] if kind == "MA" else None, scale=bool(values["scale"]) and kind == "SA"
    )


class QuestionEditor(QWidget):
    """Edits one question.

    Signals: ``saved(Question)`` as typed; the caller saves and then calls ``close_saved`` or ``refuse``.
    ``edited(Question)`` on every change; ``left()`` nothing is being edited any more.
    """

    saved = Signal(object)
    edited = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._question: Question | None = None
        self._before: Question | None = None
        self._locked = False
        self.heading = section("設問を直す")
        self.problem = NoteBox()
        self.lock_note = NoteBox(LOCKED, "accent")
        self.form = Form(question_fields(), label_width=LABEL_WIDTH)
        self.options = QuestionOptions(label_width=LABEL_WIDTH)
        self.branch = QuestionBranch(label_width=LABEL_WIDTH)
        self.save_button = main_button("設問を保存する", self.save)
        self.cancel = Button("やめる", self.leave)
        self._build()
        self.form.changed.connect(self._follow)
        self.options.edited.connect(self._tell)
        self.branch.edited.connect(self._tell)

    def _build(self) -> None:
        inside = QWidget()
        column = in_column(owner=inside, spacing=12, margins=(0, 0, 8, 0))
        for part in (self.lock_note, self.form, self.options, self.branch):
            column.addWidget(part)
        column.addStretch(1)
        panel = Panel()
        self._scroll = scrolling(inside)
        foot = in_row(
            (wrapped_label("Ctrl+Enter で保存、Esc でやめる", "small"), 1), self.cancel, self.save_button, spacing=12
        )
        panel.put(self.heading, self.problem, (self._scroll, 1), foot)
        in_column(panel, owner=self)

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
        """Ctrl+Enter saves, also from a text of several lines; Esc puts away."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
            return
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
