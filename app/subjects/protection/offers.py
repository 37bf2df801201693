"""What 情報保護 offers without the window."""

from __future__ import annotations

from typing import Final

from app.ledgers.services.check_lists import sheet_ledger
from app.ledgers.services.check_papers import check_paper
from app.subjects.protection.rules import CLOUD
from app.subjects.protection.services.ledger_checks import ledger_follow_ups
from app.subjects.protection.services.transfers import TRANSFERS

CHECK_LISTS: Final = (CLOUD,)
LEDGERS: Final = (TRANSFERS, sheet_ledger(CLOUD, clause="特19-2・特19-3"))
PAPERS: Final = (check_paper(CLOUD),)
FOLLOW_UPS: Final = (ledger_follow_ups,)
