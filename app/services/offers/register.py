"""What 団体 offer without the window."""

from __future__ import annotations

from typing import Final

from app.services import organisation_papers

PAPERS: Final = organisation_papers.PAPERS
