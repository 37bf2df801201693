"""What 集計 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.surveys.tally.services import evidence, tally_marks, tally_papers
from app.subjects.surveys.tally.services.survey_tally import refuse_frozen

PAPERS: Final = tally_papers.PAPERS
PAPER_MARKS: Final = (tally_marks.marks,)
UNDO_GUARDS: Final = (refuse_frozen,)
EVIDENCE: Final = (evidence.SOURCE,)
