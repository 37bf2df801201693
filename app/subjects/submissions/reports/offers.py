"""What 実施報告書 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.submissions.reports.services import evidence, received_reports, report_marks, report_papers
from app.subjects.submissions.reports.services.report_ledger import RECEIVED as LEDGER

PAPERS: Final = report_papers.PAPERS
PAPER_MARKS: Final = (report_marks.marks,)
RECEIVED: Final = received_reports.RECEIVED
LEDGERS: Final = (LEDGER,)
EVIDENCE: Final = (evidence.SOURCE,)
