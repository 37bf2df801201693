"""What every list of others goes through: read, its columns found or recalled, held unchanged, recorded, taken back
whole.

A subject declares a ``ListTarget`` (what columns it wants, how they are proposed, where else a file may belong) and
decides itself what becomes of a row. All else is here, once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import Final

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.common.written_texts import masked
from app.foreign_files.foreign_file import read_foreign
from app.foreign_files.foreign_shape import ForeignFile, Kind, source_key
from app.foreign_files.refusal import IntakeRefusal
from app.importing.column_maps import recall_columns
from db.backups import older_images
from db.frozen_record import frozen_record
from db.journal import Change
from db.mapping import TABLE_OF
from db.records.accounts import JournalEntry, RowChange
from db.records.applications import READ_WHOLE, ColumnMap, ForeignImport, Target
from db.rows import by_id
from db.store import Store
from db.tables import applications, journal
from db.tables import applications as table

ENCODING_WORDS: Final[Mapping[str, str]] = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp932": "Shift_JIS", "utf-16": "UTF-16", "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16", "": "Excelブック",
}  # fmt: skip
"""Python's names of encodings in the words of the office; empty = a workbook."""

_SAMPLE = 40


@frozen_record
class ListTarget:
    """What a subject takes in from a list.

    ``fields`` are our fields with their words, ``needed`` groups of them of which one each must have a column,
    ``propose`` guesses the columns of a file. ``key`` is what files of one form have in common. ``thing`` is what one
    row brings (a record of ``record``), ``list_name`` what the whole is called; ``subject`` is that of the journal.
    ``headings`` are headings of such files that no other list has: the row that holds them is the row of headings.
    ``elsewhere`` says for other kinds of files what they are and where they belong, ``reworded`` puts our words in
    place of those of the reader. ``days`` are the fields that hold days. ``one_by_one`` is what to do where an import
    can't be taken back any more. ``takes`` are the lists saved from this program that may come back here: no other
    file of ours is taken.
    """

    target: Target
    thing: str
    list_name: str
    subject: str
    record: type
    fields: Mapping[str, str]
    needed: Sequence[frozenset[str]]
    propose: Callable[[ForeignFile], Mapping[int, str]]
    key: Callable[[ForeignFile], str] = source_key
    elsewhere: Mapping[Kind, tuple[str, str]] = field(default_factory=dict)
    reworded: Mapping[str, str] = field(default_factory=dict)
    one_by_one: str = ""
    headings: Sequence[str] = ()
    days: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()


@frozen_record
class ListColumns:
    """The columns of one file: number to field ("" = not taken), whether they were set by hand before, their key."""

    fields: Mapping[int, str]
    remembered: bool
    key: str

    @property
    def used(self) -> dict[int, str]:
        """Those that are taken."""
        return {index: name for index, name in self.fields.items() if name}

    def missing(self, target: ListTarget) -> tuple[str, ...]:
        """The words of the needed fields without a column."""
        known = set(self.used.values())
        return tuple(
            target.fields[min(group, key=list(target.fields).index)] for group in target.needed if not known & group
        )


def read_list(path: Path, target: ListTarget, *, sheet: str) -> ForeignFile:
    """Read a file for ``target``; nothing is judged or written.

    Raises:
        Refusal: it cannot be taken (the sentence says why), or it holds something that belongs elsewhere.
    """
    try:
        found = read_foreign(path, sheet=sheet, known_headings=target.headings, takes=target.takes)
    except IntakeRefusal as refusal:
        said = str(refusal)
        for theirs, ours in target.reworded.items():
            said = said.replace(theirs, ours)
        happened, _, todo = said.partition("。")
        raise Refusal(f"{happened}。", todo or _todo(happened)) from refusal
    except OSError as error:
        raise Refusal("ファイルを読めませんでした。", "ファイルの場所を確かめて、選び直してください。") from error
    if found.kind in target.elsewhere:
        raise Refusal(*target.elsewhere[found.kind])
    return found


def _todo(happened: str) -> str:
    """What to do, where the sentence does not say it itself."""
    return "" if happened.endswith("ください") else "ファイルを確かめて、選び直してください。"


def columns_of(store: Store, file: ForeignFile, target: ListTarget, by_hand: Mapping[int, str] | None) -> ListColumns:
    """Return the columns of ``file``: as set ``by_hand`` now, else as set for this form before, else as proposed."""
    key = target.key(file)
    known = recall_columns(store, source_key=key, target=target.target) if by_hand is None else None
    fields = by_hand if by_hand is not None else known if known is not None else target.propose(file)
    return ListColumns(fields=dict(fields), remembered=known is not None, key=key)


def first_value(file: ForeignFile, index: int) -> str:
    """The first value of a column, short, with what may be a 個人番号 masked."""
    values = (row.cells[index].strip() for row in file.rows if not row.problem and index < len(row.cells))
    return masked(next((value for value in values if value), ""))[:_SAMPLE]


def refuse_changed(seen_sha256: str, sha256: str) -> None:
    """Refuse a file that is another one than the preview showed; nothing seen = not asked."""
    if seen_sha256 and seen_sha256 != sha256:
        raise Refusal(
            "確かめたあとに、ファイルの中身が変わっています。", "ファイルを選び直して、もう一度確かめてください。"
        )


