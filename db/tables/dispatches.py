"""Queries on open tasks of 派遣 (held events, the call after three months, open questions)."""

from __future__ import annotations

import json
from datetime import date

from db.engine import Database
from db.mapping import fetch, read, to_record
from db.query_cache import once_a_read
from db.record import record
from db.records.dispatches import DispatchFollowUp
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.roster import Entry

_CALLS = (
    "SELECT events.*, (SELECT iif(tried.state = '完了', NULL, tried.next_on) FROM dispatch_follow_ups AS tried "
    "WHERE tried.event_id = events.id AND tried.kind = '3か月後の電話' ORDER BY tried.asked_on DESC, tried.id "
    "DESC LIMIT 1) AS put_off, (SELECT count(*) FROM dispatch_follow_ups AS done WHERE done.event_id = events.id "
    "AND done.kind = '3か月後の電話' AND done.state = '完了') AS made, "
    "EXISTS (SELECT 1 FROM events AS later WHERE later.programme_id = events.programme_id "
    "AND later.kind = events.kind AND later.organisation_id = events.organisation_id "
    "AND later.status IN ('予定', '実施済') "
    "AND (coalesce(later.event_date, '9999'), later.id) > (coalesce(events.event_date, '9999'), events.id)) "
    "AS is_followed, "
    "(SELECT json_group_array(day) FROM closed_days) AS closed "
    "FROM events WHERE form = ? ORDER BY event_date, id"
)


@record
class CallsAfterVisit:
    """A 派遣 with what decides about the calls after it.

    ``put_off`` is the day to which the next one was postponed, ``made`` how many came through, ``is_followed`` whether
    its 団体 has a later visit of its kind, ``closed`` the ward's own closed days.
    """

    event: Event
    put_off: date | None
    made: int
    is_followed: bool
    closed: frozenset[date]


def calls_after_visits(database: Database) -> dict[int, CallsAfterVisit]:
    """Return the calls made after every 派遣 by its id, in the order of their days; they are read once a read."""
    return once_a_read(database, (CallsAfterVisit, _CALLS), lambda: _calls_after_visits(database))


def _calls_after_visits(database: Database) -> dict[int, CallsAfterVisit]:
    return {
        (event := to_record(Event, one)).id: CallsAfterVisit(
            event=event,
            put_off=date.fromisoformat(put_off) if put_off else None,
            made=made,
            is_followed=bool(is_followed),
            closed=frozenset(map(date.fromisoformat, json.loads(closed))),
        )
        for one in read(database, _CALLS, [EventForm.VISIT])
        for put_off, closed, made, is_followed in [
            [one.pop(name) for name in ("put_off", "closed", "made", "is_followed")]
        ]
    }


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
