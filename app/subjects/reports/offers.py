"""What 実施報告書 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.reports.services import report_papers

PAPERS: Final = report_papers.PAPERS
