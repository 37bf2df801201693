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
