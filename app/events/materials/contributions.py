"""Contributions of 資料確認 to extension points."""

from __future__ import annotations

from typing import Final

from app.event.rules.deadlines import MATERIAL
from app.event.rules.target_dates import DRAFT_MATERIALS
from app.event.services.tasks.task import RESUBMISSION
from app.events.materials.services import distributed_handouts, evidence, material_documents, result_notifications
from app.received.services import HANDOUT, ReceivedKind

RECEIVED_KINDS: Final = (
    ReceivedKind(
        kind=HANDOUT,
        about="実施回",
        clause="",
        contractor_task=DRAFT_MATERIALS,
        correction_task=RESUBMISSION,
        answer_task=MATERIAL,
    ),
)
"""Its clause differs by the kind of event and is at its tasks; its points are the findings."""
DOCUMENTS: Final = material_documents.DOCUMENTS
DOCUMENT_DOUBTS: Final = (distributed_handouts.handout_doubts,)
NOTIFICATIONS: Final = result_notifications.NOTIFICATIONS
EVIDENCE: Final = (evidence.SOURCE,)
