"""The common import of lists: read, find or recall columns, keep the file, record the import, undo it as a whole.

A subject declares a ``ListTarget`` (the fields it wants, how columns are proposed, where another file belongs) and
decides what a row becomes. Everything else is here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.text_rules import mask_personal_numbers
from app.foreign_files.cells.answer_headings import About
from app.foreign_files.foreign_file import read_foreign_file
from app.foreign_files.foreign_shape import ForeignFile, Kind, source_key
from app.foreign_files.intake_refusal import IntakeRefusal
from app.importing.column_choices import (
    COUNTED,
    COUNTED_WORDS,
    UNUSED_WORDS,
    choices_to_keep,
    recall_choices,
)
from app.importing.column_maps import column_map, recall_columns
from db.backups import image_upgrade
from db.journal import Change
from db.mapping import TABLE_OF
from db.record import group_by_key, record
from db.records.accounts import JournalEntry, RowChange
from db.records.applications import READ_WHOLE, ColumnMap, ForeignImport, ImportTarget
from db.rows import by_id
from db.store import Store
from db.tables import applications, journal
from db.tables import applications as table

ENCODING_WORDS: Mapping[str, str] = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp932": "Shift_JIS", "utf-16": "UTF-16", "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16", "": "Excelブック",
}  # fmt: skip
"""Names of encodings as shown to staff; "" = a workbook."""

_SAMPLE = 40


@record
class ListTarget:
    """What a subject imports from a list, and how its columns and texts are handled.

    ``fields`` are our fields with their labels, ``required_groups`` groups of them of which one each must have a
    column, ``propose_columns`` guesses the columns of a file. ``source_key_of`` returns what files of one form have in
    common. ``row_name`` is what one row describes (a record of ``record``), ``list_name`` the name of the list;
    ``subject`` is that of the journal. ``headings`` are headings that no other list has: their row is the row of
    headings. ``other_file_kinds`` says for other kinds of files what they are and where they belong,
    ``replaced_texts`` replaces texts of the file reader by ours. ``day_fields`` are the fields that hold days.
    ``undo_advice`` is what to do when an import can't be undone any more. ``accepted_own_lists`` are the lists saved
    from this program that may be imported here; other files of ours are refused. ``answer_fields`` are the fields that
    hold answers, by what is asked; ``own_words_field`` holds what somebody wrote in his own words (only then a column
    may be counted).
    """

    target: ImportTarget
    row_name: str
    list_name: str
    subject: str
    record: type
    fields: Mapping[str, str]
    required_groups: Sequence[frozenset[str]]
    propose_columns: Callable[[ForeignFile], Mapping[int, str]]
    source_key_of: Callable[[ForeignFile], str] = source_key
    other_file_kinds: Mapping[Kind, tuple[str, str]] = field(default_factory=dict)
    replaced_texts: Mapping[str, str] = field(default_factory=dict)
    undo_advice: str = ""
    headings: Sequence[str] = ()
    day_fields: frozenset[str] = frozenset()
    accepted_own_lists: frozenset[str] = frozenset()
    answer_fields: Mapping[About, str] = field(default_factory=dict)
    own_words_field: str = ""

    def labels(self, _file: ForeignFile) -> Mapping[str, str]:
        """Return the fields that a column of a file may be assigned to, with their labels."""
        return self.fields

    def choices(self, labels: Mapping[str, str]) -> dict[str, str]:
        """Return what a column may be, word to field: ``labels`` of its fields, 数だけ残す and 使わない."""
        counts = {COUNTED_WORDS.removesuffix("残す"): COUNTED} if self.own_words_field else {}
        return {word: key for key, word in labels.items()} | counts | {UNUSED_WORDS: ""}


@record
class ListColumns:
    """The columns of one file as number to field ("" = ignored), whether set by hand before, and their source key.

    ``decided`` are the columns about which somebody decided, now or before.
    """

    fields: Mapping[int, str]
    remembered: bool
    source_key: str
    decided: frozenset[int]

    @property
    def used_columns(self) -> dict[int, str]:
        """Return the columns that are imported, number to field."""
        return {index: name for index, name in self.fields.items() if name not in ("", COUNTED)}

    def missing_fields(self, target: ListTarget) -> tuple[str, ...]:
        """Return one label, that of the first field, for each required group of which no field has a column."""
        known = set(self.used_columns.values())
        return tuple(
            target.fields[min(group, key=list(target.fields).index)]
            for group in target.required_groups
            if not known & group
        )


def read_list(path: Path, target: ListTarget, *, sheet: str) -> ForeignFile:
    """Read a list file as rows for ``target`` without judging or writing anything.

    Raises:
        UserError: it cannot be imported (the sentence says why), or it belongs elsewhere.
    """
    try:
        found = read_foreign_file(
            path, sheet=sheet, known_headings=target.headings, accepted_own_lists=target.accepted_own_lists
        )
    except IntakeRefusal as refusal:
        said = str(refusal)
        for theirs, ours in target.replaced_texts.items():
            said = said.replace(theirs, ours)
        happened, _, todo = said.partition("。")
        raise UserError(
            f"{happened}。",
            todo or ("" if happened.endswith("ください") else "ファイルを確かめて、選び直してください。"),
        ) from refusal
    except OSError as error:
        raise UserError("ファイルを読めませんでした。", "ファイルの場所を確かめて、選び直してください。") from error
    if found.kind in target.other_file_kinds:
        raise UserError(*target.other_file_kinds[found.kind])
    return found


def choose_columns(
    store: Store, file: ForeignFile, target: ListTarget, by_hand: Mapping[int, str] | None
) -> ListColumns:
    """Return the columns of ``file``: as set ``by_hand`` now, else as chosen before by heading, else as proposed.

    What an earlier version remembered by number is a proposal: only a field was somebody's choice.
    """
    key = target.source_key_of(file)
    known = recall_choices(store, file, target.target)
    before = recall_columns(store, source_key=key, target=target.target) or {}
    named = set(before.values())
    fields = {
        index: name
        for index, name in target.propose_columns(file).items()
        if before.get(index) != "" or name not in named
    }
    fields |= {index: name for index, name in before.items() if name}
    decided = known | dict(by_hand or {})
    return ListColumns(
        fields=fields | decided,
        remembered=bool(known or before) and by_hand is None,
        source_key=key,
        decided=frozenset(decided),
    )


def first_value(file: ForeignFile, index: int) -> str:
    """Return the first value of a column that is not empty, at most 40 characters, 個人番号 masked; "" = none."""
    values = (row.cells[index].strip() for row in file.rows if not row.problem and index < len(row.cells))
    return mask_personal_numbers(next((value for value in values if value), ""))[:_SAMPLE]


def reject_changed_file(seen_sha256: str, sha256: str) -> None:
    """Raise ``UserError`` if the file differs from the one previewed; "" = not checked."""
    if seen_sha256 and seen_sha256 != sha256:
        raise UserError(
            "確かめたあとに、ファイルの中身が変わっています。", "ファイルを選び直して、もう一度確かめてください。"
        )


def save_columns_within(
    change: Change, context: ActionContext, target: ListTarget, *, file: ForeignFile, columns: Mapping[int, str]
) -> None:
    """Remember these columns for later files of this service, as part of ``change``; equal ones write nothing."""
    key, kept = choices_to_keep(context.store, file, target.target, columns)
    present = column_map(context.database, target.target, key)
    if present is None or present.columns != kept:
        change.update_or_insert(
            ColumnMap, present, target=target.target, source_key=key, columns=kept, remembered_at=context.now
        )


def build_import_record(
    target: ListTarget,
    context: ActionContext,
    file: ForeignFile,
    file_name: str,
    counts: Callable[[str], int],
    *,
    source: str,
    dropped_columns: Sequence[str],
    value_counts: Mapping[str, str] | None = None,
    event_id: int | None = None,
) -> ForeignImport:
    """Return the record of one imported file; ``counts`` returns how many rows have an outcome.

    ``value_counts`` says by heading how often each value came of a column that is kept as numbers alone.
    """
    return ForeignImport(
        target=target.target,
        event_id=event_id,
        file_name=file_name,
        sha256=file.sha256,
        source=source,
        encoding=file.encoding or "",
        at=context.now,
        by=context.by,
        new=counts("新規"),
        updated=counts("更新"),
        duplicate=counts("重複"),
        needs_check=counts("確認が必要"),
        skipped=counts("取り込まない"),
        dropped_columns=tuple(dropped_columns),
        value_counts=dict(value_counts or {}),
        reading=READ_WHOLE,
    )


def past_imports(store: Store, target: ListTarget) -> tuple[ForeignImport, ...]:
    """Return the files imported so far for ``target``, newest first."""
    return tuple(applications.imports_for(store.database, target.target))


def revert_import(context: ActionContext, target: ListTarget, *, import_id: int) -> ActionResult:
    """Undo one import as a whole: added rows are removed, changed ones get their former values.

    The remembered columns stay.

    Raises:
        UserError: it is gone, or something of it was changed or used since (the later action is named).
    """
    found = by_id(context.database, ForeignImport, import_id)
    if found is None or found.target != target.target:
        raise UserError("この取り込みは見つかりません。", "画面を開き直してください。")
    try:
        net = _changes_of_import(context.store, found)
    except UserError as refusal:
        happened = refusal.happened.replace("取り込んだ申込を", f"取り込んだ{target.row_name}を")
        raise UserError(happened, target.undo_advice or refusal.todo) from refusal
    count = sum(item.table == TABLE_OF[target.record] for item in net)
    with context.change(
        f"{target.list_name}の取り込みを取り消し（{count}件）", target.subject, event_id=found.event_id
    ) as change:
        _revert_rows(context.store, change, net)
    return ActionResult(f"{target.list_name}の取り込みを取り消しました（{target.row_name}{count}件）。", import_id)


_COLUMNS = TABLE_OF[ColumnMap]
_UNDO_ADVICE = "取り消す申込は、申込の一覧で1件ずつ取下げにしてください。"


def _changes_of_import(store: Store, imported: ForeignImport) -> list[RowChange]:
    """Return the row changes of one import, provided that nothing depends on them since.

    Raises:
        UserError: one of its rows was changed since (the later action is named), something refers to one of them, or
            the record of the import was already disposed of, or a barrier for all lies after it.
    """
    entry = table.journal_entry_of_import(store.database, imported)
    if entry is None:
        raise UserError("この取り込みの記録は、もう残っていません。", _UNDO_ADVICE)
    if entry.seq <= journal.last_global_barrier(store.database):
        raise _before_beginning_error(store)
    # What was remembered about the columns stays; it is no part of what the file brought.
    net = [item for item in journal.net_changes(entry) if item.table != _COLUMNS]
    try:
        net = image_upgrade.upgrade_images(store.database, entry.seq, net)
    except image_upgrade.ImageNotUpgradable as unfit:
        raise _built_on_error(store, entry, unfit.item, unfit.shape) from unfit
    for item in net:
        if not journal.is_row_equal(store.database, item.table, item.row_id, item.after):
            raise _built_on_error(store, entry, item)
    own = {(item.table, item.row_id) for item in net}
    added = group_by_key((item.table, item.row_id) for item in net if item.before is None)
    if table.rows_referring(store.database, added) - own:
        raise UserError("取り込んだ申込を使った記録が、もうあるため、取り込みを取り消せません。", _UNDO_ADVICE)
    return net


def _before_beginning_error(store: Store) -> UserError:
    """Return the error that nothing before the start of the folder or an erasing can be undone.

    See ``db.journal.BARRIER_SUBJECTS``.
    """
    barrier = journal.entry_of(store.database, journal.last_global_barrier(store.database))
    assert barrier is not None
    when = f"{short_date(barrier.at.date())} {barrier.at:%H:%M}"
    return UserError(f"{when}の「{barrier.action}」より前の取り込みは、取り消せません。", _UNDO_ADVICE)


def _revert_rows(store: Store, change: Change, net: list[RowChange]) -> None:
    journal.hold_references_until_commit(store.database)
    for item in reversed(net):
        change.restore(item.table, item.row_id, item.before)


def _built_on_error(store: Store, entry: JournalEntry, item: RowChange, shape: JournalEntry | None = None) -> UserError:
    """Return the error that a row was changed after the import, naming the later change if it is known."""
    later = shape or journal.later_change(store.database, entry.seq, item.table, item.row_id)
    since = f"（{short_date(later.at.date())} {later.at:%H:%M}「{later.action}」）" if later else ""
    return UserError(f"取り込んだあとに内容が変わっているため、取り込みを取り消せません{since}。", _UNDO_ADVICE)
