"""What the subjects of event_day declare to other packages (no Qt)."""

from __future__ import annotations

from typing import Final

from app.event_day.checkouts.services import CHECKOUTS, checkout_follow_ups
from app.event_day.day.services import day_documents, day_set_notification, guide_documents

DOCUMENTS: Final = (
    *day_documents.DOCUMENTS,
    *guide_documents.DOCUMENTS,
)
DOCUMENT_HALTS: Final = (*guide_documents.HALTS,)
DOCUMENT_DOUBTS: Final = (guide_documents.guide_doubts,)
NOTIFICATIONS: Final = (*day_set_notification.NOTIFICATIONS,)
LEDGERS: Final = (CHECKOUTS,)
FOLLOW_UPS: Final = (checkout_follow_ups,)
