"""What 中止・変更の連絡 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.events.calls.services import call_documents
from app.subjects.events.calls.services.call_sheet import call_follow_ups

DOCUMENTS: Final = call_documents.DOCUMENTS
FOLLOW_UPS: Final = (call_follow_ups,)
