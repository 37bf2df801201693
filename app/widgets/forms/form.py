"""The form of the application: declared fields, help beside them, errors shown when a field is left."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.common.text_rules import holds_personal_number
from app.widgets.focus_keeper import scroll_into_view
from app.widgets.forms.form_fields import ChoiceEditor, Editor, Field, TextEditor, UnreadableInput, editor_for, is_empty
from app.widgets.forms.furigana_proposal import FuriganaProposal
from app.widgets.labels import label, show_text_or_hide, small_label, wrapped_label
from app.widgets.layouts import in_column, in_grid, in_row
from app.window import theme as t
from app.window.app_context import can_save_now, connect_lock_changed
from db.fields import length_problem

_RELEASE_MS = 120
_LONGEST_TEXT = 32_767
"""The most signs that a cell of a workbook takes, and so any text without a limit of its own."""


class Form(QWidget):
    """A form of declared fields.

    Signals: ``changed(str)`` the key of a field on every keystroke; ``committed(str)`` the key of a field that was
    left with another valid value than before: the moment to save. While a colleague holds the write lock the input
    stays unsaved instead, whatever is read again, and is committed when the lock is back.
    """

    changed = Signal(str)
    committed = Signal(str)

    def __init__(
        self,
        fields: Sequence[Field],
        fiscal_year: int = 2026,
        *,
        label_width: int = t.LABEL,
        near: date | None = None,
        folds: bool = False,
        on_change: Callable[..., object] | None = None,
        on_commit: Callable[..., object] | None = None,
    ):
        """Create the form; a date typed without a year lies in ``fiscal_year`` (western), or nearest to ``near``.

        Where it ``folds``, labels stand above their fields when there is no room beside them; ``put_above`` is not
        for such a form. ``on_change`` and ``on_commit`` are called by the signals ``changed`` and ``committed``.
        """
        super().__init__()
        self._folds, self._is_folded, self._label_width = folds, False, label_width
        self.fields = tuple(fields)
        self._editors: dict[str, Editor] = {}
        self._under: dict[str, QLabel] = {}
        self._parts: dict[str, list[QWidget]] = {}
        self._known: dict[str, Any] = {}
        self._keeps = False
        self._left: set[str] = set()
        self._grid = grid = in_grid(self, across=16, down=12, wide=1)
        grid.setColumnMinimumWidth(0, t.scaled(label_width))
        for number, field in enumerate(self.fields):
            self._place(grid, 2 * number + 1, editor_for(field, fiscal_year, near), t.scaled(label_width))
        self._mark_as_shown()
        for signal, act in ((self.changed, on_change), (self.committed, on_commit)):
            if act is not None:
                signal.connect(act)

    def _place(self, grid: QGridLayout, number: int, editor: Editor, width: int) -> None:
        """Place a field with its label and its line below, keep these by key, and follow its signals."""
        field = editor.field
        if not editor.target().accessibleName():
            editor.target().setAccessibleName(field.label)
        name = QWidget()
        words = wrapped_label(field.label)
        words.setWordWrap(False)
        words.setWordWrap(words.sizeHint().width() > width or len(field.label) > 9)
        words.setBuddy(editor.target())
        optional = field.label and field.optional and not field.is_sometimes_asked
        told = label("（任意）", "small") if optional else None
        # What finds no room beside a word stands under it, both beside the field; never in the word's own room.
        under_it = told is not None and words.sizeHint().width() + told.sizeHint().width() > width
        # A word that takes two lines has room for both.
        words.setMinimumHeight(max(0 if under_it else t.scaled(t.FIELD), words.heightForWidth(width)))
        (in_column if under_it else in_row)(words, told, None, owner=name, spacing=0 if under_it else 2)
        name.setFixedWidth(width)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(editor)
        under = small_label(_help_of(editor))
        if not under.text():
            under.hide()
        column.addWidget(under)
        holder = QWidget()
        holder.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(holder, number, 1, Qt.AlignmentFlag.AlignTop)
        self._editors[field.key] = editor
        self._under[field.key] = under
        self._parts[field.key] = [name, holder]
        named = self._editors[field.reading_of].target() if field.reading_of else None
        written = editor.target()
        if isinstance(named, QLineEdit) and isinstance(written, QLineEdit):
            FuriganaProposal(named, written)
        editor.edited.connect(lambda key=field.key: self._on_edit(key))
        editor.focus_left.connect(lambda key=field.key: self._on_field_left(key))

    # what a screen does

    def set_values(self, source: Mapping[str, Any] | object) -> None:
        """Show values by key, or all from a record, and clear the errors of their fields; all then count as saved.

        Fields without a value stay as they are. After the write lock went, unsaved input stays, and stays unsaved.
        """
        values = source if isinstance(source, Mapping) else {key: getattr(source, key) for key in self._editors}
        # What was saved meanwhile comes back as it was typed, and is half typed no longer.
        kept = [key for key in self.dirty_fields() if self._value(key) != values.get(key)] if self._keeps else []
        for key, value in values.items():
            if key in self._editors and key not in kept:
                self._editors[key].show_value(value)
                self._show_problem(key, "")
        self._mark_as_shown(kept)
        self._keeps = bool(kept)

    def propose(self, values: Mapping[str, Any], proposed: dict[str, tuple[Any, ...]]) -> None:
        """Show proposals in the fields that hold nothing or the proposal before, both kept in ``proposed``."""
        self.set_values({key: value for key, value in values.items() if self._value(key) in proposed[key]})
        for key, value in values.items():
            proposed[key] = (proposed[key][0], value)
            line = self.editor(key)
            if isinstance(line, QLineEdit) and line.hasFocus() and line.text() == value:
                line.selectAll()  # who is about to type there types it anew, not behind it

    def dirty_fields(self) -> tuple[str, ...]:
        """Return the keys of fields with another value than last shown or committed, or one that can't be read."""
        return tuple(key for key in self._editors if self._value(key) != self._known.get(key) or self._unreadable(key))

    def keep_unsaved_input(self) -> None:
        """Keep fields with unsaved input unchanged until saved, because a colleague now holds the write lock."""
        self._keeps = True

    def values(self) -> dict[str, Any]:
        """Return the values by key; an unreadable field gives None (see ``problems``)."""
        return {key: self._value(key) for key in self._editors}

    def value(self, key: str) -> Any:
        """Return the value of one field; None where it can't be read."""
        return self._value(key)

    def text(self, key: str) -> str:
        """Return the text of one field, "" where it is empty or can't be read."""
        return str(self._value(key) or "")

    def problems(self) -> dict[str, str]:
        """Return a sentence for every invalid field that is shown, by key; empty when all are valid."""
        found = {key: self._problem(key, empty_counts=True) for key in self._editors}
        return {key: sentence for key, sentence in found.items() if sentence}

    def check_all(self) -> bool:
        """Show every error under its field and focus the first; return True when there is none."""
        problems = self.problems()
        for key in self._editors:
            self._show_problem(key, problems.get(key, ""))
        if problems:
            self.go_to(next(iter(problems)))
        return not problems

    def editor(self, key: str) -> QWidget:
        """Return the control of a field that takes the focus (line, box, list …), not its ``Editor``."""
        return self._editors[key].target()

    def go_to(self, key: str) -> None:
        """Focus a field and scroll it into view with its error; a day, time or number is selected, as after Tab."""
        editor = self._editors[key]
        editor.target().setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_into_view(editor.target(), self._parts[key][1], editor.target())
        if isinstance(editor, TextEditor):
            editor.select_if_retyped()

    def set_problem(self, key: str, sentence: str) -> None:
        """Show an error found elsewhere (by a service) under the field; "" shows its help again."""
        self._show_problem(key, sentence)

    def problem_shown(self, key: str) -> str:
        """Return the error shown under a field, or ""."""
        under = self._under[key]
        return under.text() if under.property("role") == "problem" else ""

    def set_hint(self, key: str, text: str) -> None:
        """Set the help under a field until it is checked or shown anew; "" hides it.

        Nothing happens while an error is shown there.
        """
        if not self.problem_shown(key):
            show_text_or_hide(self._under[key], text)

    def update_help(self, key: str) -> None:
        """Recompute the help of a field whose ``read_back`` depends on more than the field."""
        if not self.problem_shown(key):
            self._show_problem(key, "")

    def set_choices(self, key: str, choices: Sequence[tuple[Any, str]]) -> None:
        """Set other choices in a drop-down field, as ``ChoiceEditor.set_choices``; other fields are left alone."""
        editor = self._editors[key]
        if isinstance(editor, ChoiceEditor):
            editor.set_choices(choices)

    def set_enabled(self, key: str, on: bool) -> None:
        """Enable a field or disable it; its value stays, and is checked all the same."""
        self._editors[key].setEnabled(on)

    def show_field(self, key: str, on: bool) -> None:
        """Show or hide a field with its label; a hidden one keeps its value and has no errors."""
        for part in self._parts[key]:
            part.setVisible(on)

    def put_above(self, key: str, part: QWidget) -> None:
        """Place ``part`` above a field over the whole width, e.g. a button that opens the fields below."""
        number = [field.key for field in self.fields].index(key)
        self._grid.addWidget(part, 2 * number, 0, 1, 2)
        if number:
            self.setTabOrder(self._editors[self.fields[number - 1].key].target(), part)

    # inside

    def minimumSizeHint(self) -> QSize:
        """Return the least size; of a form that folds that of its widest field alone."""
        least = super().minimumSizeHint()
        return QSize(max(t.scaled(self._label_width), self._field_width()), least.height()) if self._folds else least

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place labels above their fields where there is no room beside them."""
        super().resizeEvent(event)
        if not self._folds:
            return
        beside = t.scaled(self._label_width) + self._grid.horizontalSpacing() + self._field_width()
        fold = event.size().width() < beside
        if fold == self._is_folded:
            return
        self._is_folded = fold
        self._grid.setColumnMinimumWidth(0, 0 if fold else t.scaled(self._label_width))
        for number, field in enumerate(self.fields):
            name, holder = self._parts[field.key]
            for part in (name, holder):
                self._grid.removeWidget(part)
            row = 2 * number + 1
            self._grid.addWidget(name, row - fold, 0, 1, 1 + fold, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(holder, row, 1 - fold, 1, 1 + fold, Qt.AlignmentFlag.AlignTop)

    def _field_width(self) -> int:
        """Return the least width of the widest field that is not hidden."""
        fields = [self._parts[field.key][1] for field in self.fields]
        return max((one.minimumSizeHint().width() for one in fields if not one.isHidden()), default=0)

    def _value(self, key: str) -> Any:
        try:
            return self._editors[key].value()
        except UnreadableInput:
            return None

    def _problem(self, key: str, *, empty_counts: bool) -> str:
        """Return a sentence on what is wrong with a field, "" if nothing is or it is hidden.

        ``empty_counts``: a required field left empty is an error too.
        """
        editor = self._editors[key]
        field = editor.field
        if editor.isHidden() or self._parts[key][1].isHidden():
            return ""
        try:
            value = editor.value()
        except UnreadableInput as problem:
            return str(problem)
        if is_empty(value):
            if field.optional or not empty_counts:
                return ""
            ask = "選ばれて" if field.kind in ("choice", "radio") else "入力されて"
            return f"{field.label}がまだ{ask}いません。"
        said = self._text_problem(field, value) if field.kind in ("text", "lines") else ""
        return said or (field.rule(value) if field.rule is not None else "")

    def _text_problem(self, field: Field, value: str) -> str:
        """Return a sentence if a text holds what may be a 個人番号, or is too long; "" if not.

        A field whose label has 番号 is not searched for a 個人番号; an unchanged text may be longer than the limit.
        """
        if "番号" not in field.label and holds_personal_number(value):
            return "個人番号（マイナンバー）らしい12桁の番号があります。消してから保存してください。"
        # A text from before the limit is no reason against changing another field.
        odd = length_problem(value, field.max_length or _LONGEST_TEXT) if value != self._known.get(field.key) else ""
        return f"{field.label}に{odd}ため、保存できません。短くしてください。" if odd else ""

    def _on_edit(self, key: str) -> None:
        """Remove the error of an edited field once it is put right, update its ``read_back``, and emit ``changed``."""
        editor, shown = self._editors[key], self.problem_shown(key)
        if (shown or editor.field.read_back) and not (shown and self._problem(key, empty_counts=False)):
            self._show_problem(key, "")
        if editor.field.read_back:  # what becomes of it is of use only where it is seen
            scroll_into_view(editor.target(), self._parts[key][1], editor.target())
        self.changed.emit(key)

    def _on_field_left(self, key: str) -> None:
        """Check the field that was left; emit ``committed`` if its valid value is another than before.

        While a colleague holds the write lock, that waits until the lock is back.
        """
        # A field not yet filled is not blamed in passing; one that was emptied is asked for, and nothing is saved.
        problem = self._problem(key, empty_counts=not is_empty(self._known.get(key)))
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._show_problem(key, problem)
        else:  # what is being pressed must not move before it is released
            QTimer.singleShot(_RELEASE_MS, self, partial(self._on_field_left, key))
        value = self._value(key)
        if problem or value == self._known.get(key):
            return
        if not can_save_now(self):
            self._keeps = True
            if not self._left:
                connect_lock_changed(self, self._commit_left_fields)
            self._left.add(key)
            return
        self._left.discard(key)
        self._known[key] = value
        self.committed.emit(key)

    def _commit_left_fields(self) -> None:
        """Commit fields left without saving, now that the write lock is back."""
        if can_save_now(self):
            for key in sorted(self._left):
                self._on_field_left(key)

    def _unreadable(self, key: str) -> bool:
        """Return whether a field can't be read."""
        try:
            self._editors[key].value()
        except UnreadableInput:
            return True
        return False

    def _mark_as_shown(self, kept: Collection[str] = ()) -> None:
        self._known = {key: self._known.get(key) if key in kept else value for key, value in self.values().items()}

    def _show_problem(self, key: str, problem: str) -> None:
        """Show a problem below a field and mark it as invalid; "" shows its help (``_help_of``) and marks it valid."""
        editor = self._editors[key]
        under = self._under[key]
        if under.property("role") != ("problem" if problem else "small"):
            under.setProperty("role", "problem" if problem else "small")
            under.style().unpolish(under)
            under.style().polish(under)
        show_text_or_hide(under, problem or _help_of(editor))
        editor.mark(problem)


def check_together(*checks: Callable[[], bool]) -> bool:
    """Show the errors of several forms at once and focus the first; return True when there is none.

    Args:
        checks: ``check_all`` of each form, or another check that shows its errors and focuses one, as they stand from
            top to bottom.
    """
    found = [check() for check in reversed(checks)]
    return all(found)


def _help_of(editor: Editor) -> str:
    """Return the help under a valid field: its hint, or the interpretation of what is typed."""
    field = editor.field
    if field.read_back is None:
        return field.hint
    with contextlib.suppress(UnreadableInput):
        return field.read_back(editor.value())
    return field.hint
