"""One cell of the contract's numbers: the fields of one row and kind, their clause, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.calendar import dates, periods
from app.widgets.buttons import Button
from app.widgets.form_fields import Editor, Field, OneLine, TextEditor, Unreadable, editor_for, is_empty
from app.widgets.labels import label
from app.window import theme as t

OPTIONAL = frozenset({"days"})


class NumberCell(QWidget):
    """The fields of one cell.

    Signals: ``changed()`` on every keystroke; ``committed(dict)`` the values that were left changed
    and sound, by key.
    """

    changed = Signal()
    committed = Signal(object)

    def __init__(
        self, fields: tuple[Field, ...], *, clause: str, own_clause: bool, called: str, fiscal_year: int
    ) -> None:
        """``clause`` is the key of the clause, ``own_clause`` whether it may be edited here."""
        super().__init__()
        self._fields = fields
        self._clause_key = clause
        self._known: dict[str, Any] = {}
        self._first: dict[str, Any] = {}
        self._editors: dict[str, Editor] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(6)
        for field in fields:
            editor = editor_for(field, fiscal_year)
            editor.target().setAccessibleName(f"{called}　{field.label}".strip())
            editor.left.connect(lambda key=field.key: self._on_left(key))
            editor.edited.connect(self.changed)
            self._editors[field.key] = editor
            line.addWidget(editor)
        line.addStretch(1)
        if fields:
            column.addLayout(line)
        for editor in self._editors.values():
            if isinstance(editor, TextEditor) and editor.field.kind == "date":
                editor.back.setProperty("role", "smallink")
                column.addWidget(editor.back)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        self.clause = label("", "small")
        self.clause_field = OneLine()
        self.clause_field.setFixedWidth(t.scaled(96))
        self.clause_field.setAccessibleName(f"{called}　項番")
        self.clause_field.setPlaceholderText("項番")
        self.clause_field.editingFinished.connect(self._on_clause)
        self.clause_field.textEdited.connect(self.changed)
        self.clause_field.setVisible(False)
        self._own_clause = own_clause
        foot.addWidget(self.clause)
        foot.addWidget(self.clause_field)
        self.back = Button("元の値に戻す", self._go_back, kind="link")
        self.back.setAccessibleName(f"{called}　元の値に戻す")
        self.back.setVisible(False)
        foot.addWidget(self.back)
        foot.addStretch(1)
        column.addLayout(foot)
        self._problem = label("", "problem", wrap=True)
        self._problem.setVisible(False)
        column.addWidget(self._problem)
        column.addStretch(1)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of values held here."""
        own = (self._clause_key,) if self._own_clause else ()
        return (*self._editors, *own)

    def show_values(self, values: Mapping[str, Any], first: Mapping[str, Any] | None = None) -> None:
        """Show ``values``; ``first`` are the ones to go back to."""
        for key, editor in self._editors.items():
            editor.show_value(values[key])
        self.clause_field.setText(str(values[self._clause_key]))
        self.clause.setText(str(values[self._clause_key]))
        if first is not None:
            self._first = {key: first[key] for key in self.keys}
        self._known = {key: values[key] for key in self.keys}
        self._say("")
        self._offer_back()

    def edit_clause(self, editable: bool) -> None:
        """Let the clause be typed, or only read."""
        self.clause_field.setVisible(editable and self._own_clause)
        self.clause.setVisible(not (editable and self._own_clause))

    def note_clause(self, values: Mapping[str, Any]) -> None:
        """Show the clause anew when it was changed in another row."""
        if not self._own_clause and self._clause_key in values:
            self.clause.setText(str(values[self._clause_key]))

    def values(self) -> dict[str, Any]:
        """The values now; an unreadable field keeps the value known before."""
        found = {}
        for key, editor in self._editors.items():
            found[key] = self._known.get(key) if self._problem_of(key) else editor.value()
        if self._own_clause:
            found[self._clause_key] = self.clause_field.text().strip()
        return found

    def problem(self) -> str:
        """The first thing that won't do, or empty; also shown."""
        said = next((problem for key in self._editors if (problem := self._problem_of(key))), "")
        self._say(said)
        return said

    def editor(self, key: str) -> QWidget:
        """The control of a value."""
        return self.clause_field if key == self._clause_key else self._editors[key].target()

    def _problem_of(self, key: str) -> str:
        editor = self._editors[key]
        try:
            value = editor.value()
        except Unreadable as problem:
            return str(problem)
        if is_empty(value):
            return "" if key in OPTIONAL else f"{editor.field.label}が空いています。"
        return editor.field.rule(value) if editor.field.rule is not None else ""

    def _on_left(self, key: str) -> None:
        self._say(self._problem_of(key))
        if not self._problem.text():
            self._commit({key: self._editors[key].value()})

    def _on_clause(self) -> None:
        self.clause.setText(self.clause_field.text().strip())
        self._commit({self._clause_key: self.clause_field.text().strip()})

    def _commit(self, given: dict[str, Any]) -> None:
        new = {key: value for key, value in given.items() if value != self._known.get(key)}
        self._known.update(new)
        self._offer_back()
        if new:
            self.committed.emit(new)

    def _go_back(self) -> None:
        self.show_values({self._clause_key: self.clause.text()} | self._known | self._first)
        self.changed.emit()
        self.committed.emit(dict(self._first))

    def _offer_back(self) -> None:
        different = bool(self._first) and any(self._known[key] != value for key, value in self._first.items())
        self.back.setVisible(different)
        self.back.setToolTip(f"元の値　{self._first_words()}" if different else "")

    def _first_words(self) -> str:
        return "　".join(_words(value) for value in self._first.values() if value not in (None, ""))

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        for key, editor in self._editors.items():
            editor.mark(problem if problem and self._problem_of(key) else "")


def period_rule(text: str) -> str:
    """A sentence when the deadline rules cannot read the period, else empty."""
    try:
        periods.parse_period(text)
    except periods.PeriodProblem as problem:
        return str(problem)
    return ""


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "あり" if value else "なし"
    return dates.long_date(value) if isinstance(value, date) else str(value)
