"""What 事故の対応 declares to other packages (no Qt)."""

from __future__ import annotations

from typing import Final

from app.settings.incidents.services.incident_documents import REPORT
from app.settings.incidents.services.incident_ledger import INCIDENTS
from app.settings.incidents.services.incident_view import incident_follow_ups

LEDGERS: Final = (INCIDENTS,)
DOCUMENTS: Final = (REPORT,)
YEAR_FOLLOW_UPS: Final = (incident_follow_ups,)
