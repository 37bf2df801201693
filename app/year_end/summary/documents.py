"""Content of 年間実績総括 (totals of a year on two or three pages) and 照会への回答."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from app.calendar import dates
from app.calendar.wareki import era_year_short, fiscal_year_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.common.partial_count import sum_counts
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Closing,
    Column,
    DocumentContent,
    Figure,
    Heading,
    KeyFigures,
    Paragraph,
    Table,
    Title,
)
from app.documents.chart_blocks import FILLS, ChartMark, ValueChart, ticks_up_to
from app.documents.rules import can_print_numbers
from app.surveys.questions.rules import REFERENCE_BASE, percent
from app.year_end.summary.rules import FIRST, NO_BRANCH, VISITS, JudgedLine, KindFigures, YearSummary, change_words
from db.records.event_form import EventForm
from db.records.year.summary import YearAnswer

ANSWERS_KIND = "照会への回答"
CORRECTED = "答えたあとに記録が訂正"
_COLUMNS = (
    Column("No", 9, align="center"),
    Column("聞かれた日", 25),
    Column("聞いた人", 34),
    Column("問い", 46),
    Column("答え", 56),
    Column("使った数と出どころ", 64),
    Column("数の日", 27),
)


def answers_document(
    context: document_frame.DocumentContext,
    answers: Sequence[YearAnswer],
    day: date,
    corrected: Mapping[tuple[int, str], str],
) -> DocumentContent:
    """Build 照会への回答 as a list on A4 landscape, oldest question first.

    Args:
        answers: all of them are listed.
        day: printed as the day up to which they were asked.
        corrected: what a number (by its answer and title) was on its day by today's records, where that differs.
    """
    programme = context.programme
    reference = f"{programme.year_code}-照会-{day:%Y%m%d}"
    listed = sorted(answers, key=lambda one: (one.asked_on, one.id))
    title = f"{ANSWERS_KIND}　{fiscal_year_words(programme.fiscal_year)}"
    blocks = (
        Title(
            ANSWERS_KIND,
            subtitle=f"{fiscal_year_words(programme.fiscal_year)}　{len(listed)}件",
            lead=f"{dates.long_date(day)}までに聞かれたもの。数は「数の日」に正しかった数で、"
            f"その後の記録の訂正は※に示す。",
        ),
        Table(
            _COLUMNS,
            tuple(_row(number, one, corrected) for number, one in enumerate(listed, 1)),
            name=ANSWERS_KIND,
        ),
    )
    return document_frame.frame_document(
        context,
        kind=ANSWERS_KIND,
        reference=reference,
        blocks=blocks,
        title=title,
        look="roster",
        header_right=f"整理番号 {reference}",
        stamp=CORRECTED if corrected else "",
    )


def _row(number: int, answer: YearAnswer, corrected: Mapping[tuple[int, str], str]) -> tuple[str, ...]:
    lines = []
    for figure in answer.figures:
        lines.append(f"{figure.title}　{figure.value}（{figure.source}）")
        if now := corrected.get((answer.id, figure.title)):
            lines.append(f"※いまの記録では、その日の数は{now}")
    figures = "\n".join(lines)
    return (
        str(number), dates.table_date(answer.asked_on), answer.asked_by, answer.question, answer.answer, figures,
        dates.table_date(answer.day),
    )  # fmt: skip


YEAR_REPORT_KIND = "年間実績総括"
_SCALE = "0 25 50 75 100"
_LETTER = re.compile("[ァ-ヶ]")
"""The heading of the bars, spread over their width."""


def year_report(context: document_frame.DocumentContext, summary: YearSummary) -> DocumentContent:
    """Build the document of a year as of ``summary``; unknown values are empty and explained in the notes."""
    programme = context.programme
    reference = f"{programme.year_code}-総括-{summary.today:%Y%m%d}"
    last_year = fiscal_year_words(summary.fiscal_year - 1)
    of_branches = [
        Heading(2, "(3)", "支部別", right="図は多い順、表は名簿順。支部の間の優劣を示すものではない"),
        *_shown(branch_chart(summary)),
        _branches(summary),
    ]
    compared: list[Block] = [
        Heading(
            1, "4", "前年との比較",
            right=f"{summary.lecture_names}の種類別　前年の出典：{summary.lectures_source or '記録なし'}"
            if summary.lecture_names
            else "",
        ),
        *_shown(earlier_chart(summary)),
        *_lectures(summary),
    ] if _has_earlier(summary) else []  # fmt: skip
    blocks = [
        Title(
            YEAR_REPORT_KIND,
            lead=f"{dates.long_date(summary.today)}現在　数は出席の記録による。延べ・実の別は2の（1）に記す。",
        ),
        KeyFigures(figures=_figures(summary)),
        Heading(2, "", "実績の一行", right="議会・照会・予算資料に写す文（この日に正しい数）"),
        Paragraph(summary.line_to_copy),
        Heading(
            1, "1", "仕様との対照",
            right=join_nonempty(
                fill_nonempty("根拠：{}", summary.basis), f"前年＝{last_year}" if compared else ""
            ),
        ),
        _judged(summary, cited=can_print_numbers(programme)),
        Heading(1, "2", "人数と団体", sheet="人数と団体ほか", right="実＝同じ団体・氏名を1と数える"),
        Heading(2, "(1)", "事業別", right="初参加は、はじめて出席した回の事業に1度だけ数える"),
        _kinds(summary),
        Heading(2, "(2)", "各回の出席者", right="実施日順"),
        attendance_chart(summary),
        *(of_branches if any(one.name != NO_BRANCH for one in summary.branches) else ()),
        Heading(
            1, "3", "満足計の移り変わり",
            right="実施日順　満足計＝肯定の選択肢の人数の計",
        ),
        *_shown(satisfaction_chart(summary)),
        *_satisfaction(summary),
        *compared,
        Closing(),
    ]  # fmt: skip
    return document_frame.frame_document(
        context,
        kind=YEAR_REPORT_KIND,
        reference=reference,
        blocks=blocks,
        title=f"{YEAR_REPORT_KIND}　{fiscal_year_words(summary.fiscal_year)}　"
        f"{document_frame.table_day(summary.today)}現在",
        first_sheet="概要",
        header_right=f"整理番号 {reference}",
        close=True,
        sheet_width=205,
    )


def _figures(summary: YearSummary) -> tuple[Figure, ...]:
    counts, asked = summary.total.counts, summary.satisfaction

    came, unit = counts.counted(counts.visits), counts.counted(counts.visits).unit_words
    missing = fill_nonempty("　{}回 記録なし", came.missing)
    people, groups = f"{counts.people}{unit('人')}{missing}", f"{counts.groups}{unit('団体')}"
    if counts.is_typed_only:
        people = groups = "名簿の記録なし"
    kinds = "　".join(f"{one.short_name}{one.counts.events}" for one in summary.kinds if one.kind is not None)
    first = summary.total.first
    share = "前の年度の記録がない" if summary.total.first_groups is None else "前の年度の氏名は消去済み"
    if counts.is_typed_only:
        share = "名簿の記録なし"
    if first is not None and counts.people:
        share = f"実人数の {percent(first, counts.people)}％"
    return (
        Figure("実施", str(counts.events), unit="回", note=kinds),
        Figure(
            "延べ人数",
            str(counts.visits),
            unit=unit("人"),
            note=f"実人数 {people}",
        ),
        Figure(
            "延べ団体",
            str(counts.group_visits),
            unit=counts.counted_groups(counts.group_visits).unit_words("団体"),
            note=f"実団体 {groups}",
        ),
        Figure(FIRST, "" if first is None else str(first), unit="人" if first is not None else "",
            note=share),
        Figure(
            "満足計", str(asked.satisfied) if asked.responses else "", unit="人" if asked.responses else "",
            note=f"回収{asked.responses}件の {asked.share}％" if asked.responses else "回答がまだない",
        ),
    )  # fmt: skip


def _judged(summary: YearSummary, *, cited: bool) -> Table:
    """Return the comparison with the 仕様書; ``cited`` False leaves out unverified clause letters."""
    columns = (
        Column("項目", 19),
        Column("仕様", 43.5),
        Column("根拠", 10.5),
        Column("実績", 58),
        Column("前年", 11.5, align="right"),
        Column("増減", 11, align="right"),
        Column("判定", 13),
    )
    rows: list[tuple[str, ...]] = []
    heads, group = [], ""
    for one in summary.lines:
        line = one.line
        if line.group != group:
            group = line.group
            heads.append(len(rows))
            rows.append((group, *("" for _column in columns[1:])))
        rows.append(
            (
                line.item,
                line.spec,
                line.clause_letter if cited else "－",
                line.actual,
                _before(one),
                one.change,
                line.verdict,
            )
        )
    return Table(
        columns,
        tuple(rows),
        name="仕様との対照",
        group_rows=tuple(heads),
        note=_judged_note(summary, cited=cited),
    )


def _has_earlier(summary: YearSummary) -> bool:
    """Return whether anything is known of the year before."""
    known = (*(one.earlier for one in summary.kinds), *(one.earlier for one in summary.lines))
    return any(known) or any(one.before is not None for one in summary.lectures)


def _before(line: JudgedLine) -> str:
    """Return the number of the year before with its unit (「7回」「98人」), "" where it is unknown."""
    if line.earlier is None:
        return ""
    unit = "回" if line.line.item.endswith("回数") or line.line.item.startswith("日数") else "人"
    return f"{line.earlier.number}{unit}"


def _judged_note(summary: YearSummary, *, cited: bool) -> str:
    """Return the note below the table: clauses, sources, and the reasons of the numbers that deviate."""
    sources = dict.fromkeys(one.earlier.source_words for one in summary.lines if one.earlier is not None)
    section = re.split(r"[(（・]", summary.basis)[0] or "仕様書"
    letters = "".join(one.line.clause_letter for one in summary.lines)
    parts = ["仕様書の項番は、契約書と照合するまで記さない（－）。"]
    if cited and "・仕" not in summary.basis and _LETTER.search(letters):
        parts = [f"根拠の片仮名は各事業の{section}の項。"]
    elif cited:
        parts = ["根拠の番号は各事業の項の中の番号。"] if "(" in letters else []
    if sources:
        parts.append(f"前年の出典は{'、'.join(sources)}。")
    parts.append("記録のない欄は空欄とした。")
    parts += [
        f"{one.line.group}の{one.line.item}（{one.line.verdict}）：{one.reason.full_words.rstrip('。')}。"
        for one in summary.lines
        if one.line.deviates and one.reason is not None
    ]
    return f"注　{''.join(parts)}"


def _kinds(summary: YearSummary) -> Table:
    titles = ("実施", "申込", "延べ人数", "実人数", "延べ団体", "実団体", "初参加", "初参加団体")
    columns = (Column("事業", 37), *(Column(title, 16, align="right") for title in titles))

    def cells(one: KindFigures) -> tuple[str, ...]:
        counts = one.counts
        came = (
            counts.counted(counts.visits),
            counts.counted_once(counts.people),
            counts.counted_groups(counts.group_visits),
            counts.counted_once(counts.groups),
        )
        first = (one.first, one.first_groups)
        return (
            str(counts.events),
            *(number.minimum_words() for number in (one.applied, *came)),
            *("" if number is None else str(number) for number in first),
        )

    rows = [(one.name, *cells(one)) for one in summary.kinds]
    rows.append(("計（重なりを除く）", *cells(summary.total)))
    note = (
        "注　実人数・実団体の計は、2つ以上の事業に参加した人および団体を1と数えるため、上の行の和にならない。"
        "延べと初参加は和と一致する。" + "".join(summary.notes)
    )
    return Table(columns, tuple(rows), name="事業別", bold_rows=(len(rows) - 1,), total_row=True, note=note)


def _branches(summary: YearSummary) -> Table:
    """Return the 支部 in two halves side by side, each read down, with the sum under the second."""
    titles = ("名簿", "実団体", "延べ団体", "実人数", "延べ人数", "初参加")
    widths = (8.0, 10.5, 12.0, 10.5, 12.0, 10.5)
    half = (
        Column("支部", 16.5),
        *(Column(title, width, align="right") for title, width in zip(titles, widths, strict=True)),
    )
    lines = [
        (
            one.name, str(one.registered), str(one.counts.groups), str(one.counts.group_visits), str(one.counts.people),
            str(one.counts.visits), "" if one.first is None else str(one.first),
        )
        for one in (*summary.branches, summary.branch_total)
    ]  # fmt: skip
    middle = len(lines) // 2
    left, right = lines[:middle], lines[middle:]
    empty = ("",) * len(half)
    rows = tuple((*(left[at] if at < len(left) else empty), "", *right[at]) for at in range(len(right)))
    only = "" if not summary.total.counts.typed_events else "注　名簿で出席を記録した回だけを数えた。"
    return Table((*half, Column("", 5), *half), rows, name="支部別", note=only)


def _satisfaction(summary: YearSummary) -> list[Block]:
    """Return the table of satisfaction by event, or that there are no responses."""
    asked = summary.satisfaction
    if not asked.responses:
        return [Paragraph("該当なし（回答がまだない）。")]
    columns = (
        Column("実施回", 56),
        Column("実施日", 26),
        Column("ｎ", 12, align="right"),
        Column("満足計", 14, align="right"),
        Column("％", 13, align="right"),
        Column(_SCALE, 45, align="right", bar=True),
    )
    rows = []
    for one in asked.events:
        tally = one.satisfaction
        if tally is not None and one.event.event_date is not None:
            share = tally.sum_percent
            day = dates.table_date(one.event.event_date)
            title = one.event.full_title + ("" if one.frozen_on else "（確定前）")
            rows.append((title, day, str(tally.base), str(tally.sum_count), share, share))
    rows.append(("計", "", str(asked.responses), str(asked.satisfied), asked.share, ""))
    few = any(one.satisfaction is not None and one.satisfaction.base < REFERENCE_BASE for one in asked.events)
    reference = f"ｎが{REFERENCE_BASE}未満の回の％は参考値。" if few else ""
    note = (
        f"注　ｎは回収数（件）。％は小数第2位を四捨五入し、人数を足してから割った。"
        f"{reference}{_unsurveyed_words(summary)}"
    )
    return [Table(columns, tuple(rows), name="満足計", bold_rows=(len(rows) - 1,), total_row=True, note=note)]


def _unsurveyed_words(summary: YearSummary) -> str:
    return fill_nonempty("{}にはアンケートの定めがない。", "、".join(summary.unsurveyed))


def _lectures(summary: YearSummary) -> list[Block]:
    """Return the table of lectures by name, or that none was held."""
    if not summary.lectures:
        still = fill_nonempty("（{}をまだ実施していない）", summary.lecture_names)
        return [Paragraph(f"該当なし{still}。")]
    titles = ("前年 回数", "今年 回数", "増減", "前年 延べ人数", "今年 延べ人数", "ｎ", "満足計")
    widths = (17, 17, 15, 25, 25, 13, 16)
    columns = (
        Column("種類", 46),
        *(Column(title, width, align="right") for title, width in zip(titles, widths, strict=True)),
    )
    rows = []
    for one in summary.lectures:
        change = "" if one.before is None else change_words(one.before, one.events)
        rows.append(
            (
                one.name, "" if one.before is None else str(one.before), str(one.events), change,
                "記録なし" if one.visits_before is None else str(one.visits_before), one.visits.minimum_words(),
                str(one.responses), "" if one.satisfied is None else str(one.satisfied),
            )
        )  # fmt: skip
    before = [one.before for one in summary.lectures if one.before is not None]
    events = sum(one.events for one in summary.lectures)
    known = [one.visits_before for one in summary.lectures]
    rows.append(
        (
            "計", str(sum(before)) if before else "", str(events), change_words(sum(before), events) if before else "",
            "" if None in known else str(sum(one or 0 for one in known)),
            sum_counts(one.visits for one in summary.lectures).minimum_words(),
            str(sum(one.responses for one in summary.lectures)),
            str(sum(one.satisfied or 0 for one in summary.lectures)),
        )
    )  # fmt: skip
    lectures = next((one for one in summary.kinds if one.form is EventForm.LECTURE and one.earlier is not None), None)
    note = "注　「記録なし」は、前年の種類別の人数の記録がなく、比べていない。" if None in known else "注　"
    if lectures is not None and (earlier := lectures.earlier) is not None:
        counts = lectures.counts
        now = counts.counted(counts.visits)
        said = f"{now.words('人')}（{earlier.change(now.exact)}）" if now.exact is not None else now.words("人")
        note += f"{lectures.short_name}の延べ人数は前年{earlier.number}人（{earlier.source_words}）に対し{said}。"
    return [
        Table(
            columns,
            tuple(rows),
            name="前年との比較",
            bold_rows=(len(rows) - 1,),
            total_row=True,
            note="" if note == "注　" else note,
        )
    ]


def _shown(chart: ValueChart) -> tuple[ValueChart, ...]:
    return (chart,) if chart.marks else ()


def _day_on_paper(day: date) -> str:
    """Return 「10月21日」: without its weekday, which has no room under a mark."""
    return f"{day.month}月{day.day}日"


def attendance_chart(summary: YearSummary, day_words: Callable[[date], str] = _day_on_paper) -> ValueChart:
    """Return the people at each held event over the range that the contract asks for.

    Args:
        day_words: how a day is written; in a window shorter than on paper.
    """
    fills = {one.kind: FILLS[place % len(FILLS)] for place, one in enumerate(summary.kinds)}
    names = {one.kind: one.name for one in summary.kinds}
    shown = dict.fromkeys(one.event.kind for one in summary.attendance)
    highest = max([1, *(max(one.people or 0, one.highest) for one in summary.attendance)])
    return ValueChart(
        name="各回の出席者",
        shape="columns",
        marks=tuple(
            ChartMark(
                label=_day(one.event.event_date, day_words),
                below=fill_nonempty("第{}回", one.event.ordinal),
                value=one.people,
                text="記録なし" if one.people is None else str(one.people),
                fill=fills.get(one.event.kind, "solid"),
                lowest=one.lowest,
                highest=one.highest,
            )
            for one in summary.attendance
        ),
        ticks=ticks_up_to(highest),
        label_name="実施日",
        value_name="出席者",
        unit="人",
        range_name="仕様の人数",
        legend=tuple((fills[kind], names[kind]) for kind in fills if kind in shown),
    )


def _day(day: date | None, day_words: Callable[[date], str]) -> str:
    return day_words(day) if day is not None else ""


def satisfaction_chart(summary: YearSummary, day_words: Callable[[date], str] = _day_on_paper) -> ValueChart:
    """Return 満足計 of each event with responses; one with fewer than ``REFERENCE_BASE`` is a reference value."""
    found = [(one, tally) for one in summary.satisfaction.events if (tally := one.satisfaction) is not None]
    asked = [(one, tally) for one, tally in found if tally.base]
    least = min((float(tally.sum_percent) for _one, tally in asked), default=100.0)
    return ValueChart(
        name="満足計の移り変わり",
        shape="line",
        marks=tuple(
            ChartMark(
                label=_day(one.event.event_date, day_words),
                below=f"n＝{tally.base}",
                value=float(tally.sum_percent),
                text=tally.sum_percent,
                reference_only=tally.base < REFERENCE_BASE,
            )
            for one, tally in asked
        ),
        ticks=(50, 75, 100) if least >= 50 else (0, 25, 50, 75, 100),
        label_name="実施日",
        value_name="満足計",
        unit="％",
        reference_name=f"nが{REFERENCE_BASE}未満（参考値）",
    )


def branch_chart(summary: YearSummary) -> ValueChart:
    """Return 延べ人数 of each 支部, most first; those that nobody came from are named below."""
    came = [one for one in summary.branches if one.counts.visits]
    absent = [one.name for one in summary.branches if not one.counts.visits and one.name != NO_BRANCH]
    ordered = sorted(came, key=lambda one: -one.counts.visits)
    return ValueChart(
        name="支部ごとの延べ人数",
        shape="bars",
        marks=tuple(
            ChartMark(label=one.name, value=one.counts.visits, text=f"{one.counts.visits}人") for one in ordered
        ),
        ticks=(0, max((one.counts.visits for one in came), default=1)),
        label_name="支部",
        value_name=VISITS,
        unit="人",
        note=f"出席の記録がまだない支部　{len(absent)}（{'、'.join(absent)}）" if absent and came else "",
    )


def earlier_chart(summary: YearSummary) -> ValueChart:
    """Return 延べ人数 of each kind this year beside the year before, counted up to the same day of it."""
    before_name, now_name = (
        era_year_short(date(year, 4, 1)) for year in (summary.fiscal_year - 1, summary.fiscal_year)
    )
    shown = [one for one in summary.kinds if one.counts.events or one.earlier is not None]
    marks = []
    for one in shown:
        before, now = one.earlier, one.counts.counted(one.counts.visits)
        known = "記録なし" if before is None else f"{before.number}人"
        marks.append(
            ChartMark(
                label=before_name,
                value=None if before is None else before.number,
                text=known,
                fill="tinted",
                group=one.name,
            )
        )
        change = "" if before is None or now.exact is None else f"（{before.change(now.exact)}）"
        marks.append(ChartMark(label=now_name, value=one.counts.visits, text=f"{now.words('人')}{change}"))
    days = dict.fromkeys(one.earlier.day for one in shown if one.earlier is not None and not one.earlier.is_typed)
    until = next((day for day in days if day is not None), None)
    return ValueChart(
        name="前年との比べ",
        shape="bars",
        marks=tuple(marks) if any(one.earlier is not None for one in shown) else (),
        ticks=(0, max((int(mark.value or 0) for mark in marks), default=0) or 1),
        label_name="事業・年度",
        value_name=VISITS,
        unit="人",
        note=f"前年は{dates.table_date(until)}までの数。" if until is not None else "",
    )
