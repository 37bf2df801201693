"""実施報告書 of a 講習会 (仕様書4(1)コ), an アドバイザー派遣 (仕様書4(2)ケ, no survey) and an 意見交換会 (仕様書4(3)コ), chapter by chapter."""

from __future__ import annotations

from app.papers import paper
from app.papers.blocks import (
    Block,
    Bullets,
    Closing,
    Column,
    DocumentContent,
    Figure,
    GroupFlow,
    Heading,
    KeyValues,
    Paragraph,
    StageChart,
    StageLine,
)
from app.subjects.reports.papers import report_parts as parts
from app.subjects.reports.papers.report_parts import ReportFacts

STAGE_WORDS = ("未着手", "検討中", "試行", "運用開始", "定期運用", "定着")
STEPS = ("課題（個人ワーク）", "分類・選定", "解決策", "発表")


def report_lecture(context: paper.PaperContext, facts: ReportFacts, *, stamp: str) -> DocumentContent:
    """Build the report; ``stamp`` is 「様式・受託者確認前」 until the contractor has confirmed it."""
    report = facts.report
    questions = (Column(title="質問", width=66), Column(title="回答", width=99))
    blocks: tuple[Block, ...] = (
        *parts.opening(context, facts, lecture_figures(facts)),
        Heading(level=1, number="1", text="概要"),
        overview(facts, teacher_label="講師"),
        *parts.comparison(facts, context.calendar),
        Heading(level=1, number="2", text="実施内容", sheet="実施内容"),
        Heading(level=2, number="(1)", text="時間割"),
        *parts.timetable(facts, with_form=True),
        Heading(level=2, number="(2)", text="主な質疑応答"),
        *parts.typed_table(report, "質疑", questions, empty="主な質疑応答の記載はありません。"),
        Heading(level=1, number="3", text="配布資料", sheet="配布資料", right=facts.extra.get("部数", "")),
        *parts.handouts(facts, context.calendar),
        *parts.survey_chapter(facts, "4"),
        Heading(
            level=1, number="5", text="講師所感", sheet="所感・改善", right=_writer(report.body.get("所感記入者", ""))
        ),
        *parts.paragraphs(report.body.get("所感", "")),
        Heading(level=1, number="6", text="課題と次回への改善"),
        *parts.improvements(report),
        Heading(level=1, number="7", text="写真"),
        Paragraph(text=report.body.get("写真", "") or "写真は掲載しない。"),
        Closing(),
    )
    return parts.report_paper(context, facts, blocks, stamp=stamp)


def _writer(name: str) -> str:
    return f"記入：{name}" if name else ""


def lecture_figures(facts: ReportFacts) -> tuple[Figure, ...]:
    """Return the five key figures: 出席, 団体, 回収, 満足計, 活用の意向."""
    result, survey = facts.result, facts.survey
    figures = [
        Figure(
            label="出席者",
            value="" if result is None or result.attended is None else str(result.attended),
            unit="人",
            note=f"申込{result.applied}人" if result and result.applied is not None else "",
        ),
        Figure(
            label="参加団体",
            value="" if result is None or result.attended_organisations is None else str(result.attended_organisations),
            unit="団体",
            note=f"申込{result.applied_organisations}団体"
            if result and result.applied_organisations is not None
            else "",
        ),
        Figure(
            label="アンケート回収",
            value=str(survey.returned) if survey else "",
            unit="件",
            note=f"回収率 {survey.rate}" if survey and survey.rate else "",
        ),
    ]
    figures += [figure for figure in (survey.satisfaction, survey.intent) if figure] if survey else []
    return tuple(figures)


def overview(facts: ReportFacts, *, teacher_label: str) -> KeyValues:
    """Return the 概要 table: when, where, who, how many, with which devices, the ward's witness."""
    event, result = facts.event, facts.result
    rows = [("日時", f"{paper.when(event)}（{paper.length_minutes(event)}分）"), ("会場", paper.place(event))]
    rows.append((teacher_label, facts.report.body.get("講師", "") or event.lecturer or "（受託者記入）"))
    rows.append(("参加者数", _people_words(facts)))
    devices = _devices(facts)
    if devices:
        rows.append(("使用端末", devices))
    if result is not None and result.witness:
        rows.append(("区の立会い", result.witness))
    return KeyValues(rows=tuple(rows))


