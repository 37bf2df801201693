"""What 事例発表 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.events.presentations.services import presentation_papers
from app.subjects.events.presentations.services.presentations import presentation_follow_ups

PAPERS: Final = presentation_papers.PAPERS
PAPER_HALTS: Final = presentation_papers.HALTS
TELLS: Final = presentation_papers.TELLS
FOLLOW_UPS: Final = (presentation_follow_ups,)
