"""What 会場・予約 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.organisations.venues.services.bookings import booking_follow_ups

FOLLOW_UPS: Final = (booking_follow_ups,)
