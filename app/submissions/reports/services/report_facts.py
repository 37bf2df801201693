"""Collect the data for a 実施報告書, and the own numbers of 数字の突合."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date

from app.calendar.dates import table_date
from app.common.display_words import count_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.document_frame import table_day
from app.documents.event_facts import RESPONSE_UNIT
from app.event.rules.agenda import leaves_rest
from app.event.rules.deadlines import MATERIAL, REPORT, Deadline, event_deadlines
from app.event.services.event_facts import FrozenAttendance, PreloadedRows, read_event_facts
from app.event.services.event_records import EventCoreRecords, MaterialRecords
from app.events.discussion.rules import DISCUSSION_PARTS, report_rows
from app.events.discussion.services import discussion_of
from app.events.dispatches.rules import FOLLOW_UPS, follow_up_report_rows
from app.events.dispatches.services.stages import stages_before_event
from app.programme.services import ProgrammeView, programme_of_event
from app.submissions.reports.documents.report_parts import ReportFacts, option_counts
from app.submissions.reports.rules.dispatch_tables import people_asked
from app.submissions.reports.rules.number_extraction import QuestionRows
from app.submissions.reports.rules.open_points import OpenPoint, open_points
from app.submissions.reports.rules.report_figures import (
    DECIDED_ITEM,
    INTENT_ITEM,
    OPTION_SEPARATOR,
    QUESTION_ITEM,
    RATE_ITEM,
    SATISFIED_ITEM,
    SINGLE_ITEM,
    as_asked,
)
from app.surveys.questions.rules import NO_ANSWER, OUTSIDE, other_option_of
from app.surveys.questions.services.survey_documents import questionnaire_pages
from app.surveys.questions.services.surveys import survey_in_year
from app.surveys.tally.services import survey_tally
from app.surveys.tally.services.survey_tally import TallyView
from db.engine import Database
from db.record import record
from db.records.dispatches import DispatchFollowUp
from db.records.events import Event, EventResult
from db.records.organisations import Organisation
from db.records.roster import Entry
from db.records.submissions.materials import Material, MaterialVersion
from db.records.submissions.reports import Report, ReportFigure
from db.records.surveys import CommentMark, EventSurvey, SurveyImport
from db.rows import RowsByRecord, by_id, row, rows, rows_of_each
from db.store import Store
from db.tables import events, materials, reports
from db.tables.deadlines import overrides_of
from db.tables.surveys import ResponseCount

OwnNumber = tuple[str, str, str]


@record
class ReportContext:
    """The data shared by every report of an event (settings of its year, counted survey).

    ``tally`` is None before questions were chosen; ``quoted`` are quoted answers that may identify their authors;
    ``rows`` are the rows already read.
    """

    view: ProgrammeView
    rows: PreloadedRows = field(default_factory=PreloadedRows)
    tally: TallyView | None = None
    quoted: tuple[str, ...] = ()


def read_context(store: Store, event: Event, *, on: date | None = None) -> ReportContext:
    """Return the shared data of ``event`` with the names valid on ``on`` (None = the latest)."""
    return context_in_year(store, event, programme_of_event(store, event, on=on))


def context_in_year(store: Store, event: Event, view: ProgrammeView) -> ReportContext:
    """Return the shared data of ``event``, with the settings of its year already read."""
    if not view.as_last_agreed(event.event_date).kind(event.kind).has_survey:
        return ReportContext(view=view)
    result = next(reversed(read_together(store, [event.id])[EventResult]), None)
    survey = survey_in_year(store, event, view.as_last_agreed(event.event_date), result)
    asked = survey.survey
    if asked is None:
        return ReportContext(view=view, rows=PreloadedRows(result=result))
    counted = Counter(sheet.source.is_paper for sheet in survey.responses if sheet.counted)
    sheets = ResponseCount(paper=counted[True], online=counted[False])
    # In one SELECT with what the tally reads of the comments.
    together = rows_of_each(store.database, {CommentMark: "id", SurveyImport: "-id"}, survey_id=asked.id)
    survey = replace(survey, imports=tuple(together[SurveyImport]))
    tally, quoted = survey_tally.tally_with_quoted_flags(store, survey)
    fixed = FrozenAttendance(attended=tally.survey_view.attendance) if asked.frozen_at is not None else None
    read = PreloadedRows(result=result, survey=asked, response_count=sheets, frozen_attendance=fixed)
    return ReportContext(view=view, tally=tally, quoted=quoted, rows=read)


def read_together(store: Store, event_ids: Sequence[int]) -> RowsByRecord:
    """Return the results and surveys of some events, in one SELECT."""
    return rows_of_each(store.database, {EventResult: "id", EventSurvey: "id"}, event_id=list(event_ids))


def gather_facts(
    store: Store,
    *,
    event: Event,
    report: Report,
    report_context: ReportContext | None = None,
    written: Sequence[Report] | None = None,
) -> ReportFacts:
    """Return the current facts for ``report`` of ``event``.

    ``report_context`` and ``written`` (all its reports) are passed when already read.
    """
    database = store.database
    report_context = report_context or read_context(store, event)
    known = read_event_facts(store, event, replace(report_context.rows, reports=written))
    view = report_context.view.as_last_agreed(event.event_date)
    due = _deadline(view, event, REPORT)
    checked = _deadline(view, event, MATERIAL)
    asked = report_context.tally if view.kind(event.kind).has_survey else None
    survey = survey_tally.report_survey_of(asked) if asked is not None else None
    extra = {
        "期限の根拠": due.basis if due else "",
        "集計確定": "済" if survey and survey_tally.NOT_FROZEN_WORD not in survey.counted_words else "",
    }
    if due:
        extra["期限の最終日"] = due.last_day_in_time.isoformat()
    found = _newest_materials(store, event)
    printed = {version.printed for _, version in found if version and version.printed}
    if len(printed) == 1:
        extra["部数"] = f"印刷部数　各{printed.pop()}部"
    report = with_discussion(store, event, report, report_context.rows.entries)
    found_facts = ReportFacts(
        event=known,
        numbers=view.kind(event.kind),
        report=_with_follow_ups(store, event, report),
        due=due.nominal if due else None,
        materials=found,
        material_due=checked.nominal if checked else None,
        survey=survey,
        organisation=by_id(database, Organisation, event.organisation_id),
        photos=tuple(reports.photos_of_report(database, report.id)) if report.id else (),
        survey_pages=questionnaire_pages(asked.survey_view.survey) if asked is not None else None,
        fiscal_year=view.programme.fiscal_year,
        ordinal_day=_ordinal_day(store, event),
        typed_extra=extra,
        stages_before={tool: stage for tool, (stage, _on) in stages_before_event(store, event).items()}
        if event.form.at_organisation
        else {},
    )
    return replace(found_facts, open_points=_open_points(found_facts))


def _with_follow_ups(store: Store, event: Event, report: Report) -> Report:
    """Return the report with the recorded follow-ups, unless its chapter has typed ones.

    Questions asked after the contractor's confirmation are left out.
    """
    if not event.form.at_organisation or report.way.is_received or any(map(any, report.tables.get(FOLLOW_UPS, ()))):
        return report
    last = report.contractor_confirmed_on or date.max
    known = [one for one in rows(store.database, DispatchFollowUp, event_id=event.id) if one.asked_on <= last]
    return replace(report, tables={**report.tables, FOLLOW_UPS: follow_up_report_rows(known)}) if known else report


def with_discussion(store: Store, event: Event, report: Report, entries: Sequence[Entry] | None = None) -> Report:
    """Return ``report`` with the tables from the discussion (chapter 3 and まとめ of an 意見交換会).

    A report that was confirmed before its content was stored holds those tables itself, and they stay.
    Other events' reports are returned unchanged. ``entries`` are the event's, None reads them.
    """
    if not event.form.in_groups or any(key in report.tables for key in DISCUSSION_PARTS):
        return report
    talk = discussion_of(store.database, event, entries=entries)
    return replace(report, tables={**report.tables, **report_rows(talk.groups, talk.points)})


def _open_points(facts: ReportFacts) -> tuple[OpenPoint, ...]:
    event = facts.event
    return open_points(
        facts.numbers,
        facts.report,
        attended=event.people.attended,
        groups=event.groups,
        tools=event.tools,
        stages=facts.stages_before,
        fiscal_year=facts.fiscal_year,
        asked=people_asked(facts.report),
        counts=option_counts(facts.survey),
    )


def _ordinal_day(store: Store, event: Event) -> int | None:
    """Return which of the days of all 派遣 of its kind an event's day is; None for other forms or no date."""
    if not event.form.at_organisation or event.event_date is None:
        return None
    year = events.events_of_same_year(store.database, event.id)
    days = {
        one.event_date for one in year if one.kind == event.kind and one.status.counts and one.event_date is not None
    }
    return sum(day <= event.event_date for day in days if day is not None)


