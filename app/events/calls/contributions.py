"""Registers what the subject of calls adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.events.calls.services import call_documents
from app.events.calls.services.call_sheet import call_follow_ups

DOCUMENTS: Final = call_documents.DOCUMENTS
FOLLOW_UPS: Final = (call_follow_ups,)
