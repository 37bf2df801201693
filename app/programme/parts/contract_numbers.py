"""The contract's numbers for the three kinds of event side by side, each with its clause.

A cell holds the fields of one row and kind, their clause, and a reset button.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.calendar import dates, periods
from app.widgets.badges import KindSquare
from app.widgets.buttons import Button
from app.widgets.focus_keeper import scroll_into_view
from app.widgets.forms.form_fields import Editor, Field, OneLine, TextEditor, UnreadableInput, editor_for, is_empty
from app.widgets.labels import label, separator, show_text_or_hide, with_accessible_name, wrapped_label
from app.widgets.layouts import add, in_column, in_grid, in_row
from app.widgets.tabs import TabBar
from app.window import theme as t
from app.window.debounce import debounce
from db.frozen_record import frozen_record
from db.records.programme import KINDS, Kind, KindNumbers

OPTIONAL_KEYS = frozenset({"days"})


class NumberCell(QWidget):
    """The fields of one row and kind.

    Signals: ``changed()`` on every keystroke; ``committed(dict)`` the values that were left changed
    and sound, by key.
    """

    changed = Signal()
    committed = Signal(object)

    def __init__(
        self, fields: tuple[Field, ...], *, clause: str, own_clause: bool, called: str, fiscal_year: int
    ) -> None:
        """Build the cell; ``clause`` is the key of the clause, ``own_clause`` whether it may be edited here."""
        super().__init__()
        self._fields = fields
        self._clause_key = clause
        self._known: dict[str, Any] = {}
        self._first: dict[str, Any] = {}
        self._editors: dict[str, Editor] = {}
        column = in_column(owner=self, spacing=2, margins=(0, 4, 0, 4))
        line = in_row(spacing=6)
        for field in fields:
            editor = editor_for(field, fiscal_year)
            editor.target().setAccessibleName(f"{called}　{field.label}".strip())
            editor.focus_left.connect(lambda key=field.key: self._on_focus_left(key))
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
        foot = in_row(spacing=6)
        self.clause = label("", "small")
        self.clause_field = with_accessible_name(OneLine(), f"{called}　項番")
        self.clause_field.setFixedWidth(t.scaled(96))
        self.clause_field.setPlaceholderText("項番")
        self.clause_field.editingFinished.connect(self._on_clause)
        self.clause_field.textEdited.connect(self.changed)
        self.clause_field.setVisible(False)
        self._own_clause = own_clause
        add(foot, self.clause, self.clause_field)
        self.back = with_accessible_name(
            Button("元の値に戻す", self._restore_original, kind="link"), f"{called}　元の値に戻す"
        )
        self.back.setVisible(False)
        add(foot, self.back, None)
        column.addLayout(foot)
        self._problem = wrapped_label("", "problem")
        self._problem.setVisible(False)
        add(column, self._problem, None)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of its values."""
        own = (self._clause_key,) if self._own_clause else ()
        return (*self._editors, *own)

    def show_values(self, values: Mapping[str, Any], original: Mapping[str, Any] | None = None) -> None:
        """Show ``values``; ``original`` are the ones the reset restores."""
        for key, editor in self._editors.items():
            editor.show_value(values[key])
        self.clause_field.setText(str(values[self._clause_key]))
        self.clause.setText(str(values[self._clause_key]))
        if original is not None:
            self._first = {key: original[key] for key in self.keys}
        self._known = {key: values[key] for key in self.keys}
        self._show_problem("")
        self._show_restore_link()

    def edit_clause(self, editable: bool) -> None:
        """Make the clause editable or read-only."""
        self.clause_field.setVisible(editable and self._own_clause)
        self.clause.setVisible(not (editable and self._own_clause))

    def show_clause(self, values: Mapping[str, Any]) -> None:
        """Show the clause again after it was changed in another row."""
        if not self._own_clause and self._clause_key in values:
            self.clause.setText(str(values[self._clause_key]))

    def values(self) -> dict[str, Any]:
        """Return the current values; an invalid field keeps its last valid value."""
        found = {}
        for key, editor in self._editors.items():
            found[key] = self._known.get(key) if self._problem_of(key) else editor.value()
        if self._own_clause:
            found[self._clause_key] = self.clause_field.text().strip()
        return found

    def find_problem(self) -> str:
        """Return and show the first error, or ""."""
        said = next((problem for key in self._editors if (problem := self._problem_of(key))), "")
        self._show_problem(said)
        return said

    def invalid_editor(self) -> QWidget | None:
        """Return the widget of the first invalid value."""
        return next((self.editor(key) for key in self._editors if self._problem_of(key)), None)

    def editor(self, key: str) -> QWidget:
        """Return the widget of a value."""
        return self.clause_field if key == self._clause_key else self._editors[key].target()

    def _problem_of(self, key: str) -> str:
        editor = self._editors[key]
        try:
            value = editor.value()
        except UnreadableInput as problem:
            return str(problem)
        if is_empty(value):
            return "" if key in OPTIONAL_KEYS else f"{editor.field.label}が空いています。"
        return editor.field.rule(value) if editor.field.rule is not None else ""

    def _on_focus_left(self, key: str) -> None:
        self._show_problem(self._problem_of(key))
        if not self._problem.text():
            self._commit({key: self._editors[key].value()})

    def _on_clause(self) -> None:
        self.clause.setText(self.clause_field.text().strip())
        self._commit({self._clause_key: self.clause_field.text().strip()})

    def _commit(self, given: dict[str, Any]) -> None:
        new = {key: value for key, value in given.items() if value != self._known.get(key)}
        self._known.update(new)
        self._show_restore_link()
        if new:
            self.committed.emit(new)

    def _restore_original(self) -> None:
        self.show_values({self._clause_key: self.clause.text()} | self._known | self._first)
        self.changed.emit()
        self.committed.emit(dict(self._first))

    def _show_restore_link(self) -> None:
        different = bool(self._first) and any(self._known[key] != value for key, value in self._first.items())
        self.back.setVisible(different)
        self.back.setToolTip(f"元の値　{self._original_words()}" if different else "")

    def _original_words(self) -> str:
        return "　".join(_words(value) for value in self._first.values() if value not in (None, ""))

    def _show_problem(self, problem: str) -> None:
        show_text_or_hide(self._problem, problem)
        for key, editor in self._editors.items():
            editor.mark(problem if problem and self._problem_of(key) else "")


