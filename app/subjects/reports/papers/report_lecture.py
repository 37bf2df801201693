"""実施報告書 of a 講習会 (仕様書4(1)コ): 概要, 実施内容, 配布資料, 集計, 講師所感, 課題と改善, 写真."""

from __future__ import annotations

from app.papers import paper
from app.papers.blocks import Block, Closing, Column, DocumentContent, Figure, Heading, KeyValues, Paragraph
from app.subjects.reports.papers import report_parts as parts
from app.subjects.reports.papers.report_parts import ReportFacts


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
    rows.append(("参加者数", _people(facts)))
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


def _people(facts: ReportFacts) -> str:
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
