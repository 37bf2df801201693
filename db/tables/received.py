"""Queries on received documents of an event or a year."""

from __future__ import annotations

from db.engine import Database
from db.mapping import fetch
from db.records.submissions.received import ReceivedPaper
from db.rows import rows

BY_KIND = ("kind", "matter", "version", "id")


def versions_of(
    database: Database, kind: str, *, event_id: int | None = None, programme_id: int | None = None
) -> list[ReceivedPaper]:
    """Return the received documents of one kind of an event or of a year, by matter and version.

    One of the two ids is given; the other stays None, which asks for rows without it.
    """
    return rows(database, ReceivedPaper, kind=kind, event_id=event_id, programme_id=programme_id, order=BY_KIND)


def received_of_year(database: Database, programme_id: int) -> list[ReceivedPaper]:
    """Return every received document of a year without an event, by kind, matter and version."""
    return rows(database, ReceivedPaper, programme_id=programme_id, order=BY_KIND)


def received_in_year(database: Database, programme_id: int) -> list[ReceivedPaper]:
    """Return every received document of a year and of its events, by version."""
    return fetch(
        database,
        ReceivedPaper,
        "SELECT * FROM received_papers WHERE programme_id = :year "
        "OR event_id IN (SELECT id FROM events WHERE programme_id = :year) ORDER BY version, id",
        {"year": programme_id},
    )
