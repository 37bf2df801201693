"""What 情報保護 declares to other packages (no Qt)."""

from __future__ import annotations

from typing import Final

from app.ledgers.rules import CHECK_LISTS
from app.ledgers.services.check_documents import check_document_kind
from app.ledgers.services.check_lists import sheet_ledger
from app.settings.protection.services import SERVICES, TRANSFERS, VISITS, ledger_follow_ups

DOCUMENTS: Final = tuple(map(check_document_kind, CHECK_LISTS))
LEDGERS: Final = (TRANSFERS, SERVICES, VISITS, *map(sheet_ledger, CHECK_LISTS))
EVENTLESS_FOLLOW_UPS: Final = (ledger_follow_ups,)
