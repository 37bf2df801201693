"""実施報告書 of an アドバイザー派遣, chapter by chapter (仕様書4(2)ケ); it has no survey."""

from __future__ import annotations

from app.common.join_nonempty import fill_nonempty
from app.common.row_cells import filled_cells
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Bullets,
    Column,
    Counted,
    DocumentContent,
    Figure,
    Heading,
    KeyValues,
    Paragraph,
    SquareChart,
    SquareLine,
    StageChart,
    StageLine,
    Table,
)
from app.events.dispatches.rules import is_after_march
from app.programme.rules import NETWORK
from app.submissions.reports.documents import report_parts as parts
from app.submissions.reports.documents.report_lecture import overview, people_figure
from app.submissions.reports.documents.report_parts import ReportFacts
from app.submissions.reports.documents.report_photos import photo_chapter
from app.submissions.reports.rules.dispatch_tables import Goal, abilities, goals, people_asked, stage_number
from db.records.programme import ReportExtra

STAGE_WORDS = ("未着手", "検討中", "試行", "運用開始", "定期運用", "定着")
_STAGES, _MEANT = "ツール別の段階", "（対象）"
_LITTLE = 30
"""Below this n no share is stated."""


def report_dispatch(context: document_frame.DocumentContext, facts: ReportFacts, *, stamp: str) -> DocumentContent:
    """Build the report; stages of tools are shown before and after, never ranked or compared.

    ``stamp`` is the mark on every page, "" = none.
    """
    report = facts.report
    columns = (
        Column("No", width=9, align="center"),
        Column("把握した課題", width=52),
        Column("当日の目標", width=52),
        Column("結果", width=52),
    )
    rules = parts.typed_lines(report.body.get("運用ルール", ""))
    blocks = (
        *parts.opening(context, facts, dispatch_figures(facts)),
        facts.heading("概要"),
        _dispatch_overview(facts),
        *parts.comparison(
            context, facts, extra={NETWORK: _network_line(facts)}, clauses=(facts.numbers.clause_equipment,)
        ),
        facts.heading("事前ヒアリングと課題", sheet="ヒアリング"),
        *parts.paragraphs(report.body.get("ヒアリング", "")),
        *(
            parts.typed_table(report, "課題と目標", columns, is_numbered=True)
            if parts.has_rows(report, "課題と目標")
            else ()
        ),
        facts.heading("実施内容", sheet="実施内容"),
        Heading(2, "(1)", "時間割"),
        *parts.timetable(facts, with_form=False, wide_title=56),
        *parts.optional_part("団体が決めた運用ルール（案）", "(2)", (Bullets(items=rules),), written=bool(rules)),
        facts.heading("到達状況", sheet="到達状況"),
        *_stages(facts),
        *_abilities(facts),
        *parts.survey_chapter(facts),
        facts.heading("今後の支援方針", sheet="支援方針"),
        *parts.paragraphs(report.body.get("支援方針", "")),
        *_plan(facts),
        *_follow_up(facts),
        *photo_chapter(facts),
        *parts.own_items(facts),
        *parts.closing(facts),
    )
    return parts.assemble_report(context, facts, blocks, stamp=stamp)


def _abilities(facts: ReportFacts) -> tuple[Block, ...]:
    """Return できるようになったこと with n, method, one square a person, and how far each goal was reached.

    () while none is typed.
    """
    report = facts.report
    found = abilities(report.tables.get("できること", ()))
    if not found:
        return ()
    came = facts.event.people.attended
    asked = people_asked(report) or came or max(one.after or 0 for one in found)
    how = report.body.get("確かめ方", "").strip()
    chapter = facts.heading(ReportExtra.HEARING).number
    few = "ｎが30未満のため割合は示さない。" if asked < _LITTLE else ""
    right = f"参加者{came}人　ｎ＝{asked}" if came is not None else f"ｎ＝{asked}"
    chart = SquareChart(
        people=asked,
        lines=tuple(SquareLine(goal=one.goal, text=one.text, before=one.before, after=one.after) for one in found),
        note=f"注　{how}1マスが1人。「目標」は{chapter and f'{chapter}章の'}当日の目標の番号。"
        f"{few}人の間の比較には用いない。",
    )
    reached = [one for one in goals(report.tables.get("課題と目標", ())) if one.state]
    box = (KeyValues(rows=(("目標との対応", "\n".join(map(_goal_words, reached))),)),)
    return (
        Heading(2, "(2)", "できるようになったこと", right=right),
        chart,
        *(box if reached else ()),
    )


def _goal_words(goal: Goal) -> str:
    return f"目標{goal.number}　{goal.state}" + fill_nonempty("　{}", goal.words)


def _plan(facts: ReportFacts) -> tuple[Block, ...]:
    """Return the support plan; a grey row marks what lies beyond the contract's year."""
    typed = [filled_cells(row, 5) for row in facts.report.tables.get("支援計画", ()) if any(row)]
    if not typed:
        return ()
    rows: list[tuple[str, ...]] = []
    grey: tuple[int, ...] = ()
    for when, what, who, aim, role in typed:
        if not grey and is_after_march(when, facts.fiscal_year):
            grey = (len(rows),)
            rows.append((f"次年度（令和{facts.fiscal_year - 2017}年4月から。委託期間の後）", "", "", "", ""))
        rows.append((when, what, who, role, aim))
    columns = (
        Column("時期", width=26),
        Column("支援の内容", width=52),
        Column("担当", width=20, align="center"),
        Column("区の役割", width=33),
        Column("目標とする状態", width=34),
    )
    note = (
        f"注　令和{facts.fiscal_year - 2017}年4月以降は案であり、次年度の予算および仕様により変わる。" if grey else ""
    )
    return (Table(columns, tuple(rows), name="支援計画", group_rows=grey, note=note),)


