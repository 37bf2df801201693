"""Queries on the change journal, for 履歴, undo and redo."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from db import journal, mapping
from db.engine import Database
from db.journal_index import journal_index
from db.mapping import LEDGER_TABLES, TABLE_OF, WITHDRAWAL_COLUMNS
from db.record import record
from db.records.accounts import JournalEntry, RowChange
from db.records.events import Event


def entries(
    database: Database, *, event_id: int | None = None, subject: str = "", limit: int = -1, offset: int = 0
) -> list[JournalEntry]:
    """Return journal entries, newest first, of one event and subject (None and "" = all), ``limit`` -1 = every one."""
    terms: dict[str, Any] = {}
    if event_id is not None:
        terms["event_id = ?"] = event_id
    if subject:
        terms["seq IN (SELECT value FROM json_each(?))"] = json.dumps(
            journal_index(database).of_subject.get(subject, [])
        )
    where = f"WHERE {' AND '.join(terms)}" if terms else ""
    query = f"SELECT * FROM journal {where} ORDER BY seq DESC LIMIT ? OFFSET ?"  # noqa: S608
    return [journal.to_entry(row) for row in mapping.read(database, query, [*terms.values(), limit, offset])]


_WROTE_ANOTHER_TABLE = (
    "payload <> '' AND EXISTS (SELECT 1 FROM json_each(payload) "
    "WHERE value ->> 'table' NOT IN (SELECT value FROM json_each(?)))"
)


def entries_between(database: Database, first: date, last: date, *, event_id: int | None = None) -> list[JournalEntry]:
    """Return the journal entries of the days ``first`` to ``last``, newest first, of one event, or all."""
    ours = "AND event_id = ?" if event_id is not None else ""
    query = f"SELECT * FROM journal WHERE seq IN (SELECT value FROM json_each(?)) {ours} ORDER BY seq DESC"  # noqa: S608
    given = [_numbers_between(database, first, last), *([event_id] if event_id is not None else [])]
    return [journal.to_entry(row) for row in mapping.read(database, query, given)]


def count_between(database: Database, first: date, last: date, *, apart: Collection[str]) -> int:
    """Return how many entries of the days ``first`` to ``last`` wrote a row of a table that is not in ``apart``."""
    query = (
        "SELECT count(*) FROM journal WHERE seq IN (SELECT value FROM json_each(?)) "  # noqa: S608
        f"AND {_WROTE_ANOTHER_TABLE}"
    )
    given = [_numbers_between(database, first, last), json.dumps(sorted(apart))]
    return int(database.execute(query, given).fetchone()[0])


@record
class ChangeHeader:
    """Number, time and person of one journal entry, without what it changed."""

    seq: int
    at: datetime
    by: str


def headers_between(
    database: Database, first: date, last: date, *, apart: Collection[str] | None, event_id: int | None = None
) -> list[ChangeHeader]:
    """Return the entries of some days that wrote a row of a table that is not in ``apart``, newest first.

    Args:
        apart: None = every entry.
        event_id: only those of one event, None = of all.
    """
    written = _WROTE_ANOTHER_TABLE if apart is not None else "1"
    ours = "AND event_id = ?" if event_id is not None else ""
    query = (
        "SELECT seq, at, by FROM journal "  # noqa: S608
        f"WHERE seq IN (SELECT value FROM json_each(?)) AND {written} {ours} ORDER BY at DESC, seq DESC"
    )
    given: list[object] = [_numbers_between(database, first, last)]
    given += [json.dumps(sorted(apart))] if apart is not None else []
    given += [event_id] if event_id is not None else []
    return [
        ChangeHeader(seq=int(seq), at=datetime.fromisoformat(at), by=str(by))
        for seq, at, by in database.execute(query, given).fetchall()
    ]


def entries_of(database: Database, numbers: Collection[int]) -> list[JournalEntry]:
    """Return the journal entries with these numbers, newest first."""
    query = "SELECT * FROM journal WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq DESC"
    return [journal.to_entry(row) for row in mapping.read(database, query, [json.dumps(sorted(numbers))])]


def _numbers_between(database: Database, first: date, last: date) -> str:
    """Return the numbers of the entries of some days as JSON; those of one day need not follow each other."""
    start, end = (datetime.combine(day, time()) for day in (first, last + timedelta(days=1)))
    return json.dumps([one.seq for one in journal_index(database).entries if start <= one.at < end])


_NAMES = ("organisations", "people")
_EVENT_TABLES = ("agenda_items", "arrangements", "change_decisions", "entries", "events", "expected_counts")
_RECORDED_ON_THE_DAY = {"attendance", "attended_at", "late", "number", "status"}
"""Columns of an event and of who comes to it that no document tells."""


_LAST_NAMED = """
WITH named AS (
  SELECT 'people' || person_id FROM entries WHERE id IN (SELECT value FROM json_each(:ids)) UNION
  SELECT 'organisations' || organisation_id FROM entries WHERE id IN (SELECT value FROM json_each(:ids)))
