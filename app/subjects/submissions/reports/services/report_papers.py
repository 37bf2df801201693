"""実施報告書 made here, kept as the contractor confirmed it, and the 確認票 of a received one, as papers of the shelf.

A state is written and removed in the change that confirms or takes the confirmation back, so that undo carries it.
What was confirmed before states were kept has none, and is drawn from the records.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from app.acts.refusal import Refusal
from app.papers.blocks import Block, DocumentContent
from app.papers.kept_content import as_text, from_text
from app.papers.services.paper_context import paper_context
from app.papers.services.paper_kind import PaperKind
from app.subjects.events.event.rules.held import has_result
from app.subjects.events.event.services.event_facts import facts_of_who_came
from app.subjects.events.event.services.event_file import EventFile
from app.subjects.events.event.services.event_paper import event_paper
from app.subjects.submissions.reports.papers import (
    report_check,
    report_dispatch,
    report_exchange,
    report_kinds,
    report_parts,
)
from app.subjects.submissions.reports.papers.report_compared import Came, EarlierEvent, compared_chapter
from app.subjects.submissions.reports.papers.report_parts import ReportFacts
from app.subjects.submissions.reports.rules.report_figures import with_ours
from app.subjects.submissions.reports.rules.report_points import POINTS, newest
from app.subjects.submissions.reports.services import report_facts
from app.subjects.submissions.reports.services.report_facts import ReportGround
from app.subjects.submissions.reports.services.report_photos import with_pictures
from app.subjects.submissions.reports.services.who_came import entries_by_event, who_came
from app.subjects.surveys.tally.services.survey_tally import counted_part
from db.journal import Change
from db.records.events import Event, EventResult
from db.records.papers import ConfirmedState
from db.records.programme import Kind, Programme
from db.records.roster import Entry
from db.records.submissions.reports import Report
from db.records.surveys import EventSurvey
from db.rows import row, rows
from db.store import Store
from db.tables import events, reports

REPORT = report_parts.KIND
CHECK = report_check.KIND
NOT_CONFIRMED = "様式・受託者確認前"
_EARLIER = 2
"""So many earlier events stand beside this one."""
_REPORTS: dict[Kind, Callable[..., DocumentContent]] = {
    "講習会": report_kinds.report_lecture,
    "派遣": report_dispatch.report_dispatch,
    "意見交換会": report_exchange.report_exchange,
}


def keep_report(store: Store, change: Change, report: Report, content: DocumentContent) -> None:
    """Keep what ``report`` says, inside the change that confirms it, in the place of an earlier state."""
    lift_report(store, change, report.id)
    change.insert(ConfirmedState(event_id=report.event_id, report_id=report.id, content=as_text(content)))


def confirmed_report(store: Store, report: Report) -> DocumentContent | None:
    """Return what the contractor confirmed, or None where the report is drawn from the records."""
    if not report.id or report.contractor_confirmed_on is None:
        return None
    kept = row(store.database, ConfirmedState, report_id=report.id)
    return with_pictures(store, from_text(kept.content)) if kept is not None else None


def lift_report(store: Store, change: Change, report_id: int) -> None:
    """Remove the state of a report: its confirmation is taken back."""
    kept = row(store.database, ConfirmedState, report_id=report_id)
    if kept is not None:
        change.delete(ConfirmedState, kept.id)


def report(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the report made here; once the event was held, the records alone already fill a form.

    Raises:
        Refusal: there is no form yet and the event was not held.
    """
    written = reports.reports_of_event(store.database, event.id)
    found = newest(written, "作成")
    if found is None and not has_result(event):
        raise Refusal("報告書の様式がまだありません。", "「報告書」で様式を作成してください。")
    form = found or Report(event_id=event.id, way="作成", version=1, author="区")
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
    """Return ``report`` as a document; free text that may name a person makes it a paper with personal data.

    What the contractor confirmed is returned as it was then.

    Args:
        facts: what it is built from when that is not what the records say now, nor what was confirmed.
        written: all reports of the event, when they were read already.
    """
    kept = confirmed_report(store, report) if facts is None else None
    if kept is not None:
        return kept
    ground = report_facts.read_ground(store, event, on=now.date())
    context = paper_context(store, ground.view, event, REPORT, now)
    year = events.of_same_year(store.database, event.id)
    entries = entries_by_event(store, year)
    ground = replace(ground, read=replace(ground.read, entries=tuple(entries.get(event.id, ()))))
    facts = facts or report_facts.gather(store, event=event, report=report, ground=ground, written=written)
    facts = replace(facts, compared=_compared(store, event, facts, ground, year, entries))
    stamp = "" if report.contractor_confirmed_on else NOT_CONFIRMED
    content = with_pictures(store, _REPORTS[event.kind](context, facts, stamp=stamp))
    # What nobody has looked at yet is not quoted; what somebody chose to quote all the same is said.
    if ground.quoted:
        return replace(content, personal=True, footer_left="自由記述に個人が分かるおそれのある語を含む")
    return content


