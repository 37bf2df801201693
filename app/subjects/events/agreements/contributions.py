"""Registers what the subject of 協議・打合せ adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.subjects.events.agreements.services import evidence, notified_changes, record_documents
from app.subjects.events.agreements.services.meetings import homework_follow_ups

DOCUMENTS: Final = record_documents.DOCUMENTS
FOLLOW_UPS: Final = (homework_follow_ups,)
EVENTLESS_FOLLOW_UPS: Final = (notified_changes.change_follow_ups,)
NOTIFICATIONS: Final = notified_changes.NOTIFICATIONS
EVIDENCE: Final = (evidence.SOURCE,)
