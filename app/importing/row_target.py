"""Importing a list with one thing per row: outcome and decision for every row, import, undo.

A subject declares a ``RowTarget``: besides its columns, how rows are judged. What holds for every list is done here: a
row with a possible 個人番号 waits masked until there is a reason, struck-out (取消線) and other doubtful rows are
decided one by one, lines with only a sum or a remark are named and left out. A list whose rows may mean several
things, or describe more than one record, is a ``CustomTarget``, which says itself what a decision does and how a row
is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.common.gc_paused import pause_gc
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.foreign_files.cells.date_parsing import WITHOUT_ORDER
from app.foreign_files.foreign_file import CELL_REMARK, PERSONAL_NUMBER, STRUCK_CELL, STRUCK_ROW, with_numbers_masked
from app.foreign_files.foreign_shape import ForeignFile, left_out_lines
from app.foreign_files.source_detection import SOURCE_WORDS
from app.importing.column_choices import OpenColumn, has_new_columns, open_columns
from app.importing.list_target import (
    ENCODING_WORDS,
    ListTarget,
    build_import_record,
    choose_columns,
    first_value,
    read_list,
    reject_changed_file,
    save_columns_within,
)
from app.importing.missing_years import (
    YEAR_SETTING,
    days_without_year,
    open_days,
    with_orders,
    with_years,
)
from db.fields import length_problems
from db.journal import Change
from db.record import group_by_key, record
from db.store import Store

Outcome = Literal["新規", "更新", "重複", "確認が必要", "取り込まない"]
LEFT_OUT = "取り込まない"
OUTCOMES: tuple[Outcome, ...] = ("新規", "更新", "重複", "確認が必要", "取り込まない")
WRITTEN_OUTCOMES = ("新規", "更新")
REMOVED_BY_HAND = "手で「取り込まない」にしました"
COMMON_CODES = frozenset({PERSONAL_NUMBER, STRUCK_ROW, STRUCK_CELL})
"""Finding codes that are handled here, so that the judge of a ``RowTarget`` can ignore them."""


@record
class RowChoice:
    """The decision about one row: 取り込む, 取り込まない or, for a ``CustomTarget``, a word of its own.

    ``reason`` says why a row with a possible 個人番号 is imported all the same, ``record_id`` which existing record it
    is.
    """

    action: str
    reason: str = ""
    record_id: int | None = None


@record
class ListRow:
    """One row: its outcome and the reason; a subject's subclass adds what would be written.

    ``row`` counts data rows (below 0 = a line that is none, e.g. 合計), ``spreadsheet_row`` is its number in Excel.
    The judge sets ``outcome`` for the case without doubts, and ``question`` to what a person has to decide.
    ``is_decidable`` = a decision can be made, ``has_personal_number`` = it holds a possible 個人番号, ``shown_cells``
    are its cells as shown. ``new_record`` is the record that would be written. ``note`` is for information;
    ``needs_review`` = it should be checked before it is written.
    """

    row: int
    spreadsheet_row: int
    outcome: Outcome
    reason: str = ""
    question: str = ""
    is_decidable: bool = False
    has_personal_number: bool = False
    choice: RowChoice | None = None
    shown_cells: tuple[str, ...] = ()
    new_record: Any = None
    note: str = ""
    needs_review: bool = False

    @property
    def will_be_written(self) -> bool:
        """Return whether anything of the row would be written."""
        return self.outcome in WRITTEN_OUTCOMES

    @property
    def words(self) -> str:
        """Return the reason and the note, joined."""
        return join_nonempty(self.reason, self.note)


Row = TypeVar("Row", bound=ListRow)


@record
class RowByRowTarget(ListTarget, Generic[Row]):
    """A list that is decided row by row; ``row_type`` is its row class (all its own fields have defaults).

    ``known`` says by field whether a cell says something that the field knows, from heading and text.
    """

    row_type: type[Row]
    known: Mapping[str, Callable[[str, str], bool]] = field(default_factory=dict)


@record
class RowTarget(RowByRowTarget[Row]):
    """What a subject imports from a list with one record per row.

    ``judge_rows`` returns the outcome of each row, given the field of each column (required ones are present); a new
    record that has a field ``import_id`` gets it here.
    """

    judge_rows: Callable[[Store, ForeignFile, Mapping[int, str]], Sequence[Row]]


@record
class ImportDecisions:
    """The answers about a file besides its columns: ``settings`` by key, decisions by row number."""

    settings: Mapping[str, Any]
    choices: Mapping[int, RowChoice]


@record
class CustomTarget(RowByRowTarget[Row]):
    """A list whose rows are judged with settings and decisions, and written in their own way.

    ``propose_settings`` proposes further settings of a file (its day, a year …), as of a day. ``judge_rows`` judges
    the rows with them, and returns messages about the whole file; what a decision means is its own affair.
    ``extra_labels`` are fields that only this file has, with their labels. ``row_writer`` returns the function that
    writes one row.
    """

    propose_settings: Callable[[Store, ForeignFile, date], Mapping[str, Any]]
    judge_rows: Callable[[Store, ForeignFile, Mapping[int, str], ImportDecisions], tuple[Sequence[Row], Sequence[str]]]
    extra_labels: Callable[[ForeignFile, Mapping[int, str]], Mapping[str, str]]

    def labels(self, file: ForeignFile) -> Mapping[str, str]:
        """Return the fields with those that only this file has."""
        return {**self.fields, **self.extra_labels(file, {})}

    row_writer: Callable[[Store, Change, ListPreview[Row], str], Callable[[Row], None]]


@record
class ListPreview(Generic[Row]):
    """The file as read and judged; ``notices`` concern the whole file; ``columns`` as used (number to field).

    ``fields`` are the assignable fields with their labels, ``settings`` the further settings. ``samples`` are the
    first values of the columns; ``remembered`` = the columns were set by hand for this form before; ``missing_fields``
    names the fields without which no row can be imported. ``days_without_year`` are the days whose year is asked once,
    ``days_without_order`` by column those whose order is,
    ``open_columns`` the columns with content about which nobody decided.
    """

    file_name: str
    columns: Mapping[int, str]
    samples: tuple[str, ...]
    remembered: bool
    missing_fields: tuple[str, ...]
    rows: tuple[Row, ...]
    notices: tuple[str, ...]
    fields: Mapping[str, str]
    settings: Mapping[str, Any]
    file: ForeignFile = field(repr=False)
    days_without_year: tuple[str, ...]
    days_without_order: Mapping[int, list[str]]
    open_columns: tuple[OpenColumn, ...]

    @property
    def asks_before_rows(self) -> bool:
        """Return whether columns or days are to be chosen before the rows can be judged."""
        asked = self.missing_fields or self.days_without_year or self.days_without_order
        return bool(asked) or has_new_columns(self.open_columns)

    @property
    def sha256(self) -> str:
        """Return the hash of the file as it was read."""
        return self.file.sha256

    @property
    def file_words(self) -> str:
        """Return a description of the file: 「CSV・Shift_JIS・見出し 1行目」."""
        encoding = self.file.encoding or ""
        kind = f"CSV・{ENCODING_WORDS.get(encoding, encoding.upper())}" if encoding else "Excelブック"
        sheet = fill_nonempty("・シート「{}」", self.file.sheet)
        return f"{kind}{sheet}・見出し {self.file.header_row}行目"

    @property
    def unused_columns(self) -> tuple[str, ...]:
        """Return the headings of the columns that no field uses."""
        return tuple(
            heading.strip()
            for index, heading in enumerate(self.file.headings)
            if heading.strip() and index not in self.columns
        )

    @property
    def doubtful_rows(self) -> tuple[Row, ...]:
        """Return the rows that somebody should check, left-out and noted ones included: they can be exported."""
        return tuple(
            row for row in self.rows if row.outcome in ("確認が必要", LEFT_OUT) or row.note or row.needs_review
        )

    def count(self, outcome: str) -> int:
        """Return how many rows have an outcome."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def rows_to_write(self) -> tuple[Row, ...]:
        """Return the rows that an import writes."""
        return tuple(row for row in self.rows if row.will_be_written)


