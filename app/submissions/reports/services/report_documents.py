"""実施報告書 as confirmed by the contractor, and the 確認票 of a received one, as documents.

The confirmed state is stored and removed in the same change as the confirmation, so that undo includes it. Older
confirmations have no stored state, and are drawn from the records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.actions.user_error import UserError
from app.documents.blocks import Block, DocumentContent
from app.documents.content_json import content_from_json, content_to_json
from app.documents.services.document_context import event_document_context
from app.documents.services.document_kind import DocumentKind
from app.event.services.event_document import event_document_kind
from app.event.services.event_facts import held_event_facts
from app.event.services.event_records import EventRecords
from app.programme.rules import BRANCH, full_clause
from app.programme.services import kinds_of_events
from app.registers.register.rules import branch_order
from app.submissions.reports.documents import (
    report_check,
    report_dispatch,
    report_exchange,
    report_lecture,
    report_parts,
)
from app.submissions.reports.documents.report_comparison import AttendanceCounts, EarlierEvent, comparison_chapter
from app.submissions.reports.documents.report_parts import ReportFacts
from app.submissions.reports.rules.report_figures import with_own_values
from app.submissions.reports.rules.report_points import first_received_on, newest_report, required_points
from app.submissions.reports.services import report_facts
from app.submissions.reports.services.report_facts import ReportContext
from app.submissions.reports.services.report_photos import fill_pictures
from app.surveys.tally.documents import quoting
from app.surveys.tally.services.survey_tally import report_survey_without_comments
from db.journal import Change
from db.query_cache import cached_queries
from db.records.documents import ConfirmedState
from db.records.event_form import EventForm
from db.records.events import Event, EventResult
from db.records.organisations import Organisation
from db.records.programme import Programme, Side
from db.records.roster import Entry
from db.records.submissions.reports import Report, ReportOrigin
from db.records.surveys import EventSurvey
from db.rows import row, rows
from db.store import Store
from db.tables import events, reports, roster


def entries_by_event(store: Store, year: Sequence[Event]) -> dict[int, list[Entry]]:
    """Return the entries of all events of a year, by event, with one query."""
    found: dict[int, list[Entry]] = {event.id: [] for event in year}
    for entry in roster.entries_of(store.database, list(found)):
        found[entry.event_id].append(entry)
    return found


def count_attendance(
    store: Store,
    year: Sequence[Event],
    entries: Mapping[int, Sequence[Entry]],
    wanted: Sequence[Event],
    *,
    branch: str,
) -> dict[int, AttendanceCounts]:
    """Return the attendance of each of the ``wanted`` events, by its id.

    A person comes for the first time where no earlier event of any kind has noted that person; somebody noted
    without an entry in the register leaves that number unknown.

    Args:
        year: all events of the year.
        entries: those of each, by event.
        branch: what a 支部 is called, "" = 支部.
    """
    noted = {
        number: [one for one in found if one.attendance.is_present and one.state.is_coming]
        for number, found in entries.items()
    }
    groups = {one.organisation_id for event in wanted for one in noted[event.id] if one.organisation_id}
    branches = {one.id: one.branch for one in rows(store.database, Organisation, id=sorted(groups))}
    return {
        event.id: AttendanceCounts(
            noted=len(noted[event.id]),
            first=_first_time_count(event, year, noted),
            branches=_branches(noted[event.id], branches, f"{branch or BRANCH}なし"),
        )
        for event in wanted
    }


def _first_time_count(event: Event, year: Sequence[Event], noted: Mapping[int, Sequence[Entry]]) -> int | None:
    """Return how many attended and had attended no earlier event of this year, of any kind.

    None without a day, without attendance notes, or if somebody noted is not in the register.
    """
    mine = noted[event.id]
    if not mine or event.event_date is None or any(entry.person_id is None for entry in mine):
        return None
    before = {
        entry.person_id
        for other in year
        if other.event_date is not None and (other.event_date, other.start_time) < (event.event_date, event.start_time)
        for entry in noted[other.id]
    }
    return len({entry.person_id for entry in mine} - before)


def _branches(entries: Sequence[Entry], branches: dict[int, str], none: str) -> tuple[tuple[str, int], ...]:
    """Return (支部, how many 団体 of it) in the order of the number in its name; (「支部なし」, …) comes last.
    () where no 団体 has one.

    Args:
        branches: the 支部 by id of the 団体. none: what is said of a 団体 without one.
    """
    groups = {entry.organisation_key for entry in entries} - {""}
    counted = Counter((branches.get(group, "") if isinstance(group, int) else "").strip() or none for group in groups)
    names = sorted(counted, key=lambda name: (name == none, branch_order(name), name))
    return tuple((name, counted[name]) for name in names) if any(branches.values()) else ()


REPORT = report_parts.KIND
CHECK = report_check.KIND
NOT_CONFIRMED = "様式・受託者確認前"
_EARLIER = 2
"""How many earlier events the comparison shows."""
_REPORTS: Mapping[EventForm, Callable[..., DocumentContent]] = {
    EventForm.LECTURE: report_lecture.report_lecture,
    EventForm.VISIT: report_dispatch.report_dispatch,
    EventForm.EXCHANGE: report_exchange.report_exchange,
}


def keep_report(store: Store, change: Change, report: Report, content: DocumentContent) -> None:
    """Store the content of ``report`` in the change that confirms it, replacing an earlier state."""
    remove_confirmed_report(store, change, report.id)
    change.insert(ConfirmedState(event_id=report.event_id, report_id=report.id, content=content_to_json(content)))


def confirmed_report(store: Store, report: Report) -> DocumentContent | None:
    """Return the confirmed content, or None where the report is drawn from the records."""
    if not report.id or report.contractor_confirmed_on is None:
        return None
    kept = row(store.database, ConfirmedState, report_id=report.id)
    return fill_pictures(store, content_from_json(kept.content)) if kept is not None else None


def remove_confirmed_report(store: Store, change: Change, report_id: int) -> None:
    """Remove the stored content of a report whose confirmation is withdrawn."""
    kept = row(store.database, ConfirmedState, report_id=report_id)
    if kept is not None:
        change.delete(ConfirmedState, kept.id)


@cached_queries
def report_document(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the report made in the program; after the event, the records alone fill a form.

    Raises:
        UserError: there is no form yet and the event was not held.
    """
    written = reports.reports_of_event(store.database, event.id)
    found = newest_report(written, "作成")
    if found is None and not event.status.is_held:
        raise UserError("報告書の様式がまだありません。", "「報告書」で様式を作成してください。")
    form = found or Report(event_id=event.id, way=ReportOrigin.MADE, version=1, author=Side.WARD)
    return report_content(store, event=event, report=form, now=now, written=written)