def _follow_up(facts: ReportFacts) -> tuple[Block, ...]:
    """Return the heading, with how many questions after the visit are in which state, and their table, or that there
    are none.
    """
    rows = [filled_cells(row, 6) for row in facts.report.tables.get("フォローアップ", ()) if any(row)]
    states = [row[5].strip() for row in rows if row[5].strip()]
    told = [f"{state}{states.count(state)}件" for state in dict.fromkeys(states)]
    right = f"{len(rows)}件" + fill_nonempty("（{}）", "、".join(told)) if rows else ""
    columns = (
        Column("受付日", width=28),
        Column("方法", width=14),
        Column("内容", width=39),
        Column("対応", width=40),
        Column("対応日", width=29),
        Column("状態", width=15, align="center"),
    )
    waiting = tuple(number for number, row in enumerate(rows) if row[5].strip() == "対応中")
    heading = facts.heading("フォローアップ", right=right)
    if not rows:
        return (heading, Paragraph("フォローアップの記録はまだありません。"))
    return (heading, Table(columns, tuple(rows), name="フォローアップ", bold_rows=waiting))


def dispatch_figures(facts: ReportFacts) -> tuple[Figure, ...]:
    """Return the key figures (参加者, 対象ツール, 到達段階, 達成した目標, つぎの支援), empty ones included.

    到達段階 is that of the first tool with a number before and after, つぎの支援 the first row of the plan.
    """
    report, people = facts.report, facts.event.people
    tools = facts.event.tools
    stages = [
        row for row in report.tables.get("到達状況", ()) if len(row) >= 3 and None not in map(stage_number, row[1:3])
    ]
    goals = [row for row in report.tables.get("課題と目標", ()) if any(row)]
    reached = sum(1 for row in goals if len(row) > 2 and row[2].startswith("達成"))
    plan = [row for row in report.tables.get("支援計画", ()) if any(row)]
    return (
        people_figure("参加者", people.attended, "人", people.applied),
        Figure(
            "対象ツール",
            str(len(tools)) if tools else "",
            unit="件",
            note="・".join(tools),
            counted=Counted(table=_STAGES, column="ツール", like=f"*{_MEANT}"),
        ),
        Figure(
            "到達段階",
            f"{stages[0][1]}→{stages[0][2]}" if stages else "",
            unit="",
            note=stages[0][0] if stages else "",
            counted=Counted(table=_STAGES, column="前 → 後"),
        ),
        Figure(
            "達成した目標",
            str(reached) if goals else "",
            unit="件",
            note=fill_nonempty("{}件中", len(goals)),
            counted=Counted(table="課題と目標", column="結果", like="達成*"),
        ),
        Figure(
            "つぎの支援",
            plan[0][0] if plan else "",
            unit="",
            note=plan[0][1] if plan and len(plan[0]) > 1 else "",
            counted=Counted(table="支援計画", column="時期"),
        ),
    )


def _dispatch_overview(facts: ReportFacts) -> KeyValues:
    event, organisation = facts.event, facts.organisation
    line = event.organisation_name
    if organisation is not None:
        line = organisation.name + fill_nonempty("（{}）", organisation.branch)
        line += f"　{organisation.households:,}世帯" if organisation.households else ""
    return KeyValues(rows=(("団体", line), *overview(facts).rows, ("通信環境", event.network_words)))


def _network_line(facts: ReportFacts) -> tuple[str, str, str, str]:
    """Return the row 通信環境 (仕様書4(2)ク); unknown items stay empty for the contractor."""
    event, network = facts.event, facts.event.network
    done = event.network_words if network.is_present else event.router_words if network.is_absent else ""
    verdict = "該当なし" if network.is_present else "対応済み" if done else ""
    return ("通信環境", "環境がない場合は受託者が整備", done, verdict)


def _stages(facts: ReportFacts) -> tuple[Block, ...]:
    """Return the chart of each tool's stage before and after the visit, or that none was written."""
    lines = []
    for row in facts.report.tables.get("到達状況", ()):
        if not row or not row[0]:
            continue
        before, after = filled_cells(row[1:], 2)
        if "×" in (before, after):
            lines.append(StageLine(tool=_tool_words(row[0], facts), before=None, after=None, text="×　希望しない"))
            continue
        old = stage_number(before)
        new = stage_number(after)
        text = (
            ""
            if new is None
            else f"{new}（変化なし）"
            if old == new
            else f"{old} → {new}"
            if old is not None
            else str(new)
        )
        lines.append(StageLine(tool=_tool_words(row[0], facts), before=old, after=new, text=text))
    if not lines:
        return (Paragraph(parts.NOT_WRITTEN),)
    return (
        Heading(2, "(1)", "ツール別の段階"),
        StageChart(
            words=STAGE_WORDS,
            lines=tuple(lines),
            name=_STAGES,
            note="注　○は派遣前、●は派遣終了時。段階は0（未着手）から5（定着）までの6段階。"
            "団体の間で比較するための数値ではない。",
        ),
    )


def _tool_words(tool: str, facts: ReportFacts) -> str:
    """Return the tool, marked where it was a topic of the day."""
    return f"{tool}{_MEANT}" if tool in facts.event.tools else tool
