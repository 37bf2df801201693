"""実施報告書 of an 意見交換会, chapter by chapter (仕様書4(3)コ)."""

from __future__ import annotations

from app.common.display_words import count_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Bullets,
    Column,
    DocumentContent,
    Figure,
    Heading,
    KeyValues,
    Paragraph,
)
from app.documents.event_facts import EventFacts
from app.event.rules.equipment import counted_quantity
from app.events.discussion.documents import common_table, group_flow_blocks
from app.programme.rules import GUIDES
from app.submissions.reports.documents import report_parts as parts
from app.submissions.reports.documents.report_lecture import lecture_figures, overview
from app.submissions.reports.documents.report_parts import ReportFacts
from app.submissions.reports.documents.report_photos import photo_chapter
from app.submissions.reports.rules.group_sums import all_notes, group_numbers
from db.records.programme import ReportExtra

_FACILITATORS = ("ファシリテーター", "各グループに配置")


def report_exchange(context: document_frame.DocumentContext, facts: ReportFacts, *, stamp: str) -> DocumentContent:
    """Return the report on an exchange meeting, with one block for each 班 and the whole tally.

    ``stamp`` is the mark on every page, "" = none.
    """
    report = facts.report
    has_talk = ReportExtra.TALK in facts.numbers.report_extras
    groups = group_flow_blocks(facts.report.tables.get("班", ()))
    common = parts.typed_lines(report.body.get("共通した課題", ""))
    evidence = (Column("わかったこと", width=92), Column("根拠", width=73))
    blocks = (
        *parts.opening(context, facts, _exchange_figures(facts)),
        facts.heading("概要"),
        _overview(facts),
        *parts.comparison(
            context, facts, extra={GUIDES: _facilitators(facts)}, clauses=(facts.numbers.clause_discussion,)
        ),
        facts.heading("講義", sheet="講義"),
        *((Heading(2, "(1)", "講義の要旨"), *parts.paragraphs(report.body.get("講義", ""))) if has_talk else ()),
        Heading(2, f"({1 + has_talk})", "時間割"),
        *parts.timetable(facts, with_form=True, wide_title=50),
        facts.heading(
            "グループワークの討議内容",
            sheet="討議内容",
            right=_group_words(facts, len(groups)),
        ),
        Heading(2, "(1)", "班ごとの討議内容"),
        *(groups or (Paragraph(parts.NOT_WRITTEN),)),
        *parts.optional_part("各班に共通した課題", "(2)", (Bullets(items=common),), written=bool(common)),
        *parts.survey_chapter(facts),
        facts.heading("講師所感", sheet="所感・まとめ"),
        *parts.paragraphs(report.body.get("所感", "")),
        *(parts.typed_table(report, "所感の根拠", evidence) if parts.has_rows(report, "所感の根拠") else ()),
        *_summary(facts),
        *photo_chapter(facts),
        facts.heading("配布資料", sheet="配布資料", right=facts.typed_extra.get("部数", "")),
        *parts.handouts(facts),
        *parts.own_items(facts),
        *facts.comparison_blocks,
        *parts.closing(facts),
    )
    return parts.assemble_report(context, facts, blocks, stamp=stamp)


def _overview(facts: ReportFacts) -> KeyValues:
    """Return the rows of 概要, with facilitators and equipment where known."""
    rows = list(overview(facts).rows)
    place = [name for name, _ in rows].index(facts.numbers.lecturer) + 1
    led = "　".join(f"{number}班 {name}" for number, name in sorted(facts.event.facilitators.items()))
    if led:
        rows.insert(place, ("ファシリテーター", led))
    used = _equipment(facts.event)
    if used:
        rows.append(("使用機材", used))
    return KeyValues(rows=tuple(rows))


def _equipment(event: EventFacts) -> str:
    """Return the equipment of the day, a line for each side (「区：プロジェクター1、スクリーン1」); "" without any."""
    sides: dict[str, list[str]] = {}
    for item in event.equipment:
        count = counted_quantity(item, groups=event.groups, people=event.people.attended or event.people.expected)
        sides.setdefault(item.owner, []).append(f"{item.name}{count}")
    return "\n".join(f"{side}：{'、'.join(names)}" for side, names in sides.items())


