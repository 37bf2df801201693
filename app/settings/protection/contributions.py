"""What 情報保護 declares to other packages (no Qt)."""

from __future__ import annotations

from typing import Final

from app.settings.protection.rules import CLOUD, RISKS
from app.settings.protection.services import SERVICES, TRANSFERS, VISITS, ledger_follow_ups

CHECK_LISTS: Final = (CLOUD, RISKS)
LEDGERS: Final = (TRANSFERS, SERVICES, VISITS)
EVENTLESS_FOLLOW_UPS: Final = (ledger_follow_ups,)
