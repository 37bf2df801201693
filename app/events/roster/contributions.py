"""Registers what the subject of rosters adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.events.roster.services import selection_documents

DOCUMENTS: Final = selection_documents.DOCUMENTS
