"""Registers what the subject of events adds to the packages below."""

from __future__ import annotations

from app.documents.services.document_kind import read_year
from app.event.services.event_document import read_event_subject

DOCUMENT_SUBJECTS = (("実施回", read_event_subject), ("年度", read_year))
