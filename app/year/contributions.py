"""What the subjects of year declare to other packages (no Qt)."""

from __future__ import annotations

from app.year.contract import services as contract_services
from app.year.dates import services as dates_services
from app.year.enquiries.services import ENQUIRIES, SOURCE, memo_follow_ups

DOCUMENTS = contract_services.DOCUMENTS
RECEIVED_KINDS = (*dates_services.RECEIVED_KINDS,)
EVENTLESS_FOLLOW_UPS = (dates_services.missing_start_follow_ups, memo_follow_ups)
SUMMARY_PAGES = (*dates_services.YEAR_PAGES,)
LEDGERS = (ENQUIRIES,)
EVIDENCE = (SOURCE,)
