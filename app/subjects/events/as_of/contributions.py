"""Registers what the subject of その日の状態 adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.subjects.events.as_of.services import as_of_documents

DOCUMENTS: Final = as_of_documents.DOCUMENTS
