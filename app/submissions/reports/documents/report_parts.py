"""The chapters shared by several kinds of 実施報告書 (head, comparison, timetable, materials, survey)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from types import MappingProxyType

from app.calendar import dates
from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import parse_period
from app.common.display_words import count_words
from app.common.join_nonempty import fill_nonempty
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Bullets,
    Closing,
    Column,
    DocumentContent,
    Figure,
    Heading,
    KeyFigures,
    Paragraph,
    SheetBreak,
    Table,
    Title,
)
from app.documents.event_facts import EventFacts
from app.event.rules.event_checks import is_as_long_as_agreed
from app.programme.rules import about, based_on, full_clause, hours_words, join_clauses, people_words, sentence_about
from app.submissions.reports.rules.evidence_counts import Counts, with_counts
from app.submissions.reports.rules.open_points import OpenPoint, point_words
from app.submissions.reports.rules.report_points import Section, outline, own_chapters
from app.surveys.tally.documents import CommentList, ReportSurvey, chart_blocks, comment_table, no_rate_words
from db.record import record
from db.records.event_form import EventForm
from db.records.organisations import Organisation
from db.records.programme import EventKind
from db.records.submissions.materials import Material, MaterialVersion
from db.records.submissions.reports import Report, ReportPhoto

KIND = "実施報告書"
NOT_WRITTEN = "（未記入）"
OPEN_TITLE = "記入が済んでいないところ"
SURVEY_SHEET = "アンケート用紙"
_PAGES = 5


@record
class ReportFacts:
    """Everything from which an 実施報告書 is built, read from the records at once.

    ``numbers`` is the kind of the event, ``due`` 期限（暦どおり）. ``typed_extra`` holds texts by name: 期限の根拠,
    期限の最終日 (ISO), 期限の変更 (of one set by hand), 集計確定 (「済」 or ""), 部数 (「印刷部数　各20部」).
    ``survey_pages`` are those of the アンケート用紙, None before its questions are known. ``ordinal_day`` counts
    the days of all 派遣 of the year, ``open_points`` are what the report still lacks, ``comparison_blocks`` is
    the chapter that compares earlier events, ``stages_before`` the stages of the 団体 of a 派遣 by tool, before
    the event.
    """

    event: EventFacts
    numbers: EventKind
    report: Report
    due: date | None
    materials: tuple[tuple[Material, MaterialVersion | None], ...] = ()
    material_due: date | None = None
    survey: ReportSurvey | None = None
    organisation: Organisation | None = None
    survey_pages: int | None = None
    photos: tuple[ReportPhoto, ...] = ()
    ordinal_day: int | None = None
    open_points: tuple[OpenPoint, ...] = ()
    fiscal_year: int = 0
    comparison_blocks: tuple[Block, ...] = ()
    typed_extra: dict[str, str] = field(default_factory=dict)
    stages_before: dict[str, str] = field(default_factory=dict)

    def heading(self, title: str, *, right: str = "", sheet: str = "") -> Heading:
        """Return the heading of a chapter with its number in this report, "" = the contract does not ask for it."""
        found = next(
            (one for one in outline(self.numbers) if one.title == title), Section(title=title, writer="区が記入")
        )
        return Heading(1, found.number, found.printed_title or title, right=right, sheet=sheet)


def _asked_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks without the chapters that the contract does not ask for."""
    is_asked = True
    for one in blocks:
        is_asked = bool(one.number) if isinstance(one, Heading) and one.level == 1 else is_asked
        if is_asked or isinstance(one, Closing):
            yield one


def assemble_report(
    context: document_frame.DocumentContext, facts: ReportFacts, blocks: tuple[Block, ...], *, stamp: str
) -> DocumentContent:
    """Return a 実施報告書 of the given chapters; ``stamp`` is the mark on every page, "" = none.

    That of a 講習会 is set with less spacing; any is set closer where it would exceed five pages.
    """
    content = document_frame.frame_event_document(
        context,
        facts.event,
        kind=KIND,
        ordinal=facts.report.version,
        look="report",
        blocks=tuple(_asked_blocks(blocks)),
        first_sheet="概要",
        stamp=stamp,
    )
    return replace(content, close=facts.event.form is EventForm.LECTURE, at_most=_PAGES)