def question_rows(facts: ReportFacts) -> tuple[QuestionRows, ...]:
    """Return the rows of every counted question, to find its numbers on the pages of a report."""
    return tuple(
        QuestionRows(code=chart.code, rows=tuple(row.text for row in chart.rows_as_asked), single=chart.type.takes_one)
        for chart in (facts.survey.charts if facts.survey is not None else ())
        if chart.type.has_options
    )


def _deadline(view: ProgrammeView, event: Event, task: str) -> Deadline | None:
    """Return the event's deadline of this task, None without a day."""
    if event.event_date is None:
        return None
    found = event_deadlines(view.kind(event.kind), view.programme, event.event_date, view.calendar)
    return next((deadline for deadline in found if deadline.task == task), None)


def with_due_by_hand(store: Store, event: Event, facts: ReportFacts) -> ReportFacts:
    """Return the facts with the deadline of the report as it was set by hand, as the other pages have it.

    This is for the ward's own check: the report itself states the day of the contract.
    """
    by_hand = [one for one in overrides_of(store.database, event.id) if one.task == REPORT]
    if not by_hand:
        return facts
    changed = f"手で変更（{by_hand[-1].reason}）"
    extra = {
        "期限の最終日": by_hand[-1].due.isoformat(),
        "期限の変更": changed,
        "期限の根拠": join_nonempty(changed, facts.typed_extra.get("期限の根拠", ""), separator="。"),
    }
    return replace(facts, due=by_hand[-1].due, typed_extra=facts.typed_extra | extra)


