"""What 年度 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.year.dates.services import contract_papers, received_kinds, summary_pages

PAPERS: Final = contract_papers.PAPERS
RECEIVED: Final = received_kinds.RECEIVED
SUMMARY_PAGES: Final = summary_pages.YEAR_PAGES
