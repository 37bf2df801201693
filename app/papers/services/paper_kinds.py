"""Every kind of paper of an event, a year or a 団体, in the order of the shelf, as the subjects declare them."""

from __future__ import annotations

from typing import Final

from app.declared import Declared
from app.papers.blocks import DocumentContent
from app.papers.services.paper_kind import Format, PaperKind
from app.papers.services.paper_scope import PaperScope
from app.refusal import Refusal
from db.journal import Change
from db.store import Store

PAPERS: Final[Declared[PaperKind]] = Declared("papers")


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
    found = _named(kind)
    if found is None:
        known = "、".join(paper.kind for paper in PAPERS)
        raise Refusal(f"「{kind}」という帳票はありません。", f"つぎの中から選んでください：{known}")
    return found


def note_leaving(store: Store, change: Change, event_id: int | None, content: DocumentContent) -> dict[str, str]:
    """Let a paper do inside ``change`` what its leaving asks for; return what the log keeps of it."""
    found = _named(content.kind)
    if found is None or found.leaving is None or event_id is None:
        return {}
    return found.leaving(store, change, event_id, content)


def formats_of(kind: str) -> tuple[Format, ...]:
    """Return what a kind of paper can be; nothing for what is no paper of the shelf."""
    found = _named(kind)
    return found.formats if found is not None else ()


def recipient_of(kind: str) -> str:
    """Return for whom a kind of paper is made, in one word and without a name (「受託者」), or ""."""
    found = _named(kind)
    return found.recipient if found is not None else ""


def _named(kind: str) -> PaperKind | None:
    return next((paper for paper in PAPERS if paper.kind == kind), None)