def report_content(
    store: Store,
    *,
    event: Event,
    report: Report,
    now: datetime,
    facts: ReportFacts | None = None,
    written: Sequence[Report] | None = None,
) -> DocumentContent:
    """Return ``report`` as a document; free text that may name a person makes it personal data.

    Args:
        facts: what it prints; None = the content as the contractor confirmed it, else today's records.
        written: all reports of the event, if already read.
    """
    kept = confirmed_report(store, report) if facts is None else None
    if kept is not None:
        return replace(kept, counted_version=True, ordinal=report.version)
    ground = report_facts.read_context(store, event, on=now.date())
    context = event_document_context(store, event, REPORT, now, view=ground.view)
    year = events.events_of_same_year(store.database, event.id)
    entries = entries_by_event(store, year)
    ground = replace(ground, rows=replace(ground.rows, entries=tuple(entries.get(event.id, ()))))
    facts = facts or report_facts.gather_facts(
        store, event=event, report=report, report_context=ground, written=written
    )
    facts = replace(facts, comparison_blocks=_comparison_chapter(store, event, facts, ground, year, entries))
    stamp = "" if report.contractor_confirmed_on else NOT_CONFIRMED
    content = fill_pictures(store, _REPORTS[event.form](context, facts, stamp=stamp))
    # Unchecked answers are not quoted; those that somebody chose to quote are marked.
    comments = facts.survey.comments if facts.survey is not None else ()
    return quoting(content, comments, names_people=bool(ground.quoted))


def held_before(event: Event, year: Sequence[Event]) -> list[Event]:
    """Return the events of the same kind among ``year`` that were held before an event, in their order."""
    return [
        one
        for one in year
        if one.kind == event.kind
        and one.status.is_held
        and one.event_date is not None
        and event.event_date is not None
        and (one.event_date, one.start_time) < (event.event_date, event.start_time)
    ]


