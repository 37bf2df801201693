"""Contributions of 仕様書の読み比べ to extension points."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.programme.services import read_programme
from app.year.dates.services import PageStatus, SummaryPage
from app.year_end.specification import services as specification_services
from app.year_end.specification.services import state_words
from db.store import Store

DOCUMENTS: Final = specification_services.COMPARISON_DOCUMENTS


def _page_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return whether the clauses were compared, for the list of pages."""
    checked = read_programme(store, programme_id=programme_id, on=today).programme.clauses_checked == "一致"
    clauses = "項番は契約書と一致" if checked else "項番の照合がまだ"
    return PageStatus(words=f"{clauses}・{state_words(store, programme_id=programme_id, today=today)}", is_done=checked)


SUMMARY_PAGES: Final = (SummaryPage("契約と仕様書", "仕様書の読み比べ", _page_status, season="はじめる", position=1),)
