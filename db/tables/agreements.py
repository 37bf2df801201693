"""Reading the matters the ward and the contractor settle together."""

from __future__ import annotations

from db.engine import Database
from db.records.agreements import Agreement
from db.rows import rows


def of_event(database: Database, event_id: int) -> list[Agreement]:
    """Return the matters of one event in the order they were opened."""
    return rows(database, Agreement, event_id=event_id)
