"""The editor of one question beside its sheet, with fields, option settings, and branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from app.common.join_nonempty import lines_of
from app.surveys.questions.intake import MAX_LINES
from app.surveys.questions.rules import OTHER, other_option_of, printed_title, renamed_options
from app.widgets.action_mixin import show_failure_in
from app.widgets.buttons import Button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import ChoiceBox, Field
from app.widgets.forms.record_fields import record_field
from app.widgets.keys import is_enter
from app.widgets.labels import label, section, small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import column_of, in_column, in_grid, in_row
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import in_scroll_area
from app.window import theme as t
from app.window.failure_messages import failure_of
from db.records.surveys import Question, QuestionRole, QuestionType

_ROLES: tuple[tuple[QuestionRole | None, str], ...] = (
    (None, "肯定計"),
    (QuestionRole.SATISFACTION, "満足計（満足度の設問）"),
    (QuestionRole.UNDERSTANDING, "肯定計（理解度の設問）"),
    (QuestionRole.INTENT, "肯定計（活用の意向の設問）"),
)


_LINE = 14
_NARROW = 12
EVERYBODY = "全員に聞く"
TYPES = (("SA", "単一回答"), ("MA", "複数回答"), ("NUM", "数値"), ("FA", "自由記述"))
LABEL_WIDTH = 104
FIELDS_BY_TYPE: dict[str, tuple[str, ...]] = {
    "options": ("SA", "MA"),
    "other": ("SA", "MA"),
    "scale": ("SA",),
    "limit": ("MA",),
    "unit": ("NUM",),
    "lines": ("FA",),
}
"""The types of question that have a field; a field not listed belongs to all."""
LOCKED_NOTE = "回答が入っているため、設問文と説明、足して示す選択肢だけを直せます。"


def option_box(option: str) -> QCheckBox:
    """Return a check box with an option, a long one in several lines."""
    lines = [option[at : at + _LINE] for at in range(0, len(option), _LINE)]
    box = with_accessible_name(QCheckBox("\n".join(lines)), option)
    box.setProperty("option", option)
    return box


def option_of(box: QCheckBox) -> str:
    """Return the option of a check box, unchanged."""
    return str(box.property("option"))


def let_box_shrink(box: ChoiceBox) -> None:
    """Allow a choice box to be narrower than its longest text."""
    box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_NARROW)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class QuestionOptions(QWidget):
    """The exclusive option, the positive ones and the label of their sum.

    Signals: ``edited()``.
    """

    edited = Signal()

    def __init__(self, *, label_width: int):
        super().__init__()
        self._options: tuple[str, ...] = ()
        self.exclusive = ChoiceBox("ほかと一緒に選べない選択肢")
        let_box_shrink(self.exclusive)
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
        self._hint = small_label("選んだ人を足してから割り、満足計や肯定計として示します")
        grid.addLayout(in_column(self._flow, self._hint, spacing=3), 1, 1)
        self._role_label = wrapped_label("足した人数の呼び方")
        self._role_label.setFixedWidth(t.scaled(label_width))
        grid.addWidget(self._role_label, 2, 0)
        grid.addWidget(self.role, 2, 1)
        self.exclusive.activated.connect(self.edited)
        self.role.activated.connect(self.edited)

    def show_values(self, options: tuple[str, ...], exclusive: str | None, positive: tuple[str, ...]) -> None:
        """Show the options to be marked as exclusive or positive, with those that are marked."""
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
            box.clicked.connect(self.edited)
            self._flow.add(box)
            self.boxes.append(box)
        self._update_visibility()

    def show_role(self, role: QuestionRole | None) -> None:
        """Choose the role of the sum (満足計 …) in its box."""
        self.role.setCurrentIndex(max(0, self.role.findData(role)))

    def update_options(self, options: tuple[str, ...]) -> None:
        """Replace the options, keeping what is marked, also in options reworded at the same place."""
        names = renamed_options(self._options, options)
        exclusive = self.exclusive_option()
        chosen = tuple(names[option] for option in self.positive() if option in names)
        self.show_values(options, names.get(exclusive) if exclusive is not None else None, chosen)

    def exclusive_option(self) -> str | None:
        """Return the option that excludes the others, or None."""
        chosen = self.exclusive.currentData()
        return chosen if isinstance(chosen, str) else None

    def positive(self) -> tuple[str, ...]:
        """Return the options marked to be added up."""
        return tuple(option_of(box) for box in self.boxes if box.isChecked())

    def chosen_role(self) -> QuestionRole | None:
        """Return the role of the sum (満足計 …); None for 肯定計 alone, and without options to be added up."""
        found = next((role for role, _words in _ROLES if role == self.role.currentData()), None)
        return found if self.positive() else None

    def set_locked(self, *, multiple: bool, locked: bool) -> None:
        """Show the exclusive option only for ``multiple`` (複数回答); ``locked`` = it cannot be changed any more."""
        self.exclusive.setVisible(multiple)
        self._exclusive_label.setVisible(multiple)
        self.exclusive.setEnabled(not locked)

    def _update_visibility(self) -> None:
        """Show the parts that mark options, as long as there are options."""
        some = bool(self.boxes)
        for part in (self._positive_label, self._flow, self._hint, self.role, self._role_label):
            part.setVisible(some)


class QuestionBranch(QWidget):
    """The branch, an earlier question and the options that lead here.

    Signals: ``edited()``.
    """

    edited = Signal()

    def __init__(self, *, label_width: int):
        super().__init__()
        self._earlier: tuple[Question, ...] = ()
        self.question_box = ChoiceBox("聞く相手")
        let_box_shrink(self.question_box)
        self.boxes: list[QCheckBox] = []
        self._flow = FlowRow(spacing=4)
        self._hint = small_label("選んだ人だけに聞きます。ほかの人は非該当になり、割合の母数に入りません")
        grid = in_grid(self, across=16, down=6, wide=1)
        grid.setColumnMinimumWidth(0, t.scaled(label_width))
        words = label("聞く相手")
        words.setMinimumHeight(t.scaled(t.FIELD))
        grid.addWidget(words, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.question_box, 0, 1)
        grid.addLayout(in_column(self._flow, self._hint, spacing=3), 1, 1)
        self.question_box.activated.connect(self._on_question_chosen)

    def show_branch(self, question: Question, earlier: Sequence[Question]) -> None:
        """Fill the choice with the earlier questions that have options, and choose the one that decides."""
        self._earlier = tuple(one for one in earlier if one.type.has_options)
        numbers = {one.code: place for place, one in enumerate(earlier, 1)}
        self.question_box.clear()
        self.question_box.addItem(EVERYBODY, "")
        for one in self._earlier:
            self.question_box.addItem(f"問{numbers[one.code]} {printed_title(one)}", one.code)
        self.question_box.setCurrentIndex(max(0, self.question_box.findData(question.asked_of)))
        self._show_options(question.asked_of_options)

    def asked_of(self) -> str:
        """Return the code of the deciding question, "" = everybody is asked."""
        return str(self.question_box.currentData() or "")

    def asked_of_options(self) -> tuple[str, ...]:
        """Return the options of the deciding question whose choosers are asked; none if everybody is."""
        return tuple(option_of(box) for box in self.boxes if box.isChecked()) if self.asked_of() else ()

    def set_locked(self, locked: bool) -> None:
        """Set whether the branch can be changed; after the first answer it cannot."""
        self.question_box.setEnabled(not locked)
        for box in self.boxes:
            box.setEnabled(not locked)

    def _on_question_chosen(self) -> None:
        """Show the options of the question that decides, and emit ``edited``."""
        self._show_options(())
        self.edited.emit()

    def _show_options(self, chosen: Sequence[str]) -> None:
        """Show a check box for each option of the question on which the branch depends, those ``chosen`` ticked."""
        self._flow.clear()
        self.boxes = []
        asked = next((one for one in self._earlier if one.code == self.asked_of()), None)
        for option in asked.options if asked is not None else ():
            box = option_box(option)
            box.setChecked(option in chosen)
            box.clicked.connect(self.edited)
            self._flow.add(box)
            self.boxes.append(box)
        for part in (self._flow, self._hint):
            part.setVisible(asked is not None)


def question_fields() -> tuple[Field, ...]:
    """Return the fields of the question editor, in the order of input."""
    return (
        record_field(Question, "title", kind="lines", lines=2, hint="用紙とオンラインのフォームに、このまま出ます"),
        record_field(Question, "type", choices=TYPES, width=160),
        record_field(Question, "options", kind="lines", lines=6, hint="1行に1つ、用紙の番号の順に書きます"),
        Field("other", OTHER, "check", words="「その他」に書く欄を付ける"),
        record_field(Question, "scale", words="段階評価"),
        Field(
            "limit", "上限", "number", unit="つまで", width=56, least=2, most=20, optional=True,
        ),
        record_field(Question, "unit", width=96, placeholder="人"),
        record_field(Question, "lines", unit="行", width=56, least=1, most=MAX_LINES),
        record_field(Question, "note", kind="lines", lines=2, hint="設問文の下に小さく出ます"),
    )  # fmt: skip


def field_values(question: Question) -> dict[str, Any]:
    """Return the values that the editor's fields have for a question."""
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


