"""Queries on the roster of an event (entries, selections, groups, needs, lent tablets)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db import mapping
from db.engine import Database
from db.name_key import organisation_key
from db.records.roster import Arrangement, Entry, GroupWish, Selection, TableGroup, Tablet, TabletLoan
from db.rows import rows

ENTRY_ORDER = ("event_id", "walk_in", "applied_at nulls last", "id")
"""By event, then in order of application, those without a time and walk-ins last."""


def entries(database: Database, event_id: int) -> list[Entry]:
    """Return every entry of one event in order of application, those without a time and walk-ins last."""
    return rows(database, Entry, event_id=event_id, order=("walk_in", "applied_at nulls last", "id"))


def entries_of(database: Database, event_ids: Sequence[int]) -> list[Entry]:
    """Return the entries of these events, ordered as ``entries`` within each."""
    return rows(database, Entry, event_id=event_ids, order=ENTRY_ORDER)


def entries_of_person(database: Database, person_id: int) -> list[Entry]:
    """Return the entries of one person over all events."""
    return rows(database, Entry, person_id=person_id, order=("event_id", "id"))


def selections(database: Database, event_id: int) -> list[Selection]:
    """Return the selections of one event, oldest first."""
    return rows(database, Selection, event_id=event_id)


def groups(database: Database, event_id: int) -> list[TableGroup]:
    """Return the 班 of one event by number."""
    return rows(database, TableGroup, event_id=event_id, order=("number", "id"))


def group_wishes(database: Database, event_id: int) -> list[GroupWish]:
    """Return the wishes of one event to sit together or apart."""
    return rows(database, GroupWish, event_id=event_id)


def arrangements(database: Database, event_id: int) -> list[Arrangement]:
    """Return the arrangements for 配慮 of one event."""
    return rows(database, Arrangement, event_id=event_id)


def tablets(database: Database) -> list[Tablet]:
    """Return the ward's tablets by number."""
    return mapping.fetch(database, Tablet, "SELECT * FROM tablets ORDER BY length(number), number, id")


def loans(database: Database, event_id: int) -> list[TabletLoan]:
    """Return the tablet loans of one event, planned ones included."""
    return rows(database, TabletLoan, event_id=event_id)


def loans_of(database: Database, event_ids: Sequence[int]) -> list[TabletLoan]:
    """Return the tablet loans of these events, planned ones included."""
    return rows(database, TabletLoan, event_id=event_ids, order=("event_id", "id"))


def entries_to_search(database: Database, people: Iterable[int]) -> list[Entry]:
    """Return the places of these people, and all whose applicants wrote something in their own words."""
    query = "SELECT * FROM entries WHERE trim(words) <> '' OR person_id IN (SELECT value FROM json_each(?)) ORDER BY id"
    return mapping.fetch(database, Entry, query, [json.dumps([*people])])


def unread_words(database: Database) -> dict[int, int]:
    """Return by event how many of its people wrote something in their own words that nobody has read."""
    found = database.execute(
        "SELECT event_id, count(*) FROM entries WHERE words_use = '' AND trim(words) <> ''"
        " AND state NOT IN ('辞退', '落選') GROUP BY event_id"
    )
    return dict(found.fetchall())


def open_loans(database: Database) -> list[TabletLoan]:
    """Return the loans of any year that were handed over and are not confirmed as initialised."""
    query = "SELECT * FROM tablet_loans WHERE out_at IS NOT NULL AND initialised_at IS NULL ORDER BY event_id, id"
    return mapping.fetch(database, TabletLoan, query)


class Attendance(NamedTuple):
    """Who attended: the person, None = 氏名未定, and the key of the 団体.

    ``organisation_key`` is its id in the register, else its folded name, "" = none; only for counting, never shown.
    """

    person_id: int | None
    organisation_key: int | str


def attendance_of(database: Database, event_ids: Sequence[int]) -> list[Attendance]:
    """Return who attended one of these events, each once for every 団体 written for them.

    Several 氏名未定 of one 団体 give one row.
    """
    found = database.execute(
        "SELECT DISTINCT person_id, organisation_id, organisation_name FROM entries WHERE attendance = '出席' "
        "AND state IN ('申込', '決定') AND event_id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(event_ids))],
    )
    return [Attendance(person, organisation_key(group, str(name))) for person, group, name in found]