def _compared(
    store: Store,
    event: Event,
    facts: ReportFacts,
    ground: ReportGround,
    year: Sequence[Event],
    entries: Mapping[int, Sequence[Entry]],
) -> tuple[Block, ...]:
    """The chapter with the two events of the same kind before this one (仕様書4(1)コ, (3)コ); a 派遣 has none."""
    if event.kind == "派遣" or event.event_date is None:
        return ()
    held = [
        one
        for one in year
        if one.kind == event.kind
        and has_result(one)
        and one.event_date is not None
        and (one.event_date, one.start_time) < (event.event_date, event.start_time)
    ]
    known = who_came(store, year, entries, (*held[-_EARLIER:], event))
    earlier = _earlier(store, held[-_EARLIER:], ground.view.programme, entries, known)
    number = "8" if event.kind == "講習会" else "9"
    return compared_chapter(facts, earlier, ground.view.calendar, number, came=known[event.id])


def _earlier(
    store: Store,
    held: Sequence[Event],
    year: Programme,
    entries: Mapping[int, Sequence[Entry]],
    came: Mapping[int, Came],
) -> tuple[EarlierEvent, ...]:
    """Read the earlier events together, and of each only what can stand beside another one."""
    ids = [event.id for event in held]
    results = {one.event_id: one for one in rows(store.database, EventResult, event_id=ids)} if ids else {}
    surveys = {one.event_id: one for one in rows(store.database, EventSurvey, event_id=ids)} if ids else {}
    found = []
    for event in held:
        result, survey = results.get(event.id), surveys.get(event.id)
        attended = result.attended if result else None
        part = counted_part(store, survey, event, attended, year) if survey is not None else None
        facts = facts_of_who_came(event, entries[event.id], result)
        found.append(EarlierEvent(event=facts, survey=part, came=came[event.id]))
    return tuple(found)


def check(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return 実施報告書 確認票; raises ``Refusal`` before a report was received."""
    ground = report_facts.read_ground(store, event, on=now.date())
    context = paper_context(store, ground.view, event, CHECK, now)
    report = newest(reports.reports_of_event(store.database, event.id), "受領")
    if report is None:
        raise Refusal("受領した報告書がまだありません。", "受託者の報告書の受領を記録してください。")
    facts = report_facts.gather(store, event=event, report=report, ground=ground)
    clause = facts.numbers.clause_report.replace("仕", "仕様書", 1)
    figures = tuple(reports.figures_of_report(store.database, report.id))
    if report.status != "確認済":
        figures = with_ours(figures, {item: ours for item, ours, _source in report_facts.ours(facts)})
    return report_check.report_check(
        context,
        facts.event,
        report,
        figures,
        clause=clause,
        due=facts.due,
        due_words=facts.numbers.report_period,
        points=POINTS[event.kind],
        limit=date.fromisoformat(facts.extra["期限の最終日"]) if facts.extra.get("期限の最終日") else None,
    )


def _form(_store: Store, file: EventFile, _today: date) -> str:
    report = newest(list(file.reports), "作成")
    if report is None:
        return ""
    words = "" if report.contractor_confirmed_on else NOT_CONFIRMED
    return f"第{report.version}版　{words}".strip("　")


def _received(_store: Store, file: EventFile, _today: date) -> str:
    report = newest(list(file.reports), "受領")
    return f"第{report.version}版　{report.status}" if report else ""


PAPERS: Final[tuple[PaperKind, ...]] = (
    event_paper(
        kind=REPORT,
        counted=True,
        rests_on=("clause_report",),
        shelf="報告",
        meets="結果",
        build=report,
        ready=lambda _store, file: newest(list(file.reports), "作成") is not None or has_result(file.event),
        state=_form,
        missing="報告書の様式を作成すると出せます。",
        todo="報告書",
    ),
    event_paper(
        kind=CHECK,
        counted=True,
        rests_on=("clause_report",),
        shelf="報告",
        meets="結果",
        build=check,
        ready=lambda _store, file: newest(list(file.reports), "受領") is not None,
        state=_received,
        missing="受託者の報告書を受領すると作成できます。",
        todo="報告書",
        formats=("pdf",),
    ),
)
