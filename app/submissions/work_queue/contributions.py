"""Contributions of 資料・報告 to extension points."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.programme.services import read_programme
from app.submissions.work_queue.services import read_work_queue
from app.year.dates.services import PageStatus, SummaryPage
from db.store import Store


def _status_of_year(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return the counts of 資料・報告 by whose turn it is, for the list of pages."""
    year = read_programme(store, programme_id=programme_id).programme.fiscal_year
    return PageStatus(
        words=read_work_queue(store, today=today, fiscal_year=year).filtered(programme_id=programme_id).words
    )


SUMMARY_PAGES: Final = (SummaryPage(title="資料・報告", action="提出物", read_status=_status_of_year),)
