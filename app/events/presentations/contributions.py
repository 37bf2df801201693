"""Registers what the subject of 事例発表 adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.events.presentations import services as presentations_services
from app.events.presentations.services import presentation_follow_ups

DOCUMENTS: Final = presentations_services.DOCUMENTS
DOCUMENT_HALTS: Final = presentations_services.DOCUMENT_HALTS
NOTIFICATIONS: Final = presentations_services.NOTIFICATIONS
FOLLOW_UPS: Final = (presentation_follow_ups,)