@record
class ImportedList(ActionResult):
    """The result of an import, with the number of rows that wait for a decision."""

    new: int
    updated: int
    waiting: int
    preview: ListPreview[Any]


@pause_gc()
def preview_list(
    store: Store,
    *,
    path: Path,
    target: RowByRowTarget[Row],
    columns: Mapping[int, str] | None = None,
    choices: Mapping[int, RowChoice] | None = None,
    sheet: str = "",
    settings: Mapping[str, Any] | None = None,
    today: date | None = None,
) -> ListPreview[Row]:
    """Read a file and return what each row would become; nothing is written.

    Args:
        columns: number from 0 to field ("" = ignored), set by hand; None = as remembered for this form, else as the
            headings suggest.
        choices: decisions about single rows, by the number of the data row.
        sheet: the sheet of a workbook.
        settings: answers besides the columns, None = as the file suggests on ``today``.
    Raises:
        UserError: the file cannot be imported; the sentence says why.
    """
    decided = choices or {}
    file = read_list(path, target, sheet=sheet)
    kept = choose_columns(store, file, target, columns)
    released = {row for row, one in decided.items() if one.action != LEFT_OUT and one.reason.strip()}
    numbers = {one.row: one.reason for one in file.problems if one.code == PERSONAL_NUMBER}
    struck = _struck_out_by_row(file, kept.used_columns)
    shown = with_numbers_masked(file, released)
    missing = kept.missing_fields(target)
    raw = {row.row: row for row in shown.rows}
    free = target if isinstance(target, CustomTarget) else None
    given = {**(free.propose_settings(store, file, today or date.min) if free else {}), **(settings or {})}
    days = kept.used_columns, target.day_fields
    shown = with_orders(with_years(shown, *days, given.get(YEAR_SETTING)), *days, given)
    said: Sequence[str] = ()
    judged: Sequence[Row] = _undecided_rows(target, shown, missing)
    if free is not None and not missing:
        judged, said = free.judge_rows(
            store, shown, kept.used_columns, ImportDecisions(settings=given, choices=decided)
        )
    elif isinstance(target, RowTarget) and not missing:
        judged = target.judge_rows(store, shown, kept.used_columns)
    judged = [_with_lengths_checked(row) for row in judged]
    settle = _apply_choice if free is not None and not missing else _apply_common_checks
    rows = [
        settle(
            replace(row, spreadsheet_row=raw[row.row].spreadsheet_row, shown_cells=tuple(raw[row.row].cells)),
            numbers.get(row.row, ""),
            struck.get(row.row, ""),
            decided.get(row.row),
        )
        for row in judged
    ]
    rows += [
        target.row_type(
            row=-line.spreadsheet_row,
            spreadsheet_row=line.spreadsheet_row,
            outcome="取り込まない",
            reason=words,
            shown_cells=tuple(line.cells),
        )
        for line, words in left_out_lines(file, target.row_name)
    ]
    return ListPreview(
        file=file,
        file_name=path.name,
        columns=kept.used_columns,
        samples=tuple(first_value(file, index) for index in range(len(file.headings))),
        remembered=kept.remembered,
        missing_fields=missing,
        rows=tuple(sorted(rows, key=lambda row: row.spreadsheet_row)),
        notices=tuple(dict.fromkeys([*(one.reason for one in (*file.problems, *file.notices) if not one.row), *said])),
        fields={**target.fields, **(free.extra_labels(file, kept.used_columns) if free else {})},
        settings=given,
        days_without_year=days_without_year(file, *days),
        days_without_order=open_days(file, *days, WITHOUT_ORDER),
        open_columns=open_columns(file, kept.fields, kept.decided, target.answer_fields, target.known),
    )