def _newest_materials(store: Store, event: Event) -> tuple[tuple[Material, MaterialVersion | None], ...]:
    """Return the handouts that there were on the day of an event, each with its newest confirmed version of then.

    Else its newest, None without any.
    """
    handouts = materials.of_event(store.database, event.id)
    received = rows(
        store.database,
        MaterialVersion,
        material_id=[one.id for one in handouts],
        order=("material_id", "version", "id"),
    )
    pairs = []
    known = tuple(
        MaterialRecords(material=one, versions=tuple(each for each in received if each.material_id == one.id))
        for one in handouts
    )
    for handout in EventCoreRecords(event=event, materials=known).materials_of_its_day:
        best = [one for one in handout.versions if one.is_checked] or handout.versions
        pairs.append((handout.material, best[-1] if best else None))
    return tuple(pairs)


def figures_of_report(database: Database, report: Report) -> tuple[ReportFigure, ...]:
    """Return the compared numbers of a report, the counts of its questions in the order of the questionnaire."""
    survey = row(database, EventSurvey, event_id=report.event_id)
    asked = {
        f"{SINGLE_ITEM}　問{place}": (*one.options, other_option_of(one), OUTSIDE, NO_ANSWER)
        for place, one in enumerate(survey.questions if survey is not None else (), 1)
    }
    return tuple(as_asked(one, asked.get(one.item, ())) for one in reports.figures_of_report(database, report.id))


def own_numbers(facts: ReportFacts) -> tuple[OwnNumber, ...]:
    """Return 項目, 区の記録, 出どころ for every number of a report (empty = no record)."""
    return (*_people(facts), *_materials(facts), *_agenda(facts), *_survey(facts))


def own_values(facts: ReportFacts) -> dict[str, str]:
    """Return the ward's number of every item of a report (empty = no record)."""
    return {item: value for item, value, _source in own_numbers(facts)}