def remember_within(
    store: Store, change: Change, target: ListTarget, *, key: str, columns: Mapping[int, str], now: datetime
) -> None:
    """Use these columns again for every later file of this form, as part of ``change``; the same again
    writes nothing."""
    present = applications.column_map(store.database, target.target, key)
    kept = {str(number): name for number, name in sorted(columns.items())}
    if present is None or present.columns != kept:
        change.keep(ColumnMap, present, target=target.target, source_key=key, columns=kept, remembered_at=now)


def import_record(
    target: ListTarget,
    file: ForeignFile,
    file_name: str,
    counts: Callable[[str], int],
    *,
    source: str,
    dropped: Sequence[str],
    event_id: int | None = None,
    taken_by: str,
    at: datetime,
) -> ForeignImport:
    """The record of one file taken in; ``counts`` says how many rows have an outcome."""
    return ForeignImport(
        target=target.target,
        event_id=event_id,
        file_name=file_name,
        sha256=file.sha256,
        source=source,
        encoding=file.encoding or "",
        at=at,
        by=taken_by,
        new=counts("新規"),
        updated=counts("更新"),
        duplicate=counts("重複"),
        needs_check=counts("確認が必要"),
        skipped=counts("取り込まない"),
        dropped_columns=tuple(dropped),
        reading=READ_WHOLE,
    )


def past_imports(store: Store, target: ListTarget) -> tuple[ForeignImport, ...]:
    """Return the files taken in so far for ``target``, newest first."""
    return tuple(applications.imports_for(store.database, target.target))


@deed
def take_import_back(act: Act, target: ListTarget, *, import_id: int) -> Saved:
    """Take one import back: what it added goes, what it changed is as it was before; whole or not at all.

    Raises:
        Refusal: it is gone, or something of it was changed or used since (the later action is named).
    """
    found = by_id(act.database, ForeignImport, import_id)
    if found is None or found.target != target.target:
        raise Refusal("この取り込みは見つかりません。", "画面を開き直してください。")
    try:
        net = _changes_of_import(act.store, found)
    except Refusal as refusal:
        happened = refusal.happened.replace("取り込んだ申込を", f"取り込んだ{target.thing}を")
        raise Refusal(happened, target.one_by_one or refusal.todo) from refusal
    count = sum(item.table == TABLE_OF[target.record] for item in net)
    with act.change(
        f"{target.list_name}の取り込みを取り消し（{count}件）", target.subject, event_id=found.event_id
    ) as change:
        _take_back(act.store, change, net)
    return Saved(f"{target.list_name}の取り込みを取り消しました（{target.thing}{count}件）。", import_id)


_COLUMNS = TABLE_OF[ColumnMap]
_ONE_BY_ONE = "取り消す申込は、申込の一覧で1件ずつ取下げにしてください。"


def _changes_of_import(store: Store, imported: ForeignImport) -> list[RowChange]:
    """Return what one import did to the rows, as long as nobody has built on it since.

    Raises:
        Refusal: one of its rows was changed since (the later action is named), something refers to one of them, or
            the record of the import was already disposed of.
    """
    entry = table.journal_entry_of_import(store.database, imported)
    if entry is None:
        raise Refusal("この取り込みの記録は、もう残っていません。", _ONE_BY_ONE)
    if entry.seq <= journal.last_beginning(store.database):
        raise _before_beginning(store)
    # What was remembered about the columns stays; it is no part of what the file brought.
    net = [item for item in journal.net_changes(entry) if item.table != _COLUMNS]
    try:
        net = older_images.fitted(store.database, entry.seq, net)
    except older_images.Unfit as unfit:
        raise _built_on(store, entry, unfit.item, unfit.shape) from unfit
    for item in net:
        if not journal.stands_as(store.database, item.table, item.row_id, item.after):
            raise _built_on(store, entry, item)
    own = {(item.table, item.row_id) for item in net}
    added: dict[str, list[int]] = defaultdict(list)
    for item in net:
        if item.before is None:
            added[item.table].append(item.row_id)
    if table.rows_referring(store.database, added) - own:
        raise Refusal("取り込んだ申込を使った記録が、もうあるため、取り込みを取り消せません。", _ONE_BY_ONE)
    return net


def _before_beginning(store: Store) -> Refusal:
    """Nothing before a beginning of the folder or an erasing is taken back, by nobody (``db.journal.BEGINNINGS``)."""
    barrier = journal.entry_of(store.database, journal.last_beginning(store.database))
    assert barrier is not None
    when = f"{short_date(barrier.at.date())} {barrier.at:%H:%M}"
    return Refusal(f"{when}の「{barrier.action}」より前の取り込みは、取り消せません。", _ONE_BY_ONE)


def _take_back(store: Store, change: Change, net: list[RowChange]) -> None:
    """Bring every row back to what it was before the import, inside an open change."""
    journal.hold_references_until_commit(store.database)
    for item in reversed(net):
        change.restore(item.table, item.row_id, item.before)


def _built_on(store: Store, entry: JournalEntry, item: RowChange, shape: JournalEntry | None = None) -> Refusal:
    later = shape or journal.later_change(store.database, entry.seq, item.table, item.row_id)
    since = f"（{short_date(later.at.date())} {later.at:%H:%M}「{later.action}」）" if later else ""
    return Refusal(f"取り込んだあとに内容が変わっているため、取り込みを取り消せません{since}。", _ONE_BY_ONE)
