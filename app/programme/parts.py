"""Widgets to edit the settings of a contract: numbers by event kind with their clauses, and both parties.

「まだ」 is a valid answer to whether the clause numbers match the signed contract. The letterhead is previewed live.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFileDialog,
    QFrame,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.calendar import dates, periods
from app.calendar.term_beginnings import BeginningProblem
from app.programme.rules import (
    LIMITS,
    NOT_ASKED,
    OPTIONAL_PERIODS,
    PERIOD_SIDES,
    blank_number,
    check_period,
    check_term_beginning,
    symbol_preview,
    ward_problem,
)
from app.widgets.badges import KindLook, KindSquare
from app.widgets.buttons import link_button
from app.widgets.focus_keeper import scroll_into_view
from app.widgets.forms.form_fields import (
    Editor,
    Field,
    OneLine,
    RadioEditor,
    TextEditor,
    UnreadableInput,
    editor_for,
    is_empty,
)
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import (
    Paragraph,
    label,
    separator,
    show_text_or_hide,
    small_label,
    with_accessible_name,
    wrapped_label,
)
from app.widgets.layouts import add, in_column, in_grid, in_row, stack_when_narrow
from app.widgets.tabs import TabBar
from app.window import theme as t
from app.window.debounce import debounce
from db.record import record
from db.records.event_form import EventForm
from db.records.programme import Contractor, EventKind, Office

SAME, DIFFERENT, UNKNOWN = "一致", "相違", "未確認"
_FIELD = Field(
    "clauses_checked",
    "仕様書の項番",
    "radio",
    choices=((SAME, "一致する"), (DIFFERENT, "違うところがある"), (UNKNOWN, "契約書が未着")),
)
_ANSWER_TEXTS = {
    SAME: "この項番を、期限の根拠と書類に使います。",
    DIFFERENT: "上の表の項番を、契約書のとおりに直してください。",
    UNKNOWN: "「未確認」と記録し、書類には項番を印刷しません。契約書が届いたら「設定」の「契約」で確かめられます。",
}


class ClauseQuestion(QFrame):
    """The question whether the clause numbers are those of the contract.

    Signals: ``answered(str)`` 一致, 相違 or 未確認.
    """

    answered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "note")
        self.setProperty("tone", "amber")
        self.choice = RadioEditor(_FIELD)
        self._said = small_label()
        in_column(
            wrapped_label("仕様書の項番は、契約書の番号と一致しますか", "strong"),
            small_label("番号は、仕様書に出てくる順に補ったものです。外へ出す書類の前に、1度だけ確かめます。"),
            self.choice,
            self._said,
            owner=self,
            spacing=4,
            margins=(16, 10, 16, 10),
        )
        self.choice.edited.connect(self._on_answer)
        self.show_answer(UNKNOWN)

    def answer(self) -> str:
        """Return 一致, 相違 or 未確認."""
        return str(self.choice.value() or UNKNOWN)

    def show_answer(self, answer: str) -> None:
        """Show a stored answer."""
        self.choice.show_value(answer)
        self._said.setText(_ANSWER_TEXTS.get(answer, _ANSWER_TEXTS[UNKNOWN]))

    def _on_answer(self) -> None:
        self._said.setText(_ANSWER_TEXTS[self.answer()])
        self.answered.emit(self.answer())


DEFINITION_FILES = "年度の定義 (*.toml)"
"""The filter of a file dialog for definition files."""
START_FROM_FILE = "定義ファイルから始める"


def choose_definition_file(owner: QWidget) -> Path | None:
    """Ask for a definition file; None = nothing was chosen."""
    chosen, _kind = QFileDialog.getOpenFileName(owner, START_FROM_FILE, "", DEFINITION_FILES)
    return Path(chosen) if chosen else None


OPTIONAL_KEYS = frozenset({"days"}) | OPTIONAL_PERIODS


class NumberCell(QWidget):
    """The fields of one row of numbers for one kind of event.

    Signals: ``changed()`` on every keystroke; ``committed(dict)`` the values that were left changed
    and sound, by key.
    """

    changed = Signal()
    committed = Signal(object)

    def __init__(self, fields: tuple[Field, ...], *, clause: str, own_clause: bool, called: str, fiscal_year: int):
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
        self.back = with_accessible_name(link_button("元の値に戻す", self._restore_original), f"{called}　元の値に戻す")
        self.back.setVisible(False)
        add(foot, self.back, None)
        column.addLayout(foot)
        self._problem = wrapped_label("", "problem")
        self._problem.setVisible(False)
        add(column, self._problem, None)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of its values, with that of the clause if it may be edited here."""
        own = (self._clause_key,) if self._own_clause else ()
        return (*self._editors, *own)

    def show_values(self, values: Mapping[str, Any], original: Mapping[str, Any] | None = None) -> None:
        """Show ``values``, which hold every key and the clause, as the saved ones.

        ``original`` are the ones that 元の値に戻す restores, {} = none are; None leaves those known.
        """
        for key, editor in self._editors.items():
            editor.show_value(values[key])
        self.clause_field.setText(str(values[self._clause_key]))
        self._say_clause(str(values[self._clause_key]))
        if original is not None:
            self._first = {key: original[key] for key in self.keys if key in original}
        self._known = {key: values[key] for key in self.keys}
        self._show_problem("")
        self._show_restore_link()

    def edit_clause(self, editable: bool) -> None:
        """Make the clause editable or read-only."""
        self.clause_field.setVisible(editable and self._own_clause)
        self._say_clause(self.clause.text())

    def show_clause(self, values: Mapping[str, Any]) -> None:
        """Show the clause again after it was changed in another row."""
        if not self._own_clause and self._clause_key in values:
            self._say_clause(str(values[self._clause_key]))

    def _say_clause(self, clause: str) -> None:
        """Show a clause under the fields, and no empty line where there is none or where it is edited."""
        self.clause.setText(clause)
        self.clause.setVisible(bool(clause) and self.clause_field.isHidden())

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
        """Return the widget of the first invalid value, None if all are valid."""
        return next((self.editor(key) for key in self._editors if self._problem_of(key)), None)

    def editor(self, key: str) -> QWidget:
        """Return the widget of a value."""
        return self.clause_field if key == self._clause_key else self._editors[key].target()

    def _problem_of(self, key: str) -> str:
        """Return what is wrong with a typed value, "" if nothing is."""
        editor = self._editors[key]
        try:
            value = editor.value()
        except UnreadableInput as problem:
            return str(problem)
        if is_empty(value) and key in OPTIONAL_KEYS:
            return ""
        if is_empty(value):
            side = PERIOD_SIDES.get(key)
            said = f"{periods.period_forms(side)}のように入力してください。" if side is not None else ""
            return f"{editor.field.label}が空いています。{said}"
        return editor.field.rule(value) if editor.field.rule is not None else ""

    def _on_focus_left(self, key: str) -> None:
        """Show what is wrong with the value that was left; if nothing is, emit ``committed`` where it was changed."""
        self._show_problem(self._problem_of(key))
        if not self._problem.text():
            self._commit({key: self._editors[key].value()})

    def _on_clause(self) -> None:
        self._say_clause(self.clause_field.text().strip())
        self._commit({self._clause_key: self.clause_field.text().strip()})

    def _commit(self, given: dict[str, Any]) -> None:
        """Emit ``committed`` with the values that differ from those known, if any."""
        new = {key: value for key, value in given.items() if value != self._known.get(key)}
        self._known.update(new)
        self._show_restore_link()
        if new:
            self.committed.emit(new)

    def _restore_original(self) -> None:
        """Show the original values again; emit ``changed``, and ``committed`` with all of them."""
        self.show_values({self._clause_key: self.clause.text()} | self._known | self._first)
        self.changed.emit()
        self.committed.emit(dict(self._first))

    def _show_restore_link(self) -> None:
        """Show the link 元の値に戻す while a saved value differs from its original one; hide it otherwise."""
        different = bool(self._first) and any(self._known[key] != value for key, value in self._first.items())
        self.back.setVisible(different)
        self.back.setToolTip(f"元の値　{self._original_words()}" if different else "")

    def _original_words(self) -> str:
        """Return the values that 元の値に戻す restores in one line, for its tool tip; empty ones are left out."""
        return "　".join(_words(value) for value in self._first.values() if value not in (None, ""))

    def _show_problem(self, problem: str) -> None:
        """Show a problem below the fields and mark the fields that have one; "" clears both."""
        show_text_or_hide(self._problem, problem)
        for key, editor in self._editors.items():
            editor.mark(problem if problem and self._problem_of(key) else "")


