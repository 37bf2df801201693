"""What venues and bookings declare to other packages (no Qt)."""

from __future__ import annotations

from typing import Final

from app.subjects.organisations.venues.services import booking_documents
from app.subjects.organisations.venues.services.bookings import booking_follow_ups

DOCUMENTS: Final = booking_documents.DOCUMENTS
NOTIFICATIONS: Final = booking_documents.NOTIFICATIONS
DOCUMENT_HALTS: Final = booking_documents.HALTS
FOLLOW_UPS: Final = (booking_follow_ups,)
