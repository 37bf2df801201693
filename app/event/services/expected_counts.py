"""Returns the numbers expected at each event, and its places.

People are counted from the roster, or typed where no roster is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from app.event.rules.expected_attendance import default_capacity
from app.event.rules.participation import expected_counts
from app.programme.rules import row_in_force
from db.engine import Database
from db.record import RowsById, group_by_key
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.participants import ExpectedCount
from db.records.roster import Arrangement, Entry, Selection
from db.rows import rows, rows_by_id
from db.tables import organisations, participants, programme, roster

Row = TypeVar("Row", Entry, Arrangement, ExpectedCount)


def counts_from_roster(event: Event, *, has_entries: bool) -> bool:
    """Return whether the roster gives the numbers: chosen so, or not chosen and it has an entry."""
    return event.count_source.is_roster or (not event.count_source and has_entries)


def expected_of_event(database: Database, event: Event) -> list[ExpectedCount]:
    """Return the expected numbers of one event by 団体, from its roster or as typed."""
    entries = roster.entries(database, event.id)
    if not counts_from_roster(event, has_entries=bool(entries)):
        return participants.expected_counts(database, event.id)
    known = RowsById(organisations.all_organisations(database))
    return expected_counts(entries, known, roster.arrangements(database, event.id))


def expected_by_event(database: Database, events: Collection[Event]) -> dict[int, list[ExpectedCount]]:
    """Return the expected numbers of several events by event id, read together; an id may be missing (no numbers)."""
    ids = [event.id for event in events]
    entries = _by_event(roster.entries_of(database, ids))
    return expected_from_rows(database, events, entries, _by_event(rows(database, Arrangement, event_id=ids)))


def expected_from_rows(
    database: Database,
    events: Iterable[Event],
    entries: Mapping[int, Sequence[Entry]],
    arrangements: Mapping[int, Sequence[Arrangement]],
    typed_counts: Sequence[ExpectedCount] | None = None,
) -> dict[int, list[ExpectedCount]]:
    """Return the expected numbers of events from a roster, and typed numbers, that were read already.

    What is still read concerns only the rows that count, and the typed numbers where ``typed_counts`` is None.
    """
    counted: list[int] = []
    typed: list[int] = []
    for event in events:
        (counted if counts_from_roster(event, has_entries=bool(entries.get(event.id))) else typed).append(event.id)
    found: dict[int, list[ExpectedCount]] = {}
    if typed:
        if typed_counts is None:
            typed_counts = rows(database, ExpectedCount, event_id=typed, order=("event_id", "position", "id"))
        found |= _by_event(one for one in typed_counts if one.event_id in typed)
    if counted:
        wanted = {entry.organisation_id for one in counted for entry in entries.get(one, ())} - {None}
        known = rows_by_id(database, Organisation, id=wanted)
        found |= {one: expected_counts(entries.get(one, ()), known, arrangements.get(one, ())) for one in counted}
    return found


def _by_event(found: Iterable[Row]) -> dict[int, list[Row]]:
    return group_by_key((row.event_id, row) for row in found)


MANUAL_CHANGE = "手で変更"


def current_capacity(database: Database, event: Event) -> int:
    """Return how many places the event has: as in the last selection, else the default (仕様書4 エ).

    A selection never leaves more places than the room of today.
    """
    last = latest_selection(database, event.id)
    if last is None:
        return initial_capacity(database, event)
    return last.capacity if event.venue_capacity is None else min(last.capacity, event.venue_capacity)


def initial_capacity(database: Database, event: Event) -> int:
    """Return how many places the event has before a selection."""
    kinds = [row for row in programme.numbers(database, event.programme_id) if row.kind == event.kind]
    numbers = row_in_force(kinds, event.event_date)
    assert numbers is not None, event.kind
    return default_capacity(numbers, event.venue_capacity)


def latest_selection(database: Database, event_id: int) -> Selection | None:
    """Return the newest selection among all applicants, or None; a state set by hand is not one."""
    return next((row for row in reversed(roster.selections(database, event_id)) if not is_manual(row)), None)


def is_manual(selection: Selection) -> bool:
    """Return whether it records the state of one place set by hand."""
    return selection.method.by_ward and len(selection.lines) == 1 and selection.lines[0].why == MANUAL_CHANGE
