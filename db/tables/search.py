"""Reading what the search over everything looks through besides the register: events, papers, the latest actions."""

from __future__ import annotations

from db import mapping
from db.engine import Database
from db.journal import to_entry
from db.records.accounts import JournalEntry
from db.records.events import Event
from db.records.papers import Letter, Outgoing
from db.rows import rows

_LATEST = 400
_SMALL = 20_000


def events(database: Database) -> list[Event]:
    """Return every event by date, undated ones last."""
    return rows(database, Event, order=("event_date nulls last", "id"))


def letters(database: Database) -> list[Letter]:
    """Return the letters, the newest of a kind last."""
    return rows(database, Letter)


def outgoing(database: Database) -> list[Outgoing]:
    """Return the latest of what left the app, newest first."""
    return mapping.fetch(database, Outgoing, "SELECT * FROM outgoing ORDER BY id DESC LIMIT ?", [_LATEST])


def register_entries(database: Database) -> list[JournalEntry]:
    """Return the latest actions on the register of 団体 and people, newest first, without whole imports."""
    found = mapping.read(
        database,
        "SELECT * FROM (SELECT * FROM journal ORDER BY seq DESC LIMIT ?) "
        "WHERE subject = 'organisations' AND length(payload) < ? ORDER BY seq DESC",
        [_LATEST, _SMALL],
    )
    return [to_entry(one) for one in found]
