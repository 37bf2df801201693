"""What 会場・予約 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.organisations.venues.services import booking_papers
from app.subjects.organisations.venues.services.bookings import booking_follow_ups

PAPERS: Final = booking_papers.PAPERS
TELLS: Final = booking_papers.TELLS
PAPER_HALTS: Final = booking_papers.HALTS
FOLLOW_UPS: Final = (booking_follow_ups,)