def period_problem(text: str) -> str:
    """Return a sentence if the deadline rules cannot parse the period, else ""."""
    try:
        periods.parse_period(text)
    except periods.PeriodProblem as problem:
        return str(problem)
    return ""


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "あり" if value else "なし"
    return dates.long_date(value) if isinstance(value, date) else str(value)


@frozen_record
class NumberRow:
    """One row: its title, its values, the key of its clause, whether the clause is edited here."""

    title: str
    keys: tuple[str, ...]
    clause_key: str
    own_clause: bool = True


ROWS = (
    NumberRow(title="実施期間の初日", keys=("window_start",), clause_key="clause_window"),
    NumberRow(title="実施期間の末日", keys=("window_end",), clause_key="clause_window", own_clause=False),
    NumberRow(title="回数・団体数", keys=("planned", "strict"), clause_key="clause_planned"),
    NumberRow(title="日数", keys=("days",), clause_key="clause_window", own_clause=False),
    NumberRow(title="1回の人数", keys=("people_min", "people_max"), clause_key="clause_people"),
    NumberRow(title="1回の時間", keys=("minutes",), clause_key="clause_minutes"),
    NumberRow(title="参加人数の連絡", keys=("headcount_period",), clause_key="clause_people", own_clause=False),
    NumberRow(title="実施内容", keys=(), clause_key="clause_content"),
    NumberRow(title="資料の確認", keys=("material_period",), clause_key="clause_material"),
    NumberRow(title="機材", keys=(), clause_key="clause_equipment"),
    NumberRow(title="アンケート", keys=("has_survey",), clause_key="clause_survey"),
    NumberRow(title="実施報告書", keys=("report_period",), clause_key="clause_report"),
)
FIRST_ROWS = tuple(row for row in ROWS if row.keys and row.keys[0] not in ("days", "has_survey"))
"""Rows asked for at the first start; the rest is in the settings."""


