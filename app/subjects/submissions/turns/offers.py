"""What 資料・報告 offers without the window."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.programme.services.programme import read_programme
from app.subjects.submissions.turns.services.turns import read_turns
from app.subjects.year.dates.services.summary_pages import SummaryPage, SummaryStanding
from db.store import Store


def _words(store: Store, *, programme_id: int, today: date) -> SummaryStanding:
    year = read_programme(store, programme_id=programme_id).programme.fiscal_year
    return SummaryStanding(words=read_turns(store, today=today, fiscal_year=year).of(programme_id=programme_id).words)


SUMMARY_PAGES: Final = (SummaryPage(title="資料・報告", what="提出物", standing=_words),)
