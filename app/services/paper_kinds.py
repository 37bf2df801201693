"""Every kind of paper of an event, a year or a 団体, in the order of the shelf; a subject adds its own by one line here."""

from __future__ import annotations

from typing import Final

from app.documents.blocks import DocumentContent
from app.services import (
    call_papers,
    choice_papers,
    day_papers,
    interim_totals,
    letter_papers,
    organisation_papers,
    survey_papers,
    tally_papers,
    work_papers,
)
from app.services.paper_kind import PaperKind
from app.services.paper_scope import PaperScope
from app.services.refusal import Refusal
from db.journal import Change
from db.store import Store

PAPERS: Final[tuple[PaperKind, ...]] = (
    *work_papers.PAPERS,
    *letter_papers.PAPERS,
    *call_papers.PAPERS,
    *choice_papers.PAPERS,
    *day_papers.PAPERS,
    *survey_papers.PAPERS,
    *tally_papers.PAPERS,
    interim_totals.PAPER,
    *organisation_papers.PAPERS,
)
KINDS: Final = tuple(paper.kind for paper in PAPERS)
_BY_NAME: Final = {paper.kind: paper for paper in PAPERS}


def papers_about(scope: PaperScope) -> tuple[PaperKind, ...]:
    """Return every kind of paper of an event, of a year or of a 団体."""
    return tuple(paper for paper in PAPERS if paper.about == scope.about)


def paper_of(scope: PaperScope, kind: str) -> PaperKind:
    """Return the declaration of one kind.

    Raises:
        Refusal: there is no such kind, or it is about something else than ``scope``.
    """
    found = paper_kind(kind)
    if found.about != scope.about:
        raise Refusal(f"「{kind}」は{found.about}ごとの帳票です。", f"{found.about}を選んで作成してください。")
    return found


def paper_kind(kind: str) -> PaperKind:
    """Return the declaration of one kind.

    Raises:
        Refusal: there is no such kind; the sentence names those there are.
    """
    found = _BY_NAME.get(kind)
    if found is None:
        raise Refusal(f"「{kind}」という帳票はありません。", f"つぎの中から選んでください：{'、'.join(KINDS)}")
    return found


def note_leaving(store: Store, change: Change, event_id: int | None, content: DocumentContent) -> dict[str, str]:
    """Let a paper do inside ``change`` what its leaving asks for; return what the log keeps of it."""
    found = _BY_NAME.get(content.kind)
    if found is None or found.leaving is None or event_id is None:
        return {}
    return found.leaving(store, change, event_id, content)
