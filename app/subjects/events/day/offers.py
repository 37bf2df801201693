"""What 当日 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.events.day.services import day_papers, guide_papers, told_set

PAPERS: Final = (*day_papers.PAPERS, *guide_papers.PAPERS)
PAPER_HALTS: Final = guide_papers.HALTS
PAPER_DOUBTS: Final = (guide_papers.doubts,)
TELLS: Final = told_set.TELLS
