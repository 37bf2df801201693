"""What その日の状態 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.events.past.services import past_papers

PAPERS: Final = past_papers.PAPERS
