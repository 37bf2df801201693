"""Reading the passages of papers that staff worded themselves."""

from __future__ import annotations

from db import mapping
from db.engine import Database
from db.records.papers import PaperText


def of_paper(database: Database, event_id: int, document_kind: str) -> list[PaperText]:
    """Return the edited passages of one kind of paper of one event."""
    return mapping.fetch(
        database,
        PaperText,
        "SELECT * FROM paper_texts WHERE event_id = ? AND document_kind = ? ORDER BY id",
        [event_id, document_kind],
    )


def of_organisation(database: Database, organisation_id: int) -> list[PaperText]:
    """Return the edited passages of the papers that hang on one 団体."""
    query = "SELECT * FROM paper_texts WHERE organisation_id = ? ORDER BY id"
    return mapping.fetch(database, PaperText, query, [organisation_id])