class ContractNumbers(QWidget):
    """The grid of numbers; if three columns don't fit it shows one kind at a time under tabs.

    Signals: ``changed()`` on every keystroke; ``committed(str, dict)`` kind and the values left changed.
    """

    changed = Signal()
    committed = Signal(str, object)

    def __init__(self, numbers: Sequence[KindNumbers], *, fiscal_year: int, rows: Sequence[NumberRow] = ROWS) -> None:
        super().__init__()
        self._base: dict[Kind, KindNumbers] = {row.kind: row for row in numbers}
        self._cells: dict[tuple[Kind, int], NumberCell] = {}
        self._heads: dict[Kind, QWidget] = {}
        self._one = False
        self.tabs = TabBar(*KINDS)
        self.tabs.chosen.connect(lambda _n: self._show_kinds())
        self.tabs.hide()
        column = in_column(self.tabs, owner=self, spacing=8)
        grid_widget = QWidget()
        self._grid = in_grid(grid_widget, across=16, down=0)
        for place in range(1, len(KINDS) + 1):
            self._grid.setColumnStretch(place, 1)
        column.addWidget(grid_widget)
        self._titles: list[QLabel] = []
        for place, kind in enumerate(KINDS, 1):
            self._heads[kind] = _kind_head(kind)
            self._grid.addWidget(self._heads[kind], 0, place)
        for number, row in enumerate(rows):
            self._add_row(number, row, fiscal_year)
        self.show_numbers(numbers, original=numbers)
        self._fold_soon = debounce(self, self._fold)

    def _add_row(self, number: int, row: NumberRow, fiscal_year: int) -> None:
        line = number * 2 + 1
        self._grid.addWidget(separator(), line, 0, 1, len(KINDS) + 1)
        title = label(row.title)
        title.setMinimumHeight(t.scaled(40))
        self._titles.append(title)
        self._grid.addWidget(title, line + 1, 0, Qt.AlignmentFlag.AlignTop)
        for place, kind in enumerate(KINDS, 1):
            fields = _fields(row.keys, self._base[kind])
            if row.keys == ("days",) and self._base[kind].days is None:
                fields = ()
            cell = NumberCell(
                fields,
                clause=row.clause_key,
                own_clause=row.own_clause,
                called=f"{kind}　{row.title}",
                fiscal_year=fiscal_year,
            )
            cell.changed.connect(self.changed)
            cell.committed.connect(lambda values, kind=kind: self._on_commit(kind, values))
            self._cells[kind, number] = cell
            self._grid.addWidget(cell, line + 1, place, Qt.AlignmentFlag.AlignTop)

    def show_numbers(self, numbers: Sequence[KindNumbers], original: Sequence[KindNumbers] | None = None) -> None:
        """Show ``numbers``; ``original`` are the values that 元の値に戻す restores."""
        origin = {row.kind: asdict(row) for row in original} if original is not None else {}
        self._base = {row.kind: row for row in numbers}
        values = {kind: asdict(row) for kind, row in self._base.items()}
        for (kind, _number), cell in self._cells.items():
            cell.show_values(values[kind], origin.get(kind))

    def edit_clauses(self, editable: bool) -> None:
        """Make the clauses editable or read-only."""
        for cell in self._cells.values():
            cell.edit_clause(editable)

    def numbers(self) -> tuple[KindNumbers, ...]:
        """Return the numbers as typed."""
        return tuple(replace(self._base[kind], **self._typed_values(kind)) for kind in KINDS)

    def find_problem(self) -> str:
        """Return the first error, or ""; every error is shown beside its field."""
        said = [(kind, problem) for (kind, _n), cell in self._cells.items() if (problem := cell.find_problem())]
        if said and self._one:
            self.tabs.choose(KINDS.index(said[0][0]))
        return said[0][1] if said else ""

    def check(self) -> bool:
        """Return whether all values are valid; show the errors and focus the first."""
        self.find_problem()
        wrong = next((part for cell in self._cells.values() if (part := cell.invalid_editor()) is not None), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            scroll_into_view(wrong, wrong)
        return wrong is None

    def editor(self, kind: Kind, key: str) -> QWidget:
        """Return the widget of one value."""
        return next(cell for (one, _n), cell in self._cells.items() if one == kind and key in cell.keys).editor(key)

    def cell(self, kind: Kind, key: str) -> NumberCell:
        """Return the cell that holds a value."""
        return next(cell for (one, _n), cell in self._cells.items() if one == kind and key in cell.keys)

    def _on_commit(self, kind: Kind, values: Mapping[str, Any]) -> None:
        """Update a changed clause in every row that it governs."""
        for (one, _number), cell in self._cells.items():
            if one == kind:
                cell.show_clause(values)
        self.committed.emit(kind, values)

    def _typed_values(self, kind: Kind) -> Mapping[str, Any]:
        typed: dict[str, Any] = {}
        for (one, _number), cell in self._cells.items():
            if one == kind:
                typed |= cell.values()
        return typed

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Switch between three columns and one."""
        super().resizeEvent(event)
        self._fold_soon.start()

    def _fold(self) -> None:
        titles = max((title.sizeHint().width() for title in self._titles), default=0)
        columns = [
            max(cell.sizeHint().width() for (one, _n), cell in self._cells.items() if one == kind) for kind in KINDS
        ]
        one = self.width() < titles + sum(columns) + 16 * (len(KINDS) + 1)
        if one != self._one:
            self._one = one
            self._show_kinds()

    def _show_kinds(self) -> None:
        shown = {KINDS[self.tabs.current()]} if self._one else set(KINDS)
        self.tabs.setVisible(self._one)
        for kind, head in self._heads.items():
            head.setVisible(kind in shown and not self._one)
        for (kind, _number), cell in self._cells.items():
            cell.setVisible(kind in shown)


def _kind_head(kind: Kind) -> QWidget:
    head = QWidget()
    in_row(KindSquare(kind), label(kind, "strong"), None, owner=head, spacing=8, margins=(0, 0, 0, 6))
    return head


def _fields(keys: tuple[str, ...], base: KindNumbers) -> tuple[Field, ...]:
    return tuple(_field(key, base) for key in keys)


def _field(key: str, base: KindNumbers) -> Field:
    declared = {
        "window_start": Field(key, "初日", "date", width=92),
        "window_end": Field(key, "末日", "date", width=92),
        "planned": Field(key, "数", "number", width=52, unit=base.planned_unit, least=0, most=99),
        "strict": Field(key, "程度", "choice", choices=((False, "程度"), (True, "「程度」なし"))),
        "days": Field(key, "日数", "number", width=52, unit="日", least=1, most=99),
        "people_min": Field(key, "下限", "number", width=52, unit="人から", least=0, most=999),
        "people_max": Field(key, "上限", "number", width=52, unit="人", least=1, most=999),
        "minutes": Field(key, "時間", "number", width=52, unit="分", least=1, most=600),
        "headcount_period": Field(key, "期限", width=104, rule=period_problem),
        "material_period": Field(key, "期限", width=104, rule=period_problem),
        "report_period": Field(key, "期限", width=104, rule=period_problem),
        "has_survey": Field(key, "実施", "choice", choices=((True, "行う"), (False, "行わない"))),
    }
    return declared[key]
