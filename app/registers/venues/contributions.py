"""What venues and bookings declare to other packages (no Qt)."""

from __future__ import annotations

from typing import Final

from app.registers.venues import services as venues_services
from app.registers.venues.services import booking_follow_ups

DOCUMENTS: Final = venues_services.DOCUMENTS
NOTIFICATIONS: Final = venues_services.NOTIFICATIONS
DOCUMENT_HALTS: Final = venues_services.HALTS
FOLLOW_UPS: Final = (booking_follow_ups,)
