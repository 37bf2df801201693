"""Reading the passages of papers that staff worded themselves."""

from __future__ import annotations

from db.engine import Database
from db.records.papers import PaperText
from db.rows import rows


def of_paper(database: Database, event_id: int, document_kind: str) -> list[PaperText]:
    """Return the edited passages of one kind of paper of one event."""
    return rows(database, PaperText, event_id=event_id, document_kind=document_kind)


def of_organisation(database: Database, organisation_id: int) -> list[PaperText]:
    """Return the edited passages of the papers that hang on one 団体."""
    return rows(database, PaperText, organisation_id=organisation_id)