def opening(
    context: document_frame.DocumentContext, facts: ReportFacts, figures: tuple[Figure, ...]
) -> tuple[Block, ...]:
    """Return head, title, lead with clause and deadline, and as far as there are any figures, open points and 要点."""
    numbers, report = facts.numbers, facts.report
    duty = parse_period(numbers.report_period).duty_words
    within = f"{numbers.name}{duty}" if duty.startswith("終了後") else duty
    limit = f"（提出期限　{dates.long_date_plain(facts.due)}　{within}）" if facts.due else ""
    points = typed_lines(report.body.get("要点", ""))
    known = tuple(figure for figure in figures if figure.value)
    return (
        document_frame.report_head(context, confirmed_on=report.contractor_confirmed_on),
        Title(
            "実施報告書",
            subtitle=document_frame.event_name(facts.event),
            lead=f"{based_on(numbers.clause_report)}つぎのとおり報告します。{limit}",
        ),
        *((KeyFigures(figures=known),) if known else ()),
        *((Bullets(title=OPEN_TITLE, items=point_words(facts.open_points)),) if facts.open_points else ()),
        *((Bullets(title="要点", items=points),) if points else ()),
    )


def own_items(facts: ReportFacts) -> tuple[Block, ...]:
    """Return a chapter of free text for each item of the contract that no chapter of the form answers."""
    keys = {one.key for one in own_chapters(facts.numbers)}
    blocks: list[Block] = []
    for section in outline(facts.numbers):
        if keys.intersection(section.keys):
            blocks.append(Heading(1, section.number, section.title))
            blocks += paragraphs(facts.report.body.get(section.keys[0], ""))
    return tuple(blocks)


def closing(facts: ReportFacts) -> tuple[Block, ...]:
    """Return 「以上」, or nothing while the report lacks something."""
    return () if facts.open_points else (Closing(),)


def optional_part(heading: str, number: str, blocks: tuple[Block, ...], *, written: bool) -> tuple[Block, ...]:
    """Return an optional part with its heading, or nothing while it is not written."""
    return (Heading(2, number, heading), *blocks) if written else ()


def typed_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a typed text without empty ones and leading bullets."""
    return tuple(bare for line in text.splitlines() if (bare := line.strip().lstrip("・").strip()))


def paragraphs(text: str) -> tuple[Block, ...]:
    """Return a typed text as indented paragraphs, one a line; 「（未記入）」 for an empty one."""
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if not found:
        return (Paragraph(NOT_WRITTEN),)
    return tuple(Paragraph("　" + line) for line in found)


def comparison(
    context: document_frame.DocumentContext,
    facts: ReportFacts,
    *,
    extra: Mapping[str, tuple[str, str, str, str]] = MappingProxyType({}),
    clauses: Sequence[str] = (),
) -> tuple[Block, ...]:
    """Return (1) 仕様との対照, which compares the specification with what was done.

    ``extra`` are rows by the figure whose sentence the year must have; ``clauses`` are those that they are based on.
    """
    event, numbers, calendar = facts.event, facts.numbers, context.calendar
    said = [row for name, row in extra.items() if sentence_about(context.programme, numbers.kind, name) is not None]
    minutes, questions = event.minutes, event.question_minutes
    attended = event.people.attended
    rows = [
        (
            "実施日",
            (
                f"{document_frame.table_day(numbers.window_start)} から "
                f"{document_frame.table_day(numbers.window_end)} まで"
            ),
            _day_words(facts, calendar),
            "期間内" if event.event_date and numbers.window_start <= event.event_date <= numbers.window_end else "協議",
        ),
        (
            "参加人数",
            f"各回{people_words(numbers)}",
            count_words(attended, "人"),
            "" if attended is None else "範囲内" if _fits(attended, numbers) else _beyond(numbers.people_strict),
        ),
        (
            "実施時間",
            f"各回{hours_words(numbers)}" + fill_nonempty("（{}を含む）", numbers.question_time),
            f"{minutes}分" + (f"（{numbers.question_time or '質問'} {questions}分）" if questions else ""),
            "範囲内" if is_as_long_as_agreed(minutes, numbers) else _beyond(numbers.minutes_strict),
        ),
        *_material_line(facts, calendar),
        *said,
    ]  # fmt: skip
    columns = (
        Column("項目", width=28),
        Column("仕様", width=66),
        Column("実績", width=50),
        Column("判定", width=21, align="center"),
    )
    own = (numbers.clause_window, numbers.clause_people, numbers.clause_minutes, numbers.clause_material)
    clause = full_clause(join_clauses(sorted((*own, *(clauses if said else ())))))
    return (
        Heading(2, "(1)", "仕様との対照", right=fill_nonempty("根拠：{}", clause)),
        Table(columns, tuple(rows), name="仕様との対照"),
    )


def _day_words(facts: ReportFacts, calendar: OfficeCalendar) -> str:
    """Return the day; of a 派遣 also which of the days of the 仕様書 it is (仕様書4(2)ア)."""
    if facts.event.event_date is None:
        return ""
    day = dates.table_date(facts.event.event_date, calendar)
    if facts.ordinal_day is None or not facts.numbers.days:
        return day
    return f"{day}\n{facts.numbers.days}日間{about(facts.numbers.strict)}の{facts.ordinal_day}日目"


def option_counts(survey: ReportSurvey | None) -> Counts:
    """Return the people of every option by question number, and whether one option was to be chosen."""
    charts = survey.charts if survey else ()
    return {chart.code: {row.text: (row.count, chart.type.takes_one) for row in chart.rows} for chart in charts}


def _fits(people: int, numbers: EventKind) -> bool:
    """Return whether a number of people is within the planned numbers.

    A single planned number that is not strict (程度) allows two more or fewer.
    """
    # 程度: a few more or fewer are within the words; the preset's own margins decide.
    slack = 2 if numbers.people_min == numbers.people_max and not numbers.people_strict else 0
    return numbers.people_min - slack <= people <= numbers.people_max + slack


def _beyond(strict: bool) -> str:
    """Return the verdict on a number that the contract's words do not cover."""
    return "範囲外" if strict else "程度の外"


