"""当日資料一式 as a matter of its own: it is handed over as a whole, and what it says is who comes, when, where and
how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.documents.rules.notification_status import Matter, fact_changes
from app.documents.services.document_kind import DOCUMENTS, DocumentSubject, read_subject
from app.documents.services.notification_kinds import NotificationKind, outgoing_in_effect
from app.subjects.events.day.services.day_pack import PACK, set_kinds
from app.subjects.events.event.rules.notification_facts import (
    CANCELLED,
    agenda_facts,
    participant_facts,
    time_and_place_facts,
)
from app.subjects.events.event.services.event_document import core_records_of
from app.subjects.submissions.materials.documents import collation
from db.store import Store

PARTY: Final = "当日の担当"


def set_matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return the set as its papers would say it now; an event that is cancelled or has no date needs none."""
    course = core_records_of(subject)
    if course.event.event_date is None or course.event.status == CANCELLED:
        return ()
    facts = (
        participant_facts(course.entries, course.entry_names)
        | agenda_facts(course.agenda)
        | time_and_place_facts(course.event, course.agenda)
    )
    return (Matter(key=PACK, facts=facts, document_kind=PACK),)


def missing_documents(store: Store, subject: DocumentSubject) -> Sequence[str]:
    """Return the papers that belong to the set and have not left as things stand now.

    A paper that can't be made yet is none of the set (it says itself what it waits for).
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
    return tuple(
        kind
        for kind in set_kinds()
        if declared[kind].is_applicable(whole) and declared[kind].is_ready(store, whole) and kind not in left
    )


NOTIFICATIONS: Final = (
    # What left under its old name is of the set that was handed over.
    NotificationKind(
        document_names=(PACK, *set_kinds(), collation.COLLATION_KIND),
        usual_party=PARTY,
        usual_way="手渡し",
        matters=set_matters,
        missing_documents=missing_documents,
        whole=set_kinds(),
    ),
)
