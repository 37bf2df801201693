"""A finding on a handout as evidence for the 提案書."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.documents.document_frame import quoted_material
from app.year.dates.services import CurrentEvidence, EvidenceSource
from db.records.events import Event
from db.records.submissions.materials import Finding, Material, MaterialVersion
from db.records.year.proposal import EvidenceSort
from db.rows import rows, rows_by_id
from db.store import Store

KIND = "資料の指摘"


def read_findings(store: Store, keys: Sequence[str]) -> Mapping[str, CurrentEvidence]:
    """Return the findings with these ids (digits) as evidence (words, source, day) by id; deleted ones are left out."""
    database = store.database
    findings = rows(database, Finding, id=[int(key) for key in keys])
    versions = rows_by_id(database, MaterialVersion, id=[one.version_id for one in findings])
    materials = rows_by_id(database, Material, id=[one.material_id for one in versions.values()])
    events = rows_by_id(database, Event, id=[one.event_id for one in materials.values()])
    found = {}
    for one in findings:
        version = versions[one.version_id]
        material = materials[version.material_id]
        event = events[material.event_id]
        found[str(one.id)] = CurrentEvidence(
            sort=EvidenceSort.FINDING,
            said=one.text,
            source=f"{event.full_title} {quoted_material(material.title)}第{version.version}版の指摘（{one.duty}）",
            day=version.received_on,
            programme_id=event.programme_id,
        )
    return found


SOURCE = EvidenceSource(kind=KIND, read=read_findings)
