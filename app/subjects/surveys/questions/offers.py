"""What 設問 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.surveys.questions.services import survey_papers

PAPERS: Final = survey_papers.PAPERS
