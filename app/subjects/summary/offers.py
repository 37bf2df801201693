"""What 年度まとめ offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.summary.services import summary_papers, year_answers

PAPERS: Final = (summary_papers.PAPER, year_answers.PAPER)
