"""Registers what the subject of arrangements adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.subjects.events.arrangements.services import notified_orders
from app.subjects.events.arrangements.services.tablet_ledger import TABLET_LEDGER
from app.subjects.events.arrangements.services.tablets import tablet_follow_ups

LEDGERS: Final = (TABLET_LEDGER,)
FOLLOW_UPS: Final = (tablet_follow_ups,)
NOTIFICATIONS: Final = notified_orders.NOTIFICATIONS
