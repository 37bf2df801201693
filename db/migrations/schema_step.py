"""The journal entry of a migration, with the rows it changed, so that images stay true."""

from __future__ import annotations

from datetime import datetime

from db import connection, journal, migrations
from db.engine import Database
from db.records.accounts import JournalEntry, RowChange
from db.tables.journal import rows_unlike_journal


def step_text(before: int, after: int) -> str:
    """Return the action text of a migration's entry, from which both schema versions are parsed."""
    return f"データを新しい版の形にした（第{before}版から第{after}版）"


def changed_rows(database: Database) -> list[RowChange]:
    """Return the rows that differ from their last image, just after the migration."""
    return [
        RowChange(table=table, row_id=row_id, before=dict(image) if image is not None else None, after=row)
        for table, row_id, image, row in rows_unlike_journal(database)
    ]


def append_schema_step(database: Database, key: bytes, *, before: int, at: datetime, lock_number: int) -> None:
    """Write the entry of a migration after a restore; nothing where the data had today's schema.

    Args:
        before: the schema version that they had.
    """
    after = migrations.version_of(database)
    if before == after:
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        change = journal.Change(database)
        change.rows.extend(changed_rows(database))
        entry = JournalEntry(
            seq=0,
            at=at,
            by="復元",
            action=step_text(before, after),
            subject=journal.SCHEMA_SUBJECT,
            event_id=None,
            barrier=True,
        )
        journal.append(database, key, entry, change.payload(), lock_number=lock_number)
        database.execute("COMMIT")
    except BaseException:
        connection.roll_back(database)
        raise
