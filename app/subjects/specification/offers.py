"""What 仕様書の読み比べ offers without the window."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.subjects.specification.services import reading_papers
from app.subjects.specification.services.specification import state_words
from app.subjects.year.services.summary_pages import SummaryPage
from db.store import Store

PAPERS: Final = reading_papers.PAPERS


def _words(store: Store, *, programme_id: int, today: date) -> str:
    return state_words(store, programme_id=programme_id, today=today)


SUMMARY_PAGES: Final = (SummaryPage(title="仕様書の読み比べ", what="仕様書の読み比べ", state=_words),)
