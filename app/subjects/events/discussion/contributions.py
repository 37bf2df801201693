"""What 討議の記録 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.events.discussion.services import discussion_documents, evidence
from app.subjects.events.discussion.services.discussion import action_follow_ups

DOCUMENTS: Final = discussion_documents.DOCUMENTS
FOLLOW_UPS: Final = (action_follow_ups,)
EVIDENCE: Final = (evidence.SOURCE,)
