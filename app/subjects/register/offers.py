"""What 団体 offer without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.register.services import organisation_papers

PAPERS: Final = organisation_papers.PAPERS
PAPER_SUBJECTS: Final = (("団体", organisation_papers.read_organisation_subject),)
