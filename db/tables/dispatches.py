"""Reading what 派遣 leave to be done: which were held, how the call after three months stands, what is still being
answered."""

from __future__ import annotations

import json
from datetime import date

from db.engine import Database
from db.frozen_record import frozen_record
from db.mapping import fetch, read, to_record
from db.records.dispatches import DispatchFollowUp
from db.records.events import Event
from db.records.roster import Entry

_CALLS = (
    "SELECT events.*, (SELECT next_on FROM dispatch_follow_ups AS tried WHERE tried.event_id = events.id "
    "AND tried.kind = '3か月後の電話' AND tried.next_on IS NOT NULL ORDER BY tried.asked_on DESC, tried.id "
    "DESC LIMIT 1) AS put_off, "
    "(SELECT json_group_array(day) FROM closed_days) AS closed "
    "FROM events WHERE kind = '派遣' AND status = '実施済' AND event_date IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
    "dispatch_follow_ups AS done WHERE done.event_id = events.id AND done.kind = '3か月後の電話' AND "
    "done.state = '完了') "
    "ORDER BY event_date, id"
)


@frozen_record
class CallToMake:
    """A 派遣 that was held and not called yet after three months; ``put_off`` the day it was put off to, ``closed`` the
    ward's own closed days."""

    event: Event
    put_off: date | None
    closed: frozenset[date]


def calls_to_make(database: Database) -> list[CallToMake]:
    """Return what is still to be called, in the order of the events."""
    return [
        CallToMake(
            event=to_record(Event, one),
            put_off=date.fromisoformat(put_off) if put_off else None,
            closed=frozenset(map(date.fromisoformat, json.loads(closed))),
        )
        for one in read(database, _CALLS)
        for put_off, closed in [(one.pop("put_off"), one.pop("closed"))]
    ]


def entries_in_lectures(database: Database, organisation_id: int, programme_id: int) -> list[Entry]:
    """Return the places of a 団体 in the 講習会 of a year."""
    return fetch(
        database,
        Entry,
        "SELECT entries.* FROM entries JOIN events ON events.id = entries.event_id WHERE entries.organisation_id = ? "
        "AND events.programme_id = ? AND events.kind = '講習会' ORDER BY entries.id",
        [organisation_id, programme_id],
    )


def unlinked_entries_in_lectures(database: Database, programme_id: int) -> list[Entry]:
    """Return the places in the 講習会 of a year whose 団体 stands by its written name alone."""
    return fetch(
        database,
        Entry,
        "SELECT entries.* FROM entries JOIN events ON events.id = entries.event_id "
        "WHERE entries.organisation_id IS NULL AND entries.organisation_name <> '' "
        "AND events.programme_id = ? AND events.kind = '講習会' ORDER BY entries.id",
        [programme_id],
    )


def open_follow_ups(database: Database) -> list[DispatchFollowUp]:
    """Return what is still being answered and has a next day, the earliest first; nothing of a year that is closed."""
    return fetch(
        database,
        DispatchFollowUp,
        "SELECT dispatch_follow_ups.* FROM dispatch_follow_ups JOIN events ON events.id = dispatch_follow_ups.event_id "
        "JOIN programmes ON programmes.id = events.programme_id WHERE dispatch_follow_ups.state = '対応中' "
        "AND dispatch_follow_ups.next_on IS NOT NULL AND programmes.closed_on IS NULL "
        "ORDER BY dispatch_follow_ups.next_on, dispatch_follow_ups.id",
        [],
    )


def follow_ups_of_year(database: Database, programme_id: int) -> list[DispatchFollowUp]:
    """Return what was asked and answered after the 派遣 of a year, in the order of the days."""
    return fetch(
        database,
        DispatchFollowUp,
        "SELECT dispatch_follow_ups.* FROM dispatch_follow_ups JOIN events ON events.id = dispatch_follow_ups.event_id "
        "WHERE events.programme_id = ? ORDER BY asked_on, dispatch_follow_ups.id",
        [programme_id],
    )