def period_problem(key: str) -> Callable[[str], str]:
    """Return a check that says in a sentence why a text is no period for a field; "" = it is one."""

    def problem_of(text: str) -> str:
        """Return in a sentence why a text is no period for the field, "" if it is one."""
        try:
            check_period(key, text)
        except periods.PeriodProblem as problem:
            return str(problem)
        return ""

    return problem_of


def beginning_problem(text: str) -> str:
    """Return in a sentence why a text is no beginning of 履行期間; "" = it is one, or empty."""
    try:
        check_term_beginning(text)
    except BeginningProblem as problem:
        return str(problem)
    return ""


def _words(value: Any) -> str:
    """Return a value in words: あり or なし for true or false, a long date, else its text."""
    if isinstance(value, bool):
        return "あり" if value else "なし"
    return dates.long_date(value) if isinstance(value, date) else str(value)


@record
class NumberRow:
    """The declaration of one row of numbers: its title, its values, its clause, whether that is edited here."""

    title: str
    keys: tuple[str, ...]
    clause_key: str
    own_clause: bool = True


ROWS = (
    NumberRow(title="実施期間の初日", keys=("window_start",), clause_key="clause_window"),
    NumberRow(title="実施期間の末日", keys=("window_end",), clause_key="clause_window", own_clause=False),
    NumberRow(title="回数・団体数", keys=("planned", "strict"), clause_key="clause_planned"),
    NumberRow(title="日数", keys=("days",), clause_key="clause_window", own_clause=False),
    NumberRow(title="1回の人数", keys=("people_min", "people_max", "people_strict"), clause_key="clause_people"),
    NumberRow(title="1回の時間", keys=("minutes", "minutes_strict"), clause_key="clause_minutes"),
    NumberRow(title="参加人数の連絡", keys=("headcount_period",), clause_key="clause_people", own_clause=False),
    NumberRow(title="実施内容", keys=(), clause_key="clause_content"),
    NumberRow(title="資料の確認", keys=("material_period",), clause_key="clause_material"),
    NumberRow(title="端末の貸与・機材", keys=("lends_devices",), clause_key="clause_equipment"),
    NumberRow(title="アンケート", keys=("has_survey", "surveys_online"), clause_key="clause_survey"),
    NumberRow(title="実施報告書", keys=("report_period",), clause_key="clause_report"),
)
FIRST_ROWS = tuple(row for row in ROWS if row.keys and row.keys[0] not in ("days", "has_survey", "lends_devices"))
"""Rows asked for at the first start; the rest is in the settings."""