def _people(facts: ReportFacts) -> tuple[OwnNumber, ...]:
    """Return the ward's numbers of people, each with item, number and source."""
    people = facts.event.people

    lines = [("申込", count_words(people.applied, "人"), "実施の記録")]
    if people.decided is not None and people.decided != people.applied:
        lines.append((DECIDED_ITEM, count_words(people.decided, "人"), "参加者の決定"))
    lines += [
        ("出席", count_words(people.attended, "人"), "受付・実施の記録"),
        ("欠席", count_words(people.absent, "人"), "連絡・当日の欠席"),
        ("団体", count_words(people.attended_organisations, "団体"), "受付・実施の記録"),
    ]
    if people.lent_that_day.exact:
        # A partly unknown number is compared with nothing.
        lines.append(("貸与タブレット", count_words(people.used_lent, "台"), "貸与・実施の記録"))
    return tuple(lines)


def _materials(facts: ReportFacts) -> tuple[OwnNumber, ...]:
    """Return the version of each handout and the 印刷部数, each with item, number and source.

    A handout has its newest confirmed version, else its newest; one without any is left out.
    """
    lines = []
    for material, version in facts.materials:
        if version is None:
            continue
        day = f"{table_date(version.result_on)} {version.result}" if version.result_on else "確認前"
        lines.append((f"資料の版　{material.title}", f"第{version.version}版", day))
    if facts.materials:
        needed = facts.event.copies
        whose = "連絡した" if needed.is_asked else "参加予定"
        lines.append(
            ("印刷部数", f"{needed.total}部", f"{whose}{needed.people}人＋予備{needed.spare}")
            if needed.is_notified
            else ("印刷部数", "", "今の人数を受託者へ伝えた記録がありません")
        )
    return tuple(lines)


def _agenda(facts: ReportFacts) -> tuple[OwnNumber, ...]:
    """Return the minutes of the timetable as the ward's number, with item and source.

    There is none where the 団体 has the rest of the hours, as a report may count that or not.
    """
    total = sum(item.minutes or 0 for item in facts.event.agenda)
    rest = facts.event.booked_minutes - total
    if rest > 0 and leaves_rest(facts.event.year_kind):
        return (("時間割の分", "", f"進行表 {total}分、あと{rest}分は団体の時間"),)
    return (("時間割の分", fill_nonempty("{}分", total), "進行表"),)


def _rate_source(facts: ReportFacts) -> str:
    """Return words on how the response rate was calculated, with the 出席 of fixed totals if it is another than now."""
    sheets = facts.event.responses
    if sheets is None or sheets.fixed_on is None or sheets.attended == facts.event.people.attended:
        return "回収数÷出席"
    return f"回収数÷出席{sheets.attended}人（{table_day(sheets.fixed_on)}の集計確定による）"


def _survey(facts: ReportFacts) -> tuple[OwnNumber, ...]:
    """Return the ward's numbers of the survey, each with item, number and source."""
    survey = facts.survey
    if survey is None:
        return ()
    rate = f"{facts.event.responses.rate}％" if facts.event.responses and facts.event.responses.rate else ""
    lines = [
        ("回収数", f"{survey.response_count}{RESPONSE_UNIT}", f"紙{survey.paper}・オンライン{survey.online}"),
        (RATE_ITEM, rate, _rate_source(facts)),
    ]
    for figure, item in ((survey.satisfaction, SATISFIED_ITEM), (survey.intent, INTENT_ITEM)):
        if figure is not None:
            lines.append((item, f"{figure.value}{figure.unit}", "アンケートの集計"))
    asked = [chart.code for chart in survey.charts if chart.type.takes_one]
    if asked:
        lines.append(
            (f"{QUESTION_ITEM}　{asked[0]}〜{asked[-1]}", f"各{survey.response_count}人", "検算（無回答を含む）")
        )
    lines += [
        (
            f"{SINGLE_ITEM}　{chart.code}",
            "・".join(str(row.count) for row in chart.rows_as_asked),
            OPTION_SEPARATOR.join(row.text for row in chart.rows_as_asked),
        )
        for chart in survey.charts
        if chart.type.has_options
    ]
    return tuple(lines)
