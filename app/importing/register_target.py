"""Import of a plain register: one record per row, known by a few of its fields, each cell read by the field's type.

A subject declares its fields at the record (headings as patterns) and a ``RowTarget`` made by ``register_target``;
reading, comparing and the sentence about every row are here. An empty cell changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import Any

from app.calendar.dates import long_date
from app.foreign_files.cells.date_parsing import parse_day
from app.foreign_files.cells.plain_cells import plain_cell
from app.foreign_files.cells.written_values import clean, is_ditto, parse_amount
from app.foreign_files.foreign_shape import ForeignFile, ForeignRow
from app.foreign_files.tables.heading_roles import fold_heading
from app.importing.list_fields import field_labels, heading_patterns, list_fields
from app.importing.row_target import COMMON_CODES, ListRow, RowTarget
from db.fields import SpecifiedField, specs
from db.name_key import name_key
from db.record import group_by_key, record, words_of
from db.records.applications import ImportTarget
from db.rows import rows
from db.store import Store

_SHOWN = 20
"""Characters of a cell that a sentence repeats."""


@record
class Register:
    """A register whose rows come from lists.

    ``identity`` are the fields that tell one record from another, the first one required. ``headings`` are patterns of
    headings besides those of the fields, each as position, pattern and key ("" = a column that is never taken).
    ``words`` are by field the values for other words of a cell (folded as headings are). ``named`` returns the name of
    a record for a sentence.
    """

    record: type[Any]
    row_name: str
    identity: tuple[str, ...]
    named: Callable[[Any], str]
    headings: tuple[tuple[int, str, str], ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def register_target(
    register: Register, *, target: ImportTarget, list_name: str, subject: str, undo_advice: str
) -> RowTarget[ListRow]:
    """Return the import target of a register; a list ``list_name`` saved from this program may be imported, too."""
    told = list_fields(register.record, {})
    patterns = heading_patterns(told, register.headings)

    return RowTarget(
        target=target,
        row_name=register.row_name,
        list_name=list_name,
        subject=subject,
        record=register.record,
        fields=field_labels(told),
        required_groups=(frozenset({register.identity[0]}),),
        propose_columns=lambda file: _propose_columns(file.headings, patterns),
        undo_advice=undo_advice,
        judge_rows=lambda store, file, columns: _Judge(register, store, file, columns).judged_rows(),
        row_type=ListRow,
        accepted_own_lists=frozenset({list_name, f"{list_name}を取り込む　確かめる行"}),
    )


def _propose_columns(headings: Sequence[str], patterns: Sequence[tuple[re.Pattern[str], str]]) -> dict[int, str]:
    """Guess the field of each column by its heading; of two columns for one field the first is taken."""
    found: dict[int, str] = {}
    for index, heading in enumerate(headings):
        folded = fold_heading(heading)
        key = next((key for pattern, key in patterns if pattern.search(folded)), "") if folded else ""
        if key and key not in found.values():
            found[index] = key
    return found


class _Judge:
    """Compares the rows of one file with the register."""

    def __init__(self, register: Register, store: Store, file: ForeignFile, columns: Mapping[int, str]):
        self._register = register
        self._fields = specs(register.record)
        self._file = file
        known = rows(store.database, register.record)
        by_key = {told.spec.key or name: name for name, told in self._fields.items()}
        self._names = {index: by_key[key] for index, key in sorted(columns.items()) if key in by_key}
        # A list without a column for the room may mean any room of the house.
        self._told = tuple(name for name in register.identity if name in self._names.values())
        self._known = group_by_key((self._key(vars(one)), one) for one in known)
        self._alike = group_by_key((_folded(self._key(vars(one))), one) for one in known)
        self._seen: dict[tuple[str, ...], tuple[ForeignRow, Mapping[str, Any]]] = {}

    def judged_rows(self) -> list[ListRow]:
        """Return every row with its outcome."""
        return [self._judge_row(row) for row in self._file.rows]

    def _key(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the identifying values of a record or row, as far as the file has columns for them."""
        return tuple(str(values.get(name) or "") for name in self._told)

    def _judge_row(self, row: ForeignRow) -> ListRow:
        made = ListRow(row=row.row, spreadsheet_row=row.spreadsheet_row, outcome="確認が必要")
        values, problems = self._read_row(row)
        said = "。".join(
            one.reason
            for one in (*self._file.problems, *self._file.notices)
            if one.row == row.row and one.code not in COMMON_CODES
        )
        if row.problem or problems:
            return replace(made, reason="。".join([row.problem, *problems]).strip("。"), note=said)
        first = self._register.identity[0]
        if not values.get(first):
            return replace(made, reason=f"{self._fields[first].spec.label}が空です", note=said)
        made = replace(made, note=said)
        key = self._key(values)
        if (earlier := self._seen.get(key)) is not None:
            words = f"{earlier[0].spreadsheet_row}行目と同じ{self._register.row_name}です"
            if earlier[1] == values:
                return replace(made, outcome="重複", reason=words)
            return replace(made, reason=f"{words}が、内容が違います")
        self._seen[key] = (row, values)
        known = self._known.get(key, ())
        if len(known) > 1:
            words = "、".join(self._register.named(one) for one in known[:3])
            return replace(made, reason=f"{words}のどれかを、このファイルの列では決められません")
        return self._judge_known(made, known[0], values) if known else self._judge_new(made, key, values)

    def _judge_new(self, made: ListRow, key: tuple[str, ...], values: Mapping[str, Any]) -> ListRow:
        """Return a row that is not registered as 新規, with a question where records have a similar name."""
        near = "、".join(self._register.named(one) for one in self._alike.get(_folded(key), ())[:3])
        doubt = f"同じ{self._register.row_name}の別の書き方かもしれません：{near}" if near else ""
        return replace(made, outcome="新規", question=doubt, new_record=self._register.record(**values))

    def _judge_known(self, made: ListRow, known: Any, values: Mapping[str, Any]) -> ListRow:
        changed = {name: value for name, value in values.items() if getattr(known, name) != value}
        if not changed:
            return replace(made, outcome="重複", reason="登録と同じ内容です", new_record=known)
        words = (
            f"{self._fields[name].spec.label}　前は「{_words(getattr(known, name))}」、今は「{_words(value)}」"
            for name, value in changed.items()
        )
        return replace(made, outcome="更新", reason="、".join(words), new_record=replace(known, **changed))

    def _read_row(self, row: ForeignRow) -> tuple[dict[str, Any], list[str]]:
        """Return the filled cells of a row as values, and a sentence for each that cannot be read."""
        values = {}
        problems = []
        for index, name in self._names.items():
            cell = clean(plain_cell(row.cells[index])) if index < len(row.cells) else ""
            if cell:
                told = self._fields[name]
                value = _read(told, self._register.words.get(told.name, {}).get(fold_heading(cell), cell))
                if value is None:
                    problems.append(_problem(told, cell))
                else:
                    values[told.name] = value
        return values, problems


