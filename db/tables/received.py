"""Reading received papers: those of an event, of a year, and the one file that came with each."""

from __future__ import annotations

from typing import Final

from db.engine import Database
from db.records.submissions.received import ReceivedPaper
from db.rows import rows

BY_KIND: Final = ("kind", "matter", "version", "id")


def versions_of(
    database: Database, kind: str, *, event_id: int | None = None, programme_id: int | None = None
) -> list[ReceivedPaper]:
    """Return what came of one kind of an event or a year, matter by matter, each from its first version on."""
    return rows(database, ReceivedPaper, kind=kind, event_id=event_id, programme_id=programme_id, order=BY_KIND)


def received_of_year(database: Database, programme_id: int) -> list[ReceivedPaper]:
    """Return every paper of a year that belongs to no event, by kind and version."""
    return rows(database, ReceivedPaper, programme_id=programme_id, order=BY_KIND)
