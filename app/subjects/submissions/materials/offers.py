"""What 資料確認 offers without the window."""

from __future__ import annotations

from typing import Final

from app.received.services.received_kind import HANDOUT, ReceivedKind
from app.subjects.events.event.rules.deadlines import MATERIAL
from app.subjects.events.event.rules.guides import DRAFT_MATERIALS
from app.subjects.events.event.services.tasks.task import RESUBMISSION
from app.subjects.submissions.materials.services import evidence, handed_out, material_papers, told_results

RECEIVED: Final = (
    ReceivedKind(
        kind=HANDOUT,
        about="実施回",
        clause="",
        waits=DRAFT_MATERIALS,
        again=RESUBMISSION,
        answered_by=MATERIAL,
    ),
)
"""Its clause differs by the kind of event and stands at its tasks; its points are the findings."""
PAPERS: Final = material_papers.PAPERS
PAPER_DOUBTS: Final = (handed_out.handout_doubts,)
TELLS: Final = told_results.TELLS
EVIDENCE: Final = (evidence.SOURCE,)
