"""The papers of an event or of a year: which kinds fit, what they say now, and how they look as a file.

Public functions: ``kinds_for``, ``build_paper``, ``render``, ``render_paper``; saving and printing are in
``app.services.paper_saving``, texts to copy in ``app.services.paper_texts``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.documents.blocks import DocumentContent
from app.services.event_file import read_file
from app.services.paper_building import CHANGE, CHECK, HEADCOUNT, MATERIAL, REPORT
from app.services.paper_kind import Format, YearPaper
from app.services.paper_kinds import EVERY, PAPERS, YEAR_PAPERS, paper_kind
from app.services.paper_scope import PaperScope, scope_of, year_of
from app.services.refusal import Refusal
from app.services.required import required
from db.records.events import Event
from db.store import Store

if TYPE_CHECKING:
    from app.documents.pdf.coverage import MissingCharacter
    from app.documents.pdf.name_setting import NameTooLong

__all__ = [
    "CHANGE",
    "CHECK",
    "FORMATS",
    "HEADCOUNT",
    "MATERIAL",
    "REPORT",
    "Format",
    "Rendered",
    "build_paper",
    "kinds_for",
    "render",
    "render_paper",
]

FORMATS: dict[str, tuple[Format, ...]] = {paper.kind: paper.formats for paper in EVERY}


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """One paper as a file in memory: bytes, number of pages (0 = unknown), content it was drawn from."""

    content: DocumentContent
    format: Format
    data: bytes
    pages: int


def kinds_for(store: Store, *, event_id: int | None = None, scope: PaperScope | None = None) -> tuple[str, ...]:
    """Return the kinds of paper that can be made for an event or a year as it stands.

    Raises:
        Refusal: there is no such event or year.
    """
    about = scope_of(event_id, scope)
    if about.event_id is None:
        year_of(store, about)
        return tuple(paper.kind for paper in YEAR_PAPERS if paper.ready(store, about))
    file = read_file(store, about.event_id)
    return tuple(paper.kind for paper in PAPERS if paper.fits(file) and paper.ready(store, file))


def build_paper(
    store: Store, *, event_id: int | None = None, scope: PaperScope | None = None, kind: str, now: datetime
) -> DocumentContent:
    """Return what the paper says now, of an event or of the ``scope``.

    Raises:
        Refusal: the event, the year or what the paper is about is not there yet, or it is no paper of such a scope;
            the sentence says what to do.
    """
    about, paper = scope_of(event_id, scope), paper_kind(kind)
    if isinstance(paper, YearPaper):
        if about.fiscal_year is None:
            raise Refusal(f"「{kind}」は年度の帳票です。", "実施回ではなく、年度を選んで作成してください。")
        return paper.build(store, about, now)
    if about.event_id is None:
        raise Refusal(f"「{kind}」は実施回ごとの帳票です。", "年度ではなく、実施回を選んで作成してください。")
    return paper.build(store, required(store.database, Event, about.event_id), now)


def render(content: DocumentContent, *, format: Format) -> Rendered:  # noqa: A002
    """Draw the content as PDF or Excel bytes; nothing is written to disk, and one paper is drawn at a time.

    Raises:
        Refusal: a name holds a character that no font draws; it is named, never replaced.
    """
    if format == "pdf":
        from app.documents.pdf.coverage import MissingGlyph
        from app.documents.pdf.name_setting import NameTooLong
        from app.documents.pdf.render import render_pdf

        try:
            drawn = render_pdf(content)
        except MissingGlyph as problem:
            raise _unprintable(problem.missing) from problem
        except NameTooLong as problem:
            raise _too_long(problem) from problem
        return Rendered(content=content, format=format, data=drawn.data, pages=drawn.pages)
    from app.documents.excel.render import render_xlsx

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
