"""A change of what people were told becomes a decision by itself: from it follow the 変更通知 and the calls.

- ``record_change_decision(database, change, course, moved, told, known, reason, at)`` inside a change that writes more
"""

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
    """Note that an event goes to another day or hour than a letter told those who come.

    A decision that waited for its new day has it now. One of which nobody has heard yet is corrected, and taken back
    where the event goes back to what people know; whoever heard of one hears of the next by itself. Who decided is
    left open: nobody typed it.

    Args:
        before: as it was before, with ``moved`` as it is now. told: what its papers told, ``known_facts`` what those
        who come
            have in mind.
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
    """Whether anybody has heard of a decision, by its letter or by telephone."""
    since = decision.decided_at.date()
    if any(one.kind == CHANGE_LETTER and one.notified_on >= since for one in notified_documents):
        return True
    return any(one.outcome in _REACHED_OUTCOMES for one in rows(database, Call, decision_id=decision.id))
