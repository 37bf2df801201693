"""What 会場・予約 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.organisations.venues.services import booking_documents
from app.subjects.organisations.venues.services.bookings import booking_follow_ups

DOCUMENTS: Final = booking_documents.DOCUMENTS
NOTIFICATIONS: Final = booking_documents.NOTIFICATIONS
DOCUMENT_HALTS: Final = booking_documents.HALTS
FOLLOW_UPS: Final = (booking_follow_ups,)
