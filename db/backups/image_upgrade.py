"""Upgrade the images of an action from before a migration to today's schema, for undo.

The rows as they stood just before the migration are put into memory twice, once as the action left them and
once as it found them, and both are migrated. What differs then is what the action changed, as long as it lies
in rows that it changed itself. Whether these still stand so is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from db import journal, mapping, migrations
from db.backups import as_of
from db.engine import Database
from db.journal import SCHEMA_SUBJECT
from db.mapping import TABLE_OF
from db.records.accounts import JournalEntry, RowChange

ReadImage = Callable[[str, int], dict[str, Any] | None]
"""Return a row, by table and id, as it stood at a moment, or None."""
AdjustImages = Callable[[ReadImage, Sequence[RowChange]], list[RowChange]]
_WORDS = re.compile(r"\w+")


class ImageNotUpgradable(Exception):
    """The images of an action cannot be upgraded; ``item`` is the row change, ``shape`` the migration in the way."""

    def __init__(self, item: RowChange, schema_entry: JournalEntry):
        super().__init__(f"{item.table} {item.row_id}")
        self.item, self.shape = item, schema_entry


def upgrade_images(
    database: Database, seq: int, changes: Sequence[RowChange], *, adjust: AdjustImages | None = None
) -> list[RowChange]:
    """Return what the journal entry ``seq`` changed, its images upgraded to today's schema.

    Args:
        changes: one change for each row.
        adjust: merges the images into the rows as they stood just before the migration, so that only the
            fields count that the action changed.

    Raises:
        ImageNotUpgradable: a table or column no longer exists, the migration split the row or made both
            images equal, or its effect is unknown because something was erased.
    """
    found = list(changes)
    for shape in _schema_entries_after(database, seq):
        if found and _names_table(shape, {item.table for item in found}):
            found = _upgrade_once(database, shape, found, adjust)
    return found


def _schema_entries_after(database: Database, seq: int) -> list[JournalEntry]:
    """Return the journal entries of the migrations after entry ``seq``, oldest first."""
    query = f"SELECT {as_of.HEADER_COLUMNS}, '' AS payload FROM journal WHERE subject = ? AND seq > ? ORDER BY seq"  # noqa: S608
    return [journal.to_entry(row) for row in mapping.read(database, query, [SCHEMA_SUBJECT, seq])]


def _names_table(schema_entry: JournalEntry, tables: set[str]) -> bool:
    """Return whether the SQL of a migration names one of the tables (True where its versions are unknown)."""
    versions = as_of.schema_versions_of(schema_entry.subject, schema_entry.action)
    if versions is None:
        return True
    steps = migrations.STEPS[versions[0] : versions[1]]
    return any(tables & set(_WORDS.findall(path.read_text(encoding="utf-8"))) for path in steps)


def _upgrade_once(
    database: Database, schema_entry: JournalEntry, changes: list[RowChange], adjust: AdjustImages | None
) -> list[RowChange]:
    """Return the changes in the schema of the migration ``schema_entry``; raises ImageNotUpgradable."""
    try:
        before, version = as_of.rows_after(database, schema_entry.seq - 1)
        if adjust is not None:
            changes = adjust(lambda table, row_id: before.get(table, {}).get(row_id), changes)
        after, later = as_of.rows_after(database, schema_entry.seq)
        if _has_erased_rows(database) or as_of.schema_versions_of(schema_entry.subject, schema_entry.action) != (
            version,
            later,
        ):
            raise ValueError("the rows of then are not known")
        update = partial(_run_migrations, database, seq=schema_entry.seq - 1, version=version, upto=later)
        if _differing(update(before), after):
            raise ValueError("the steps do not make the rows that the update made")
        left = _with_images(before, {(item.table, item.row_id): item.after for item in changes})
        made = update(left) if _differing(left, before) else after
        found = update(_with_images(before, {(item.table, item.row_id): item.before for item in changes}))
    except ValueError as problem:
        raise ImageNotUpgradable(changes[0], schema_entry) from problem
    if _differing(found, made) - {(item.table, item.row_id) for item in changes}:
        raise ImageNotUpgradable(changes[0], schema_entry)
    return [_upgraded_change(item, found, made, schema_entry) for item in changes]


def _has_erased_rows(database: Database) -> bool:
    """Return whether the rows of a journal entry were erased, so that no earlier state can be rebuilt."""
    return database.execute("SELECT 1 FROM journal WHERE payload = '' LIMIT 1").fetchone() is not None


def _with_images(tables: as_of.Tables, images: Mapping[tuple[str, int], dict[str, Any] | None]) -> as_of.Tables:
    """Return the tables with these row images put in; an image of None removes the row."""
    touched = {name: dict(tables.get(name, {})) for name, _row in images}
    for (table, row_id), image in images.items():
        if image is None:
            touched[table].pop(row_id, None)
        else:
            touched[table][row_id] = image
    return tables | touched


def _run_migrations(database: Database, tables: as_of.Tables, *, seq: int, version: int, upto: int) -> as_of.Tables:
    """Return the tables after the migrations up to version ``upto``, run in a database in memory."""
    laid = as_of.build_in_memory(
        database, partial(as_of.insert_tables, tables, ()), seq=seq, version=version, upto=upto
    )
    try:
        there = set(laid.table_names()) & set(TABLE_OF.values())
        return {name: {int(row["id"]): row for row in as_of.rows_of(laid, name)} for name in there}
    finally:
        laid.close()


def _differing(some: as_of.Tables, others: as_of.Tables) -> set[tuple[str, int]]:
    """Return the rows, by table and id, that differ."""
    found = set()
    for table in some.keys() | others.keys():
        one, other = some.get(table, {}), others.get(table, {})
        if one != other:
            found |= {(table, row) for row in one.keys() | other.keys() if one.get(row) != other.get(row)}
    return found


def _upgraded_change(
    item: RowChange, found: as_of.Tables, upgraded: as_of.Tables, schema_entry: JournalEntry
) -> RowChange:
    """Return one change with its images as the migrations made them.

    Raises:
        ImageNotUpgradable: the row or a column that the action changed does not exist in the new schema.
    """
    was = found.get(item.table, {}).get(item.row_id)
    then = upgraded.get(item.table, {}).get(item.row_id)
    named = [name for name, value in (item.before or {}).items() if (item.after or {}).get(name) != value]
    lost = any(name not in (was or {}) for name in named)
    if lost or (was is None) != (item.before is None) or (then is None) != (item.after is None):
        raise ImageNotUpgradable(item, schema_entry)
    if was == then and item.before != item.after:
        raise ImageNotUpgradable(item, schema_entry)
    return replace(item, before=was, after=then)
