"""What 仕様書の読み比べ offers without the window."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.programme.services.programme import read_programme
from app.subjects.year.dates.services.summary_pages import SummaryPage, SummaryStanding
from app.subjects.year.specification.services import reading_papers
from app.subjects.year.specification.services.specification import state_words
from db.store import Store

PAPERS: Final = reading_papers.PAPERS


def _standing(store: Store, *, programme_id: int, today: date) -> SummaryStanding:
    checked = read_programme(store, programme_id=programme_id, on=today).programme.clauses_checked == "一致"
    clauses = "項番は契約書と一致" if checked else "項番の照合がまだ"
    return SummaryStanding(
        words=f"{clauses}・{state_words(store, programme_id=programme_id, today=today)}", done=checked
    )


SUMMARY_PAGES: Final = (SummaryPage("契約と仕様書", "仕様書の読み比べ", _standing, season="はじめる", turn=1),)
