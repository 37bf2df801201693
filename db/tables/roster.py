"""Reading who comes to an event: entries, choices, groups, needs and lent tablets."""

from __future__ import annotations

from collections.abc import Sequence

from db import mapping
from db.engine import Database
from db.records.roster import Arrangement, Entry, GroupWish, Selection, TableGroup, Tablet, TabletLoan


def entries(database: Database, event_id: int) -> list[Entry]:
    """Return every entry of one event in the order of application (first come), later ones and walk-ins last."""
    return mapping.fetch(
        database,
        Entry,
        "SELECT * FROM entries WHERE event_id = ? ORDER BY walk_in, applied_at IS NULL, applied_at, id",
        [event_id],
    )


def all_entries(database: Database) -> list[Entry]:
    """Return the entries of every event, as ``entries`` orders them within each."""
    return mapping.fetch(
        database, Entry, "SELECT * FROM entries ORDER BY event_id, walk_in, applied_at IS NULL, applied_at, id"
    )


def entry(database: Database, entry_id: int) -> Entry | None:
    """Return one entry, or None."""
    return mapping.fetch_one(database, Entry, "SELECT * FROM entries WHERE id = ?", [entry_id])


def entries_of_person(database: Database, person_id: int) -> list[Entry]:
    """Return the entries of one person over all events."""
    return mapping.fetch(database, Entry, "SELECT * FROM entries WHERE person_id = ? ORDER BY event_id, id", [person_id])


def entries_of_organisation(database: Database, organisation_id: int) -> list[Entry]:
    """Return the entries of one 団体 over all events."""
    return mapping.fetch(
        database, Entry, "SELECT * FROM entries WHERE organisation_id = ? ORDER BY event_id, id", [organisation_id]
    )


def entries_of_applications(database: Database, application_ids: Sequence[int]) -> list[Entry]:
    """Return the entries that came from these applications."""
    marks = ", ".join("?" for _ in application_ids)
    return mapping.fetch(
        database, Entry, f"SELECT * FROM entries WHERE application_id IN ({marks}) ORDER BY id", application_ids  # noqa: S608
    )


def selections(database: Database, event_id: int) -> list[Selection]:
    """Return the choices made for one event, first one first."""
    return mapping.fetch(database, Selection, "SELECT * FROM selections WHERE event_id = ? ORDER BY id", [event_id])


def selection(database: Database, selection_id: int) -> Selection | None:
    """Return one choice, or None."""
    return mapping.fetch_one(database, Selection, "SELECT * FROM selections WHERE id = ?", [selection_id])


def groups(database: Database, event_id: int) -> list[TableGroup]:
    """Return the 班 of one event by number."""
    return mapping.fetch(
        database, TableGroup, "SELECT * FROM table_groups WHERE event_id = ? ORDER BY number, id", [event_id]
    )


def group_wishes(database: Database, event_id: int) -> list[GroupWish]:
    """Return who is to sit together or apart."""
    return mapping.fetch(database, GroupWish, "SELECT * FROM group_wishes WHERE event_id = ? ORDER BY id", [event_id])


def arrangements(database: Database, event_id: int) -> list[Arrangement]:
    """Return what the 配慮 of one event lead to."""
    return mapping.fetch(database, Arrangement, "SELECT * FROM arrangements WHERE event_id = ? ORDER BY id", [event_id])


def all_arrangements(database: Database) -> list[Arrangement]:
    """Return the arrangements of every event."""
    return mapping.fetch(database, Arrangement, "SELECT * FROM arrangements ORDER BY event_id, id")


def tablets(database: Database) -> list[Tablet]:
    """Return the ward's tablets by number."""
    return mapping.fetch(database, Tablet, "SELECT * FROM tablets ORDER BY length(number), number, id")


def loans(database: Database, event_id: int) -> list[TabletLoan]:
    """Return the tablets lent, or to be lent, at one event."""
    return mapping.fetch(database, TabletLoan, "SELECT * FROM tablet_loans WHERE event_id = ? ORDER BY id", [event_id])


def all_loans(database: Database) -> list[TabletLoan]:
    """Return the loans of every event."""
    return mapping.fetch(database, TabletLoan, "SELECT * FROM tablet_loans ORDER BY event_id, id")


def entries_with_care(database: Database) -> list[Entry]:
    """Return the entries of every event for whom a 配慮 was written."""
    return mapping.fetch(database, Entry, "SELECT * FROM entries WHERE trim(care) <> '' ORDER BY event_id, id")