def _folded(key: tuple[str, ...]) -> tuple[str, ...]:
    """Return a key with its texts folded, to find other spellings of the same names."""
    return tuple(map(name_key, key))


def _read(told: SpecifiedField, cell: str) -> Any:
    """Return the value of a filled cell by its field's type; None for 〃, a number below 1, or what it can't read."""
    if is_ditto(cell):
        return None
    if words := words_of(told.kind):
        return next((one for one in words if one and one == cell), None)
    if told.kind is int:
        number = parse_amount(cell.removesuffix(told.spec.unit))
        return number if number is not None and number > 0 else None
    return parse_day(cell).day if told.kind is date else cell


def _problem(told: SpecifiedField, cell: str) -> str:
    label, said = told.spec.label, cell[:_SHOWN]
    if is_ditto(cell):
        return f"{label}が「{said}」です。上の行と同じ内容なら、その内容をセルに書いてください"
    choices = "・".join(filter(None, words_of(told.kind)))
    if choices:
        return f"{label}「{said}」がどれに当たるか分かりません（{choices}）"
    return f"{label}「{said}」を{'日付' if told.kind is date else '数'}として読めません"


def _words(value: Any) -> str:
    return long_date(value) if isinstance(value, date) else str(value) if value not in (None, "") else "（なし）"
