"""Queries on urgent decisions about events, the calls about them, and the calls before an event."""

from __future__ import annotations

from datetime import date, datetime

from db.engine import Database
from db.records.calls import Call, ChangeDecision
from db.records.documents import DocumentPassage
from db.rows import rows


def decisions(database: Database, event_id: int) -> list[ChangeDecision]:
    """Return the 中止・変更の判断 about one event, in the order recorded, taken-back ones included."""
    return rows(database, ChangeDecision, event_id=event_id)


def calls(database: Database, decision_id: int) -> list[Call]:
    """Return the calls about one decision in the order in which they were recorded."""
    return rows(database, Call, decision_id=decision_id)


def confirmations(database: Database, event_id: int, day: date | None) -> list[Call]:
    """Return the 確認の電話 about one day of an event, in the order in which they were recorded."""
    return rows(database, Call, event_id=event_id, decision_id=None, about_day=day)


def events_being_confirmed(database: Database, today: date) -> list[int]:
    """Return the ids of events (予定, from today on) with a 確認の電話 about their present day, by id."""
    found = database.execute(
        "SELECT DISTINCT calls.event_id FROM calls JOIN events ON events.id = calls.event_id"
        " WHERE calls.decision_id IS NULL AND calls.about_day = events.event_date"
        " AND events.event_date >= ? AND events.status = '予定' ORDER BY calls.event_id",
        [today.isoformat()],
    ).fetchall()
    return [int(one[0]) for one in found]


def last_noted(database: Database, event_id: int) -> tuple[datetime, str] | None:
    """Return when and by whom a 中止・変更の判断 about an event, or its withdrawal, was last recorded, or None."""
    found = database.execute(
        "SELECT at, by FROM journal WHERE subject = 'change_decisions' AND event_id = ? ORDER BY seq DESC LIMIT 1",
        [event_id],
    ).fetchone()
    return (datetime.fromisoformat(found[0]), str(found[1])) if found else None


def passages(database: Database, event_id: int, document_kind: str) -> list[DocumentPassage]:
    """Return the edited passages of one document kind of an event."""
    return rows(database, DocumentPassage, event_id=event_id, document_kind=document_kind)
