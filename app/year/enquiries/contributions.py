"""What 問合せ・相談台帳 declares to other packages (no Qt)."""

from __future__ import annotations

from typing import Final

from app.year.enquiries.services import ENQUIRIES, SOURCE

LEDGERS: Final = (ENQUIRIES,)
EVIDENCE: Final = (SOURCE,)
