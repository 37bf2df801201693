"""Reading what the search over everything looks through besides the register: events, papers, the latest actions."""

from __future__ import annotations

from db import mapping
from db.engine import Database
from db.journal import to_entry
from db.records.accounts import JournalEntry
from db.records.events import Event
from db.records.papers import Letter, Outgoing

_LATEST = 400
_SMALL = 20_000


def events(database: Database) -> list[Event]:
    """Return every event by date, undated ones last."""
    return mapping.fetch(database, Event, "SELECT * FROM events ORDER BY event_date IS NULL, event_date, id")


def letters(database: Database) -> list[Letter]:
    """Return the letters, the newest of a kind last."""
    return mapping.fetch(database, Letter, "SELECT * FROM letters ORDER BY id")


def outgoing(database: Database) -> list[Outgoing]:
    """Return the latest of what left the app, newest first."""
    return mapping.fetch(database, Outgoing, "SELECT * FROM outgoing ORDER BY id DESC LIMIT ?", [_LATEST])


def register_entries(database: Database) -> list[JournalEntry]:
    """Return the latest actions on the register of 団体 and people, newest first, without whole imports."""
    rows = database.query(
        "SELECT * FROM (SELECT * FROM journal ORDER BY seq DESC LIMIT ?) "
        "WHERE subject = 'organisations' AND length(payload) < ? ORDER BY seq DESC",
        [_LATEST, _SMALL],
    )
    return [to_entry(row) for row in rows]
