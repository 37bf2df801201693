"""What 当日 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.day.services import day_papers

PAPERS: Final = day_papers.PAPERS
