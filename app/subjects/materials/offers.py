"""What 資料確認 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.materials.services import material_papers

PAPERS: Final = material_papers.PAPERS