@pause_gc()
def import_list(
    context: ActionContext,
    *,
    path: Path,
    target: RowByRowTarget[Any],
    columns: Mapping[int, str] | None = None,
    choices: Mapping[int, RowChoice] | None = None,
    sheet: str = "",
    settings: Mapping[str, Any] | None = None,
    seen_sha256: str = "",
) -> ImportedList:
    """Import the new and changed rows in one action, which one undo takes back; see ``preview_list``.

    ``seen_sha256`` is the hash of the file as previewed, "" = not compared; ``columns`` set by hand are remembered.
    Without a row to write nothing at all is saved.

    Raises:
        UserError: the file changed since the preview, or cannot be imported.
    """
    preview = preview_list(
        context.store,
        path=path,
        target=target,
        columns=columns,
        choices=choices,
        sheet=sheet,
        settings=settings,
        today=context.today,
    )
    reject_changed_file(seen_sha256, preview.sha256)
    new, updated, waiting = (preview.count(word) for word in ("新規", "更新", "確認が必要"))
    if not preview.rows_to_write:
        said = f"新しい{target.row_name}はありませんでした。何も変えていません。"
        return ImportedList(message=said, can_undo=False, new=0, updated=0, waiting=waiting, preview=preview)
    record = build_import_record(
        target,
        context,
        preview.file,
        preview.file_name,
        preview.count,
        source=SOURCE_WORDS.get(preview.file.source, ""),
        dropped_columns=preview.unused_columns,
    )
    with context.change(f"{target.list_name}を取り込み（{len(preview.rows_to_write)}件）", target.subject) as change:
        import_id = change.insert(record)
        if columns is not None:
            save_columns_within(change, context, target, file=preview.file, columns=columns)
        if isinstance(target, CustomTarget):
            write = target.row_writer(context.store, change, preview, context.by)
            for row in preview.rows_to_write:
                write(row)
        else:
            with change.batching():
                for row in preview.rows_to_write:
                    change.save(
                        replace(row.new_record, import_id=import_id)
                        if not row.new_record.id and hasattr(row.new_record, "import_id")
                        else row.new_record
                    )
    parts = [fill_nonempty("{}件を加え", new), fill_nonempty("{}件を更新し", updated)]
    said = f"{target.row_name}{join_nonempty(*parts, separator='、')}ました。"
    said += fill_nonempty("確認が必要な{}行は取り込んでいません。", waiting)
    return ImportedList(message=said, id=import_id, new=new, updated=updated, waiting=waiting, preview=preview)


