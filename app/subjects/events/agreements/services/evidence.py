"""A decided 協議 as evidence for the 提案書: its decision, with its number as source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app.common.join_nonempty import join_nonempty
from app.subjects.year.dates.services.evidence import CurrentEvidence, EvidenceSource
from db.records.agreements import Agreement
from db.records.events import Event
from db.rows import rows
from db.store import Store

EVIDENCE_KIND: Final = "協議"


def read_evidence(store: Store, keys: Sequence[str]) -> Mapping[str, CurrentEvidence]:
    """Return the present text of the 協議 with these ids, without withdrawn ones."""
    records = rows(store.database, Agreement, id=[int(key) for key in keys], withdrawn_on=None)
    of_event = rows(store.database, Event, id=[one.event_id for one in records if one.event_id is not None])
    years = {event.id: event.programme_id for event in of_event}
    return {
        str(one.id): CurrentEvidence(
            sort="協議",
            said=join_nonempty(one.topic, one.decision or one.content).replace("\n", ""),
            source=f"協議記録 {one.record_number or '協議中'}",
            day=one.settled_on or one.asked_on,
            programme_id=years.get(one.event_id or 0) or one.programme_id or 0,
        )
        for one in records
    }


SOURCE: Final = EvidenceSource(kind=EVIDENCE_KIND, read=read_evidence)
