"""What 参加人数 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.events.headcount.services import headcount_view, told_numbers

PAPERS: Final = headcount_view.PAPERS
TELLS: Final = told_numbers.TELLS
