"""Compute 年度まとめ, with each kind against the 仕様書, 支部, satisfaction and the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from app.actions.user_error import UserError
from app.calendar.wareki import era_year_short, fiscal_year_words
from app.common.partial_count import PartialCount, sum_counts, sum_event_counts
from app.documents.document_frame import table_day, with_printed_days
from app.event.rules.event_checks import count_warnings, middle_of_window, shortage_words
from app.event.rules.event_warning import WITHIN_TOLERANCE
from app.event.rules.held_events import cancelled_words, end_words, is_held
from app.event.rules.participation import count_participation
from app.event.services.event_state import not_counted_words
from app.event.services.progress import Progress, progress
from app.event.services.tasks.deadlines import events_with_their_days, proposal_task
from app.event.services.tasks.task import Task
from app.events.roster.rules import attended_entries
from app.programme.rules import (
    PROPOSED,
    checked_lecture_names,
    full_clause,
    lecture_names,
    people_words,
    sentence_about,
)
from app.programme.services import contract_items
from app.registers.register.rules import branch_order
from app.surveys.compare.services import read_interim, record_summary
from app.year_end.summary.rules import (
    COUNT,
    EVENTS,
    MINUTES,
    NO_BRANCH,
    PEOPLE,
    TOTAL,
    UNKNOWN_CHANGE,
    VISITS,
    BranchFigures,
    DeviationReason,
    EarlierNumber,
    EventAttendance,
    HeldEventFacts,
    JudgedLine,
    KindContext,
    KindFigures,
    LectureFigures,
    Satisfaction,
    SpecLine,
    YearSummary,
    count_of,
    kind_lines,
    lecture_item,
    lecture_name,
    proposal_line,
    sentence_lines,
)
from app.year_end.summary.services.summary_context import SummaryContext, read_context
from db.query_cache import cached_queries
from db.record import RowsById
from db.records.agreements import Agreement
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.programme import EventKind, Kind
from db.records.roster import Entry
from db.rows import rows_by_id
from db.store import Store


@cached_queries
def read_summary(store: Store, *, today: date, fiscal_year: int | None = None) -> YearSummary:
    """Return the totals of a year (None = the newest); raises ``UserError`` for a year not started."""
    return summary_of(store, read_context(store, today=today, fiscal_year=fiscal_year))


def summary_of(store: Store, context: SummaryContext) -> YearSummary:
    """Return the summary of a year from its records in ``context``; satisfaction and 協議 are read from the store."""
    programme, today = context.programme, context.today
    kinds = tuple(_kind(context, one) for one in context.year.view.kinds)
    satisfaction = _satisfaction(store, context)
    branches, branch_total = _branches(context)
    proposal = proposal_task(events_with_their_days(context.event_records), context.year)
    year = [file.event for file in context.event_records]
    left_out = not_counted_words(store.database, year, today)
    record = record_summary(context.year.view, year, context.entries, context.results, today, left_out=left_out)
    return YearSummary(
        programme_id=programme.id,
        fiscal_year=programme.fiscal_year,
        today=today,
        kinds=kinds,
        total=_total(context, kinds),
        attendance=_attendance(context),
        branches=branches,
        branch_total=branch_total,
        lines=_lines(store, context, proposal),
        satisfaction=satisfaction,
        basis=full_clause(contract_items(context.year.view)),
        unsurveyed=tuple(one.name for one in context.year.view.kinds if one not in context.year.view.surveyed_kinds),
        lecture_names=lecture_names(context.year.view.kinds),
        lectures=_lectures(context, satisfaction),
        lectures_source=_lectures_source(context),
        record_line=record.text,
        notes=(*record.notes, *_notes(context)),
    )


def _kind(context: SummaryContext, numbers: EventKind) -> KindFigures:
    kind = numbers.kind
    far = progress(context.event_records, numbers, context.today)
    held = context.held_of(kind)
    outlook, good = _outlook(context, numbers, far)
    counts = context.count_events(held)
    first, first_groups = context.first_counts(counts, held)
    return KindFigures(
        kind=kind,
        form=numbers.form,
        name=far.name,
        short_name=numbers.name,
        spec_words=far.spec_words,
        window_words=f"{_short(numbers.window_start, context)}–{_short(numbers.window_end, context)}",
        planned=far.planned,
        undecided=far.undecided,
        per_event=tuple(count for event in held if (count := context.people(event)) is not None),
        people_spec=people_words(numbers),
        counts=counts,
        applied=_applied(context, held),
        first=first,
        first_groups=first_groups,
        earlier=earlier_figure(context, kind, VISITS, same_period=True),
        outlook=outlook,
        is_as_specified=good,
    )


def _short(day: date, context: SummaryContext) -> str:
    """Return a day as 「6/1」, outside the calendar year in which the year begins as 「R9 2/28」."""
    year = "" if day.year == context.programme.fiscal_year else f"{era_year_short(day)} "
    return f"{year}{day.month}/{day.day}"


def _applied(context: SummaryContext, events: Sequence[Event]) -> PartialCount:
    """Return who applied, by roster or else as typed; an event with neither is unknown, not 0."""
    found = []
    for event in events:
        entries, result = context.entries.get(event.id, ()), context.results.get(event.id)
        typed = result.applied if result is not None else None
        found.append(count_participation(entries).applied if entries else typed)
    return sum_event_counts(found)


def _outlook(context: SummaryContext, numbers: EventKind, progress: Progress) -> tuple[str, bool | None]:
    """Return the expected result of a kind (「見込みどおり」, 「1回不足」), and whether it is as the 仕様書 requires.

    Events outside the period come first; 程度 allows one more or less. Too few with a day count from the middle of the
    period on, before which it is not known (None).
    """
    mine = [file for file in context.event_records if file.event.kind == numbers.kind and not file.is_left_out]
    living = [file.event for file in mine]
    outside = [
        event
        for event in living
        if event.event_date is not None
        and (own := context.year.for_event(event).view.kind(event.kind))
        and not own.window_start <= event.event_date <= own.window_end
    ]
    if outside:
        return f"期間外 {len(outside)}回", False
    over = context.today > numbers.window_end
    many = [one for one in count_warnings(living, numbers, final=over) if one.needs != WITHIN_TOLERANCE]
    more = progress.done + progress.planned + progress.past - progress.spec
    if more > 0 and many:
        return f"{more}{numbers.planned_unit}多い", False
    if words := shortage_words(events_with_their_days(mine), numbers, context.today):
        return words, None if context.today < middle_of_window(numbers) else False
    return "見込みどおり", True


def _total(context: SummaryContext, kinds: Sequence[KindFigures]) -> KindFigures:
    held = context.held_of(None)
    known = [one.earlier for one in kinds if one.earlier is not None]
    earlier = None
    # A sum of some kinds, or up to several days, compared with all of this year would show a false change.
    same_day = len({one.day for one in known}) == 1
    if same_day and all(one.earlier is not None or not one.counts.events for one in kinds):
        sources = tuple(dict.fromkeys(one.source for one in known))
        earlier = EarlierNumber(number=sum(one.number for one in known), source="、".join(sources), day=known[0].day)
    counts = context.count_events(held)
    first, first_groups = context.first_counts(counts, held)
    return KindFigures(
        kind=None,
        form=None,
        name=TOTAL,
        short_name=TOTAL,
        spec_words="",
        window_words="",
        planned=sum(one.planned for one in kinds),
        undecided=sum(one.undecided for one in kinds),
        per_event=(),
        people_spec="",
        counts=counts,
        applied=sum_counts(one.applied for one in kinds),
        first=first,
        first_groups=first_groups,
        earlier=earlier,
        outlook="",
        is_as_specified=True,
    )


def earlier_figure(
    context: SummaryContext, kind: Kind, item: str, *, same_period: bool = False
) -> EarlierNumber | None:
    """Return one number of the year before, as typed, else by its own records, else as the 仕様書 prints it.

    Args:
        same_period: count its own records only up to the same day of that year.
    """
    typed = next((one for one in context.typed_figures if (one.kind, one.item) == (kind, item)), None)
    if typed is not None:
        return EarlierNumber(number=typed.number, source=typed.source, day=typed.day, is_typed=True)
    if context.earlier is not None:
        return _from_records(context, kind, item, same_period=same_period)
    stated = context.year.view.kind(kind)
    if stated.held_last_year and item == EVENTS:
        return EarlierNumber(number=sum(stated.held_last_year.values()), source=stated.held_last_year_source)
    return None


def _from_records(context: SummaryContext, kind: Kind, item: str, *, same_period: bool) -> EarlierNumber | None:
    """Return a number of the year before, counted from its records, or None; with ``same_period`` up to this day."""
    assert context.earlier is not None
    until = None
    if same_period and context.today <= date(context.programme.fiscal_year + 1, 3, 31):
        until = _year_before(context.today)
    events = [
        event
        for event in context.earlier.events
        if event.kind == kind and (until is None or (event.event_date or date.max) <= until)
    ]
    number = count_of(context.count_earlier_events(events), item)
    source = f"{fiscal_year_words(context.earlier.programme.fiscal_year)}の記録"
    return EarlierNumber(number=number, source=source, day=until) if number is not None else None


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _lines(store: Store, context: SummaryContext, proposal: Task | None) -> tuple[JudgedLine, ...]:
    """Return the lines that compare the year with the 仕様書, with their reasons."""
    linked = [one.agreement_id for one in context.reasons.values() if one.agreement_id is not None]
    records = rows_by_id(store.database, Agreement, id=linked)
    lines = []
    for numbers in context.year.view.kinds:
        kind = numbers.kind
        far = progress(context.event_records, numbers, context.today)
        more = far.planned > 0 or (far.undecided > 0 and context.today <= numbers.window_end)
        facts = context.facts(kind)
        for line in kind_lines(
            KindContext(
                numbers=numbers,
                held_events=facts,
                has_more_to_come=more,
                today=context.today,
                requirements=context.programme.requirements,
                has_lecture_handouts=bool(checked_lecture_names(context.year.view.kinds)),
            )
        ):
            earlier, change = _earlier_and_change(line, context, kind, facts)
            lines.append(JudgedLine(line=line, earlier=earlier, change=change, reason=_reason(line, context, records)))
    requirements = context.programme.requirements
    lines += [JudgedLine(line=one, reason=_reason(one, context, records)) for one in sentence_lines(requirements)]
    if not context.programme.proposal_period:
        return tuple(lines)
    last = proposal_line(
        clause=context.programme.clause_proposal,
        period=context.programme.proposal_period,
        said=sentence_about(context.programme, "年度", PROPOSED),
        limit=proposal.deadline.last_day_in_time if proposal is not None else None,
        received=proposal.completed_on if proposal is not None else None,
        provisional=with_printed_days(proposal.provisional_words, context.today) if proposal is not None else "",
        today=context.today,
    )
    return (*lines, JudgedLine(line=last, reason=_reason(last, context, records)))


def _earlier_and_change(
    line: SpecLine, context: SummaryContext, kind: Kind, facts: Sequence[HeldEventFacts]
) -> tuple[EarlierNumber | None, str]:
    """Return last year's number beside a line that counts events or people, and the change to it.

    None and "" for every other line; no change without a held event.
    """
    if line.item == PEOPLE:
        counts = context.count_events([one.event for one in facts])
        earlier, now = earlier_figure(context, kind, VISITS), counts.counted(counts.visits).exact
    elif line.item == COUNT or line.item.startswith("日数"):
        earlier, now = earlier_figure(context, kind, EVENTS), len(facts)
    else:
        return None, ""
    if earlier is None or not facts:
        return earlier, ""
    return earlier, UNKNOWN_CHANGE if now is None else earlier.change(now)


def _reason(line: SpecLine, context: SummaryContext, records: RowsById[Agreement]) -> DeviationReason | None:
    """Return the typed reason; else the exception reasons of the deviating events where each has one; else None.

    Of an event that was broken off, that is the reason of its length.
    """
    typed = context.reasons.get(line.key)
    if typed is not None:
        record = records.get(typed.agreement_id)
        cited = "" if record is None else record.record_number + ("" if record.is_in_effect else "（取消）")
        return DeviationReason(words=typed.reason, agreement=cited, record=typed)
    ended = context.results if line.item == MINUTES else {}
    own = {
        part.event.full_title: part.event.reason_for(line.clause) or end_words(ended.get(part.event.id))
        for part in line.event_values
        if part.deviates
    }
    if not line.deviates or line.verdict == "期限後" or not own or not all(own.values()):
        return None
    return DeviationReason(words="、".join(f"{title}：{said}" for title, said in own.items()))


def _satisfaction(store: Store, context: SummaryContext) -> Satisfaction:
    """Return the satisfaction at each event held, by date; empty without responses."""
    try:
        found = read_interim(store, as_of=context.today, fiscal_year=context.programme.fiscal_year)
    except UserError:
        # Nothing came back yet.
        return Satisfaction()
    held = {file.event.id for file in context.event_records if is_held(file.event, context.today)}
    events = [
        one for kind in found.kinds for one in kind.events if one.satisfaction is not None and one.event.id in held
    ]
    return Satisfaction(events=tuple(sorted(events, key=lambda one: (one.event.event_date or date.max, one.event.id))))


def _attendance(context: SummaryContext) -> tuple[EventAttendance, ...]:
    """Return for each event how many people came and how many were required."""
    held = sorted(context.held_of(None), key=lambda one: (one.event_date or date.max, one.start_time, one.id))
    asked = [(event, context.year.for_event(event).view.kind(event.kind)) for event in held]
    return tuple(
        EventAttendance(
            event=event, people=context.people(event), lowest=numbers.people_min, highest=numbers.people_max
        )
        for event, numbers in asked
    )


def _branches(context: SummaryContext) -> tuple[tuple[BranchFigures, ...], BranchFigures]:
    """Return the 支部 in the order of their numbers, never by result; only rosters have a 支部."""
    branches = {one.id: one.branch.strip() or NO_BRANCH for one in context.organisations}

    def of(name: str, event: Event, entries: Mapping[int, Sequence[Entry]]) -> list[Entry]:
        mine = entries.get(event.id, ())
        return [one for one in mine if branches.get(one.organisation_id or 0, NO_BRANCH) == name]

    held = context.held_of(None)
    names = dict.fromkeys(branches.values())
    if any(attended_entries(of(NO_BRANCH, event, context.entries)) for event in held):
        names.setdefault(NO_BRANCH)
    found = []
    for name in sorted(names, key=lambda name: (name == NO_BRANCH, branch_order(name))):
        mine = {event.id: of(name, event, context.entries) for event in held}
        first = None
        if context.first is not None and context.first.are_people_known:
            first = sum(len(of(name, event, context.first.entries)) for event in held)
        found.append(
            BranchFigures(
                name=name,
                registered=sum(branch == name for branch in branches.values()),
                counts=context.count_entries(held, mine),
                first=first,
            )
        )
    total = BranchFigures(
        name=TOTAL,
        registered=len(branches),
        counts=context.count_entries(held, context.entries),
        first=context.first.people(held) if context.first is not None else None,
        is_total=True,
    )
    return tuple(found), total


def _lectures(context: SummaryContext, satisfaction: Satisfaction) -> tuple[LectureFigures, ...]:
    """Return the figures of the lectures by name, this year's and those of the year before."""
    held = [event for event in context.held_of(None) if event.form is EventForm.LECTURE]
    before = _lectures_before(context)
    names = dict.fromkeys([*before, *(lecture_name(event.subject) for event in held)])
    asked = {one.event.id: one.satisfaction for one in satisfaction.events}
    found = []
    for name in names:
        mine = [event for event in held if lecture_name(event.subject) == name]
        counts = context.count_events(mine)
        tallies = [tally for event in mine if (tally := asked.get(event.id)) is not None]
        found.append(
            LectureFigures(
                name=name,
                before=before.get(name, 0) if before else None,
                visits_before=_visits_before(context, name),
                events=len(mine),
                visits=counts.counted(counts.visits),
                responses=sum(one.base for one in tallies),
                satisfied=sum(one.sum_count for one in tallies) if tallies else None,
            )
        )
    return tuple(found)