SELECT coalesce(max(CASE WHEN EXISTS (
  SELECT 1 FROM json_each(payload) WHERE (value ->> 'table') || (value ->> 'row_id') IN named) THEN at END), max(at))
FROM journal WHERE seq IN (SELECT value FROM json_each(:seqs))
"""


def last_change(database: Database, event_id: int, day: date | None, named: Collection[int]) -> date | None:
    """Return the last day on which an event, its agenda, who comes to it or a decision about it changed, or None.

    Args:
        day: of the event; what is recorded of it from that on is no change.
        named: entries of whom a change in the registers of 団体 and people is asked for instead, else the last there.
    """
    index = journal_index(database)
    mine = {seq for table in (_NAMES if named else _EVENT_TABLES) for seq in index.of_table[table]}
    if named:
        at = database.execute(_LAST_NAMED, {"ids": json.dumps([*named]), "seqs": json.dumps([*mine])}).fetchone()[0]
        return datetime.fromisoformat(at).date() if at else None
    mine &= set(index.of_event[event_id])
    days = {one.seq: one.at.date() for one in index.entries if one.seq in mine}
    late = [seq for seq, at in days.items() if day is not None and at >= day]
    for one in entries_of(database, late) if late else ():
        if not any(map(_is_telling, net_changes(one))):
            del days[one.seq]
    return max(days.values(), default=None)


def _is_telling(change: RowChange) -> bool:
    """Return whether a change is of what documents tell; who was there on the day is none of it."""
    changed = (change.before or {}).items() ^ (change.after or {}).items()
    return change.table in _EVENT_TABLES and not {name for name, _ in changed} <= _RECORDED_ON_THE_DAY


def state_since(database: Database, event_id: int, entry_ids: Collection[int]) -> date | None:
    """Return the first day on which one of some people of an event came into the state he has now, or None."""
    index = journal_index(database)
    written = entries_of(database, {*index.of_table["entries"]} & {*index.of_event[event_id]})
    since = {
        change.row_id: entry.at.date()
        for entry in reversed(written)
        for change in net_changes(entry)
        if change.table == "entries"
        and change.row_id in entry_ids
        and (change.before or {}).get("state") != (change.after or {}).get("state")
    }
    return min(since.values(), default=None)


def entry_of(database: Database, seq: int) -> JournalEntry | None:
    """Return one journal entry, or None."""
    found = next(iter(mapping.read(database, "SELECT * FROM journal WHERE seq = ?", [seq])), None)
    return journal.to_entry(found) if found else None


def own_headers(database: Database, by: str, *, after: int) -> Iterator[JournalEntry]:
    """Yield one person's entries above number ``after`` without their row images, newest first.

    Migrations are left out, since they belong to nobody. Rows are read only as far as consumed.
    """
    query = (
        "SELECT seq, at, by, action, subject, event_id, undo_of, redo_of, barrier, '' AS payload "
        "FROM journal WHERE by = ? AND seq > ? AND subject <> ? ORDER BY seq DESC"
    )
    return (journal.to_entry(row) for row in mapping.read(database, query, [by, after, journal.SCHEMA_SUBJECT]))


def newest(database: Database) -> int:
    """Return the number of the newest journal entry (0 = none)."""
    return int(database.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])


def latest_moment(database: Database) -> datetime | None:
    """Return the latest time of any entry, whichever was written last; None for an empty journal."""
    found = database.execute("SELECT max(at) FROM journal").fetchone()[0]
    return datetime.fromisoformat(found) if found else None


def moments(database: Database) -> list[tuple[int, datetime]]:
    """Return the number of every entry with its time, oldest first."""
    found = database.execute("SELECT seq, at FROM journal ORDER BY seq").fetchall()
    return [(int(seq), datetime.fromisoformat(at)) for seq, at in found]


def last_global_barrier(database: Database) -> int:
    """Return the number of the last barrier that holds for everybody (0 = none)."""
    marks = ", ".join("?" for _ in journal.BARRIER_SUBJECTS)
    query = f"SELECT coalesce(max(seq), 0) FROM journal WHERE barrier = 1 AND subject IN ({marks})"  # noqa: S608
    return int(database.execute(query, sorted(journal.BARRIER_SUBJECTS)).fetchone()[0])


def undone_entries(database: Database, seqs: list[int]) -> set[int]:
    """Return the numbers of those entries that were undone."""
    return set(seqs) & journal_index(database).undone


def rows_after(database: Database, seq: int) -> Iterator[dict[str, Any]]:
    """Yield the journal rows above number ``seq`` as stored, oldest first."""
    return iter(mapping.read(database, "SELECT * FROM journal WHERE seq > ? ORDER BY seq", [seq]))


def later_change(database: Database, seq: int, table: str, row_id: int) -> JournalEntry | None:
    """Return the first entry after ``seq`` that changed a row, or None; migrations do not count."""
    for row in rows_after(database, seq):
        if row["subject"] == journal.SCHEMA_SUBJECT:
            continue
        entry = journal.to_entry(row)
        if any((change.table, change.row_id) == (table, row_id) for change in entry.changes):
            return entry
    return None


def deleted_images(database: Database, table: str) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a table that were deleted, each as it was."""
    for row in mapping.read(database, "SELECT * FROM journal WHERE payload LIKE ?", [f'%"{table}"%']):
        for change in journal.to_entry(row).changes:
            if change.table == table and change.after is None and change.before is not None:
                yield change.before


