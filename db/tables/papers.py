"""Papers that leave the app, the log of what left, and received files that are kept."""

from __future__ import annotations

from db import mapping
from db.engine import Database
from db.records.papers import Letter, Outgoing, StoredFile


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


def letters_of(database: Database, event_id: int) -> list[Letter]:
    """Return the outgoing papers of an event with their state, by kind and revision."""
    query = "SELECT * FROM letters WHERE event_id = ? ORDER BY document_kind, revision"
    return mapping.fetch(database, Letter, query, [event_id])


def letter_of(database: Database, event_id: int, document_kind: str, revision: int) -> Letter | None:
    """Return the state of one outgoing paper, or None when nobody touched it yet."""
    query = "SELECT * FROM letters WHERE event_id = ? AND document_kind = ? AND revision = ? ORDER BY id DESC"
    return mapping.fetch_one(database, Letter, query, [event_id, document_kind, revision])


def outgoing_of(database: Database, event_id: int | None = None, *, limit: int = -1, offset: int = 0) -> list[Outgoing]:
    """Return the log of what left the app, newest first: of one event, or all of it."""
    where = "WHERE event_id = ?" if event_id is not None else ""
    query = f"SELECT * FROM outgoing {where} ORDER BY id DESC LIMIT ? OFFSET ?"  # noqa: S608
    given = [event_id] if event_id is not None else []
    return mapping.fetch(database, Outgoing, query, [*given, limit, offset])
