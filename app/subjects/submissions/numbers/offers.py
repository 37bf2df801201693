"""What 数字の食い違い検査 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.submissions.numbers.services.event_numbers import doubts_about
from app.subjects.submissions.numbers.services.report_drift import report_drift

PAPER_DOUBTS: Final = (doubts_about,)
REPORT_DRIFT: Final = (report_drift,)