def _comparison_chapter(
    store: Store,
    event: Event,
    facts: ReportFacts,
    report_context: ReportContext,
    year: Sequence[Event],
    entries: Mapping[int, Sequence[Entry]],
) -> tuple[Block, ...]:
    """Return the chapter with the two previous events of the kind (仕様書4(1)コ, (3)コ); none for a 派遣."""
    if event.form.at_organisation or event.event_date is None:
        return ()
    held = held_before(event, year)
    programme = report_context.view.programme
    wanted = (*held[-_EARLIER:], event)
    known = count_attendance(store, year, entries, wanted, branch=programme.branch)
    earlier = _earlier_events(store, held[-_EARLIER:], programme, entries, known)
    return comparison_chapter(facts, earlier, report_context.view.calendar, attendance=known[event.id])


def _earlier_events(
    store: Store,
    held: Sequence[Event],
    year: Programme,
    entries: Mapping[int, Sequence[Entry]],
    attendance: Mapping[int, AttendanceCounts],
) -> tuple[EarlierEvent, ...]:
    """Return the earlier events, with only the data needed for comparison."""
    if not held:
        return ()
    read = report_facts.read_together(store, [event.id for event in held])
    results = {one.event_id: one for one in read[EventResult]}
    surveys = {one.event_id: one for one in read[EventSurvey]}
    kinds = kinds_of_events(store.database, held)
    found = []
    for event in held:
        result, survey = results.get(event.id), surveys.get(event.id)
        attended = result.attended if result else None
        part = report_survey_without_comments(store, survey, event, attended, year) if survey is not None else None
        facts = held_event_facts(event, kinds[event.id], entries[event.id], result)
        found.append(EarlierEvent(event=facts, survey=part, attendance=attendance[event.id]))
    return tuple(found)


def check_document(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return 実施報告書 確認票 of the newest received version; raises ``UserError`` before one was received."""
    ground = report_facts.read_context(store, event, on=now.date())
    context = event_document_context(store, event, CHECK, now, view=ground.view)
    written = reports.reports_of_event(store.database, event.id)
    report = newest_report(written, "受領")
    if report is None:
        raise UserError("受領した報告書がまだありません。", "受託者の報告書の受領を記録してください。")
    facts = report_facts.gather_facts(store, event=event, report=report, report_context=ground)
    facts = report_facts.with_due_by_hand(store, event, facts)
    clause = full_clause(facts.numbers.clause_report)
    figures = report_facts.figures_of_report(store.database, report)
    if not report.status.is_checked:
        figures = with_own_values(figures, report_facts.own_values(facts))
    return report_check.report_check(
        context,
        facts.event,
        report,
        figures,
        clause=clause,
        due=facts.due,
        due_words=facts.typed_extra.get("期限の変更") or facts.numbers.report_period,
        points=required_points(facts.numbers),
        limit=date.fromisoformat(facts.typed_extra["期限の最終日"]) if facts.typed_extra.get("期限の最終日") else None,
        first_received_on=first_received_on(written),
    )


def _form(_store: Store, records: EventRecords, _today: date) -> str:
    """Return 「第2版　様式・受託者確認前」 of the newest form, 「第2版」 once confirmed, "" without one.

    The 版 is the one that left last, of a form that has not left its own number.
    """
    report = newest_report(list(records.reports), "作成")
    if report is None:
        return ""
    words = "" if report.contractor_confirmed_on else NOT_CONFIRMED
    version = max([report.version, *(row.version for row in records.outgoing if row.document_kind == REPORT)])
    return f"第{version}版　{words}".strip("　")


def _received(_store: Store, records: EventRecords, _today: date) -> str:
    """Return 「第2版　確認済」, edition and status of the newest received report, "" without one."""
    report = newest_report(list(records.reports), "受領")
    return f"第{report.version}版　{report.status}" if report else ""


DOCUMENTS: tuple[DocumentKind, ...] = (
    event_document_kind(
        kind=REPORT,
        counted=True,
        clauses=("clause_report",),
        group="報告",
        event_role="結果",
        build=report_document,
        ready=lambda _store, file: newest_report(list(file.reports), "作成") is not None or file.event.status.is_held,
        state=_form,
        missing_words="報告書の様式を作成すると出せます。",
        todo="報告書",
    ),
    event_document_kind(
        kind=CHECK,
        counted=True,
        clauses=("clause_report",),
        group="報告",
        event_role="結果",
        build=check_document,
        ready=lambda _store, file: newest_report(list(file.reports), "受領") is not None,
        state=_received,
        missing_words="受託者の報告書を受領すると作成できます。",
        todo="報告書",
        formats=("pdf",),
    ),
)
