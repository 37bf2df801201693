"""What the subjects of event_day declare to other packages (no Qt)."""

from __future__ import annotations

from app.event_day.checkouts.services import CHECKOUTS, checkout_follow_ups
from app.event_day.day.services import day_documents, day_set_notification, guide_documents

DOCUMENTS = (
    *day_documents.DOCUMENTS,
    *guide_documents.DOCUMENTS,
)
DOCUMENT_HALTS = (*guide_documents.HALTS,)
DOCUMENT_DOUBTS = (guide_documents.guide_doubts,)
NOTIFICATIONS = (*day_set_notification.NOTIFICATIONS,)
LEDGERS = (CHECKOUTS,)
FOLLOW_UPS = (checkout_follow_ups,)
