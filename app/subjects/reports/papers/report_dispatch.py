"""実施報告書 of an アドバイザー派遣 (仕様書4(2)ケ): ヒアリング, 実施内容, 到達状況, 今後の支援方針. No survey."""

from __future__ import annotations

from app.papers import paper
from app.papers.blocks import (
    Block,
    Bullets,
    Closing,
    Column,
    DocumentContent,
    Figure,
    Heading,
    KeyValues,
    Paragraph,
    StageChart,
    StageLine,
)
from app.subjects.reports.papers import report_parts as parts
from app.subjects.reports.papers.report_lecture import overview
from app.subjects.reports.papers.report_parts import ReportFacts

STAGE_WORDS = ("未着手", "検討中", "試行", "運用開始", "定期運用", "定着")


def report_dispatch(context: paper.PaperContext, facts: ReportFacts, *, stamp: str) -> DocumentContent:
    """Build the report; stages of tools are shown before and after, never ranked or compared."""
    report = facts.report
    plan = (
        Column(title="時期", width=26),
        Column(title="内容", width=69),
        Column(title="担当", width=26, align="center"),
        Column(title="目標", width=44),
    )
    goals = (
        Column(title="No", width=9, align="center"),
        Column(title="把握した課題", width=52),
        Column(title="当日の目標", width=52),
        Column(title="結果", width=52),
    )
    skills = (
        Column(title="内容", width=105),
        Column(title="前", width=20, align="right"),
        Column(title="後", width=20, align="right"),
        Column(title="増", width=20, align="right"),
    )
    follow = (Column(title="年月日", width=34), Column(title="方法", width=26), Column(title="内容", width=105))
    rules = parts.lines_of(report.body.get("運用ルール", ""))
    has_skills = bool(report.tables.get("できること"))
    blocks: tuple[Block, ...] = (
        *parts.opening(context, facts, dispatch_figures(facts)),
        Heading(level=1, number="1", text="概要"),
        _overview(facts),
        *parts.comparison(facts, context.calendar, extra=(_network_line(facts),), letters="ア・エ・オ・キ・ク"),
        Heading(level=1, number="2", text="事前ヒアリングと課題", sheet="ヒアリング"),
        *parts.paragraphs(report.body.get("ヒアリング", "")),
        *parts.typed_table(report, "課題と目標", goals, numbered=True),
        Heading(level=1, number="3", text="実施内容", sheet="実施内容"),
        Heading(level=2, number="(1)", text="時間割"),
        *parts.timetable(facts, with_form=False, wide_title=56),
        Heading(level=2, number="(2)", text="団体が決めた運用ルール（案）"),
        *((Bullets(items=rules),) if rules else (Paragraph(text="運用ルールの記載はありません。"),)),
        Heading(level=1, number="4", text="到達状況", sheet="到達状況"),
        *_stages(facts),
        *((Heading(level=2, number="(2)", text="できるようになったこと"),) if has_skills else ()),
        *(parts.typed_table(report, "できること", skills) if has_skills else ()),
        Heading(level=1, number="5", text="今後の支援方針", sheet="支援方針"),
        *parts.paragraphs(report.body.get("支援方針", "")),
        *parts.typed_table(report, "支援計画", plan, empty="時期と担当は協議中。"),
        Heading(level=1, number="6", text="フォローアップ"),
        *parts.typed_table(report, "フォローアップ", follow, empty="フォローアップの記録はまだありません。"),
        Closing(),
    )
    return parts.report_paper(context, facts, blocks, stamp=stamp)


def dispatch_figures(facts: ReportFacts) -> tuple[Figure, ...]:
    """Return the key figures: 参加者, 対象ツール, 到達段階, 達成した目標, つぎの支援."""
    result, report = facts.result, facts.report
    tools = facts.event.tools
    stages = [
        row for row in report.tables.get("到達状況", ()) if len(row) >= 3 and row[1].isdigit() and row[2].isdigit()
    ]
    goals = [row for row in report.tables.get("課題と目標", ()) if any(row)]
    reached = sum(1 for row in goals if len(row) > 2 and row[2].startswith("達成"))
    plan = [row for row in report.tables.get("支援計画", ()) if any(row)]
    return (
        Figure(
            label="参加者",
            value="" if result is None or result.attended is None else str(result.attended),
            unit="人",
            note=f"申込{result.applied}人" if result and result.applied is not None else "",
        ),
        Figure(label="対象ツール", value=str(len(tools)), unit="件", note="・".join(tools)),
        Figure(
            label="到達段階",
            value=f"{stages[0][1]}→{stages[0][2]}" if stages else "",
            unit="",
            note=stages[0][0] if stages else "",
        ),
        Figure(
            label="達成した目標",
            value=str(reached) if goals else "",
            unit="件",
            note=f"{len(goals)}件中" if goals else "",
        ),
        Figure(
            label="つぎの支援",
            value=plan[0][0] if plan else "",
            unit="",
            note=plan[0][1] if plan and len(plan[0]) > 1 else "",
        ),
    )


def _overview(facts: ReportFacts) -> KeyValues:
    event, organisation = facts.event, facts.organisation
    line = event.organisation_name
    if organisation is not None:
        line = organisation.name + (f"（{organisation.branch}）" if organisation.branch else "")
        line += f"　{organisation.households:,}世帯" if organisation.households else ""
    base = overview(facts, teacher_label="アドバイザー")
    net = {"有": "会場のインターネット環境を使用", "無": "会場にインターネット環境なし"}.get(event.network, "確認中")
    return KeyValues(rows=(("団体", line), *base.rows, ("通信環境", net)))


def _network_line(facts: ReportFacts) -> tuple[str, str, str, str]:
    """通信環境 (仕様書4(2)ク); what no record tells stays open for the contractor to write."""
    done = {"有": "会場の環境を使用", "無": facts.equipment_note, "不明": ""}[facts.event.network]
    return ("通信環境", "環境がない場合は受託者が整備", done, "対応済み" if done else "")


def _stages(facts: ReportFacts) -> tuple[Block, ...]:
    lines = []
    for row in facts.report.tables.get("到達状況", ()):
        if not row or not row[0]:
            continue
        before, after = (*row[1:3], "", "")[:2]
        if "×" in (before, after):
            lines.append(StageLine(tool=row[0], before=None, after=None, text="×　希望しない"))
            continue
        old = int(before) if before.isdigit() else None
        new = int(after) if after.isdigit() else None
        text = (
            ""
            if new is None
            else f"{new}（変化なし）"
            if old == new
            else f"{old} → {new}"
            if old is not None
            else str(new)
        )
        lines.append(StageLine(tool=row[0], before=old, after=new, text=text))
    if not lines:
        return (Paragraph(text=parts.NOT_WRITTEN),)
    return (
        Heading(level=2, number="(1)", text="ツール別の段階"),
        StageChart(
            words=STAGE_WORDS,
            lines=tuple(lines),
            note="注　○は派遣前、●は派遣終了時。段階は0（未着手）から5（定着）までの6段階。団体の間で比べるための数値ではない。",
        ),
    )
