"""What 受託者の提出物 offers without the window."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.calendar.dates import short_date
from app.subjects.events.event.services.tasks.task import PROPOSAL
from app.subjects.events.event.services.tasks.year_dates import read_year_dates
from app.subjects.submissions.deliverables.services import (
    allowance_ledger,
    disposal_ledger,
    disposal_order,
    kit_forms,
    kit_kinds,
    outstanding_papers,
    own_places,
    provided,
    told_outstanding,
)
from app.subjects.year.dates.services.summary_pages import SummaryPage, SummaryStanding
from db.store import Store

PAPERS: Final = (*kit_forms.PAPERS, *outstanding_papers.PAPERS, disposal_order.PAPER)
PAPER_HALTS: Final = (*disposal_order.HALTS, *outstanding_papers.HALTS)
PAPER_DOUBTS: Final = (outstanding_papers.doubts,)
TELLS: Final = (*told_outstanding.TELLS, *disposal_order.TELLS)
LOOSE_FOLLOW_UPS: Final = (disposal_order.order_follow_ups,)
OWN_PLACES: Final = (own_places.place_of,)
FORM_TABLES: Final = own_places.FORM_TABLES
RECEIVED: Final = kit_kinds.RECEIVED
LEDGERS: Final = (kit_kinds.GOODS_LEDGER, allowance_ledger.ALLOWANCES, provided.PROVIDED, disposal_ledger.DISPOSED)


def _proposal(store: Store, *, programme_id: int, today: date) -> SummaryStanding:
    """When the 提案書 falls due, or came (仕4(4))."""
    dates = read_year_dates(store, today=today, programme_id=programme_id)
    task = next((one.task for one in dates.rows if one.task.task == PROPOSAL), None)
    if task is None:
        return SummaryStanding(words="終わった実施回がまだありません", whose="受託者")
    if task.closed_on is not None:
        return SummaryStanding(words=f"{short_date(task.closed_on, today)} に受領", done=True, whose="受託者")
    day = task.provisional or short_date(task.due, today)
    return SummaryStanding(words=f"受託者　{day}　{task.clause}", whose="受託者")


SUMMARY_PAGES: Final = (
    SummaryPage(title="提案書", what="提出物を受領する", standing=_proposal, season="終える", turn=1, task=PROPOSAL),
)
