"""Content of 起案資料（派遣の選定）: selected and declined 団体 of a year with reasons, and the letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from app.calendar import dates
from app.common.join_nonempty import join_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Table, Title
from app.subjects.events.dispatches.documents.dispatch_documents import DECLINE_NOTICE
from app.subjects.events.dispatches.rules import signer_text
from app.subjects.events.letters.documents.drafting_set import (
    DraftingContent,
    approval_day,
    drafting_blocks,
    paragraphs_of,
)
from app.subjects.events.letters.rules.drafting_texts import REASON
from db.frozen_record import frozen_record
from db.records.dispatches import DispatchRequest
from db.records.documents import Letter

SELECTION: Final = "起案資料（派遣の選定）"


@frozen_record
class RequestLine:
    """One request of the year: its 団体, its link to a 講習会 in words, and the draft of its letter if declined."""

    request: DispatchRequest
    organisation: str
    branch: str
    link: str
    letter: tuple[Block, ...]


@frozen_record
class SelectionFacts:
    """What the document is built from: the requests in the order of receipt, and the planned number (「3団体程度」).

    Attributes:
        letters: to the declined 団体, as they go out.
        events: day (None = not set) and title of the 派遣 of those selected.
    """

    request_lines: Sequence[RequestLine]
    planned: str
    letters: Sequence[Letter]
    events: Sequence[tuple[date | None, str]]

    def lines_with_outcome(self, *outcomes: str) -> list[RequestLine]:
        """Return the requests with one of these outcomes ("" = not decided)."""
        return [one for one in self.request_lines if one.request.outcome in outcomes]

    def drafting_date(self, document_date: date) -> date | None:
        """Return the day it is drafted, None if it was decided by then."""
        chosen = [
            one.request.decided_on
            for one in self.lines_with_outcome("決定", "不採択")
            if one.request.decided_on is not None
        ]
        return None if approval_day(self.letters) or any(day < document_date for day in chosen) else document_date


def selection_drafting(
    context: document_frame.DocumentContext, facts: SelectionFacts, texts: Mapping[str, str]
) -> DocumentContent:
    """Return the document: decision and reasons on the first pages, then each letter, then all addressees."""
    letters = [one for one in facts.request_lines if one.letter]
    count = len(letters)
    blocks = drafting_blocks(
        context,
        DraftingContent(
            texts=texts,
            drafted_on=facts.drafting_date(context.issue_day),
            title="選定の内容",
            heading_note="順は希望票を受け取った順",
            decision_blocks=(_counts(facts), _request_blocks(facts)),
            reason_blocks=paragraphs_of(texts.get(REASON, "")),
            annexes=[
                (f"{DECLINE_NOTICE}（案）", f"{count}通", "公開"),
                ("宛先一覧（氏名を含む）", f"{count}件", "非公開"),
            ]
            if count
            else [],
            next_actions=_next_steps(facts, count),
            letters=facts.letters,
            drafts=[(f"別紙1-{number} 案", one.letter) for number, one in enumerate(letters, 1)],
            addressee_blocks=_addressees(letters) if letters else (),
        ),
    )
    programme = context.programme
    reference = f"R{programme.fiscal_year - 2018}-{SELECTION}"
    return document_frame.frame_document(
        context,
        kind=SELECTION,
        reference=reference,
        blocks=blocks,
        stem=reference,
        look="form",
        first_sheet="起案",
        header_right=f"整理番号　{reference}　{document_frame.edition_words(document_frame.FIRST)}",
        footer_left=document_frame.PERSONS,
        stamp="案",
        personal=True,
    )


def _counts(facts: SelectionFacts) -> Table:
    shown = [
        ("希望票", len(facts.request_lines)),
        ("採択", len(facts.lines_with_outcome("決定"))),
        ("不採択", len(facts.lines_with_outcome("不採択"))),
    ]
    shown += [
        (name, len(facts.lines_with_outcome(outcome)))
        for name, outcome in (("取下げ", "取下げ"), ("選定前", ""))
        if facts.lines_with_outcome(outcome)
    ]
    return Table(
        (
            *(Column(name, 125 / len(shown), align="right") for name, _ in shown),
            Column("仕様", 40, align="right"),
        ),
        ((*(f"{number}団体" for _, number in shown), facts.planned),),
        name="選定の数",
    )


def _request_blocks(facts: SelectionFacts) -> Table:
    rows = tuple(
        (
            str(number),
            f"{one.organisation}\n{one.branch}".strip(),
            join_nonempty("・".join(one.request.tools), one.link, separator="\n"),
            {"決定": "採択", "": "選定前"}.get(one.request.outcome, one.request.outcome),
            join_nonempty(
                one.request.reason, _unlinked_text(one.request), _exception_text(one.request), separator="\n"
            ),
        )
        for number, one in enumerate(facts.request_lines, 1)
    )
    return Table(
        (
            Column("No", 8, align="center"),
            Column("団体", 36),
            Column("希望・講習会への参加", 42),
            Column("結果", 16, align="center"),
            Column("選定の理由", 63),
        ),
        rows,
        name="選定の理由",
    )


def _unlinked_text(request: DispatchRequest) -> str:
    reason = request.unlinked_reason.strip()
    return f"講習会に参加のない団体を選ぶ理由　{reason}" if reason and request.outcome == "決定" else ""


def _exception_text(request: DispatchRequest) -> str:
    reason = request.exception_reason.strip()
    late = "締切のあとに届いた" if request.signed else "署名がまだない"
    return f"{late}希望票を選ぶ理由　{reason}" if reason and request.outcome == "決定" else ""


def _next_steps(facts: SelectionFacts, letters: int) -> list[tuple[str, str]]:
    rows = [("", f"{DECLINE_NOTICE}の施行（{letters}通）")] if letters else []
    if facts.lines_with_outcome("決定"):
        rows.append(("", "採択した団体への決定通知（実施回ごとの起案資料による）"))
    rows += [(dates.table_date(day) if day else "", f"{title}　実施") for day, title in facts.events]
    return rows


def _addressees(letters: Sequence[RequestLine]) -> list[Block]:
    rows = tuple(
        (
            str(number), one.branch, one.organisation,
            signer_text(one.request) or "御中",
        )
        for number, one in enumerate(letters, 1)
    )  # fmt: skip
    return [
        Title("宛先一覧", subtitle=f"計　{len(letters)}通"),
        Table(
            (
                Column("別紙1-", 16, align="center"),
                Column("支部", 29),
                Column("団体", 60),
                Column("宛名（役職・氏名）", 60),
            ),
            rows,
            name="宛先一覧",
        ),
    ]