def undoing_changes(database: Database, table: str) -> Iterator[RowChange]:
    """Yield the row changes of undos in a table, newest first; erased entries are skipped."""
    query = "SELECT * FROM journal WHERE undo_of IS NOT NULL AND payload LIKE ? ORDER BY seq DESC"
    for row in mapping.read(database, query, [f'%"{table}"%']):
        yield from (change for change in reversed(journal.to_entry(row).changes) if change.table == table)


def net_changes(entry: JournalEntry) -> list[RowChange]:
    """Return one change for each row of an entry, from its first before-image to its last after-image."""
    net: dict[tuple[str, int], RowChange] = {}
    for change in entry.changes:
        at = (change.table, change.row_id)
        before = net[at].before if at in net else change.before
        net[at] = RowChange(table=change.table, row_id=change.row_id, before=before, after=change.after)
    return list(net.values())


def unchosen_changes(entry: JournalEntry) -> list[RowChange]:
    """Return the row changes of an entry that took back at once what lost an edit conflict; ``before`` holds it."""
    found = []
    for change, back in zip(entry.changes, entry.changes[1:], strict=False):
        same = (change.table, change.row_id) == (back.table, back.row_id)
        if same and change.before is not None and change.before == back.after and change.after == back.before:
            found.append(back)
    return found


def events_of(entry: JournalEntry) -> frozenset[int]:
    """Return the events that an entry concerns, its own and those of its rows."""
    found = {entry.event_id}
    for change in entry.changes:
        name = "id" if change.table == TABLE_OF[Event] else "event_id"
        found |= {image.get(name) for image in (change.before, change.after) if image is not None}
    return frozenset(one for one in found if one is not None)


def is_row_equal(database: Database, table: str, row_id: int, image: Mapping[str, Any] | None) -> bool:
    """Return whether a row now equals ``image`` (None = no row)."""
    return image_of(database, table, row_id) == (dict(image) if image is not None else None)


def image_of(database: Database, table: str, row_id: int) -> dict[str, Any] | None:
    """Return a row as it is now, None where it does not exist."""
    row = next(iter(mapping.read(database, f"SELECT * FROM [{table}] WHERE id = ?", [row_id])), None)  # noqa: S608
    return dict(row) if row else None


def hold_references_until_commit(database: Database) -> None:
    """Defer foreign keys, so that the open transaction may restore rows in any order."""
    database.execute("PRAGMA defer_foreign_keys = ON")


