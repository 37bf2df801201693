"""Where a file of ours belongs that somebody wants to take in: its page in the window, by the name that it bears."""

from __future__ import annotations

from app.foreign_files.own_files import OwnPlace
from app.ledgers.services.ledger import LEDGERS
from app.papers.services.paper_kind import PAPERS
from app.subjects.submissions.deliverables.papers.kit_paper import ENDING


def place_of(name: str) -> OwnPlace | None:
    """Return what a name among our forms, ledgers and documents is, and where it belongs; None = none of them."""
    if any(name == ledger.title for ledger in LEDGERS):
        return OwnPlace(sort="管理簿", page="情報保護")
    if not any(name in (paper.kind, *paper.also) for paper in PAPERS):
        return None
    return OwnPlace(sort="様式", page="資料・報告") if name.endswith(ENDING) else OwnPlace(sort="書類", page="帳票")
