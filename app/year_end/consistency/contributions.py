"""Contributions of 数字の食い違い検査 to extension points."""

from __future__ import annotations

from typing import Final

from app.year_end.consistency.services.event_numbers import document_doubts
from app.year_end.consistency.services.report_drift import report_drift

DOCUMENT_DOUBTS: Final = (document_doubts,)
REPORT_DRIFT: Final = (report_drift,)
