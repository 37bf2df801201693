"""Taking one import of applications back later, as its own row of the journal has it: whole, or not at all."""

from __future__ import annotations

from collections import defaultdict

from app.acts.refusal import Refusal
from app.calendar.dates import short_date
from db.journal import Change
from db.mapping import TABLE_OF
from db.records.accounts import JournalEntry, RowChange
from db.records.applications import ColumnMap, ForeignImport
from db.store import Store
from db.tables import applications as table
from db.tables import journal

_COLUMNS = TABLE_OF[ColumnMap]
_ONE_BY_ONE = "取り消す申込は、申込の一覧で1件ずつ取下げにしてください。"


def changes_of_import(store: Store, imported: ForeignImport) -> list[RowChange]:
    """Return what one import did to the rows, as long as nobody has built on it since.

    Raises:
        Refusal: one of its rows was changed since (the later action is named), something refers to one of them, or
            the record of the import was already disposed of.
    """
    entry = table.journal_entry_of_import(store.database, imported)
    if entry is None:
        raise Refusal("この取り込みの記録は、もう残っていません。", _ONE_BY_ONE)
    # What was remembered about the columns stays; it is no part of what the file brought.
    net = [item for item in journal.net_changes(entry) if item.table != _COLUMNS]
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


def take_back(store: Store, change: Change, net: list[RowChange]) -> None:
    """Bring every row back to what it was before the import, inside an open change."""
    journal.hold_references_until_commit(store.database)
    for item in reversed(net):
        change.restore(item.table, item.row_id, item.before)


def _built_on(store: Store, entry: JournalEntry, item: RowChange) -> Refusal:
    later = journal.later_change(store.database, entry.seq, item.table, item.row_id)
    since = f"（{short_date(later.at.date())} {later.at:%H:%M}「{later.action}」）" if later else ""
    return Refusal(f"取り込んだあとに内容が変わっているため、取り込みを取り消せません{since}。", _ONE_BY_ONE)
