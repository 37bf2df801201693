"""What 資料確認 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.materials.services import evidence, material_papers, told_results

PAPERS: Final = material_papers.PAPERS
TELLS: Final = told_results.TELLS
EVIDENCE: Final = (evidence.SOURCE,)
