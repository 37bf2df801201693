"""What 引継書 offers without the window."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.programme.services.programme import read_programme
from app.subjects.year.dates.services.summary_pages import SummaryPage, SummaryStanding
from app.subjects.year.handover.services import handover_papers
from app.subjects.year.handover.services.staff_change import read_staff_change
from db.store import Store

PAPERS: Final = (handover_papers.PAPER,)


def _standing(store: Store, *, programme_id: int, today: date) -> SummaryStanding:
    year = read_programme(store, programme_id=programme_id).programme.fiscal_year
    found = read_staff_change(store, fiscal_year=year, today=today)
    who = f"後任者 {found.taker}" if found.named else "後任者は未定"
    return SummaryStanding(words=f"{who}・区の宿題 {len(found.homework)}件", done=found.named and not found.left)


SUMMARY_PAGES: Final = (SummaryPage("引継書", "引継書", _standing, season="終える", turn=3),)
