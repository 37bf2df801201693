"""Registers the letters and recruitment documents with the packages below."""

from __future__ import annotations

from typing import Final

from app.events.letters.services import draft_changes, letter_checks, letter_documents, letter_notifications

DOCUMENTS: Final = letter_documents.DOCUMENTS
DOCUMENT_HALTS: Final = draft_changes.HALTS
DOCUMENT_DOUBTS: Final = (letter_checks.letter_doubts,)
NOTIFICATIONS: Final = letter_notifications.NOTIFICATIONS
UNDO_GUARDS: Final = (letter_documents.check_admission_undo,)
