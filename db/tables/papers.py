"""Received files that are kept in the data folder."""

from __future__ import annotations

from db.engine import Database
from db.records.papers import StoredFile
from db.rows import row


def stored_file_of(database: Database, keyed_hash: str) -> StoredFile | None:
    """Return the record of a content that is kept already, or None."""
    return row(database, StoredFile, keyed_hash=keyed_hash)


def sums_of_stored_files(database: Database) -> dict[str, str]:
    """Return the SHA-256 of every kept content by its keyed hash."""
    return {
        str(one[0]): str(one[1]) for one in database.execute("SELECT keyed_hash, sha256 FROM stored_files").fetchall()
    }