def _visits_before(context: SummaryContext, name: str) -> int | None:
    """Return last year's attendance of one kind of lecture, typed or by records; None = not recorded."""
    typed = next((one for one in context.typed_figures if one.item == lecture_item(name)), None)
    if typed is not None:
        return typed.number
    if context.earlier is None:
        # What was not held had nobody; the attendance of what was held is recorded nowhere.
        before = _lectures_before(context)
        return 0 if before and name not in before else None
    lectures = (one for one in context.earlier.events if one.form is EventForm.LECTURE)
    mine = [one for one in lectures if lecture_name(one.subject) == name]
    counts = context.count_earlier_events(mine)
    return None if mine and counts.unknown_events else counts.visits


def _lectures_before(context: SummaryContext) -> dict[str, int]:
    """Return how often each lecture was held in the year before."""
    if context.earlier is not None:
        return Counter(lecture_name(one.subject) for one in context.earlier.events if one.form is EventForm.LECTURE)
    return {
        name: count
        for kind in context.year.view.kinds_of_form(EventForm.LECTURE)
        for name, count in kind.held_last_year.items()
    }


def _lectures_source(context: SummaryContext) -> str:
    """Return where the lectures of the year before are recorded: 「令和7年度の記録」, or the clauses of the 仕様書."""
    if context.earlier is not None:
        return f"{fiscal_year_words(context.earlier.programme.fiscal_year)}の記録"
    stated = (one for one in context.year.view.kinds_of_form(EventForm.LECTURE) if one.held_last_year)
    return "、".join(one.held_last_year_source for one in stated)


def _notes(context: SummaryContext) -> tuple[str, ...]:
    """Return notes on numbers that are missing or were typed, in addition to the record line."""
    notes = []
    if context.first is None:
        notes.append("前の年度の出席の記録がないため、初参加は数えていない。")
    elif not context.first.are_people_known:
        notes.append("前の年度の氏名は保つ期間が終わり消去したため、人の初参加は数えていない。")
    if context.typed_figures:
        last = max(context.typed_figures, key=lambda one: one.at)
        sources = "、".join(dict.fromkeys(one.source for one in context.typed_figures))
        notes.append(f"前の年度の数は係の入力（{sources}、{table_day(last.at.date())}入力）による。")
    if context.cancelled:
        told = cancelled_words(context.cancelled, [file.event_as_planned for file in context.event_records])
        notes.append(f"中止した回は数えていない：{told}。")
    return tuple(notes)
