"""What 受託者の提出物 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.deliverables.services import kit_forms, kit_kinds, owed_papers, provided, told_owed

PAPERS: Final = (*kit_forms.PAPERS, *owed_papers.PAPERS)
PAPER_DOUBTS: Final = (owed_papers.doubts,)
TELLS: Final = told_owed.TELLS
RECEIVED: Final = kit_kinds.RECEIVED
LEDGERS: Final = (kit_kinds.GOODS_LEDGER, provided.PROVIDED)
