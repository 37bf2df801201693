"""What 完了・検査・支払 offers without the window."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.subjects.year.completion.services import completion_papers, inspection_papers, paper_stops
from app.subjects.year.completion.services.completion import read_completion
from app.subjects.year.completion.services.follow_ups import completion_follow_ups
from app.subjects.year.dates.services.summary_pages import SummaryPage, SummaryStanding
from db.store import Store


def _standing(store: Store, *, programme_id: int, today: date) -> SummaryStanding:
    found = read_completion(store, programme_id=programme_id, today=today)
    return SummaryStanding(words=f"つぎは{found.next}" if found.next else "支払まで済んでいます", done=not found.next)


SUMMARY_PAGES: Final = (SummaryPage("完了・検査・支払", "完了の手続きを進める", _standing, season="終える", turn=2),)
PAPERS: Final = (*completion_papers.PAPERS, *inspection_papers.PAPERS)
PAPER_HALTS: Final = inspection_papers.HALTS
PAPER_DOUBTS: Final = (paper_stops.doubts,)
LOOSE_FOLLOW_UPS: Final = (completion_follow_ups,)
