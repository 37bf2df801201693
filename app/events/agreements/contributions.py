"""Registers what the subject of 協議・打合せ adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.events.agreements import services as agreements_services
from app.events.agreements.services import homework_follow_ups

DOCUMENTS: Final = agreements_services.DOCUMENTS
FOLLOW_UPS: Final = (homework_follow_ups,)
EVENTLESS_FOLLOW_UPS: Final = (agreements_services.change_follow_ups,)
NOTIFICATIONS: Final = agreements_services.NOTIFICATIONS
EVIDENCE: Final = (agreements_services.SOURCE,)
