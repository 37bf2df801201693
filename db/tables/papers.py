"""Received files that are kept in the data folder."""

from __future__ import annotations

from db import mapping
from db.engine import Database
from db.records.papers import StoredFile


def stored_file(database: Database, file_id: int) -> StoredFile | None:
    """Return one kept file's record, or None."""
    return mapping.fetch_one(database, StoredFile, "SELECT * FROM stored_files WHERE id = ?", [file_id])


def stored_file_of(database: Database, keyed_hash: str) -> StoredFile | None:
    """Return the record of a content that is kept already, or None."""
    return mapping.fetch_one(database, StoredFile, "SELECT * FROM stored_files WHERE keyed_hash = ?", [keyed_hash])


def sums_of_stored_files(database: Database) -> dict[str, str]:
    """Return the SHA-256 of every kept content by its keyed hash."""
    return {
        str(row[0]): str(row[1]) for row in database.execute("SELECT keyed_hash, sha256 FROM stored_files").fetchall()
    }
