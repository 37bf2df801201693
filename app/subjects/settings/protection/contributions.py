"""What 情報保護 declares to other packages (no Qt)."""

from __future__ import annotations

from typing import Final

from app.subjects.settings.protection.rules import CLOUD, RISKS
from app.subjects.settings.protection.services.ledger_checks import ledger_follow_ups
from app.subjects.settings.protection.services.online_services import SERVICES
from app.subjects.settings.protection.services.transfers import TRANSFERS
from app.subjects.settings.protection.services.visits import VISITS

CHECK_LISTS: Final = (CLOUD, RISKS)
LEDGERS: Final = (TRANSFERS, SERVICES, VISITS)
EVENTLESS_FOLLOW_UPS: Final = (ledger_follow_ups,)
