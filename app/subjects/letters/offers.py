"""What 通知・募集の書類 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.letters.services import letter_papers

PAPERS: Final = letter_papers.PAPERS
