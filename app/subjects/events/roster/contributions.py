"""What 実施回の参加者 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.events.roster.services import selection_documents

DOCUMENTS: Final = selection_documents.DOCUMENTS
