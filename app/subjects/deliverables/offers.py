"""What 受託者の提出物 offers without the window."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.subjects.deliverables.rules.due import DONE, WAITING, WARD
from app.subjects.deliverables.services import kit_forms, kit_kinds, owed_papers, provided, told_owed
from app.subjects.deliverables.services.due_list import read_due_list
from app.subjects.year.services.summary_pages import SummaryPage
from db.store import Store


def _words(store: Store, *, programme_id: int, today: date) -> str:
    found = read_due_list(store, programme_id=programme_id, today=today)
    return "・".join(f"{group} {found.count(group)}" for group in (WARD, WAITING, DONE))


PAPERS: Final = (*kit_forms.PAPERS, *owed_papers.PAPERS)
PAPER_DOUBTS: Final = (owed_papers.doubts,)
TELLS: Final = told_owed.TELLS
RECEIVED: Final = kit_kinds.RECEIVED
LEDGERS: Final = (kit_kinds.GOODS_LEDGER, provided.PROVIDED)
SUMMARY_PAGES: Final = (SummaryPage(title="受託者の提出物", what="提出物", state=_words),)
