"""実施報告書 of an 意見交換会 (仕様書4(3)コ): 講義, 班ごとの討議内容, 集計 (in full), 講師所感, まとめ."""

from __future__ import annotations

from app.papers import paper
from app.papers.blocks import Block, Bullets, Closing, DocumentContent, Figure, GroupFlow, Heading, Paragraph
from app.subjects.reports.papers import report_parts as parts
from app.subjects.reports.papers.report_lecture import lecture_figures, overview
from app.subjects.reports.papers.report_parts import ReportFacts

STEPS = ("課題（個人ワーク）", "分類・選定", "解決策", "発表")


def report_exchange(context: paper.PaperContext, facts: ReportFacts, *, stamp: str) -> DocumentContent:
    """Build the report with one block a 班 and the whole tally as it stands."""
    report = facts.report
    groups = group_flows(facts)
    common = parts.lines_of(report.body.get("共通した課題", ""))
    blocks: tuple[Block, ...] = (
        *parts.opening(context, facts, _figures(facts)),
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


def _figures(facts: ReportFacts) -> tuple[Figure, ...]:
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
