"""Registers what the subject of discussions adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.events.discussion import services as discussion_services
from app.events.discussion.services import action_follow_ups

DOCUMENTS: Final = discussion_services.DOCUMENTS
FOLLOW_UPS: Final = (action_follow_ups,)
EVIDENCE: Final = (discussion_services.SOURCE,)
