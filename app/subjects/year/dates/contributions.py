"""Contributions of 年度 to extension points."""

from __future__ import annotations

from typing import Final

from app.subjects.year.dates.services import contract_documents, received_kinds, summary_pages

DOCUMENTS: Final = contract_documents.DOCUMENTS
RECEIVED_KINDS: Final = received_kinds.RECEIVED_KINDS
SUMMARY_PAGES: Final = summary_pages.YEAR_PAGES
