"""What 当日 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.events.day.services import day_papers, told_set

PAPERS: Final = day_papers.PAPERS
TELLS: Final = told_set.TELLS