def _devices(facts: ReportFacts) -> str:
    """The devices used; lent tablets are spoken of only where the ward lends them (仕様書4(1)ク) or lent some."""
    result = facts.result
    if result is None or (result.lent_devices is None and result.own_devices is None):
        return ""
    lent, own = result.lent_devices or 0, result.own_devices or 0
    if facts.event.kind == "講習会" or lent:
        return f"貸与タブレット{lent}台、持参した端末{own}台　計{lent + own}台"
    return f"持参した端末{own}台" if own else ""


def _people_words(facts: ReportFacts) -> str:
    result = facts.result
    if result is None:
        return ""

    def with_groups(people: int | None, groups: int | None) -> str:
        return parts.count(people, "人") + (f"（{groups}団体）" if groups is not None else "")

    first = "　".join(
        f"{label}　{text}"
        for label, text in (
            ("申込", with_groups(result.applied, result.applied_organisations)),
            ("出席", with_groups(result.attended, result.attended_organisations)),
            ("欠席", parts.count(result.absent, "人")),
        )
        if text
    )
    walk_ins = f"\n当日受付　{result.walk_ins}人" if result.walk_ins is not None else ""
    return first + walk_ins


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
        _dispatch_overview(facts),
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


def _dispatch_overview(facts: ReportFacts) -> KeyValues:
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


def report_exchange(context: paper.PaperContext, facts: ReportFacts, *, stamp: str) -> DocumentContent:
    """Build the report with one block a 班 and the whole tally as it stands."""
    report = facts.report
    groups = group_flows(facts)
    common = parts.lines_of(report.body.get("共通した課題", ""))
    blocks: tuple[Block, ...] = (
        *parts.opening(context, facts, _exchange_figures(facts)),
        Heading(level=1, number="1", text="概要"),
        overview(facts, teacher_label="講師"),
        *parts.comparison(facts, context.calendar, extra=(_facilitators(facts),), letters="ア・エ・オ・カ・キ"),
        Heading(level=1, number="2", text="講義", sheet="講義"),
        Heading(level=2, number="(1)", text="講義の要旨"),
        *parts.paragraphs(report.body.get("講義", "")),
        Heading(level=2, number="(2)", text="時間割"),
        *parts.timetable(facts, with_form=True, wide_title=50),
        Heading(
            level=1,
            number="3",
            text="グループワークの討議内容",
            sheet="討議内容",
            right=f"{len(groups)}班" if groups else "",
        ),
        Heading(level=2, number="(1)", text="班ごとの討議内容"),
        *(groups or (Paragraph(text=parts.NOT_WRITTEN),)),
        *((Heading(level=2, number="(2)", text="各班に共通した課題"),) if common else ()),
        *((Bullets(items=common),) if common else ()),
        *parts.survey_chapter(facts, "4"),
        Heading(level=1, number="5", text="講師所感", sheet="所感・まとめ"),
        *parts.paragraphs(report.body.get("所感", "")),
        Heading(level=1, number="6", text="まとめ"),
        *parts.paragraphs(report.body.get("まとめ", "")),
        Closing(),
    )
    return parts.report_paper(context, facts, blocks, stamp=stamp)


def group_flows(facts: ReportFacts) -> tuple[GroupFlow, ...]:
    """Return one block a 班 from the typed rows (班, 選定した題, 構成, ファシリテーター, four steps)."""
    flows = []
    for row in facts.report.tables.get("班", ()):
        cells = (*row, *("",) * 8)[:8]
        if not any(cell.strip() for cell in cells):
            continue
        flows.append(
            GroupFlow(
                name=f"{cells[0]}　{cells[1]}".strip(),
                members=cells[2],
                facilitator=cells[3],
                steps=tuple(zip(STEPS, cells[4:8], strict=True)),
            )
        )
    return tuple(flows)


def _exchange_figures(facts: ReportFacts) -> tuple[Figure, ...]:
    people, organisations, *rest = lecture_figures(facts)
    groups = facts.event.groups
    return (people, organisations, Figure(label="班", value="" if groups is None else str(groups), unit="班"), *rest)[
        :5
    ]


def _facilitators(facts: ReportFacts) -> tuple[str, str, str, str]:
    groups, people = facts.event.groups, facts.event.facilitators
    done = f"{groups}班に{people}人" if groups is not None and people is not None else ""
    verdict = "" if not done else "配置済み" if (people or 0) >= (groups or 0) else "不足"
    return ("ファシリテーター", "各グループに配置", done, verdict)