def _summary(facts: ReportFacts) -> tuple[Block, ...]:
    """Return chapter 6 (common matters of the 班, follow-ups with person and day, changes next time)."""
    text = facts.report.body.get("まとめ", "")
    common, actions, next_time = _common_matters(facts), _actions(facts), _next_time(facts)
    tables = (*common, *actions, *next_time)
    written = parts.paragraphs(text) if text.strip() or not tables else ()
    return (facts.heading("まとめ"), *written, *tables)


def _common_matters(facts: ReportFacts) -> tuple[Block, ...]:
    """Return the heading and a row for each matter, with ● under each 班 that had it (chapter 3); () without any."""
    report = facts.report
    groups = group_numbers(report.tables.get("班", ()))
    table = common_table(report.tables.get("共通点", ()), [(group.name, group.notes) for group in groups])
    if table is None:
        return ()
    notes, came = all_notes(groups), facts.event.people.attended
    right = join_nonempty(
        fill_nonempty("付箋　計{}枚", notes),
        f"{len(groups)}班",
        count_words(came, "人"),
        separator="・",
    )
    return (Heading(2, "(1)", "班に共通したこと", right=right), table)


def _actions(facts: ReportFacts) -> tuple[Block, ...]:
    """Return the table of what the exchange leads to, nothing where it was not written."""
    report = facts.report
    if not parts.has_rows(report, "つなげること"):
        return ()
    columns = (
        Column("No", width=9, align="center"),
        Column("すること", width=44),
        Column("もとになった討議", width=42),
        Column("担当", width=20, align="center"),
        Column("時期", width=29),
        Column("確かめ方", width=21),
    )
    table = parts.typed_table(report, "つなげること", columns, is_numbered=True)
    rows = getattr(table[0], "rows", ())
    return (Heading(2, "(2)", "つぎにつなげること", right=f"{len(rows)}件"), *table)


def _next_time(facts: ReportFacts) -> tuple[Block, ...]:
    """Return the table of what will be changed at the next event, after the last one of the year in the next year.

    () while nothing is typed.
    """
    report, ordinal = facts.report, facts.event.ordinal
    last = ordinal is not None and ordinal >= facts.numbers.planned
    name = f"第{ordinal + 1}回" if ordinal is not None and not last else "次年度"
    columns = (
        Column("今回わかったこと", width=45),
        Column(f"{name}で変えること", width=70),
        Column("根拠", width=50),
    )
    return parts.optional_part(
        f"{name}への引継ぎ",
        "(3)",
        parts.typed_table(report, "引継ぎ", columns),
        written=parts.has_rows(report, "引継ぎ"),
    )


def _group_words(facts: ReportFacts, groups: int) -> str:
    """Return 「4班　付箋　計89枚」; without the notes where a 班 does not say how many."""
    notes = all_notes(group_numbers(facts.report.tables.get("班", ())))
    return join_nonempty(fill_nonempty("{}班", groups), fill_nonempty("付箋　計{}枚", notes))


def _exchange_figures(facts: ReportFacts) -> tuple[Figure, ...]:
    """Return the key figures of an exchange meeting, at most five."""
    people, organisations, *rest = lecture_figures(facts)
    groups = facts.event.groups
    return (people, organisations, Figure("班", "" if groups is None else str(groups), unit="班"), *rest)[:5]


def _facilitators(facts: ReportFacts) -> tuple[str, str, str, str]:
    """Return the row (item, 仕様書, done, verdict) that compares groups and facilitators with the 仕様書."""
    groups, people = facts.event.groups, facts.event.facilitator_count
    if groups is None or people is None:
        return (*_FACILITATORS, "", "")
    return (*_FACILITATORS, f"{groups}班に{people}人", "配置済み" if people >= groups else "不足")