def _material_line(facts: ReportFacts, calendar: OfficeCalendar) -> tuple[tuple[str, str, str, str], ...]:
    """Return the row that says whether all handouts were checked in time; () without a due day or handouts.

    A check that was late is not judged. A handout that came after the due day is not asked, unless all did.
    """
    if facts.material_due is None or not facts.materials:
        return ()
    versions = [version for _, version in facts.materials]
    asked = [one for one in versions if one is None or one.received_on <= facts.material_due] or versions
    done = [one.result_on for one in asked if one is not None and one.is_checked and one.result_on is not None]
    last = max(done) if len(done) == len(asked) else None
    return (
        (
            "資料の確認",
            f"実施日の{facts.numbers.material_period}まで（{document_frame.table_day(facts.material_due)}）",
            f"{dates.table_date(last, calendar)} 確認完了" if last else "",
            # The confirmation is the ward's task, so the contractor's report states no lateness of it.
            "期限内" if last and last <= facts.material_due else "",
        ),
    )


def timetable(facts: ReportFacts, *, with_form: bool, wide_title: float = 46) -> tuple[Block, ...]:
    """Return the timetable with clock times, or 「（未記入）」; the report's typed 内容 overrides the plan's."""
    typed = {row[0]: row[1] for row in facts.report.tables.get("時間割内容", ()) if len(row) > 1 and row[1]}
    rows = []
    start, total = int(facts.event.start_time[:2]) * 60 + int(facts.event.start_time[3:]), 0
    for item in facts.event.timetable:
        text = typed.get(item.title, item.content)
        cells = (_clock(start + total), str(item.minutes), item.title)
        rows.append((*cells, item.form, text) if with_form else (*cells, text))
        total += item.minutes or 0
    if not rows:
        return (Paragraph(NOT_WRITTEN),)
    rows.append((_clock(start + total), str(total), "終了", *(("", "") if with_form else ("",))))
    forms = (Column("形式", width=26 if wide_title > 46 else 15),) if with_form else ()
    used = 26 + wide_title + sum(column.width for column in forms)
    columns = (
        Column("時刻", width=15, align="right"),
        Column("分", width=11, align="right"),
        Column("項目", width=wide_title),
        *forms,
        Column("内容", width=165 - used),
    )
    return (Table(columns, tuple(rows), name="時間割", bold_rows=(len(rows) - 1,), total_row=True),)


