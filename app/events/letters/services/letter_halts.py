"""Says what people have to hear before a paper of an event leaves that takes it for known."""

from __future__ import annotations

from datetime import date

from app.documents.rules import fact_changes
from app.documents.services.document_scope import DocumentScope
from app.event.rules.change_decisions import REVOCATION_LETTER
from app.event.rules.event_state import decision_in_effect
from app.event.rules.notification_facts import time_and_place_facts
from app.event.services.event_notifications import (
    PARTICIPANT_LETTERS,
    facts_known_to_participants,
    notified_documents,
    read_notification_rows,
)
from app.event.services.event_records import read_event_or_error
from db.records.roster import Entry
from db.rows import rows
from db.store import Store


def untold_revocation(store: Store, scope: DocumentScope, _today: date) -> tuple[str, ...]:
    """Return that people still know of a 中止 or change that was taken back; () once a letter told them."""
    course = read_notification_rows(store.database, read_event_or_error(store.database, scope.event_id))
    decision = decision_in_effect(course.event, course.decisions)
    if decision is None or not decision.kind.revokes:
        return ()
    since = decision.decided_at.date()
    if any(one.kind == REVOCATION_LETTER and one.notified_on >= since for one in notified_documents(course)):
        return ()
    if not any(one.comes_again for one in rows(store.database, Entry, event_id=course.event.id)):
        return ()
    told = f"{decision.kind.revoked}と伝えた方に、取り消したことをまだ知らせていません。"
    return (f"{told}「{REVOCATION_LETTER}」で知らせてから出してください。",)


def untold_time_and_place(store: Store, scope: DocumentScope, _today: date) -> tuple[str, ...]:
    """Return how day, hours and place differ from what participants were told last; () where nothing was told."""
    event = read_event_or_error(store.database, scope.event_id)
    known = facts_known_to_participants(store.database, read_notification_rows(store.database, event))
    changes = "、".join(one.words for one in fact_changes(known, time_and_place_facts(event, ())))
    return (f"参加される方に、まだ知らせていない変更があります（{changes}）。",) if changes else ()


HALTS = (*((kind, untold_revocation) for kind in PARTICIPANT_LETTERS),)
