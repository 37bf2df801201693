"""Registers what the subject of 事例発表 adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.subjects.events.presentations.services import presentation_documents
from app.subjects.events.presentations.services.presentations import presentation_follow_ups

DOCUMENTS: Final = presentation_documents.DOCUMENTS
DOCUMENT_HALTS: Final = presentation_documents.DOCUMENT_HALTS
NOTIFICATIONS: Final = presentation_documents.NOTIFICATIONS
FOLLOW_UPS: Final = (presentation_follow_ups,)
