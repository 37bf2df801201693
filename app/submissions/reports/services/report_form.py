"""The form of a 実施報告書 as the screen shows it, with facts and the request to the contractor."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime

from app.actions.action_id import ActionLink
from app.calendar import dates
from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.rules.deadlines import REPORT
from app.event.services.tasks.deadlines import event_tasks
from app.event.services.tasks.task import Task
from app.programme.services import programme_of_event
from app.submissions.reports.documents.report_lecture import overview
from app.submissions.reports.documents.report_parts import ReportFacts, handouts, timetable
from app.submissions.reports.rules.photo_points import photo_stops
from app.submissions.reports.rules.report_points import (
    PHOTOS,
    ChapterSource,
    ReportChapter,
    Section,
    SectionState,
    chapters_of,
    is_asked_for,
    is_written,
    newest_report,
    outline,
    report_chapters,
    section_state,
)
from app.submissions.reports.services import report_documents, report_facts
from app.submissions.reports.services.report_check import events_of_same_report
from app.submissions.reports.services.report_photos import PhotoView, read_photos
from app.submissions.reports.services.reports import ReportFormView, read_report_form
from app.surveys.tally.services import survey_tally
from db.query_cache import cached_queries
from db.record import record
from db.records.events import Event
from db.records.programme import Contractor
from db.records.submissions.reports import Report, ReportOrigin
from db.store import Store
from db.tables import events, reports, surveys

_UNKNOWN = "記録がありません"


def request_text(facts: ReportFacts, contractor: Contractor, *, task: Task | None, today: date) -> str:
    """Return the request with what is missing and until when; a passed deadline is stated as passed.

    Args:
        task: the deadline of the report, or None while the event has no date.
    """
    report = facts.report
    missing = [
        chapter
        for chapter in report_chapters(facts.numbers)
        if chapter.writer == "受託者" and not is_written(chapter, report)
    ]
    responsible = f"業務責任者　{contractor.responsible}　様" if contractor.responsible else "業務責任者　様"
    filled = "区で分かる項目は記入しました。" if report.author.is_ward else ""
    lines = [join_nonempty(contractor.name, responsible), ""]
    lines.append(f"{facts.event.title}の実施報告書の様式をお送りします。{filled}")
    wanted = [
        chapter.title + ("（任意）" if chapter.optional else "")
        for chapter in sorted(missing, key=lambda chapter: chapter.optional)
    ]
    if facts.numbers.has_survey and facts.survey is None:
        wanted.insert(0, "アンケートの集計結果")
    due = task.override if task is not None and task.override is not None else facts.due
    ask = "内容をご確認のうえ、つぎの項目を加え、" if wanted else "内容をご確認のうえ、"
    lines.append(f"{ask}{_until(due, today, late=task is not None and task.bucket == '期限超過')}")
    lines += [f"・{item}" for item in wanted]
    wish = _target_date_words(task, today)
    return "\n".join([*lines, *([wish] if wish else [])])


def _until(due: date | None, today: date, *, late: bool) -> str:
    """Return the sentence that asks for submission by mail, with the day until which.

    It names no day where none is known, or where the day is over but 民法142条 moved the deadline to a later open day.
    ``late`` = 期限超過 has begun: it says that the day has passed, and asks when the report will come.
    """
    if due is None or (due < today and not late):
        return "メールでご提出ください。"
    if late:
        return (
            f"メールでご提出ください。提出期限の{dates.long_date(due)}を過ぎています。提出の見込みをお知らせください。"
        )
    return f"{dates.long_date(due)}までにメールでご提出ください。"


def _target_date_words(task: Task | None, today: date) -> str:
    """Return the sentence on the earlier desired day, "" unless it lies before the deadline and not in the past."""
    if task is None or not today <= task.margin < task.due:
        return ""
    return f"期限の日は閉庁日ですので、{dates.month_day(task.margin)}までにいただけますと幸いです。"


@record
class ReportChapterFacts:
    """The facts of one chapter as (name, value) lines, with the link to change them.

    ``complete``: the records hold what the chapter prints (of the survey: its tally is fixed).
    """

    title: str
    lines: tuple[tuple[str, str], ...]
    complete: bool
    link: ActionLink


_INSIDE: tuple[tuple[ChapterSource, str], ...] = (
    ("result", "当日の記録"), ("agenda", "進行表"), ("materials", "資料"), ("survey", "アンケートの集計"),
)  # fmt: skip


@record
class SectionView:
    """Record of one chapter of the form with its parts, facts and state (済, 記入待ち, 任意).

    ``is_asked_for``: the contract asks for it.
    """

    section: Section
    chapters: tuple[ReportChapter, ...]
    facts: tuple[ReportChapterFacts, ...]
    state: SectionState
    is_asked_for: bool = False


@record
class GivenRow:
    """The given cells of a row to type (an agenda item, a free answer), with a note to read beside it."""

    cells: tuple[str, ...]
    note: str = ""


@record
class FormScreenView:
    """Everything the form screen shows.

    ``task`` is the deadline of the report. ``flags`` are free answers that may name somebody (question, text,
    what was found). ``given_rows`` are the given rows of a typed table, by key, and ``initial_rows`` rows offered
    while a table is empty; ``remark`` is what the ward noted on the day. ``photo_refused`` = how many of those
    who came may not be photographed. ``remarks`` are contradictions, by the title of their chapter.
    ``included_records`` are the records used by a form of this kind: a 派遣 has no survey and no chapter of
    handouts. ``same_report`` are the further events that the same monthly report is about.
    """

    form: ReportFormView
    task: Task | None
    sections: tuple[SectionView, ...]
    request_text: str
    remark: str
    flags: tuple[tuple[str, str, str], ...] = ()
    given_rows: dict[str, tuple[GivenRow, ...]] = field(default_factory=dict)
    initial_rows: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    photos: tuple[PhotoView, ...] = ()
    photo_refused: int = 0
    remarks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    included_records: tuple[str, ...] = ()
    same_report: tuple[Event, ...] = ()


@cached_queries
def read_form_screen(store: Store, *, event_id: int, today: date, now: datetime | None = None) -> FormScreenView:
    """Return the form of an event; raises ``UserError`` when the event does not exist."""
    form = read_report_form(store, event_id=event_id, now=now)
    event = form.event
    report = form.report or Report(event_id=event_id, way=ReportOrigin.MADE, version=1)
    facts = report_facts.gather_facts(store, event=event, report=report)
    tasks = event_tasks(store, event_id=event_id, today=today)
    task = next((task for task in tasks if task.task == REPORT), None)
    known = _facts_by_source(facts)
    present = {source: found.complete for source, found in known.items()}
    return FormScreenView(
        form=form,
        task=task,
        sections=tuple(
            SectionView(
                section=section,
                chapters=chapters_of(facts.numbers, section),
                facts=tuple(known[source] for source in (*section.sources, *section.supporting_sources)),
                state=_photo_state(facts)
                if section.title == PHOTOS and facts.photos
                else section_state(facts.numbers, section, report, present),
                is_asked_for=is_asked_for(facts.numbers, section),
            )
            for section in outline(facts.numbers)
        ),
        request_text=request_text(facts, programme_of_event(store, event, on=today).contractor, task=task, today=today),
        remark=facts.event.day_note.strip(),
        flags=_flags(store, event_id, known["survey"].complete),
        given_rows={
            "時間割内容": tuple(GivenRow(cells=(item.title,), note=item.content) for item in facts.event.timetable),
            "自由記述分類": _answer_given_rows(facts),
        },
        photos=read_photos(store, report_id=report.id) if facts.photos else (),
        photo_refused=facts.event.people.photo_refused or 0,
        remarks=_remarks(facts),
        included_records=_included_records(facts),
        same_report=events_of_same_report(store, event, today),
        initial_rows={"到達状況": _stages_before(facts), "前回の課題": _last_findings(store, event)},
    )


def _included_records(facts: ReportFacts) -> tuple[str, ...]:
    sections = outline(facts.numbers)
    wanted = {source for section in sections for source in section.sources}
    return tuple(words for source, words in _INSIDE if source in wanted)


def _stages_before(facts: ReportFacts) -> tuple[tuple[str, ...], ...]:
    """Return the rows (tool, stage before, stage after) to begin with: tools of the day and of the 団体's record.

    The stage after is "", or × where it was × before.
    """
    known = facts.stages_before
    tools = dict.fromkeys((*facts.event.tools, *known))
    return tuple((tool, known.get(tool, ""), "×" if known.get(tool) == "×" else "") for tool in tools)


def _last_findings(store: Store, event: Event) -> tuple[tuple[str, ...], ...]:
    """Return the rows of 前回の課題 to begin with: findings and promised remedies of the previous event of the kind.

    That is the one the comparison in the report begins with. () where it has no report made in the program.
    """
    year = events.events_of_same_year(store.database, event.id)
    before = report_documents.held_before(event, year)
    made = newest_report(reports.reports_of_event(store.database, before[-1].id), "作成") if before else None
    rows = made.tables.get("課題と改善", ()) if made else ()
    return tuple((row[0], row[2] if len(row) > 2 else "", "", "") for row in rows if row and row[0].strip())


def _remarks(facts: ReportFacts) -> dict[str, tuple[str, ...]]:
    """Return what to check in written chapters; an empty chapter shows it by its state."""
    found: dict[str, tuple[str, ...]] = {}
    for point in facts.open_points:
        if point.words:
            found[point.section] = (*found.get(point.section, ()), point.words)
    return found


def _photo_state(facts: ReportFacts) -> SectionState:
    """Return the state of the chapter of photos: 済 once they are complete."""
    stops = photo_stops(facts.report, facts.photos, refused=facts.event.people.photo_refused)
    return "記入待ち" if stops else "済"


def _answer_given_rows(facts: ReportFacts) -> tuple[GivenRow, ...]:
    """Return a row (question code, number; its text as note) for each free answer without a group, to type its 分類."""
    comments = facts.survey.comments if facts.survey else ()
    return tuple(
        GivenRow(cells=(one.code, str(number)), note=text)
        for one in comments
        if not one.groups
        for number, text in one.numbered_lines()
    )


def _flags(store: Store, event_id: int, counted: bool) -> tuple[tuple[str, str, str], ...]:
    """Return the free comments of an event in which somebody may be recognised; () unless ``counted`` (集計確定)."""
    if not counted or surveys.survey_of_event(store.database, event_id) is None:
        return ()
    return survey_tally.read_tally(store, event_id=event_id).flags


def _facts_by_source(facts: ReportFacts) -> dict[ChapterSource, ReportChapterFacts]:
    event_id = facts.event.id
    return {
        "result": _result(facts, event_id),
        "agenda": _agenda(facts, event_id),
        "materials": _materials(facts, event_id),
        "survey": _survey(facts, event_id),
        "discussion": _discussion(facts, event_id),
        "outcome": _outcome(facts, event_id),
    }


def _discussion(facts: ReportFacts, event_id: int) -> ReportChapterFacts:
    """Return the discussion of each 班 (subject, people and sticky notes) as facts."""
    groups = facts.report.tables.get("班", ())
    return ReportChapterFacts(
        title="討議の記録から",
        lines=tuple((row[0], join_nonempty(row[1], row[2], separator="\n") or _UNKNOWN) for row in groups)
        or (("班ごとの討議内容", _UNKNOWN),),
        complete=bool(groups),
        link=ActionLink(action="討議の記録", event_id=event_id),
    )


def _outcome(facts: ReportFacts, event_id: int) -> ReportChapterFacts:
    """Return facts on how many rows each part of the まとめ has."""
    parts = (("共通点", "班に共通したこと"), ("つなげること", "つぎにつなげること"), ("引継ぎ", "つぎの回への引継ぎ"))
    counts = [(title, len(facts.report.tables.get(key, ()))) for key, title in parts]
    return ReportChapterFacts(
        title="討議の記録から",
        lines=tuple((title, f"{count}件" if count else _UNKNOWN) for title, count in counts),
        complete=any(count for _, count in counts),
        link=ActionLink(action="討議のまとめ", event_id=event_id),
    )


def _result(facts: ReportFacts, event_id: int) -> ReportChapterFacts:
    rows = tuple((name, text) for name, text in overview(facts).rows if name != facts.numbers.lecturer)
    counted = facts.event.people.attended is not None
    return ReportChapterFacts(
        title="当日の記録から",
        lines=tuple((name, text.replace("\n", "　") or _UNKNOWN) for name, text in rows),
        complete=counted,
        link=ActionLink(action="当日の記録", event_id=event_id),
    )


def _agenda(facts: ReportFacts, event_id: int) -> ReportChapterFacts:
    rows = getattr(timetable(facts, with_form=False)[0], "rows", ())[:-1]
    total = sum(item.minutes or 0 for item in facts.event.agenda)
    lines = tuple((row[0], join_nonempty(f"{row[1]}分", row[2], row[3])) for row in rows)
    return ReportChapterFacts(
        title=f"進行表から（合計 {total}分）" if rows else "進行表から",
        lines=lines or (("時間割", _UNKNOWN),),
        complete=bool(rows),
        link=ActionLink(action="進行表", event_id=event_id),
    )


def _materials(facts: ReportFacts, event_id: int) -> ReportChapterFacts:
    """Return the facts of the handouts and their checks, for the chapter on materials."""
    table = handouts(facts)[0]
    lines = []
    for row in getattr(table, "rows", ()):
        pages, printed = fill_nonempty("{}ページ", row[3]), fill_nonempty("印刷 {}部", row[5])
        # The アンケート用紙 is the ward's own, without a version.
        checked = f"区の確認 {row[4]}" if row[4] else "区の確認前" if row[2] or not pages else ""
        lines.append((row[1], join_nonempty(row[2], pages, checked, printed)))
    confirmed = [version is not None and version.is_checked for _, version in facts.materials]
    return ReportChapterFacts(
        title="資料の記録から",
        lines=tuple(lines) or (("配布資料", "配布資料はありません"),),
        complete=all(confirmed),
        link=ActionLink(action="資料の記録", event_id=event_id),
    )


def _survey(facts: ReportFacts, event_id: int) -> ReportChapterFacts:
    asked = ActionLink(action="アンケートの集計", event_id=event_id)
    survey = facts.survey
    if survey is None:
        return ReportChapterFacts(
            title="アンケートの集計から", lines=(("回収", "回答がまだありません"),), complete=False, link=asked
        )
    frozen = facts.typed_extra.get("集計確定") == "済"
    written = sum(one.written_count or 0 for one in survey.comments)
    quoted = sum(len(one.lines) for one in survey.comments)
    lines = (
        ("回収", f"{survey.response_count}件（紙 {survey.paper}・オンライン {survey.online}）"),
        ("回収率", survey.rate or "出席者数の記録がありません"),
        ("集計", survey.counted_words.removeprefix("集計　")),
        ("設問", f"{len(survey.charts)}問の表とグラフ"),
        ("自由記述", f"{written}件（{quoted}件が載ります）" if written else "記入はありません"),
    )
    return ReportChapterFacts(title="アンケートの集計から", lines=lines, complete=frozen, link=asked)


def deadline_words(task: Task, today: date) -> str:
    """Return the words beside a report's date (「1か月以内　休日の場合 11/30(月)」), or why it was set by hand."""
    if task.override is not None:
        return task.basis_short
    parts = [task.rule]
    if task.working is not None and task.working != task.nominal:
        parts.append(f"休日の場合 {short_date(task.working, today)}")
    if task.margin is not None and task.margin != task.due:
        parts.append(f"目安日 {short_date(task.margin, today)}")
    return "　".join(parts)
