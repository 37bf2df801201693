"""What 協議・打合せ offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.events.agreements.services import evidence, record_papers, told_changes
from app.subjects.events.agreements.services.meetings import homework_follow_ups

PAPERS: Final = record_papers.PAPERS
FOLLOW_UPS: Final = (homework_follow_ups,)
LOOSE_FOLLOW_UPS: Final = (told_changes.change_follow_ups,)
TELLS: Final = told_changes.TELLS
EVIDENCE: Final = (evidence.SOURCE,)
