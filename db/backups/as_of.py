"""Rebuild the data as they stood at an earlier journal entry, in a database in memory.

The journal is undone from the newest entry back, and every row is set to what it was before. Where a
migration lies between, the rows are put into a database of the schema of that time, which then takes the same
migrations again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, cast

from db import connection, journal, mapping, migrations
from db.engine import Database
from db.files import storage_errors
from db.journal import SCHEMA_SUBJECT
from db.journal_index import IndexedEntry, journal_index
from db.mapping import TABLE_OF
from db.record import group_by_key
from db.records.accounts import JournalEntry

_SCHEMA_VERSIONS = re.compile(r"第(\d+)版から第(\d+)版")
HEADER_COLUMNS = "seq, at, by, action, subject, event_id, undo_of, redo_of, barrier"
"""The columns of the journal without its payload."""
_EXTRA_TABLES = ("facts", "journal")
"""Tables that services read although they hold no records."""
_TABLES_OF_EVENTS = frozenset(
    table for record, table in TABLE_OF.items() if "event_id" in mapping.field_types(cast(Any, record))
)
Tables = dict[str, dict[int, dict[str, Any]]]
"""Rows as stored, by table and id."""
_Images = dict[str, dict[int, dict[str, Any] | None]]


def schema_versions_of(subject: str, action: str) -> tuple[int, int] | None:
    """Return the schema versions before and after a journal entry, None where it is no migration."""
    found = _SCHEMA_VERSIONS.search(action) if subject == SCHEMA_SUBJECT else None
    return (int(found[1]), int(found[2])) if found else None


def journal_headers(database: Database) -> tuple[IndexedEntry, ...]:
    """Return the headers of all journal entries, oldest first."""
    return tuple(journal_index(database).entries)


def first_available(headers: tuple[IndexedEntry, ...]) -> int:
    """Return the number of the first journal entry whose state can be rebuilt (0 = the empty start).

    Rows of an erased entry cannot be undone. Where something had been erased before a migration, the entry of
    that migration does not hold all that it moved.
    """
    beginning = headers[0].seq if headers else 0
    erased = max((one.seq for one in headers if one.erased), default=0)
    shaped = max((one.seq for one in headers if erased and one.is_schema), default=0)
    return max(beginning, erased, shaped)


def last_until(headers: tuple[IndexedEntry, ...], moment: datetime, event_steps: tuple[int, ...]) -> int:
    """Return the number of the last journal entry up to ``moment`` (0 = it lies before the first).

    The result is always a state that really was: an entry with an earlier time than the one before it,
    because a clock was set back, counts with the one before. ``event_steps`` are the entries of the event
    that is looked at; clocks of other entries do not move them.
    """
    numbers = set(event_steps)
    start = _last([one for one in headers if one.seq in numbers], moment)
    end = min((number for number in event_steps if number > start), default=headers[-1].seq + 1 if headers else 1)
    return max(start, _last([one for one in headers if start <= one.seq < end], moment))


def _last(headers: list[IndexedEntry], moment: datetime) -> int:
    """Return the number of the last entry up to ``moment``, before the first later one; 0 where there is none."""
    found = 0
    for one in headers:
        if one.at > moment:
            break
        found = one.seq
    return found


def step_numbers_of_event(database: Database, event_id: int) -> tuple[int, ...]:
    """Return the numbers of the journal entries of an event, or that touched a row of it."""
    return tuple(journal_index(database).of_event.get(event_id, ()))


def entries_of_event(database: Database, event_id: int) -> list[JournalEntry]:
    """Return the journal entries of an event with their rows, newest first."""
    return entries_of_steps(database, step_numbers_of_event(database, event_id))[::-1]


def entries_of_steps(database: Database, seqs: Sequence[int]) -> list[JournalEntry]:
    """Return the journal entries with these numbers and their rows, oldest first."""
    query = "SELECT * FROM journal WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq"
    return [journal.to_entry(row) for row in mapping.read(database, query, [mapping.as_json(list(seqs))])]


def rebuild(database: Database, seq: int, *, event_id: int | None = None) -> Database:
    """Return the data as they stood after journal entry ``seq``, in a database of their own in memory.

    The journal there has the heads of the steps up to then. The caller closes it.

    Args:
        event_id: the event that is looked at; what belongs to events of other years, and heads of other events, is
            left out then.

    Raises:
        ValueError: a step after ``seq`` was erased, or its rows fit no shape that the steps of migration know.
    """
    apart = frozenset() if event_id is None else _events_of_other_years(database, event_id)
    images, version = _images_after(database, seq)
    if version == migrations.version_of(database):
        fill = partial(_copy_rows, database, images, apart)
    else:
        fill = partial(insert_tables, _with_images(database, images), apart)
    return build_in_memory(database, fill, seq=seq, version=version, event_id=event_id)


def _events_of_other_years(database: Database, event_id: int) -> frozenset[int]:
    found = database.execute(
        "SELECT id FROM events WHERE programme_id <> (SELECT programme_id FROM events WHERE id = ?)", [event_id]
    ).fetchall()
    return frozenset(int(one[0]) for one in found)


def rows_after(database: Database, seq: int) -> tuple[Tables, int]:
    """Return the rows as they stood after entry ``seq``, by table and id, and their schema version.

    Raises:
        ValueError: a step after ``seq`` was erased.
    """
    images, version = _images_after(database, seq)
    return _with_images(database, images), version


def _with_images(database: Database, images: _Images) -> Tables:
    tables = {name: {int(row["id"]): row for row in rows_of(database, name)} for name in TABLE_OF.values()}
    for name, found in images.items():
        there = tables.get(name, {}) | found
        tables[name] = {number: row for number, row in there.items() if row is not None}
    return tables


def _images_after(database: Database, seq: int) -> tuple[_Images, int]:
    """Return what the rows changed after entry ``seq`` were then, None = not there, and their schema version.

    Raises:
        ValueError: a step after ``seq`` was erased.
    """
    images: _Images = {}
    version = migrations.version_of(database)
    for row in mapping.read(database, "SELECT * FROM journal WHERE seq > ? ORDER BY seq DESC", [seq]):
        if not row["payload"]:
            raise ValueError(f"step {row['seq']} was erased")
        for change in reversed(journal.to_entry(row).changes):
            images.setdefault(change.table, {})[change.row_id] = change.before and dict(change.before)
        shapes = schema_versions_of(row["subject"], row["action"])
        version = shapes[0] if shapes else version
    return images, version


def build_in_memory(
    database: Database,
    fill: Callable[[Database], None],
    *,
    seq: int,
    version: int,
    upto: int | None = None,
    event_id: int | None = None,
) -> Database:
    """Put rows into a database in memory and migrate it to a schema version; the caller closes it.

    Args:
        fill: inserts the rows, of schema ``version``.
        seq: the journal entry they stood after; the headers of the journal up to it are copied.
        upto: the schema version wanted; None for that of ``database``.
        event_id: the event whose heads of the journal are copied, None = all.

    Raises:
        ValueError: the rows fit no schema that the migrations know.
    """
    wanted = migrations.version_of(database) if upto is None else upto
    only = "" if event_id is None else "AND event_id = ?"
    heads = f"SELECT {HEADER_COLUMNS} FROM journal WHERE seq <= ? {only} ORDER BY seq"  # noqa: S608
    unsaid = {"payload": "", "payload_hash": "", "chain": ""}
    index = journal_index(database)
    # Since when somebody is in his state is read from the steps themselves.
    told = {*index.of_table["entries"]}
    told &= told if event_id is None else {*index.of_event[event_id]}
    query = "SELECT seq, payload FROM journal WHERE seq <= ? AND seq IN (SELECT value FROM json_each(?))"
    payloads = {row["seq"]: row for row in mapping.read(database, query, [seq, mapping.as_json([*told])])}
    beside = {
        "facts": list(rows_of(database, "facts")),
        "journal": [
            row | unsaid | payloads.get(row["seq"], {})
            for row in mapping.read(database, heads, [seq] if event_id is None else [seq, event_id])
        ],
    }
    same = version == migrations.version_of(database)
    past = connection.in_memory() if same else migrations.in_memory(upto=version)
    try:
        # Foreign keys held in the source, and the order in which rows are inserted here need not respect them.
        past.execute("PRAGMA foreign_keys = OFF")
        if same:
            _copy_schema(database, past)
        past.execute("BEGIN")
        fill(past)
        for name, held in beside.items():
            _insert_rows(past, name, held)
        past.execute("COMMIT")
        if not same:
            migrations.migrate(past, upto=wanted)
    except storage_errors.ENGINE_ERRORS as error:
        past.conn.close()
        raise ValueError(f"the rows fit no shape that is known: {error}") from error
    return past


def rows_of(database: Database, table: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as stored."""
    return mapping.read(database, f"SELECT * FROM [{table}]")  # noqa: S608


