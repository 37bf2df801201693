"""The numbers expected at each event: counted from the roster, or typed where no roster is kept.

- ``expected_of(database, event) -> list[ExpectedCount]``
- ``expected_by_event(database, events) -> dict[int, list[ExpectedCount]]`` the same for many events at once
- ``counts_from_roster(event, has_entries) -> bool`` which of the two it is
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from app.rules.taking_part import expected_counts
from db.engine import Database
from db.records.events import Event
from db.records.participants import ExpectedCount
from db.records.roster import Arrangement, Entry
from db.tables import organisations, participants, roster

Row = TypeVar("Row", Entry, Arrangement, ExpectedCount)


def counts_from_roster(event: Event, *, has_entries: bool) -> bool:
    """Whether the roster gives the numbers: chosen so, or left open and there is an entry."""
    return event.count_source == "名簿" or (event.count_source == "" and has_entries)


def expected_of(database: Database, event: Event) -> list[ExpectedCount]:
    """Return the expected numbers of one event by 団体."""
    entries = roster.entries(database, event.id)
    if not counts_from_roster(event, has_entries=bool(entries)):
        return participants.expected(database, event.id)
    known = {row.id: row for row in organisations.everything(database)}
    return expected_counts(entries, known, roster.arrangements(database, event.id))


def expected_by_event(database: Database, events: Iterable[Event]) -> dict[int, list[ExpectedCount]]:
    """Return the expected numbers of several events, read together."""
    entries = _by_event(roster.all_entries(database))
    typed = _by_event(participants.all_expected(database))
    if not entries:
        return dict(typed)
    needs = _by_event(roster.all_arrangements(database))
    known = {row.id: row for row in organisations.everything(database)}
    return {
        event.id: expected_counts(entries[event.id], known, needs[event.id])
        if counts_from_roster(event, has_entries=event.id in entries)
        else typed[event.id]
        for event in events
    }


def _by_event(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.event_id].append(row)
    return found
