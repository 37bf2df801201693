"""Registers what the subject of discussions adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.subjects.events.discussion.services import discussion_documents, evidence
from app.subjects.events.discussion.services.discussion import action_follow_ups

DOCUMENTS: Final = discussion_documents.DOCUMENTS
FOLLOW_UPS: Final = (action_follow_ups,)
EVIDENCE: Final = (evidence.SOURCE,)
