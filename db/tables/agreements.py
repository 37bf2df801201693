"""Reading the matters the ward and the contractor settle together."""

from __future__ import annotations

from db import mapping
from db.engine import Database
from db.records.agreements import Agreement


def agreement(database: Database, agreement_id: int) -> Agreement | None:
    """Return one matter, or None."""
    return mapping.fetch_one(database, Agreement, "SELECT * FROM agreements WHERE id = ?", [agreement_id])


def of_event(database: Database, event_id: int) -> list[Agreement]:
    """Return the matters of one event in the order they were opened."""
    return mapping.fetch(database, Agreement, "SELECT * FROM agreements WHERE event_id = ? ORDER BY id", [event_id])


def everything(database: Database) -> list[Agreement]:
    """Return every matter, also those of no single event."""
    return mapping.fetch(database, Agreement, "SELECT * FROM agreements ORDER BY id")
