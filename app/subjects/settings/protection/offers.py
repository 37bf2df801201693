"""What 情報保護 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.settings.protection.rules import CLOUD
from app.subjects.settings.protection.services.ledger_checks import ledger_follow_ups
from app.subjects.settings.protection.services.transfers import TRANSFERS

CHECK_LISTS: Final = (CLOUD,)
LEDGERS: Final = (TRANSFERS,)
LOOSE_FOLLOW_UPS: Final = (ledger_follow_ups,)
