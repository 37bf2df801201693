"""実施報告書 of a 講習会, chapter by chapter (仕様書4(1)コ), and the 概要 shared by all kinds."""

from __future__ import annotations

from app.common.display_words import count_words
from app.common.join_nonempty import fill_nonempty
from app.documents import document_frame
from app.documents.blocks import (
    Column,
    DocumentContent,
    Figure,
    Heading,
    KeyValues,
)
from app.documents.event_facts import devices_words
from app.submissions.reports.documents import report_parts as parts
from app.submissions.reports.documents.report_parts import ReportFacts
from app.submissions.reports.documents.report_photos import photo_chapter


def report_lecture(context: document_frame.DocumentContext, facts: ReportFacts, *, stamp: str) -> DocumentContent:
    """Build the report; ``stamp`` is 「様式・受託者確認前」 until the contractor has confirmed it."""
    report = facts.report
    questions = (Column("質問", width=66), Column("回答", width=99))
    blocks = (
        *parts.opening(context, facts, lecture_figures(facts)),
        facts.heading("概要"),
        overview(facts),
        *parts.comparison(context, facts),
        facts.heading("実施内容", sheet="実施内容"),
        Heading(2, "(1)", "時間割"),
        *parts.timetable(facts, with_form=True),
        *parts.optional_part(
            "主な質疑応答", "(2)", parts.typed_table(report, "質疑", questions), written=parts.has_rows(report, "質疑")
        ),
        facts.heading("配布資料", sheet="配布資料", right=facts.typed_extra.get("部数", "")),
        *parts.handouts(facts),
        *parts.survey_chapter(facts),
        facts.heading(
            "講師所感", sheet="所感・改善", right=fill_nonempty("記入：{}", report.body.get("所感記入者", ""))
        ),
        *parts.paragraphs(report.body.get("所感", "")),
        facts.heading("課題と次回への改善"),
        *parts.improvements(facts),
        *photo_chapter(facts),
        *parts.own_items(facts),
        *facts.comparison_blocks,
        *parts.closing(facts),
    )
    return parts.assemble_report(context, facts, blocks, stamp=stamp)


def lecture_figures(facts: ReportFacts) -> tuple[Figure, ...]:
    """Return the key figures: 出席, 団体, 回収, and as far as the survey has them 満足計 and 活用の意向."""
    people, survey = facts.event.people, facts.survey
    figures = [
        people_figure("出席者", people.attended, "人", people.applied),
        people_figure("参加団体", people.attended_organisations, "団体", people.applied_organisations),
        Figure(
            "アンケート回収",
            str(survey.response_count) if survey else "",
            unit="件",
            note=f"回収率 {survey.rate}" if survey and survey.rate else "",
        ),
    ]
    figures += [figure for figure in (survey.satisfaction, survey.intent) if figure] if survey else []
    return tuple(figures)


def people_figure(label: str, attended: int | None, unit: str, applied: int | None) -> Figure:
    """Return the figure of attendance and applications; empty where nobody counted."""
    note = f"申込{applied}{unit}" if applied is not None else ""
    return Figure(label, "" if attended is None else str(attended), unit=unit, note=note)


def overview(facts: ReportFacts) -> KeyValues:
    """Return the 概要 table (when, where, who, how many, devices, the ward's witness)."""
    event = facts.event
    rows = [
        ("日時", f"{document_frame.date_time_words(event)}（{event.length_words}）"),
        ("会場", document_frame.venue_words(event)),
    ]
    if event.end_words:
        rows.insert(1, ("当日の経過", event.end_words))
    rows.extend(((facts.numbers.lecturer, event.lecturer or "（受託者記入）"), ("参加者数", _people_words(facts))))
    devices = _devices(facts)
    if devices:
        rows.append(("使用端末", devices))
    if event.witness:
        rows.append(("区の立会い", event.witness))
    return KeyValues(rows=tuple(rows))


def _devices(facts: ReportFacts) -> str:
    """Return 「貸与タブレット3台、持参した端末12台　計15台」 of the devices used; "" where none is known.

    Lent tablets are named only where the ward lends them (仕様書4(1)ク) or lent some.
    """
    people = facts.event.people
    lent, own, unknown = people.used_lent, people.used_own, people.used_unknown
    if lent is None and own is None:
        return ""
    rest = fill_nonempty("、未確認{}人", unknown)
    lends = facts.event.year_kind.lends_devices or bool(lent)
    if not lent and not own and unknown:
        return f"未確認（{unknown}人）" if lends else ""
    if lends:
        whole = f"　計{(lent or 0) + (own or 0)}台" if not unknown and None not in (lent, own) else ""
        return f"貸与タブレット{devices_words(lent, unknown)}、持参した端末{devices_words(own, unknown)}{whole}{rest}"
    return f"持参した端末{own}台{rest}" if own else ""


def _people_words(facts: ReportFacts) -> str:
    """Return 「申込　25人（12団体）　出席　17人（11団体）　欠席　3人」, on a second line how many were 当日受付.

    Unknown numbers are left out, and 決定 too where it equals 申込.
    """
    people = facts.event.people

    def with_groups(number: int | None, groups: int | None) -> str:
        """Return a number of people with that of their 団体, where it is known."""
        return count_words(number, "人") + (f"（{groups}団体）" if groups is not None else "")

    chosen = people.decided if people.decided != people.applied else None
    first = "　".join(
        f"{label}　{text}"
        for label, text in (
            ("申込", with_groups(people.applied, people.applied_organisations)),
            ("決定", count_words(chosen, "人")),
            ("出席", with_groups(people.attended, people.attended_organisations)),
            ("欠席", count_words(people.absent, "人")),
            ("未確認", count_words(people.unmarked or None, "人")),
        )
        if text
    )
    return first + (f"\n出席のうち当日受付　{people.walk_ins}人" if people.walk_ins is not None else "")
