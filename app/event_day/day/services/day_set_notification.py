"""Declares 当日資料一式 as a matter to notify: handed over as a whole, it states who comes, when, where and how."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.rules import Matter, fact_changes
from app.documents.services.document_kind import DOCUMENTS, DocumentSubject, read_subject
from app.documents.services.notification_kinds import NotificationKind, outgoing_in_effect
from app.event.services.event_document import core_records_of
from app.event_day.day.services.day_pack import PACK, kinds_of_set
from app.event_day.day.services.printed_documents import day_facts
from app.events.materials import documents as materials_documents
from db.store import Store

PARTY = "当日の担当"


def set_matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return the set as its documents would state it now; a cancelled or undated event has none."""
    course = core_records_of(subject)
    if course.event.event_date is None or not course.event.status.counts:
        return ()
    return (Matter(key=PACK, facts=day_facts(course), document_kind=PACK),)


def missing_documents(store: Store, subject: DocumentSubject) -> Sequence[str]:
    """Return the documents of the set that were not issued in their present state.

    A document that cannot be made yet does not belong to the set.
    """
    whole = read_subject(store, subject.scope)
    course = core_records_of(subject)
    now = {one.key: one.facts for one in set_matters(subject)}.get(PACK, {})
    left = {
        row.document_kind
        for row in outgoing_in_effect(course.outgoing)
        if PACK in row.facts and not fact_changes(row.facts[PACK], now)
    }
    declared = {paper.kind: paper for paper in DOCUMENTS}
    return tuple(kind for kind in kinds_of_set(whole) if declared[kind].is_ready(store, whole) and kind not in left)


NOTIFICATIONS = (
    # A document issued under its old name belongs to the set that was handed over.
    NotificationKind(
        document_names=(PACK, materials_documents.COLLATION_KIND),
        usual_party=PARTY,
        matters=set_matters,
        missing_documents=missing_documents,
        set_documents=kinds_of_set,
    ),
)
