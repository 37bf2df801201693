"""What 設問 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.surveys.questions.services import survey_papers
from app.subjects.surveys.questions.services.surveys import online_follow_ups

PAPERS: Final = survey_papers.PAPERS
PAPER_HALTS: Final = survey_papers.HALTS
FOLLOW_UPS: Final = (online_follow_ups,)
