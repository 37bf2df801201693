"""What 情報保護 offers without the window."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.calendar.dates import short_date
from app.subjects.settings.protection.rules import CLOUD, RISKS
from app.subjects.settings.protection.services.ledger_checks import ledger_follow_ups
from app.subjects.settings.protection.services.online_services import SERVICES
from app.subjects.settings.protection.services.transfers import TRANSFERS
from app.subjects.settings.protection.services.visits import VISITS
from app.subjects.year.dates.services.summary_pages import SummaryPage, SummaryStanding
from db.records.organisations import Contact
from db.rows import rows
from db.store import Store

CHECK_LISTS: Final = (CLOUD, RISKS)
LEDGERS: Final = (TRANSFERS, SERVICES, VISITS)
LOOSE_FOLLOW_UPS: Final = (ledger_follow_ups,)


def _disposal(store: Store, *, programme_id: int, today: date) -> SummaryStanding:  # noqa: ARG001 - as every page is asked
    """The next day on which contacts are to be disposed of."""
    days = [one.dispose_on for one in rows(store.database, Contact) if one.dispose_on is not None]
    over, coming = sum(day < today for day in days), min((day for day in days if day >= today), default=None)
    words = f"時期を過ぎた連絡先 {over}件" if over else ""
    if not words:
        words = f"つぎは連絡先の {short_date(coming, today)}" if coming is not None else "消す時期の来る連絡先はない"
    return SummaryStanding(words=words, done=not days)


SUMMARY_PAGES: Final = (SummaryPage("消す時期が来るもの", "管理簿", _disposal, season="終える", turn=4),)
