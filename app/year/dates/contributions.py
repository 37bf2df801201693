"""Contributions of 年度 to extension points."""

from __future__ import annotations

from typing import Final

from app.year.dates import services as dates_services

DOCUMENTS: Final = dates_services.DOCUMENTS
RECEIVED_KINDS: Final = dates_services.RECEIVED_KINDS
SUMMARY_PAGES: Final = dates_services.YEAR_PAGES
