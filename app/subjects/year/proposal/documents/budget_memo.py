"""予算要求・次年度仕様書 検討メモ, an internal memo on amounts, clauses, cuts and open questions.

It has no names and no amounts of estimates, and is separate from the contractor's 提案書.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app.calendar import dates
from app.calendar.wareki import fiscal_year_words
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Heading, KeyValues, Paragraph, SignBoxes, Table, Title
from app.documents.handout_blocks import NoticeBox
from app.subjects.year.proposal.rules import QuotedEvidence, change_words, sums_of
from db.frozen_record import frozen_record
from db.records.year.proposal import BudgetMemo, MemoAmount, MemoClause, MemoCut, MemoQuestion

BUDGET_MEMO_KIND: Final = "予算要求・次年度仕様書 検討メモ"
_NOT_APPLICABLE: Final = "該当なし"


@frozen_record
class MemoFacts:
    """The data of the memo; ``counted`` is the line on the year's totals, ``evidence`` by id."""

    memo: BudgetMemo
    counted: str
    amounts: Sequence[MemoAmount]
    clauses: Sequence[MemoClause]
    cuts: Sequence[MemoCut]
    questions: Sequence[MemoQuestion]
    evidence: Mapping[int, QuotedEvidence]


def budget_memo(context: document_frame.DocumentContext, facts: MemoFacts) -> DocumentContent:
    """Build the memo; its sums are those of its items."""
    programme, memo = context.programme, facts.memo
    blocks: list[Block] = [
        Title(BUDGET_MEMO_KIND),
        NoticeBox(title="庁内限り", text="受託者・応札者へ出さない", size=10.5),
        KeyValues(
            rows=(
                ("作成", f"{dates.long_date(memo.made_on)}　{memo.maker}（課内検討用。決定したものではない）"),
                ("もとにした数", facts.counted),
                ("出すもの", memo.hand_in or "—"),
            )
        ),
        Heading(1, "1", "要求額（案）", right="単位　千円（税込み）", sheet="要求額"),
        _amounts(facts, programme.fiscal_year),
        Heading(
            1,
            "2",
            "仕様書で直すところ（案）",
            right=f"条の番号は{fiscal_year_words(programme.fiscal_year)}の仕様書",
            sheet="仕様書で直すところ",
        ),
        _clauses(facts),
        Heading(1, "3", "減額されたときの順", sheet="減額の順"),
        *_cuts(facts),
        Heading(1, "4", "決まっていないこと", sheet="決まっていないこと"),
        _questions(facts.questions),
        Paragraph(
            "受託者の提案書とは別の書類である。提案書の額および案を、この紙に写さない。"
            "この紙の数のうち受託者に示してよいのは、実施報告書にあるものだけである。",
            style="note",
        ),
        SignBoxes(boxes=(("係長", ""), ("課長", ""), ("保存", "3年"))),
    ]
    reference = f"R{programme.fiscal_year - 2018}-予-01"
    return document_frame.frame_document(
        context,
        kind=BUDGET_MEMO_KIND,
        reference=reference,
        blocks=blocks,
        stem=f"{reference}-検討メモ-庁内限り",
        first_sheet="要求額",
        footer_left=f"庁内限り　{document_frame.NO_PERSONS}",
        stamp="庁内限り",
    )


def _amounts(facts: MemoFacts, fiscal_year: int) -> Block:
    if not facts.amounts:
        return Paragraph(_NOT_APPLICABLE)
    this_year, next_year = sums_of(facts.amounts)
    rows = [
        (one.item, f"{one.this_year:,}", f"{one.next_year:,}", change_words(one.next_year - one.this_year), one.reason)
        for one in facts.amounts
    ]
    grown = next_year - this_year
    percent = (
        f"今年度比　{abs(grown) * 100 / this_year:.1f}％の{'増' if grown >= 0 else '減'}" if this_year and grown else ""
    )
    return Table(
        (
            Column("費目", 38), Column(fiscal_year_words(fiscal_year), 25, align="right"),
            Column(f"{fiscal_year_words(fiscal_year + 1)}案", 25, align="right"),
            Column("増減", 20, align="right"),
            Column("積算・理由", 57),
        ),
        (*rows, ("計", f"{this_year:,}", f"{next_year:,}", change_words(grown), percent)),
        name="要求額",
        total_row=True,
        bold_rows=(len(rows),),
        note="△は減。見積の相手の名および額は、この紙に書かない。",
    )  # fmt: skip


def _clauses(facts: MemoFacts) -> Block:
    if not facts.clauses:
        return Paragraph(_NOT_APPLICABLE)
    rows = []
    for one in facts.clauses:
        mine = [facts.evidence[each] for each in one.evidence if each in facts.evidence]
        said = "\n".join(f"{each.words}\n（{each.source}）" for each in mine)
        rows.append((one.clause, one.this_year or "—", one.next_year or "—", said or "—", one.state))
    widths = (("条", 27), ("今年度", 32), ("次年度案", 36), ("根拠（数と出典）", 55), ("状態", 15))
    return Table(
        tuple(Column(title, width) for title, width in widths),
        tuple(rows),
        name="仕様書で直すところ",
        note="確定＝係で決めた　意見＝課長に諮る　未定＝後を待つ",
    )


def _cuts(facts: MemoFacts) -> list[Block]:
    if not facts.cuts:
        return [Paragraph(_NOT_APPLICABLE)]
    _this, left = sums_of(facts.amounts)
    rows = []
    for number, one in enumerate(facts.cuts, 1):
        left -= one.amount
        rows.append((str(number), one.text, f"△{one.amount:,}", f"{left:,}"))
    table = Table(
        (
            Column("順", 12, align="center"), Column("減らすもの", 93),
            Column("額", 30, align="right"), Column("残りの計", 30, align="right"),
        ), tuple(rows), name="減額の順",
    )  # fmt: skip
    return [table, *([Paragraph(facts.memo.cut_note)] if facts.memo.cut_note.strip() else [])]


def _questions(questions: Sequence[MemoQuestion]) -> Block:
    if not questions:
        return Paragraph(_NOT_APPLICABLE)
    widths = (("No", 11), ("こと", 78), ("相手", 32), ("いつまで", 28), ("状態", 16))
    return Table(
        tuple(Column(title, width, align="center" if title == "No" else "left") for title, width in widths),
        tuple(
            (str(number), one.text, one.asked_of or "—", dates.table_date(one.due) if one.due else "—", one.state)
            for number, one in enumerate(questions, 1)
        ),
        name="決まっていないこと",
    )
