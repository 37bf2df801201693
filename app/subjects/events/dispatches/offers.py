"""What 派遣 offers without the window."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.programme.services.programme import read_programme
from app.subjects.events.dispatches.services import (
    decided_selections,
    dispatch_papers,
    selection_drafting,
    told_contact,
)
from app.subjects.events.dispatches.services.contact_gate import guard_contacts
from app.subjects.events.dispatches.services.support import answer_follow_ups, call_follow_ups
from app.subjects.events.dispatches.services.wishes import read_wishes, slip_follow_ups
from app.subjects.year.dates.services.summary_pages import SummaryPage, SummaryStanding
from db.store import Store

PAPERS: Final = (*dispatch_papers.PAPERS, *selection_drafting.PAPERS)
TELLS: Final = told_contact.TELLS
PAPER_DOUBTS: Final = (
    dispatch_papers.decline_doubts,
    dispatch_papers.contact_doubts,
    selection_drafting.selection_doubts,
)
PAPER_HALTS: Final = decided_selections.HALTS


def _wishes(store: Store, *, programme_id: int, today: date) -> SummaryStanding:
    year = read_programme(store, programme_id=programme_id, on=today).programme.fiscal_year
    found = read_wishes(store, fiscal_year=year)
    waiting = f"・選定前 {found.count('')}" if found.count("") else ""
    return SummaryStanding(words=f"希望票 {len(found.rows)}・決定 {found.count('決定')}{waiting}")


SUMMARY_PAGES: Final = (SummaryPage("派遣の希望票", "派遣の希望票", _wishes),)
LEAVING_GUARDS: Final = (guard_contacts,)
FOLLOW_UPS: Final = (call_follow_ups, answer_follow_ups)
YEAR_FOLLOW_UPS: Final = (slip_follow_ups,)
