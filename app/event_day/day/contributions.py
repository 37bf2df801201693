"""Registers what the subject of the day adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.event_day.day.services import day_documents, day_set_notification, guide_documents

DOCUMENTS: Final = (*day_documents.DOCUMENTS, *guide_documents.DOCUMENTS)
DOCUMENT_HALTS: Final = guide_documents.HALTS
DOCUMENT_DOUBTS: Final = (guide_documents.guide_doubts,)
NOTIFICATIONS: Final = day_set_notification.NOTIFICATIONS
