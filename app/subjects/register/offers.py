"""What 団体 offer without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.register.services import organisation_view

PAPERS: Final = organisation_view.PAPERS
PAPER_SUBJECTS: Final = (("団体", organisation_view.read_organisation_subject),)
