"""Contributions of 実施報告書 to extension points."""

from __future__ import annotations

from typing import Final

from app.submissions.reports.services import evidence, received_reports, report_documents, report_marks
from app.submissions.reports.services.report_ledger import REPORT_LEDGER as LEDGER

DOCUMENTS: Final = report_documents.DOCUMENTS
DOCUMENT_MARKS: Final = (report_marks.marks,)
RECEIVED_KINDS: Final = received_reports.RECEIVED_KINDS
LEDGERS: Final = (LEDGER,)
EVIDENCE: Final = (evidence.SOURCE,)
