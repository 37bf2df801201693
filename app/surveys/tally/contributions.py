"""Contributions of 集計 to extension points."""

from __future__ import annotations

from typing import Final

from app.surveys.tally.services import evidence, tally_document_kinds, tally_marks
from app.surveys.tally.services.survey_tally import reject_frozen

DOCUMENTS: Final = tally_document_kinds.DOCUMENTS
DOCUMENT_MARKS: Final = (tally_marks.outdated_marks,)
UNDO_GUARDS: Final = (reject_frozen,)
EVIDENCE: Final = (evidence.SOURCE,)
