"""Queries on any row of any table, for searching every text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from db import mapping
from db.engine import Database

_NO_ROWS: Final = frozenset({"journal", "person_keys", "organisation_keys", "former_names", "_sqlite_migrations"})
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