class ContractNumbers(QWidget):
    """The grid of numbers, one column a kind; as many columns stand side by side as fit, the others under tabs.

    Signals: ``changed()`` on every keystroke; ``committed(str, dict)`` kind and the values left changed;
    ``names_asked(str)`` the kind whose name and facts are to be changed (only ``with_names``).
    """

    changed = Signal()
    committed = Signal(str, object)
    names_asked = Signal(str)

    def __init__(
        self,
        numbers: Sequence[EventKind],
        *,
        fiscal_year: int,
        rows: Sequence[NumberRow] = ROWS,
        with_names: bool = False,
    ):
        super().__init__()
        self._fiscal_year = fiscal_year
        self._rows = tuple(rows)
        self._with_names = with_names
        self._clauses_editable = False
        self._base: dict[str, EventKind] = {}
        self._columns: tuple[tuple[object, ...], ...] = ()
        self._side_by_side = 0
        self.tabs = TabBar()
        self._column = in_column(self.tabs, owner=self, spacing=8)
        self._grid_widget = QWidget()
        self._column.addWidget(self._grid_widget)
        self.show_numbers(numbers, original=numbers)
        self._fold_soon = debounce(self, self._fold)

    def _build(self) -> None:
        kinds = tuple(self._base)
        self._cells: dict[tuple[str, int], NumberCell] = {}
        self._heads: dict[str, QWidget] = {}
        self._titles: list[QLabel] = []
        old_tabs, old_grid = self.tabs, self._grid_widget
        self.tabs = TabBar(*(self._base[kind].name for kind in kinds))
        self.tabs.chosen.connect(self._show_kinds)
        self.tabs.hide()
        self._grid_widget = QWidget()
        self._grid = in_grid(self._grid_widget, across=16, down=0)
        for old, made in ((old_tabs, self.tabs), (old_grid, self._grid_widget)):
            self._column.replaceWidget(old, made)
            old.hide()
            old.deleteLater()
        for place, kind in enumerate(kinds, 1):
            self._grid.setColumnStretch(place, 1)
            self._heads[kind] = self._head(self._base[kind])
            self._grid.addWidget(self._heads[kind], 0, place, Qt.AlignmentFlag.AlignTop)
        for number, row in enumerate(self._rows):
            self._add_row(number, row)
        self.edit_clauses(self._clauses_editable)
        self._side_by_side = len(kinds)

    def _head(self, kind: EventKind) -> QWidget:
        """Return the square, name and form of a kind, with the button of its name where names are changed."""
        head = QWidget()
        look = KindLook(kind.name, kind.sign, list(self._base).index(kind.kind))
        named = in_row(KindSquare(look), label(kind.name, "strong"), None, spacing=8)
        column = in_column(named, owner=head, spacing=2, margins=(0, 0, 0, 6))
        if self._with_names:
            button = with_accessible_name(
                link_button("名前・順", lambda: self.names_asked.emit(kind.kind)), f"{kind.name}　名前・順"
            )
            column.addLayout(in_row(label(f"{kind.form.value}の形", "small"), button, None, spacing=8))
        return head

    def _add_row(self, number: int, row: NumberRow) -> None:
        """Add the row ``row`` for all kinds; ``number`` is its place from 0."""
        line = number * 2 + 1
        self._grid.addWidget(separator(), line, 0, 1, len(self._base) + 1)
        title = label(row.title)
        title.setMinimumHeight(t.scaled(40))
        self._titles.append(title)
        self._grid.addWidget(title, line + 1, 0, Qt.AlignmentFlag.AlignTop)
        for place, (kind, base) in enumerate(self._base.items(), 1):
            fields = tuple(_field(key, base) for key in row.keys)
            if row.keys == ("days",) and base.days is None:
                fields = ()
            cell = NumberCell(
                fields,
                clause=row.clause_key,
                own_clause=row.own_clause,
                called=f"{base.name}　{row.title}",
                fiscal_year=self._fiscal_year,
            )
            cell.changed.connect(self.changed)
            cell.committed.connect(lambda values, kind=kind: self._on_commit(kind, values))
            self._cells[kind, number] = cell
            self._grid.addWidget(cell, line + 1, place, Qt.AlignmentFlag.AlignTop)

    def show_numbers(self, numbers: Sequence[EventKind], original: Sequence[EventKind] | None = None) -> None:
        """Show ``numbers``; the columns are built anew if the kinds differ from those shown.

        ``original`` are the values that 元の値に戻す restores, for the kinds that it holds; None leaves those known.
        """
        origin = {row.kind: asdict(row) for row in original} if original is not None else None
        self._base = {row.kind: row for row in numbers}
        columns = tuple((row.kind, row.name, row.sign, row.days is None, row.planned_unit) for row in numbers)
        if columns != self._columns:
            self._columns = columns
            self._build()
            self._fold()
        values = {kind: asdict(row) for kind, row in self._base.items()}
        for (kind, _number), cell in self._cells.items():
            cell.show_values(values[kind], origin.get(kind, {}) if origin is not None else None)

    def show_kind(self, kind: str) -> None:
        """Bring the column of a kind into sight, with the keyboard in its first value."""
        self.tabs.choose(tuple(self._base).index(kind))
        first = self.editor(kind, self._rows[0].keys[0])
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_into_view(first, first)

    def edit_clauses(self, editable: bool) -> None:
        """Make the clauses editable or read-only."""
        self._clauses_editable = editable
        for cell in self._cells.values():
            cell.edit_clause(editable)

    def numbers(self) -> tuple[EventKind, ...]:
        """Return the numbers as typed; an invalid field keeps its last valid value."""
        return tuple(replace(base, **self._typed_values(kind)) for kind, base in self._base.items())

    def find_problem(self) -> str:
        """Return the first error, or ""; show every error beside its field and choose the tab of the first."""
        said = [(kind, problem) for (kind, _n), cell in self._cells.items() if (problem := cell.find_problem())]
        if said and self._side_by_side < len(self._base):
            self.tabs.choose(tuple(self._base).index(said[0][0]))
        return said[0][1] if said else ""

    def check(self) -> bool:
        """Return whether all values are valid; show the errors and focus the first."""
        self.find_problem()
        wrong = next((part for cell in self._cells.values() if (part := cell.invalid_editor()) is not None), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            scroll_into_view(wrong, wrong)
        return wrong is None

    def editor(self, kind: str, key: str) -> QWidget:
        """Return the widget of one value."""
        return self.cell(kind, key).editor(key)

    def cell(self, kind: str, key: str) -> NumberCell:
        """Return the cell that holds a value."""
        return next(cell for (one, _n), cell in self._cells.items() if one == kind and key in cell.keys)

    def _on_commit(self, kind: str, values: Mapping[str, Any]) -> None:
        """Update a changed clause in every row that it governs, and emit ``committed``."""
        for (one, _number), cell in self._cells.items():
            if one == kind:
                cell.show_clause(values)
        self.committed.emit(kind, values)

    def _typed_values(self, kind: str) -> Mapping[str, Any]:
        typed: dict[str, Any] = {}
        for (one, _number), cell in self._cells.items():
            if one == kind:
                typed |= cell.values()
        return typed

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as fit."""
        super().resizeEvent(event)
        self._fold_soon.start()

    def minimumSizeHint(self) -> QSize:
        """Return the width of one column: a layout that grants all of them would never let the others fold."""
        return QSize(self._titles_width() + max(self._column_widths(), default=0), super().minimumSizeHint().height())

    def _titles_width(self) -> int:
        return max((title.sizeHint().width() for title in self._titles), default=0)

    def _column_widths(self) -> list[int]:
        return [
            16
            + max(
                self._heads[kind].sizeHint().width(),
                *(cell.sizeHint().width() for (one, _n), cell in self._cells.items() if one == kind),
            )
            for kind in self._base
        ]

    def _fold(self) -> None:
        """Show as many kinds side by side as fit."""
        room, widths = self.width() - self._titles_width(), self._column_widths()
        fits = len(widths) if sum(widths) <= room else max(1, int(room // max(widths, default=1)))
        if fits != self._side_by_side:
            self._side_by_side = fits
            self._show_kinds()

    def _show_kinds(self) -> None:
        """Show the kind of the current tab and those behind it that fit."""
        kinds = tuple(self._base)
        folded = self._side_by_side < len(kinds)
        first = min(self.tabs.current(), len(kinds) - self._side_by_side) if folded else 0
        shown = set(kinds[first : first + self._side_by_side])
        self.tabs.setVisible(folded)
        for kind, head in self._heads.items():
            # Alone under its tab a kind needs its name only where the name can be changed.
            head.setVisible(kind in shown and (self._side_by_side > 1 or self._with_names))
        for (kind, _number), cell in self._cells.items():
            cell.setVisible(kind in shown)


_ABOUT = ((False, "程度"), (True, "「程度」なし"))
_SHORT_ABOUT = ((False, "程度"), (True, "なし"))
"""Of people and minutes, where three columns stand side by side in the least window."""


def _field(key: str, base: EventKind) -> Field:
    declared = {
        "window_start": Field(key, "初日", "date", width=92),
        "window_end": Field(key, "末日", "date", width=92),
        "planned": Field(key, "数", "number", width=52, unit=base.planned_unit),
        "strict": Field(key, "程度", "choice", choices=_ABOUT),
        "days": Field(key, "日数", "number", width=52, unit="日"),
        "people_min": Field(key, "下限", "number", width=44, unit="人から"),
        "people_max": Field(key, "上限", "number", width=44, unit="人"),
        "people_strict": Field(key, "程度", "choice", choices=_SHORT_ABOUT),
        "minutes": Field(key, "時間", "number", width=52, unit="分"),
        "minutes_strict": Field(key, "程度", "choice", choices=_SHORT_ABOUT),
        "headcount_period": Field(key, "期限", width=104, rule=period_problem(key), placeholder=NOT_ASKED),
        "material_period": Field(key, "期限", width=104, rule=period_problem(key), placeholder=NOT_ASKED),
        "report_period": Field(key, "期限", width=104, rule=period_problem(key)),
        "has_survey": Field(key, "実施", "choice", choices=((True, "行う"), (False, "行わない"))),
        "surveys_online": Field(
            key, "答え方", "choice", choices=((True, "紙とオンライン"), (False, "紙（オンラインは任意）"))
        ),
        "lends_devices": Field(key, "端末の貸与", "choice", choices=((True, "区が貸す"), (False, "貸さない"))),
    }
    least, most = LIMITS.get(key, (None, None))
    return replace(declared[key], least=least, most=most)


_FORMS: Mapping[EventForm, tuple[str, str]] = {
    EventForm.LECTURE: ("公募し、会場で行います。", "申込・名簿・抽選・決定通知・入場番号・受付・会場の予約"),
    EventForm.VISIT: ("団体のところへ行きます。", "希望票・選定・決定通知・事前ヒアリング・支援のあゆみ・3か月後"),
    EventForm.EXCHANGE: (
        "公募し、班に分かれて話します。",
        "講習の形と同じもの、班分け・ファシリテーター・討議の記録",
    ),
}
"""What each form means in one sentence, and what an event of it has."""


class FormCards(QWidget):
    """The three forms as cards, one chosen; arrow keys move between them. Signals: ``chosen(object)`` a form."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._cards: list[QFrame] = []
        line = in_row(owner=self, spacing=12)
        for number, (form, (sentence, follows)) in enumerate(_FORMS.items()):
            button = QRadioButton(f"{form.value}の形")
            button.setAccessibleDescription(f"{sentence}{follows}")
            self._group.addButton(button, number)
            card = _Card(button)
            in_column(
                button,
                wrapped_label(sentence),
                small_label(follows),
                None,
                owner=card,
                spacing=6,
                margins=(14, 10, 14, 10),
            )
            self._cards.append(card)
            line.addWidget(card, 1)
        self._group.idToggled.connect(self._mark)
        self._group.idClicked.connect(lambda _number: self.chosen.emit(self.form()))
        self._group.button(0).setChecked(True)
        self.setFocusProxy(self._group.button(0))

    def form(self) -> EventForm:
        """Return the chosen form."""
        return tuple(_FORMS)[max(0, self._group.checkedId())]

    def choose(self, form: EventForm) -> None:
        """Choose a form; emits ``chosen`` like a click."""
        self._group.button(tuple(_FORMS).index(form)).click()

    def _mark(self) -> None:
        for number, card in enumerate(self._cards):
            card.setProperty("kind", "note" if number == self._group.checkedId() else "panel")
            card.style().unpolish(card)
            card.style().polish(card)


class _Card(QFrame):
    """A card that takes the mouse for its radio button. Signals: none."""

    def __init__(self, button: QRadioButton):
        super().__init__()
        self.setProperty("kind", "panel")
        self._button = button

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the card on a click anywhere in it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._button.setFocus(Qt.FocusReason.MouseFocusReason)
            self._button.click()


_EMAIL = record_field(
    Office,
    "email",
    width=300,
    read_back=lambda text: (
        "" if "." in text.partition("@")[2] or not text else "届かない形です。「@」のあとを確かめてください。"
    ),
)
OFFICE_FIELDS = (
    record_field(Office, "ward", width=300, read_back=ward_problem, optional=False),
    record_field(Office, "department", width=300, optional=False),
    record_field(Office, "section", width=300, optional=False),
    record_field(Office, "unit", width=300),
    record_field(Office, "staff", width=300, hint="「、」で区切ると何人でも。問合せ先に並びます。"),
    record_field(Office, "phone", width=200),
    record_field(Office, "fax", width=200),
    _EMAIL,
    record_field(Office, "postal_code", width=120),
    record_field(Office, "address", width=340),
    record_field(Office, "document_symbol", width=140, read_back=symbol_preview),
    record_field(Office, "sender", width=340, hint="空けておくと、課長名で出します。"),
)
CONTRACTOR_FIELDS = (
    Field("name", "受託者", width=300, optional=True, hint="会社・団体の名称。あとからでも入れられます。"),
    record_field(Contractor, "representative", width=300, placeholder="代表取締役　○○ ○○"),
    record_field(Contractor, "responsible", width=300, hint="人数や資料、報告書の連絡先になります。"),
    _EMAIL,
    record_field(Contractor, "phone", width=200),
)
INVOICE_FIELDS = (
    record_field(Office, "address", width=340),
    record_field(
        Contractor,
        "registration_number",
        width=200,
        placeholder="T0000000000000",
        hint="適格請求書発行事業者の番号。請求書の点検で見くらべます。",
    ),
    record_field(
        Contractor,
        "account",
        width=300,
        placeholder="○○銀行　本店　普通　0000000",
        hint="口座振替の届出のとおりに入力します。",
    ),
    record_field(Contractor, "account_holder", width=300),
)
"""Fields of the contractor that are known only from contract and invoices, not at the first start."""

_LETTER, _BETWEEN = 380, 20
_RIGHT, _LEFT, _MIDDLE = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter


def office_values(office: Office) -> dict[str, Any]:
    """Return the form values of an office."""
    return {field.key: getattr(office, field.key) for field in OFFICE_FIELDS}


def contractor_values(contractor: Contractor) -> dict[str, Any]:
    """Return the form values of a contractor."""
    return {field.key: getattr(contractor, field.key) for field in (*CONTRACTOR_FIELDS, *INVOICE_FIELDS)}


class LetterheadView(QWidget):
    """A preview of head and foot of a 公文書. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        outer = in_column(label("発信する公文書では、このように印字されます", "smallink"), owner=self, spacing=8)
        sheet = QFrame()
        sheet.setObjectName("sheet")
        sheet.setStyleSheet(f"#sheet {{ border: 1px solid {t.STRONG_LINE}; background: {t.PAGE}; }}")
        column = in_column(owner=sheet, spacing=6, margins=(24, 20, 24, 18))
        self.reference = _line(column, _RIGHT)
        self.day = _line(column, _RIGHT)
        self.addressee = _line(column, _LEFT)
        self.addressed_person = _line(column, _LEFT)
        column.addSpacing(4)
        self.sender_line = _line(column, _RIGHT)
        self.seal = _line(column, _RIGHT, small=True)
        column.addSpacing(6)
        self.subject = _line(column, _MIDDLE, bold=True)
        add(column, separator(), 2)
        self.contact = _line(column, _LEFT)
        self.staff = _line(column, _LEFT)
        self.phone = _line(column, _LEFT)
        self.fax = _line(column, _LEFT)
        add(
            outer,
            sheet,
            Paragraph(
                "人数連絡と資料の確認結果は、ふだんは「事務連絡」（係の名前、文書番号なし）で出します。", role="small"
            ),
            None,
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_letter(self, office: Office, contractor: Contractor, *, year_words: str) -> None:
        """Draw the letterhead; ``year_words`` is the year as printed (令和8年)."""
        symbol = office.document_symbol
        self.reference.setText(blank_number(symbol) if symbol.strip() else "（文書番号　なし）")
        self.day.setText(f"{year_words}　　月　　日")
        name = contractor.name or "（受託者の名称）"
        person = contractor.representative or "代表者"
        self.addressee.setText(name)
        self.addressed_person.setText(f"　{person}　様")
        self.sender_line.setText(office.sender or f"{office.ward}{office.department}{office.section}長")
        self.seal.setText("（公印省略）")
        self.subject.setText("（件名）")
        self.contact.setText(f"問合せ先　{office.section}　{office.unit}".rstrip("　"))
        self.staff.setText(f"担当　{office.staff}")
        self.staff.setVisible(bool(office.staff.strip()))
        self.phone.setText(f"電話　{office.phone}")
        self.phone.setVisible(bool(office.phone))
        self.fax.setText(f"FAX　{office.fax}")
        self.fax.setVisible(bool(office.fax))

    def words(self) -> str:
        """Return the texts shown in the preview, one a line, without 公印省略 and 件名."""
        parts = (
            *(self.reference, self.day, self.addressee, self.addressed_person, self.sender_line),
            *(self.contact, self.staff, self.phone, self.fax),
        )
        return "\n".join(part.text() for part in parts if not part.isHidden())


class FieldsWithLetter(QWidget):
    """Fields and the letterhead that follows from them, side by side or stacked. Signals: none.

    ``fields`` is the form; ``letterhead`` the preview.
    """

    def __init__(self, fields: QWidget):
        super().__init__()
        self._fields = fields
        self.letterhead = LetterheadView()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(_BETWEEN)
        add(self._across, (fields, 1), self.letterhead)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the preview beside the fields, or under them if there is no room."""
        super().resizeEvent(event)
        # What just fits is folded: beside each other they hold the page at what they need, and it would never fold.
        narrow = self.width() <= self._fields.minimumSizeHint().width() + _BETWEEN + t.scaled(_LETTER)
        stack_when_narrow(self._across, narrow)
        self.letterhead.setMinimumWidth(0 if narrow else t.scaled(_LETTER))
        self.letterhead.setMaximumWidth(t.NO_LIMIT if narrow else t.scaled(_LETTER))


def _line(column: QVBoxLayout, side: Qt.AlignmentFlag, *, small: bool = False, bold: bool = False) -> QLabel:
    made = wrapped_label("", "small" if small else "strong" if bold else "body")
    made.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    column.addWidget(made)
    return made
