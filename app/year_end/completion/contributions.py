"""Contributions of 完了・検査・支払 to extension points."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.year.dates.services import PageStatus, SummaryPage
from app.year_end.completion.services import completion_documents, document_doubts, inspection_documents
from app.year_end.completion.services.completion import read_completion
from app.year_end.completion.services.follow_ups import completion_follow_ups
from db.store import Store


def _page_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return the next step of the completion, for the list of pages."""
    found = read_completion(store, programme_id=programme_id, today=today)
    return PageStatus(
        words=f"つぎは{found.next_step}" if found.next_step else "支払まで済んでいます", is_done=not found.next_step
    )


SUMMARY_PAGES: Final = (
    SummaryPage("完了・検査・支払", "完了の手続きを進める", _page_status, season="終える", position=2),
)
DOCUMENTS: Final = (*completion_documents.DOCUMENTS, *inspection_documents.DOCUMENTS)
DOCUMENT_HALTS: Final = inspection_documents.HALTS
DOCUMENT_DOUBTS: Final = (document_doubts.doubts,)
EVENTLESS_FOLLOW_UPS: Final = (completion_follow_ups,)