def referring_rows(database: Database, table: str, row_id: int) -> list[tuple[str, int]]:
    """Return the rows (table, id) that refer to a row."""
    found = []
    for other in TABLE_OF.values():
        for key in database.execute(f"PRAGMA foreign_key_list([{other}])").fetchall():
            if key[2] == table:
                query = f"SELECT id FROM [{other}] WHERE [{key[3]}] = ?"  # noqa: S608
                found += [(other, int(row[0])) for row in database.execute(query, [row_id]).fetchall()]
    return found


def referring_to_each(database: Database, table: str, ids: Iterable[int]) -> dict[int, set[tuple[str, int]]]:
    """Return the rows (table, id) that refer to each of these rows of a table, with one query a reference."""
    asked = json.dumps(list(ids))
    found: dict[int, set[tuple[str, int]]] = {}
    for other in TABLE_OF.values():
        for key in database.execute(f"PRAGMA foreign_key_list([{other}])").fetchall():
            if key[2] == table:
                query = f"SELECT [{key[3]}], id FROM [{other}] WHERE [{key[3]}] IN (SELECT value FROM json_each(?))"  # noqa: S608
                for number, row_id in database.execute(query, [asked]).fetchall():
                    found.setdefault(int(number), set()).add((other, int(row_id)))
    return found


def last_images(database: Database) -> tuple[dict[tuple[str, int], Mapping[str, Any] | None], bool]:
    """Return every row's last after-image (None = deleted), and whether a payload was erased (then rows may lack)."""
    images = {}
    erased = False
    for (payload,) in database.execute("SELECT payload FROM journal ORDER BY seq").fetchall():
        try:
            changes = json.loads(payload)
        except ValueError:  # erased, or altered (which the chain check finds)
            erased = True
            continue
        for change in changes:
            images[change["table"], change["row_id"]] = change["after"]
    return images, erased


def rows_unlike_journal(database: Database) -> list[tuple[str, int, Mapping[str, Any] | None, dict[str, Any] | None]]:
    """Return the rows that differ from their last after-image, as table, id, image and current row.

    Rows whose payload was erased (personal data past its retention) have no image to compare. Data of an older
    version lack the tables that came later.
    """
    images, erased = last_images(database)
    unlike: list[tuple[str, int, Mapping[str, Any] | None, dict[str, Any] | None]] = []
    there = set(database.table_names())
    for table in [table for table in TABLE_OF.values() if table in there]:
        rows = {int(row["id"]): dict(row) for row in mapping.read(database, f"SELECT * FROM [{table}]")}  # noqa: S608
        for row_id, row in rows.items():
            image = images.get((table, row_id))
            if (image is None and not erased) or (image is not None and dict(image) != row):
                unlike.append((table, row_id, image, row))
        gone = [row_id for (name, row_id), image in images.items() if name == table and image and row_id not in rows]
        unlike += [(table, row_id, images[table, row_id], None) for row_id in gone if not erased]
    return unlike


def is_ledger_table(table: str) -> bool:
    """Return whether rows of a table are never deleted."""
    return table in LEDGER_TABLES


def withdrawal_column(table: str) -> str:
    """Return the column by which a ledger's row is marked as withdrawn, or "" where a further row does."""
    return WITHDRAWAL_COLUMNS.get(table, "")


def images_of(database: Database, table: str, *, apart: str = "") -> dict[int, list[dict[str, Any]]]:
    """Return the images of every current row of a table, each as it was at the end of an entry.

    Of a reused id only the images of the later row. ``apart`` is a column: where an entry set it, the row as it
    was until then is an image of its own.
    """
    found: dict[int, list[dict[str, Any]]] = {}
    query = "SELECT payload FROM journal WHERE payload LIKE ? ORDER BY seq"
    for (payload,) in database.execute(query, [f'%"{table}"%']):
        step: dict[tuple[int, object], dict[str, Any]] = {}
        for change in json.loads(payload or "[]"):
            if change["table"] != table or change["after"] is None:
                continue
            if change["before"] is None:
                found[change["row_id"]] = []
            key = (change["row_id"], change["after"].get(apart))
            step.pop(key, None)  # the last image of a key comes last
            step[key] = change["after"]
        for (row_id, _), image in step.items():
            found.setdefault(row_id, []).append(image)
    return found
