"""Contributions of 年間の比較 to extension points."""

from __future__ import annotations

from typing import Final

from app.surveys.compare import services as compare_services

DOCUMENTS: Final = (compare_services.DOCUMENT,)
EVIDENCE: Final = (compare_services.SOURCE,)