def _undecided_rows(target: RowByRowTarget[Row], file: ForeignFile, missing: Sequence[str]) -> list[Row]:
    words = f"「{'」「'.join(missing)}」の列が決まっていません"
    return [
        target.row_type(row=row.row, spreadsheet_row=row.spreadsheet_row, outcome="確認が必要", reason=words)
        for row in file.rows
    ]


def _struck_out_by_row(file: ForeignFile, columns: Mapping[int, str]) -> dict[int, str]:
    """Return what is struck out in each row (the row, or cells of used columns), and its comments."""
    found = group_by_key(
        (one.row, one.reason)
        for one in file.problems
        if one.code in (STRUCK_ROW, CELL_REMARK)
        or (one.code == STRUCK_CELL and columns.get(one.index if one.index is not None else -1))
    )
    return {row: "。".join(reasons) for row, reasons in found.items()}


def _with_lengths_checked(row: Row) -> Row:
    """Return the row, waiting with the reason where a text is longer than its field allows."""
    problems = length_problems(row.new_record) if row.will_be_written and row.new_record is not None else ()
    if not problems:
        return row
    words = "、".join(problems)
    return replace(row, outcome="確認が必要", reason=f"{words}。元の一覧で短くして、もう一度取り込んでください")


def _apply_common_checks(row: Row, number: str, struck: str, choice: RowChoice | None) -> Row:
    """Return the row after the checks common to all lists: 個人番号, struck-out text, doubts, and the decision.

    ``number`` and ``struck`` are the reasons to ask about a possible 個人番号 and struck-out text, "" = there is none.
    A row that would be written waits as 確認が必要 until a decision, which for a 個人番号 needs a reason.
    """
    doubts = "。".join(dict.fromkeys(part for part in (number, struck, row.question) if part))
    writes = row.outcome in WRITTEN_OUTCOMES
    if struck and not writes:
        row = replace(row, note=join_nonempty(row.note, struck))
    row = replace(row, is_decidable=writes, has_personal_number=bool(number), choice=choice)
    if choice is not None and choice.action == LEFT_OUT and (writes or row.outcome == "確認が必要"):
        return replace(row, outcome="取り込まない", reason=REMOVED_BY_HAND, is_decidable=True)
    agreed = choice is not None and (not number or bool(choice.reason.strip()))
    if not writes or not doubts or agreed:
        return row
    return replace(row, outcome="確認が必要", reason=join_nonempty(doubts, row.reason, separator="。"))


def _apply_choice(row: Row, number: str, _struck_out: str, choice: RowChoice | None) -> Row:
    """Return the row with its decision kept but not applied, for a subject that handles decisions itself.

    Rows left out automatically can't be decided.
    """
    return replace(
        row, has_personal_number=bool(number), choice=choice, is_decidable=choice is not None or row.outcome != LEFT_OUT
    )
