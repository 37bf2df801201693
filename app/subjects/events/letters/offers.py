"""What 通知・募集の書類 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.events.letters.services import decided_drafts, letter_papers, letter_stops, told_letters

PAPERS: Final = letter_papers.PAPERS
PAPER_HALTS: Final = decided_drafts.HALTS
PAPER_DOUBTS: Final = (letter_stops.doubts,)
TELLS: Final = told_letters.TELLS
UNDO_GUARDS: Final = (letter_papers.refuse_numbers_told,)
