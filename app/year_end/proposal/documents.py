"""Content of the form 提案書 for the contractor (仕様書4(4)), and of 予算要求・次年度仕様書 検討メモ.

Sender, date and 概算 of the 提案書 are left to the contractor; every page says that it is only a form. The memo is
internal and separate from it, without names and amounts of estimates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.calendar import dates
from app.calendar.wareki import fiscal_year_words
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Closing,
    Column,
    DocumentContent,
    Figure,
    Heading,
    KeyFigures,
    KeyValues,
    Paragraph,
    SignBoxes,
    Table,
    Title,
)
from app.documents.chart_blocks import ChartMark, ValueChart, ticks_up_to
from app.documents.handout_blocks import NoticeBox
from app.events.dispatches.rules import LEAST_NAMED, UseAfter
from app.programme.rules import based_on
from app.surveys.questions.rules import percent
from app.year_end.proposal.rules import BY_CONTRACTOR, CIRCLED, QuotedEvidence, change_words, sums_of
from db.record import record
from db.records.year.proposal import (
    BudgetMemo,
    Issue,
    MemoAmount,
    MemoClause,
    MemoCut,
    MemoQuestion,
    PlanLine,
    PolicyLine,
)

BUDGET_MEMO_KIND = "予算要求・次年度仕様書 検討メモ"
_NOT_APPLICABLE = "該当なし"


@record
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
    """Return the 検討メモ; its sums are those of its items."""
    programme, memo = context.programme, facts.memo
    blocks = [
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
    reference = f"{programme.year_code}-予-01"
    return document_frame.frame_document(
        context,
        kind=BUDGET_MEMO_KIND,
        reference=reference,
        blocks=blocks,
        stem=f"{reference}-検討メモ-庁内限り",
        first_sheet="要求額",
        footer_left=f"庁内限り　{document_frame.NO_PERSONAL_DATA_NOTICE}",
        stamp="庁内限り",
    )


def _amounts(facts: MemoFacts, fiscal_year: int) -> Block:
    """Return the table of amounts with their sums, or 該当なし."""
    if not facts.amounts:
        return Paragraph(_NOT_APPLICABLE)
    this_year, next_year = sums_of(facts.amounts)
    rows = [
        (one.item, f"{one.this_year:,}", f"{one.next_year:,}", change_words(one.next_year - one.this_year), one.reason)
        for one in facts.amounts
    ]
    grown = next_year - this_year
    growth = (
        f"今年度比　{percent(abs(grown), this_year)}％の{'増' if grown >= 0 else '減'}" if this_year and grown else ""
    )
    return Table(
        (
            Column("費目", 38), Column(fiscal_year_words(fiscal_year), 25, align="right"),
            Column(f"{fiscal_year_words(fiscal_year + 1)}案", 25, align="right"),
            Column("増減", 20, align="right"),
            Column("積算・理由", 57),
        ),
        (*rows, ("計", f"{this_year:,}", f"{next_year:,}", change_words(grown), growth)),
        name="要求額",
        total_row=True,
        bold_rows=(len(rows),),
        note="△は減。見積の相手の名および額は、この紙に書かない。",
    )  # fmt: skip


def _clauses(facts: MemoFacts) -> Block:
    """Return the table of clauses with their evidence, or 該当なし."""
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
    """Return the table of items in the order in which they are cut, with what is left after each, and its note."""
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


PROPOSAL_FORM_KIND = "提案書の様式"
STAMP = "様式・受託者確認前"
_NONE = "該当なし"
_SAME = "〃"


@record
class ProposalFacts:
    """The data of the form.

    Attributes:
        figures: label, number, unit and note of the year's totals.
        due: until when it is due, in words.
        issues, evidence, plans: in order; evidence and plans with the numbers of these 課題 only.
        policies: branch and name of the 団体 with each line, as in the register.
        unrecorded: which past events the figures leave out, "" = none.
        use: what 団体 still use after their visits, by month.
    """

    figures: Sequence[tuple[str, str, str, str]]
    due: str
    issues: Sequence[Issue]
    evidence: Sequence[QuotedEvidence]
    plans: Sequence[PlanLine]
    policies: Sequence[tuple[str, str, PolicyLine]]
    unrecorded: str
    use: Sequence[UseAfter] = ()


def proposal_form(context: document_frame.DocumentContext, facts: ProposalFacts) -> DocumentContent:
    """Return the form of the 提案書, in which the contractor fills in the rest."""
    programme = context.programme
    blocks = [
        replace(
            document_frame.report_head(context, confirmed_on=None),
            date=dates.BLANK_DATE,
            sender=document_frame.OPEN_SENDER,
        ),
        Title(
            "提案書",
            subtitle="次年度デジタル活用支援事業実施案および団体支援方針",
            lead=f"{based_on(programme.clause_proposal)}つぎのとおり提案します。（{facts.due}）",
        ),
        KeyFigures(
            figures=tuple(Figure(label, value, unit=unit, note=note) for label, value, unit, note in facts.figures)
        ),
        *((Paragraph(facts.unrecorded, style="note"),) if facts.unrecorded else ()),
        Heading(
            1,
            "1",
            "課題とその根拠",
            sheet="課題とその根拠",
            right="根拠は実施報告書、アンケート、協議などの記録から",
        ),
        _issues(facts),
        Heading(1, "2", "次年度の実施案", sheet="次年度の実施案", right=fiscal_year_words(programme.fiscal_year + 1)),
        _plans(facts.plans),
        Heading(1, "3", "予算規模", right="単位　千円（税込み）。受託者が記入する", sheet="予算規模"),
        _budget(facts.plans),
        Heading(1, "4", "実現可能性", sheet="実現可能性"),
        _feasible(facts.plans),
        Heading(
            1,
            "5",
            "団体別支援方針",
            right="名簿の順。団体の優劣を示すものではない",
            sheet="団体別支援方針",
        ),
        _policies(facts.policies),
        *(_use(facts.use) if facts.use else ()),
        Closing(),
    ]
    reference = f"{programme.year_code}-提案-様式"
    return document_frame.frame_document(
        context,
        kind=PROPOSAL_FORM_KIND,
        reference=reference,
        blocks=blocks,
        stem=f"{reference}",
        title="提案書（様式）",
        look="form",
        first_sheet="提案書",
        footer_left="区分　情報（団体名を含む）",
        stamp=STAMP,
        header_right="",
    )


def _use(found: Sequence[UseAfter]) -> tuple[Block, ...]:
    """Return the chapter on what is still used after visits: a table and a chart."""
    names = tuple(dict.fromkeys(tool for one in found for tool, _count in one.tools))
    table = Table(
        (
            Column("訪問から", 22),
            Column("聞いた団体", 24, align="right"),
            Column("使っている団体", 28, align="right"),
            *(Column(name, 91 / len(names), align="right") for name in names),
        ),
        tuple(
            (
                f"{one.months}か月後",
                str(one.asked),
                str(one.using),
                *(str(dict(one.tools).get(name, 0)) if one.tools else "—" for name in names),
            )
            for one in found
        ),
        name="訪問後の定着",
        note=f"聞いた団体が{LEAST_NAMED}に満たないときは、ツール別の数を書かない。",
    )
    chart = ValueChart(
        name="使っている団体",
        shape="columns",
        marks=tuple(
            ChartMark(
                label=f"{one.months}か月後",
                value=one.using,
                text=f"{one.using}／{one.asked}",
                highest=one.asked,
                lowest=0,
            )
            for one in found
        ),
        ticks=ticks_up_to(max(one.asked for one in found)),
        label_name="訪問から",
        value_name="使っている団体",
        unit="団体",
        range_name="聞いた団体",
    )
    heading = Heading(1, "6", "訪問後の定着", right="団体に電話で聞いた数", sheet="訪問後の定着")
    return heading, table, chart


def _issues(facts: ProposalFacts) -> Block:
    rows = []
    for issue in facts.issues:
        mine = [(one.words, one.source) for one in facts.evidence if one.issue == issue.number]
        # A row each, so that every 出典 is beside its own 根拠.
        for number, (words, source) in enumerate(mine or [("（根拠なし）", "—")]):
            rows.append((CIRCLED[issue.number - 1], _SAME if number else issue.text, "←", words, "←", source or "—"))
    if not rows:
        return Paragraph(_NONE)
    widths = (("", 8), ("課題", 42), ("", 6), ("根拠（数）", 56), ("", 6), ("出典", 47))
    return Table(
        tuple(Column(title, width, align="center" if not title else "left") for title, width in widths),
        tuple(rows),
        name="課題とその根拠",
    )


def _plans(plans: Sequence[PlanLine]) -> Block:
    """Return the table of plans for the next year, or that there are none."""
    if not plans:
        return Paragraph(_NONE)
    widths = (("事業", 44), ("今年度", 19), ("次年度案", 21), ("課題", 16), ("内容", 65))
    return Table(
        tuple(Column(title, width) for title, width in widths),
        tuple(
            (one.work, one.this_year or "—", one.next_year or "—", issue_marks(one.issues) or "—", one.content)
            for one in plans
        ),
        name="次年度の実施案",
    )


def issue_marks(issues: Sequence[int]) -> str:
    """Return the numbers of 課題 as 「①④」."""
    return "".join(CIRCLED[number - 1] for number in issues)


def _budget(plans: Sequence[PlanLine]) -> Block:
    """Return the table in which the contractor writes the cost of each plan."""
    rows = [(one.work, one.next_year or "—", "") for one in plans] or [("", "", "")]
    return Table(
        (
            Column("事業", 75),
            Column("次年度案", 45),
            Column(f"概算（{BY_CONTRACTOR}）", 45, align="right"),
        ),
        (*rows, ("計", "", "")),
        name="予算規模",
        total_row=True,
        ruled=True,
    )


def _feasible(plans: Sequence[PlanLine]) -> Block:
    """Return the table of what each plan needs and what was checked, or that there is nothing."""
    said = [one for one in plans if one.condition or one.confirmed]
    if not said:
        return Paragraph(_NONE)
    widths = (("実施案", 45), ("必要な条件", 58), ("確認したこと", 62))
    return Table(
        tuple(Column(title, width) for title, width in widths),
        tuple((one.work, one.condition or "—", one.confirmed or "—") for one in said),
        name="実現可能性",
    )


def _policies(policies: Sequence[tuple[str, str, PolicyLine]]) -> Block:
    """Return the table of the support planned for each organisation, or that there is none."""
    if not policies:
        return Paragraph(_NONE)
    widths = (("支部", 18), ("団体", 42), ("今年度の段階", 37), ("支援方針", 43), ("次年度の支援", 25))
    return Table(
        tuple(Column(title, width) for title, width in widths),
        tuple(
            (branch or "—", name, one.stage or "—", one.policy, one.support or "—") for branch, name, one in policies
        ),
        name="団体別支援方針",
        note="段階　0 未着手　1 検討中　2 試行　3 運用開始　4 定期運用　5 定着　× 希望しない。"
        "この年度に参加した団体だけを書く。",
    )
