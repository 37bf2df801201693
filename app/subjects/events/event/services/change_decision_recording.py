"""Records a decision automatically when an event leaves the time people were notified of; 変更通知 and calls follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from app.calendar.dates import short_date
from app.subjects.events.event.rules.change_decisions import CHANGE_LETTER
from app.subjects.events.event.rules.event_state import DAY_CHANGES, decision_in_effect, decisions_without_new_date
from app.subjects.events.event.services.event_notifications import (
    PARTICIPANT_LETTERS,
    NotifiedDocument,
    differs_from_known,
    notified_place_words,
    notified_time_words,
)
from app.subjects.events.event.services.event_records import EventCoreRecords
from db.engine import Database
from db.journal import Change
from db.records.calls import Call, ChangeDecision
from db.records.events import Event
from db.rows import rows

_DAY_AND_HOURS: Final = ("実施日", "時間")
_REACHED_OUTCOMES: Final = ("連絡済", "伝言")


def record_change_decision(
    database: Database,
    change: Change,
    before: EventCoreRecords,
    moved: Event,
    *,
    notified_documents: Sequence[NotifiedDocument],
    known_facts: Mapping[str, str],
    reason: str,
    at: datetime,
) -> None:
    """Record the decision that an event moves to another time than a letter notified its participants of.

    A decision that waited for its new day needs no new one. One that nobody was notified of yet is corrected, or
    revoked if the event returns to the time people know; else a new one is added. Who decided stays empty, as nobody
    typed it.

    Args:
        before: the records before the move.
        moved: the event as it is now.
        notified_documents: the documents that were notified.
        known_facts: what the participants know.
    """
    if not any(one.kind in PARTICIPANT_LETTERS for one in notified_documents) or not known_facts:
        return
    if any(one.kind in DAY_CHANGES for one in decisions_without_new_date(before.event, before.decisions)):
        return
    differs = differs_from_known(known_facts, moved, _DAY_AND_HOURS)
    standing = decision_in_effect(before.event, before.decisions)
    if (
        standing is not None
        and standing.kind in DAY_CHANGES
        and not _is_anybody_notified(database, standing, notified_documents)
    ):
        if differs:
            change.update(ChangeDecision, standing.id, reason=reason or standing.reason)
        else:
            mark = f"{short_date(at.date())} もとの日時に戻した"
            change.update(ChangeDecision, standing.id, taken_back=mark)
    elif differs:
        elsewhere = differs_from_known(known_facts, moved, ("会場",))
        change.insert(
            ChangeDecision(
                event_id=before.event.id,
                kind="日時の変更",
                decided_at=at,
                decided_by="",
                reason=reason,
                before_time=notified_time_words(known_facts),
                before_place=notified_place_words(known_facts) if elsewhere else "",
            )
        )


def _is_anybody_notified(
    database: Database, decision: ChangeDecision, notified_documents: Sequence[NotifiedDocument]
) -> bool:
    """Return whether anybody was notified of a decision, by letter or by telephone."""
    since = decision.decided_at.date()
    if any(one.kind == CHANGE_LETTER and one.notified_on >= since for one in notified_documents):
        return True
    return any(one.outcome in _REACHED_OUTCOMES for one in rows(database, Call, decision_id=decision.id))
