"""Reading the passages of papers that staff worded themselves."""

from __future__ import annotations

from db.engine import Database
from db.records.papers import PaperText
from db.rows import rows


def of_paper(
    database: Database,
    document_kind: str,
    *,
    event_id: int | None = None,
    programme_id: int | None = None,
    organisation_id: int | None = None,
) -> list[PaperText]:
    """Return the edited passages of one kind of paper of one event, year or 団体."""
    return rows(
        database,
        PaperText,
        document_kind=document_kind,
        event_id=event_id,
        programme_id=programme_id,
        organisation_id=organisation_id,
    )


def of_organisation(database: Database, organisation_id: int) -> list[PaperText]:
    """Return the edited passages of the papers that hang on one 団体."""
    return rows(database, PaperText, organisation_id=organisation_id)