def apply_field_values(question: Question, values: Mapping[str, Any], *, is_wording_only: bool) -> Question:
    """Return ``question`` with the typed ``values`` of ``question_fields``; fields of other types are emptied.

    Ticked その他 is added behind the options if it is not among them, but not with ``is_wording_only`` (answers exist).
    """
    kind = QuestionType(values["type"] or question.type)
    listed = kind.has_options
    typed = replace(
        question,
        title="".join(str(values["title"]).splitlines()).strip(),
        type=kind,
        note=str(values["note"]).strip(),
        unit=str(values["unit"]).strip() if kind.is_number else "",
        lines=(values["lines"] or Question.lines) if kind.is_text else Question.lines,
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
    options = lines_of(values["options"])
    has_other = bool(values["other"])
    typed = replace(typed, options=options, has_other=has_other)
    if has_other and not is_wording_only and other_option_of(typed) not in options:
        typed = replace(typed, options=(*options, OTHER))
    return replace(
        typed,
        max_select=values["limit"] if kind.takes_several else None,
        scale=bool(values["scale"]) and kind.takes_one,
    )


class QuestionEditor(QWidget):
    """Edits one question.

    Signals: ``saved(Question)`` as typed; the caller saves and then calls ``close_saved`` or ``show_error``.
    ``edited(Question)`` on every change; ``closed()`` editing ended.
    """

    saved = Signal(object)
    edited = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._question: Question | None = None
        self._original: Question | None = None
        self._is_wording_only = False
        self.heading = section("設問を直す")
        self.problem = NoteBox()
        self.lock_note = NoteBox(LOCKED_NOTE, "accent")
        self.form = Form(question_fields(), label_width=LABEL_WIDTH, on_change=self._on_field_changed)
        self.options = QuestionOptions(label_width=LABEL_WIDTH)
        self.branch = QuestionBranch(label_width=LABEL_WIDTH)
        self.save_button = main_button("設問を保存する", self.submit)
        self.cancel_button = Button("やめる", self.discard)
        self._build()
        self.options.edited.connect(self._emit_edited)
        self.branch.edited.connect(self._emit_edited)

    def _build(self) -> None:
        inside = column_of(self.lock_note, self.form, self.options, self.branch, None, spacing=12, margins=(0, 0, 8, 0))
        panel = Panel()
        self._scroll = in_scroll_area(inside)
        foot = in_row(
            (small_label("Esc でやめる"), 1),
            self.cancel_button,
            self.save_button,
            spacing=12,
        )
        panel.put(self.heading, self.problem, (self._scroll, 1), foot)
        in_column(panel, owner=self)

    # what the bench does

    def open_question(
        self, question: Question, earlier: Sequence[Question], *, new: bool = False, is_wording_only: bool = False
    ) -> None:
        """Start editing, and focus the title; ``earlier`` are the questions before it, for its branch.

        Args:
            new: it is added, and not changed, by the caller.
            is_wording_only: only title, note, 足して示す選択肢 and their role can be changed.
        """
        self._question = question
        self._is_wording_only = is_wording_only
        place = len(earlier) + 1
        self.heading.setText(f"問{place}を加える" if new else f"問{place}を直す")
        self.save_button.set_words("設問を加える" if new else "設問を保存する")
        self.problem.show_text("")
        self.lock_note.setVisible(is_wording_only)
        self.form.set_values(field_values(question))
        for key in ("type", "options", "other", "scale", "limit", "unit", "lines"):
            self.form.set_enabled(key, not is_wording_only)
        self.options.show_values(question.options, question.exclusive_option, question.positive)
        self.options.show_role(question.role)
        self.branch.show_branch(question, earlier)
        self.branch.set_locked(is_wording_only)
        self._update_visibility()
        self._set_busy(False)
        self._original = None if new else self.edited_question()
        self._scroll.verticalScrollBar().setValue(0)
        self.form.go_to("title")

    @property
    def edited_code(self) -> str | None:
        """Return the code of the question being edited ("" for a new one), or None."""
        return self._question.code if self._question is not None else None

    @property
    def has_unsaved_work(self) -> bool:
        """Return whether something was typed and not saved."""
        if self._question is None:
            return False
        typed = self.edited_question()
        if self._original is None:
            return bool(typed.title or typed.options)
        return typed != self._original

    def edited_question(self) -> Question:
        """Return the question as typed, an empty one while none is open."""
        if self._question is None:
            return Question(code="", title="", type=QuestionType.ONE)
        typed = apply_field_values(self._question, self.form.values(), is_wording_only=self._is_wording_only)
        typed = replace(typed, asked_of=self.branch.asked_of(), asked_of_options=self.branch.asked_of_options())
        if typed.type not in FIELDS_BY_TYPE["options"]:
            return typed
        return replace(
            typed,
            exclusive_option=self.options.exclusive_option() if typed.type.takes_several else None,
            positive=self.options.positive(),
            role=self.options.chosen_role(),
        )

    def submit(self) -> None:
        """Emit ``saved`` with the question as typed, if its fields are valid.

        The buttons are disabled until ``close_saved`` or ``show_error``.
        """
        if self._question is None or not self.save_button.isEnabled():
            return
        self.problem.show_text("")
        if self.form.check_all():
            self._set_busy(True)
            self.saved.emit(self.edited_question())

    def discard(self) -> None:
        """Discard what was typed and emit ``closed``; nothing happens while it is being saved or none is open."""
        if self._question is not None and self.cancel_button.isEnabled():
            self._question = self._original = None
            self.closed.emit()

    def close_saved(self) -> None:
        """Close the editor after the caller has saved, and emit ``closed``."""
        self._set_busy(False)
        self.discard()

    def show_error(self, problem: Exception) -> None:
        """Show why the question was not saved; input stays."""
        self._set_busy(False)
        show_failure_in(failure_of(problem), self.problem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save on Ctrl+Enter, also in a text of several lines; discard on Esc."""
        if is_enter(event) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.discard()
            return
        super().keyPressEvent(event)

    # inside

    def _set_busy(self, is_busy: bool) -> None:
        """Disable the buttons while the question is being saved."""
        self.save_button.setEnabled(not is_busy)
        self.cancel_button.setEnabled(not is_busy)

    def _on_field_changed(self, key: str) -> None:
        """Update options and visible fields after a change of the field ``key``, and emit ``edited``."""
        if key == "options":
            self.options.update_options(lines_of(self.form.value("options")))
        if key in ("type", "options"):
            self._update_visibility()
        self._emit_edited()

    def _emit_edited(self) -> None:
        if self._question is not None:
            self.edited.emit(self.edited_question())

    def _update_visibility(self) -> None:
        """Show the fields that fit the type of question."""
        kind = self.form.value("type")
        for key, kinds in FIELDS_BY_TYPE.items():
            self.form.show_field(key, kind in kinds)
        self.options.setVisible(kind.has_options)
        self.options.set_locked(multiple=kind.takes_several, locked=self._is_wording_only)
