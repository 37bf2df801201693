"""Contributions of 設問 to extension points."""

from __future__ import annotations

from typing import Final

from app.surveys.questions.services import survey_documents
from app.surveys.questions.services.surveys import online_follow_ups

DOCUMENTS: Final = survey_documents.DOCUMENTS
DOCUMENT_HALTS: Final = survey_documents.HALTS
FOLLOW_UPS: Final = (online_follow_ups,)
