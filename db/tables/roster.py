"""Reading who comes to an event: entries, choices, groups, needs and lent tablets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from db import mapping
from db.engine import Database
from db.records.roster import Arrangement, Entry, GroupWish, Selection, TableGroup, Tablet, TabletLoan
from db.rows import rows

ENTRY_ORDER: Final = ("event_id", "walk_in", "applied_at nulls last", "id")
"""By event, within each in the order of application (first come), later ones and walk-ins last."""


def entries(database: Database, event_id: int) -> list[Entry]:
    """Return every entry of one event in the order of application (first come), later ones and walk-ins last."""
    return rows(database, Entry, event_id=event_id, order=("walk_in", "applied_at nulls last", "id"))


def entries_of(database: Database, event_ids: Sequence[int]) -> list[Entry]:
    """Return the entries of these events, as ``entries`` orders them within each."""
    return rows(database, Entry, event_id=event_ids, order=ENTRY_ORDER)


def all_entries(database: Database) -> list[Entry]:
    """Return the entries of every event, as ``entries`` orders them within each."""
    return rows(database, Entry, order=ENTRY_ORDER)


def entries_of_person(database: Database, person_id: int) -> list[Entry]:
    """Return the entries of one person over all events."""
    return rows(database, Entry, person_id=person_id, order=("event_id", "id"))


def entries_of_organisation(database: Database, organisation_id: int) -> list[Entry]:
    """Return the entries of one 団体 over all events."""
    return rows(database, Entry, organisation_id=organisation_id, order=("event_id", "id"))


def entries_of_applications(database: Database, application_ids: Sequence[int]) -> list[Entry]:
    """Return the entries that came from these applications."""
    return rows(database, Entry, application_id=application_ids)


def selections(database: Database, event_id: int) -> list[Selection]:
    """Return the choices made for one event, first one first."""
    return rows(database, Selection, event_id=event_id)


def groups(database: Database, event_id: int) -> list[TableGroup]:
    """Return the 班 of one event by number."""
    return rows(database, TableGroup, event_id=event_id, order=("number", "id"))


def group_wishes(database: Database, event_id: int) -> list[GroupWish]:
    """Return who is to sit together or apart."""
    return rows(database, GroupWish, event_id=event_id)


def arrangements(database: Database, event_id: int) -> list[Arrangement]:
    """Return what the 配慮 of one event lead to."""
    return rows(database, Arrangement, event_id=event_id)


def tablets(database: Database) -> list[Tablet]:
    """Return the ward's tablets by number."""
    return mapping.fetch(database, Tablet, "SELECT * FROM tablets ORDER BY length(number), number, id")


def loans(database: Database, event_id: int) -> list[TabletLoan]:
    """Return the tablets lent, or to be lent, at one event."""
    return rows(database, TabletLoan, event_id=event_id)


def all_loans(database: Database) -> list[TabletLoan]:
    """Return the loans of every event."""
    return rows(database, TabletLoan, order=("event_id", "id"))
