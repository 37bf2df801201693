"""A line of a discussion as evidence for the 提案書, without names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app.subjects.year.dates.services.evidence import CurrentEvidence, EvidenceSource
from db.records.discussion import DiscussionLine
from db.records.events import Event
from db.rows import rows
from db.store import Store

EVIDENCE_KIND: Final = "討議"


def read_evidence(store: Store, keys: Sequence[str]) -> Mapping[str, CurrentEvidence]:
    """Return the present text of the lines with these ids, without deleted ones."""
    lines = rows(store.database, DiscussionLine, id=[int(key) for key in keys])
    held = {event.id: event for event in rows(store.database, Event, id=[line.event_id for line in lines])}
    return {
        str(line.id): CurrentEvidence(
            sort="討議",
            said=line.text,
            count="" if line.notes is None else f"付箋 {line.notes}枚",
            source=f"{event.full_title} {line.group_number}班 {'選定' if line.chosen else line.step}",
            day=event.event_date,
            programme_id=event.programme_id,
        )
        for line in lines
        if (event := held.get(line.event_id)) is not None
    }


SOURCE: Final = EvidenceSource(kind=EVIDENCE_KIND, read=read_evidence)