def _clock(minutes: int) -> str:
    """Return minutes since midnight as a clock time (「13:30」)."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def handouts(facts: ReportFacts) -> tuple[Block, ...]:
    """Return the handouts with version, day of confirmation, copies printed, handed out and left over.

    The アンケート用紙 is added where it is no handout already.
    """
    if not facts.materials and not facts.survey_pages:
        return (Paragraph("配布資料はありません。"),)
    rows = []
    for number, (material, version) in enumerate(facts.materials, 1):
        if version is None:
            rows.append((str(number), material.title, "", "", "", "", "", ""))
            continue
        left = ""
        if version.printed is not None and version.handed_out is not None:
            left = str(version.printed - version.handed_out)
        rows.append(
            (
                str(number),
                material.title,
                f"第{version.version}版",
                "" if version.pages is None else str(version.pages),
                document_frame.table_day(version.result_on) if version.result_on and version.is_checked else "",
                "" if version.printed is None else str(version.printed),
                "" if version.handed_out is None else str(version.handed_out),
                left,
            )
        )
    if facts.survey_pages and not any(SURVEY_SHEET in material.title for material, _ in facts.materials):
        given = facts.event.responses.distributed if facts.event.responses else None
        pages, handed = str(facts.survey_pages), "" if given is None else str(given)
        rows.append((str(len(rows) + 1), SURVEY_SHEET, "", pages, "", "", handed, ""))
    columns = (
        Column("No", width=9, align="center"),
        Column("資料名", width=68),
        Column("版", width=16, align="center"),
        Column("ページ", width=15, align="right"),
        Column("区の確認日", width=24, align="right"),
        Column("印刷", width=11, align="right"),
        Column("配布", width=11, align="right"),
        Column("残部", width=11, align="right"),
    )
    return (Table(columns, tuple(rows), name="配布資料"),)


def survey_chapter(facts: ReportFacts) -> tuple[Block, ...]:
    """Return the chapter アンケート集計 with the response count, every question and the free answers, if asked."""
    if not facts.numbers.has_survey:
        return ()
    survey = facts.survey
    if survey is None:
        return (
            facts.heading("アンケート集計", sheet="集計"),
            Paragraph("アンケートの集計はまだありません。"),
        )
    sheets = facts.event.responses
    attended = sheets.attended if sheets is not None else facts.event.people.attended
    # The heading says of which day the totals are; the number says so only where the records have another one.
    aged = sheets is not None and attended != facts.event.people.attended
    of_day = "出席者数は集計を確定したときのもの。" if aged else ""
    columns = tuple(
        Column(title, width=33, align="right") for title in ("配布（出席者）", "紙", "オンライン", "回収　計", "回収率")
    )
    row = (
        count_words(attended, "人"),
        f"{survey.paper}件",
        f"{survey.online}件",
        f"{survey.response_count}件",
        survey.rate,
    )
    no_rate = "" if survey.rate else f"{no_rate_words(survey.response_count, attended)}、回収率は出していない。"
    blocks = [
        facts.heading("アンケート集計", right=survey.counted_words, sheet="集計"),
        Heading(2, "(1)", "回収状況"),
        Table(
            columns,
            (row,),
            name="回収状況",
            note=f"注　回収率＝回収数÷出席者数。{of_day}{no_rate}{survey.anonymity}",
        ),
        Heading(2, "(2)", "設問ごとの集計"),
        *chart_blocks(survey.charts),
    ]
    if survey.comments:
        blocks.append(SheetBreak(sheet="自由記述"))
    for position, comments in enumerate(survey.comments, 3):
        blocks += _comments(comments, position, survey.response_count, classes_of(facts.report, comments.code))
    return tuple(blocks)


def classes_of(report: Report, code: str) -> dict[str, str]:
    """Return the class typed for each free answer of a question, by its number in the table."""
    rows = report.tables.get("自由記述分類", ())
    return {row[1].strip(): row[2] for row in rows if len(row) > 2 and row[0].strip() == code}


def _comments(comments: CommentList, position: int, returned: int, classes: dict[str, str]) -> tuple[Block, ...]:
    """Return heading and table of the free comments on one question, grouped by theme."""
    written = len(comments.lines) if comments.written_count is None else comments.written_count
    heading = Heading(
        2,
        f"({position})",
        f"{comments.code}　{comments.title}",
        right=f"記入{written}件（回収{returned}件中）",
    )
    return (heading, comment_table(comments, classes))


def has_rows(report: Report, key: str) -> bool:
    """Return whether anything was typed into a table."""
    return any(cell.strip() for row in report.tables.get(key, ()) for cell in row)


def typed_table(
    report: Report, key: str, columns: tuple[Column, ...], *, is_numbered: bool = False
) -> tuple[Block, ...]:
    """Return a table of the rows typed under ``key``, or 「（未記入）」 while there are none."""
    rows = [tuple(row) for row in report.tables.get(key, ()) if any(cell.strip() for cell in row)]
    if not rows:
        return (Paragraph(NOT_WRITTEN),)
    width = len(columns) - (1 if is_numbered else 0)
    full = [
        ((str(n),) if is_numbered else ()) + tuple(row[:width]) + ("",) * (width - len(row))
        for n, row in enumerate(rows, 1)
    ]
    return (Table(columns, tuple(full), name=key),)


def improvements(facts: ReportFacts) -> tuple[Block, ...]:
    """Return the typed table 課題と改善; options quoted in a 根拠 without a number get their count of people."""
    counts = option_counts(facts.survey)
    rows = tuple(
        (*row[:1], with_counts(row[1], counts), *row[2:]) if len(row) > 1 else row
        for row in facts.report.tables.get("課題と改善", ())
    )
    report = replace(facts.report, tables={**facts.report.tables, "課題と改善": rows})
    columns = (
        Column("課題", width=34),
        Column("根拠", width=44),
        Column("改善の内容", width=48),
        Column("担当", width=20, align="center"),
        Column("期限", width=19, align="right"),
    )
    return typed_table(report, "課題と改善", columns)
