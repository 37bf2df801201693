"""Queries on open tasks of 派遣 (held events, the call after three months, open questions)."""

from __future__ import annotations

import json
from datetime import date

from db.engine import Database
from db.mapping import fetch, read, to_record
from db.record import record
from db.records.dispatches import DispatchFollowUp
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.roster import Entry

_CALLS = (
    "SELECT events.*, (SELECT next_on FROM dispatch_follow_ups AS tried WHERE tried.event_id = events.id "
    "AND tried.kind = '3か月後の電話' AND tried.next_on IS NOT NULL ORDER BY tried.asked_on DESC, tried.id "
    "DESC LIMIT 1) AS put_off, "
    "(SELECT json_group_array(day) FROM closed_days) AS closed "
    "FROM events WHERE form = ? AND status = '実施済' AND event_date IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
    "dispatch_follow_ups AS done WHERE done.event_id = events.id AND done.kind = '3か月後の電話' AND "
    "done.state = '完了') "
    "ORDER BY event_date, id"
)


@record
class CallToMake:
    """A held 派遣 whose call after three months was not made yet.

    ``put_off`` is the day it was postponed to, ``closed`` the ward's own closed days.
    """

    event: Event
    put_off: date | None
    closed: frozenset[date]


def calls_to_make(database: Database) -> list[CallToMake]:
    """Return the held 派遣 whose call after three months is not 完了, due or not, by day of the event."""
    return [
        CallToMake(
            event=to_record(Event, one),
            put_off=date.fromisoformat(put_off) if put_off else None,
            closed=frozenset(map(date.fromisoformat, json.loads(closed))),
        )
        for one in read(database, _CALLS, [EventForm.VISIT])
        for put_off, closed in [(one.pop("put_off"), one.pop("closed"))]
    ]


def entries_in_lectures(database: Database, organisation_id: int, programme_id: int) -> list[Entry]:
    """Return the entries of a 団体 in the 講習会 of a year."""
    return fetch(
        database,
        Entry,
        "SELECT entries.* FROM entries JOIN events ON events.id = entries.event_id WHERE entries.organisation_id = ? "
        "AND events.programme_id = ? AND events.form = ? ORDER BY entries.id",
        [organisation_id, programme_id, EventForm.LECTURE],
    )


def unlinked_entries_in_lectures(database: Database, programme_id: int) -> list[Entry]:
    """Return the entries in the 講習会 of a year whose 団体 is known by its written name alone."""
    return fetch(
        database,
        Entry,
        "SELECT entries.* FROM entries JOIN events ON events.id = entries.event_id "
        "WHERE entries.organisation_id IS NULL AND entries.organisation_name <> '' "
        "AND events.programme_id = ? AND events.form = ? ORDER BY entries.id",
        [programme_id, EventForm.LECTURE],
    )


def open_follow_ups(database: Database) -> list[DispatchFollowUp]:
    """Return open follow-up questions with a next day, earliest first, without closed years."""
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
    """Return the follow-up questions of a year's 派遣 and the attempts of the call after three months, by day."""
    return fetch(
        database,
        DispatchFollowUp,
        "SELECT dispatch_follow_ups.* FROM dispatch_follow_ups JOIN events ON events.id = dispatch_follow_ups.event_id "
        "WHERE events.programme_id = ? ORDER BY asked_on, dispatch_follow_ups.id",
        [programme_id],
    )
