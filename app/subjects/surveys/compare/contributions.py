"""Contributions of 年間の比較 to extension points."""

from __future__ import annotations

from typing import Final

from app.subjects.surveys.compare.services import evidence, interim_totals

DOCUMENTS: Final = (interim_totals.DOCUMENT,)
EVIDENCE: Final = (evidence.SOURCE,)