def _copy_rows(database: Database, images: _Images, apart: Collection[int], past: Database) -> None:
    """Copy all rows but those of the events ``apart``, as the engine hands them over, then put the images in."""
    events = mapping.as_json(sorted(apart))
    for table in TABLE_OF.values():
        query = f"SELECT * FROM [{table}]"  # noqa: S608
        if table in _TABLES_OF_EVENTS:
            query += " WHERE event_id IS NULL OR event_id NOT IN (SELECT value FROM json_each(:events))"
        found = database.execute(query, {"events": events})
        marks = ", ".join("?" for _ in found.description)
        past.conn.executemany(f"INSERT INTO [{table}] VALUES ({marks})", found)  # noqa: S608
        then = images.get(table, {})
        past.conn.executemany(f"DELETE FROM [{table}] WHERE id = ?", [[number] for number in then])  # noqa: S608
        _insert_rows(past, table, [one for one in then.values() if one and one.get("event_id") not in apart])


def insert_tables(tables: Tables, apart: Collection[int], past: Database) -> None:
    """Insert the rows of every table but those of the events ``apart``."""
    for name, found in tables.items():
        _insert_rows(past, name, [one for one in found.values() if one.get("event_id") not in apart])


def _copy_schema(database: Database, target: Database) -> None:
    """Create the tables of the records as they are in the file, without the triggers of the search."""
    wanted = {*TABLE_OF.values(), *_EXTRA_TABLES}
    query = (
        "SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL ORDER BY "
        "type DESC, rowid"
    )
    for table, sql in database.execute(query).fetchall():
        if table in wanted:
            target.execute(sql)
    target.execute(f"PRAGMA user_version = {migrations.version_of(database)}")


def _insert_rows(target: Database, table: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows, grouped by their columns."""
    alike = group_by_key((tuple(row), tuple(row.values())) for row in rows)
    for names, values in alike.items():
        columns = ", ".join(f"[{name}]" for name in names)
        query = f"INSERT INTO [{table}] ({columns}) VALUES ({', '.join('?' for _ in names)})"  # noqa: S608
        target.conn.executemany(query, values)
