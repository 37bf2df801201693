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


_TO_CONFIRM = """
SELECT id FROM events WHERE event_date >= :today AND status = '予定' AND (
  id IN (SELECT event_id FROM calls WHERE decision_id IS NULL AND about_day = events.event_date)
  OR julianday(event_date) - julianday(:reach) <= (SELECT max(CAST(json_extract(extra, '$."何日前"') AS INTEGER))
    FROM paper_settings s WHERE s.programme_id = events.programme_id AND document_kind = '確認の電話一覧'
    AND json_extract(extra, '$."何日前"') <> '0')
  AND (form = '派遣' OR EXISTS (SELECT 1 FROM entries e WHERE e.event_id = events.id
    AND e.state NOT IN ('申込', '辞退'))))
ORDER BY id
"""


def events_being_confirmed(database: Database, today: date, reach: date) -> list[int]:
    """Return the ids of events (予定, from today on) to be confirmed, by id.

    They have a 確認の電話 about their present day, or are as near as the office asks for it (何日前, 0 = never)
    once it is decided who comes.
    ``reach`` is the last day before the office opens again: what would be asked for on a closed day is asked before.
    """
    found = database.execute(_TO_CONFIRM, {"today": today.isoformat(), "reach": reach.isoformat()}).fetchall()
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
