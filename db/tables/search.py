"""Queries of the searches beside the register.

The global search reads events, documents and changed names; a search of every text reads any row of any table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from db import mapping
from db.engine import Database
from db.journal import to_entry
from db.record import group_by_key
from db.records.accounts import JournalEntry
from db.records.documents import Letter, Outgoing
from db.records.events import Event
from db.records.submissions.materials import Material, MaterialVersion
from db.rows import rows

_LATEST = 400


def events(database: Database) -> list[Event]:
    """Return every event by date, undated ones last."""
    return rows(database, Event, order=("event_date nulls last", "id"))


def materials(database: Database) -> list[tuple[Material, str]]:
    """Return every handout with the file names of its versions in one text, in the order of the event ids."""
    names = group_by_key((version.material_id, version.file_name) for version in rows(database, MaterialVersion))
    return [(one, " ".join(names.get(one.id, ()))) for one in rows(database, Material, order=("event_id", "position"))]


def letters(database: Database) -> list[Letter]:
    """Return the letters, the newest of a kind last."""
    return rows(database, Letter)


def outgoing(database: Database) -> list[Outgoing]:
    """Return the latest 400 outgoing documents, newest first."""
    return mapping.fetch(database, Outgoing, "SELECT * FROM outgoing ORDER BY id DESC LIMIT ?", [_LATEST])


def name_changes(database: Database, keys: Sequence[str], *, limit: int) -> list[tuple[JournalEntry, str, int]]:
    """Return the journal entries that changed a registered name containing every key, newest first.

    With each the table (organisations or people) and the row id, where it still exists. ``keys`` are made with
    ``name_key``.
    """
    held = " AND ".join("instr(f.key, ?) > 0" for _ in keys) or "1"
    found = mapping.read(
        database,
        "SELECT j.*, f.what AS renamed_what, f.row_id AS renamed_id FROM former_names f JOIN journal j ON "  # noqa: S608
        "j.seq = f.seq "
        f"WHERE {held} AND ((f.what = 'organisations' AND f.row_id IN (SELECT id FROM organisations)) "
        "OR (f.what = 'people' AND f.row_id IN (SELECT id FROM people))) ORDER BY f.seq DESC, f.row_id LIMIT ?",
        [*keys, limit],
    )
    return [(to_entry(one), str(one["renamed_what"]), int(one["renamed_id"])) for one in found]


_NO_ROWS = frozenset({"journal", "person_keys", "organisation_keys", "former_names", "_sqlite_migrations"})
"""Tables without rows of their own (images, and keys that triggers make)."""


def all_rows(database: Database) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Yield table, id and columns of every row, without the journal and tables of search keys."""
    for table in sorted(set(database.table_names()) - _NO_ROWS):
        for row in mapping.read(database, f"SELECT rowid AS _row, * FROM [{table}]"):  # noqa: S608 - a table of our own
            yield table, int(row.pop("_row")), row


def text_at(database: Database, table: str, row_id: int, column: str) -> str:
    """Return the text of a cell, "" where there is no such row or column."""
    if table not in database.table_names():
        return ""
    select = f"SELECT * FROM [{table}] WHERE {'seq' if table == 'journal' else 'rowid'} = ?"  # noqa: S608
    row = next(iter(mapping.read(database, select, [row_id])), {})
    return str(row.get(column) or "")
