"""Reads 日程の比べ: one 案 of the dates of a year with their consequences, compared with another 案."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.actions.get_or_raise import get_or_raise
from app.calendar.date_parsing import parse_date
from app.calendar.office_days import DateProblem, OfficeCalendar
from app.calendar.wareki import era_year_short
from app.common.join_nonempty import join_nonempty
from app.subjects.events.event.services.tasks.deadlines import read_year
from app.subjects.events.event.services.tasks.event_tasks import YearContext
from app.subjects.events.schedules.rules.comparing import (
    TO_CHECK,
    TO_CORRECT,
    JudgedEvent,
    JudgingContext,
    judge_events,
    week_loads,
)
from app.subjects.events.schedules.rules.loads import WeekLoad
from db.frozen_record import frozen_record
from db.records.events import Event, RecruitmentStep
from db.records.programme import KINDS
from db.records.schedules import ScheduleCandidate, SchedulePlan
from db.records.venues import Booking
from db.rows import rows
from db.store import Store
from db.tables import events as event_table


@frozen_record
class CompareLine:
    """One event of a 案: as typed, as read, and as judged.

    Attributes:
        day: None = nothing typed, or it cannot be read, and ``problem`` says why.
        current_day: the present day of the event.
        is_changed: the event would be created or moved.
        other_day: its day in the 案 compared with; ``differs`` if that is another one.
    """

    candidate: ScheduleCandidate
    title: str
    day: date | None
    problem: str
    judged_event: JudgedEvent
    is_changed: bool
    current_day: date | None
    other_day: date | None
    differs: bool

    @property
    def id(self) -> int:
        """Return the id of the candidate."""
        return self.candidate.id

    @property
    def final_status(self) -> str:
        """Return 「実施済」 or 「中止」 where the day of the event cannot change, else ""."""
        status = self.judged_event.event.status
        return "" if status == "予定" else status

    @property
    def needs_correction(self) -> bool:
        """Return whether it deviates from the specification without a reason."""
        heavy = any(one.weight == TO_CORRECT for one in self.judged_event.remarks)
        return bool(self.problem) or (heavy and not self.candidate.reason.strip())

    @property
    def needs_check(self) -> bool:
        """Return whether somebody should check it, though it is acceptable."""
        return not self.needs_correction and any(
            one.weight in (TO_CORRECT, TO_CHECK) for one in self.judged_event.remarks
        )


@frozen_record
class PlanComparison:
    """One 案 of a year with the one it is compared with; ``plan`` None = there is none yet.

    Attributes:
        counts_text: how many events of each kind have a day.
    """

    fiscal_year: int
    programme_id: int
    plans: tuple[SchedulePlan, ...]
    plan: SchedulePlan | None
    other_plan: SchedulePlan | None
    lines: tuple[CompareLine, ...]
    weeks: tuple[WeekLoad, ...]
    counts_text: str
    calendar: OfficeCalendar

    @property
    def correction_count(self) -> int:
        """Return how many lines need correction."""
        return sum(line.needs_correction for line in self.lines)

    @property
    def check_count(self) -> int:
        """Return how many lines should be checked."""
        return sum(line.needs_check for line in self.lines)

    @property
    def ready_count(self) -> int:
        """Return how many events would be created or moved."""
        return sum(line.is_changed for line in self.lines)

    @property
    def differing_lines(self) -> tuple[CompareLine, ...]:
        """Return the lines whose day differs from the 案 compared with."""
        return tuple(line for line in self.lines if line.differs)


def plan_words(plan: SchedulePlan) -> str:
    """Return 「案2 区の直し 5/13」."""
    day = f"{plan.made_on.month}/{plan.made_on.day}"
    return join_nonempty(f"案{plan.ordinal}", plan.name, day, separator=" ")


def as_typed_text(day: date | None) -> str:
    """Return a date as staff would type it: 「9/1」, in the next calendar year 「R9.2.11」."""
    if day is None:
        return ""
    return f"{day.month}/{day.day}" if day.month >= 4 else f"{era_year_short(day)}.{day.month}.{day.day}"


def read_comparison(
    store: Store, *, today: date, fiscal_year: int | None = None, plan_id: int | None = None
) -> PlanComparison:
    """Return one 案 with the consequences of its dates.

    Args:
        plan_id: None = the newest 案 of the year.

    Raises:
        UserError: the 案 is gone.
    """
    if plan_id is not None:
        plan = get_or_raise(store.database, SchedulePlan, plan_id)
        year = read_year(store, today, programme_id=plan.programme_id)
        plans = plans_of(store, year)
    else:
        year = read_year(store, today, fiscal_year=fiscal_year)
        plans = plans_of(store, year)
        if not plans:
            return _empty_comparison(year)
        plan = plans[-1]
    other = _plan_to_compare(plans, plan)
    lines, ground = _compare_lines(store, plan, other, year)
    return PlanComparison(
        fiscal_year=year.view.programme.fiscal_year,
        programme_id=year.view.programme.id,
        plans=plans,
        plan=plan,
        other_plan=other,
        lines=lines,
        weeks=week_loads([line.judged_event.event for line in lines], ground),
        counts_text=_counts_text(lines, ground, year),
        calendar=year.calendar,
    )


def plans_of(store: Store, year: YearContext) -> tuple[SchedulePlan, ...]:
    """Return the 案 of a year in the order of their numbers."""
    return tuple(rows(store.database, SchedulePlan, programme_id=year.view.programme.id, order=("ordinal", "id")))


def _empty_comparison(year: YearContext) -> PlanComparison:
    programme = year.view.programme
    return PlanComparison(
        fiscal_year=programme.fiscal_year,
        programme_id=programme.id,
        plans=(),
        plan=None,
        other_plan=None,
        lines=(),
        weeks=(),
        counts_text="",
        calendar=year.calendar,
    )


def _plan_to_compare(plans: Sequence[SchedulePlan], plan: SchedulePlan) -> SchedulePlan | None:
    """Return the 案 before this one, for the first one the next."""
    before = [one for one in plans if one.ordinal < plan.ordinal]
    after = [one for one in plans if one.ordinal > plan.ordinal]
    return before[-1] if before else after[0] if after else None


def candidates_of(store: Store, plan: SchedulePlan | None) -> list[ScheduleCandidate]:
    """Return the events of a 案 in their order; none for None."""
    return rows(store.database, ScheduleCandidate, plan_id=plan.id, order=("position", "id")) if plan else []


def _compare_lines(
    store: Store, plan: SchedulePlan, other: SchedulePlan | None, year: YearContext
) -> tuple[tuple[CompareLine, ...], JudgingContext]:
    fiscal_year = year.view.programme.fiscal_year
    known = {one.id: one for one in event_table.events_of_year(store.database, year.view.programme.id)}
    candidates = candidates_of(store, plan)
    read = [_parse_date(one.typed, fiscal_year) for one in candidates]
    mine = {one.event_id for one in candidates}
    others = tuple(one for one in known.values() if one.id not in mine and one.status != "中止")
    events = _with_ordinals(
        [
            _event_on_candidate_date(one, day, known.get(one.event_id or 0), year)
            for one, (day, _) in zip(candidates, read, strict=True)
        ],
        tuple(known.values()),
    )
    ground = _judging_context(store, year, others)
    elsewhere = _days_of(candidates_of(store, other), fiscal_year)
    lines = []
    for candidate, (day, problem), judged in zip(candidates, read, judge_events(events, ground), strict=True):
        key = _match_key(candidate, candidates)
        there = elsewhere.get(key)
        lines.append(
            CompareLine(
                candidate=candidate,
                title=judged.event.full_title,
                day=day,
                problem=problem,
                judged_event=judged,
                is_changed=day is not None and _is_change(judged.event, known.get(candidate.event_id or 0)),
                current_day=_event_day(known.get(candidate.event_id or 0)),
                other_day=there,
                differs=other is not None and there != day,
            )
        )
    return tuple(lines), ground


def _judging_context(store: Store, year: YearContext, others: tuple[Event, ...]) -> JudgingContext:
    begun = rows(store.database, RecruitmentStep, position=0)
    return JudgingContext(
        programme=year.view.programme,
        numbers=year.view.numbers,
        calendar=year.calendar,
        today=year.today,
        others=others,
        bookings=tuple(rows(store.database, Booking)),
        events_recruiting=frozenset(one.event_id for one in begun if one.done_on is not None),
    )


def _parse_date(typed: str, fiscal_year: int) -> tuple[date | None, str]:
    if not typed.strip():
        return None, ""
    try:
        return parse_date(typed, fiscal_year), ""
    except DateProblem as problem:
        return None, str(problem)


def _event_on_candidate_date(
    candidate: ScheduleCandidate, day: date | None, event: Event | None, year: YearContext
) -> Event:
    """Return the event as it would be on its candidate date."""
    base = event or Event(
        programme_id=year.view.programme.id,
        kind=candidate.kind,
        form=year.view.numbers[candidate.kind].form,
        subject=candidate.subject,
        organisation_name=candidate.organisation_name,
    )
    return replace(
        base,
        event_date=day,
        start_time=candidate.start_time,
        end_time=candidate.end_time,
        venue=candidate.venue,
        room=candidate.room,
        lecturer=candidate.lecturer,
    )


def _with_ordinals(events: Sequence[Event], known: Sequence[Event]) -> list[Event]:
    """Return the events, with the ordinals that dated ones would get in the order of their days."""
    given = list(events)
    for kind in KINDS:
        number = max((one.ordinal or 0 for one in known if one.kind == kind), default=0)
        waiting = [
            place
            for place, one in enumerate(given)
            if one.kind == kind and one.ordinal is None and one.event_date is not None
        ]
        for place in sorted(waiting, key=lambda one: (given[one].event_date or date.max, one)):
            number += 1
            given[place] = replace(given[place], ordinal=number)
    return given


def _event_day(event: Event | None) -> date | None:
    return event.event_date if event is not None else None


def _is_change(changed_event: Event, event: Event | None) -> bool:
    """Return whether the line would create or change an event."""
    return event is None or (event.status == "予定" and changed_event != replace(event, ordinal=changed_event.ordinal))


def _match_key(candidate: ScheduleCandidate, candidates: Sequence[ScheduleCandidate]) -> tuple[object, ...]:
    """Return the key of a candidate in another 案: its event, else its position among the same kind and name."""
    if candidate.event_id is not None:
        return ("event", candidate.event_id)
    same = [
        one.id
        for one in candidates
        if one.event_id is None and (one.kind, one.subject) == (candidate.kind, candidate.subject)
    ]
    return (candidate.kind, candidate.subject, same.index(candidate.id))


def _days_of(candidates: Sequence[ScheduleCandidate], fiscal_year: int) -> dict[tuple[object, ...], date | None]:
    return {_match_key(one, candidates): _parse_date(one.typed, fiscal_year)[0] for one in candidates}


def _counts_text(lines: Iterable[CompareLine], judging_context: JudgingContext, year: YearContext) -> str:
    """Return 「講習会 7・派遣 3・意見交換会 2（全2回）」: how many have a day, including events outside the 案."""
    events = [*(line.judged_event.event for line in lines), *judging_context.others]
    events = [one for one in events if one.event_date is not None and one.status != "中止"]
    dated = {kind: sum(one.kind == kind for one in events) for kind in KINDS}
    parts = []
    for kind in KINDS:
        numbers = year.view.numbers[kind]
        spec = f"（全{numbers.planned}{numbers.planned_unit}）" if numbers.strict else ""
        parts.append(f"{kind} {dated[kind]}{spec}")
    return "・".join(parts)


def remark_words(line: CompareLine) -> str:
    """Return the last column without icons, for print and screen reader."""
    if line.problem:
        return line.problem
    if line.day is None:
        return "日付を入れると、期限と重なりが出ます"
    if line.final_status:
        return line.final_status
    parts = [join_nonempty(one.text, one.clause, separator=" ") for one in line.judged_event.remarks]
    if line.candidate.reason.strip():
        parts.append(f"理由 {line.candidate.reason}（協議）")
    return "　".join(parts) or "差し支えなし"
