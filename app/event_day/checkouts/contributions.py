"""What 持出し管理簿 declares to other packages (no Qt)."""

from __future__ import annotations

from typing import Final

from app.event_day.checkouts.services import CHECKOUTS, checkout_follow_ups

LEDGERS: Final = (CHECKOUTS,)
FOLLOW_UPS: Final = (checkout_follow_ups,)
