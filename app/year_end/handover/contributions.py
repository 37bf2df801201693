"""Contributions of 引継書 to extension points."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.programme.services import read_programme
from app.year.dates.services import PageStatus, SummaryPage
from app.year_end.handover import services as handover_services
from app.year_end.handover.services import read_staff_change
from db.store import Store

DOCUMENTS: Final = (handover_services.DOCUMENT,)


def _page_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return how far the change of staff has come, for the list of pages."""
    year = read_programme(store, programme_id=programme_id).programme.fiscal_year
    found = read_staff_change(store, fiscal_year=year, today=today)
    who = f"後任者 {found.successor}" if found.has_successor else "後任者は未定"
    return PageStatus(
        words=f"{who}・区の宿題 {len(found.homework)}件", is_done=found.has_successor and not found.remaining_homework
    )


SUMMARY_PAGES: Final = (SummaryPage("引継書", "引継書", _page_status, season="終える", position=3),)
