"""The document 仕様書の比較, with changed paragraphs and their effects, and the confirmed numbers."""

from __future__ import annotations

from collections.abc import Sequence

from app.calendar.wareki import fiscal_year_words
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Heading, KeyValues, Paragraph, Table, Title
from db.record import record

KIND = "仕様書の読み比べ"
TITLE = "仕様書の比較"
"""The title on the page; the document kind keeps its older name."""


@record
class ChangedLine:
    """One changed paragraph, with clause and change, the words of both years, and what refers to it."""

    clause: str
    this_year: str
    next_year: str
    references: str


@record
class ConfirmedLine:
    """One number of the contract, now and next ("未確認"), with its clause, and who confirmed it when."""

    name: str
    this_year: str
    next_year: str
    clause: str
    confirmed: str


@record
class ComparisonFacts:
    """The content; ``texts`` are the two 仕様書 by name, ``counts`` the number of changed paragraphs in words."""

    texts: tuple[str, str]
    counts: str
    changed: Sequence[ChangedLine]
    numbers: Sequence[ConfirmedLine]
    confirmed: int


def comparison_document(context: document_frame.DocumentContext, facts: ComparisonFacts) -> DocumentContent:
    """Return the document 仕様書の読み比べ: 1 the changed paragraphs, 2 the numbers."""
    programme = context.programme
    reference = f"{programme.year_code}-仕様-01"
    years = [fiscal_year_words(programme.fiscal_year + one) for one in (0, 1)]
    blocks: list[Block] = [
        Title(TITLE, subtitle=f"{years[0]} → {years[1]}"),
        KeyValues(rows=(*zip(years, facts.texts, strict=True), ("違い", facts.counts))),
        Heading(1, "1", "変わった段落", sheet="変わった段落"),
        Table(
            (
                Column("項番", 24), Column(years[0], 48), Column(years[1], 48),
                Column("かかるもの", 45),
            ),
            tuple((one.clause, one.this_year, one.next_year, one.references) for one in facts.changed),
            name="変わった段落",
            note="注　長い段落は、変わったことばの前後だけを書く（…）。"
                 "かかるものは、その項番を根拠にしている設定、期限、確認、管理簿、帳票。",
        )
        if facts.changed
        else Paragraph("該当なし"),
        Heading(
            1, "2", "つぎの年度の数", sheet="つぎの年度の数",
            right=f"確認 {facts.confirmed} / {len(facts.numbers)}",
        ),
        Table(
            (
                Column("数", 51), Column(years[0], 34), Column(years[1], 34),
                Column("項番", 20), Column("確認", 26),
            ),
            tuple((one.name, one.this_year, one.next_year, one.clause, one.confirmed) for one in facts.numbers),
            name="つぎの年度の数",
            note="注　未確認の数は、つぎの年度を始めるとき、この年度の数（日付は1年あと）になる。",
        ),
    ]  # fmt: skip
    return document_frame.frame_document(
        context,
        kind=KIND,
        reference=reference,
        blocks=blocks,
        title=TITLE,
        look="form",
        first_sheet=TITLE,
        stamp="庁内限り",
    )
