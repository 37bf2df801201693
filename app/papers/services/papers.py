"""The papers of an event, of a year or of a 団体: which kinds fit, what they say now, and how they look as a file.

Public functions: ``kinds_for``, ``build_paper``, ``render``, ``render_paper``; saving and printing are in
``app.papers.services.paper_saving``, texts to copy in ``app.papers.services.paper_mail``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.papers.blocks import DocumentContent
from app.papers.services.paper_kind import Format, read_subject
from app.papers.services.paper_kinds import paper_of, papers_about
from app.papers.services.paper_scope import PaperScope, scope_of
from app.refusal import Refusal
from db.store import Store

if TYPE_CHECKING:
    from app.papers.pdf.name_setting import NameTooLong
    from app.papers.pdf.printable import MissingCharacter

__all__ = [
    "Format",
    "Rendered",
    "build_paper",
    "kinds_for",
    "render",
    "render_paper",
]


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """One paper as a file in memory: bytes, number of pages (0 = unknown), content it was drawn from."""

    content: DocumentContent
    format: Format
    data: bytes
    pages: int


def kinds_for(store: Store, *, event_id: int | None = None, scope: PaperScope | None = None) -> tuple[str, ...]:
    """Return the kinds of paper that can be made for an event, a year or a 団体 as it stands.

    Raises:
        Refusal: there is no such event, year or 団体.
    """
    subject = read_subject(store, scope_of(event_id, scope))
    fitting = (paper for paper in papers_about(subject.scope) if paper.fits(subject))
    return tuple(paper.kind for paper in fitting if paper.ready(store, subject))


def build_paper(
    store: Store, *, event_id: int | None = None, scope: PaperScope | None = None, kind: str, now: datetime
) -> DocumentContent:
    """Return what the paper says now, of an event or of the ``scope``.

    Raises:
        Refusal: what the paper is about is not there yet, or it is no paper of such a scope; the sentence says what
            to do.
    """
    about = scope_of(event_id, scope)
    return paper_of(about, kind).build(store, about, now)


def render(content: DocumentContent, *, format: Format) -> Rendered:  # noqa: A002
    """Draw the content as PDF or Excel bytes; nothing is written to disk, and one paper is drawn at a time.

    Raises:
        Refusal: a name holds a character that no font draws; it is named, never replaced.
    """
    if format == "pdf":
        from app.papers.pdf.name_setting import NameTooLong
        from app.papers.pdf.printable import MissingGlyph
        from app.papers.pdf.render import render_pdf

        try:
            drawn = render_pdf(content)
        except MissingGlyph as problem:
            raise _unprintable(problem.missing) from problem
        except NameTooLong as problem:
            raise _too_long(problem) from problem
        return Rendered(content=content, format=format, data=drawn.data, pages=drawn.pages)
    from app.papers.excel.render import render_xlsx

    return Rendered(content=content, format=format, data=render_xlsx(content), pages=0)


def _too_long(problem: NameTooLong) -> Refusal:
    """Name the text that fits no size; nothing is cut or shortened."""
    return Refusal(
        f"「{problem.text}」が長く、{problem.place}の欄に入りません。",
        "姓と名の間に空白を入れるか、届出の表記を確かめてください。",
        "入力した内容はそのまま残っています。途中で切ったり省略したりはしません。",
    )


def _unprintable(missing: Iterable[MissingCharacter]) -> Refusal:
    """Name every text and character that cannot be printed, in the three sentences of a refusal."""
    named = "、".join(
        f"「{item.text}」の「{item.character}」（{' '.join(f'U+{ord(sign):04X}' for sign in item.character)}）"
        for item in missing
    )
    return Refusal(
        f"書体にない文字があるため、この書類を作成できません。{named}。",
        "届出の字を確かめて、使える字で入力し直してください。",
        "入力した内容はそのまま残っています。別の字に置き換えることはしません。",
    )


def render_paper(
    store: Store,
    *,
    event_id: int | None = None,
    scope: PaperScope | None = None,
    kind: str,
    format: Format,  # noqa: A002
    now: datetime,
) -> Rendered:
    """Build and draw in one step (what the preview shows is what is saved)."""
    return render(build_paper(store, event_id=event_id, scope=scope, kind=kind, now=now), format=format)
