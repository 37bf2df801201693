"""Registers what the subject of arrangements adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.events.arrangements import services as arrangements_services
from app.events.arrangements.services import TABLET_LEDGER, tablet_follow_ups

LEDGERS: Final = (TABLET_LEDGER,)
FOLLOW_UPS: Final = (tablet_follow_ups,)
NOTIFICATIONS: Final = arrangements_services.NOTIFICATIONS
