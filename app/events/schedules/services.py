"""日程の比較, 年間計画 and 区の年中行事 of a year, with their documents.

A 案 of 日程の比較 has dates with their consequences and is compared with another; no event changes until
「実施回にする」 applies its dates in one action. Each of the ward's own days is a 目安日; open ones are shown on
home.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.date_parsing import parse_date
from app.calendar.dates import short_date, table_date
from app.calendar.office_days import DateProblem, OfficeCalendar
from app.calendar.periods import latest_start_day
from app.calendar.wareki import era_year_short, fiscal_year_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.common.text_rules import check_writable_texts
from app.documents.blocks import DocumentContent
from app.documents.event_phase import EventPhase
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentItem, DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope, year_at
from app.documents.wall_blocks import WallEntry
from app.event.rules.deadlines import HEADCOUNT, MATERIAL, REPORT, Deadline
from app.event.rules.event_checks import count_units
from app.event.rules.event_venue import is_one_place, place_key, venue_of
from app.event.rules.event_warning import AGREEMENT
from app.event.rules.recruitment import SEND_ALL, step_wordings
from app.event.rules.target_dates import EXPIRY
from app.event.services.event_cancellation import enter_changes
from app.event.services.event_changes import check_event, insert_event
from app.event.services.event_drafts import (
    EventDraft,
    event_from_draft,
    event_warnings_among,
    has_own_materials,
    needs_reason,
    refuse_outside_term,
)
from app.event.services.event_moves import apply_move, event_after_move, read_move_context
from app.event.services.event_records import EventRecords, read_records_of_year
from app.event.services.recruitment import follow_approval_day
from app.event.services.tasks.deadlines import read_year, tasks_of_year
from app.event.services.tasks.event_tasks import YearContext
from app.event.services.tasks.follow_ups import FollowUp
from app.event.services.tasks.task import DECIDE, STEP, Task
from app.events.schedules.documents import (
    COMPARISON_KIND,
    WALL_PLAN_KIND,
    PrintedEvent,
    comparison_document,
    fingerprint,
    wall_plan,
)
from app.events.schedules.rules import (
    ACCOUNTS,
    TO_CHECK,
    TO_CORRECT,
    JudgedEvent,
    JudgingContext,
    WeekLoad,
    accounts_row,
    is_accounts_title,
    judge_events,
    usual_ward_days,
    week_loads,
)
from app.programme.rules import checked_lecture_names, in_short_brackets
from app.programme.services import read_programme
from db.engine import Database
from db.journal import Change
from db.name_key import name_key
from db.record import RowsById, record
from db.records.event_form import EventForm
from db.records.events import Event, RecruitmentStep
from db.records.programme import EventKind
from db.records.schedules import ScheduleCandidate, SchedulePlan, WardDay
from db.records.venues import Booking, Venue
from db.records.year.completion import Payment
from db.rows import by_id, row, rows, rows_by_id
from db.store import Store
from db.tables import events as event_table
from db.tables.documents import outgoing_of_year
from db.tables.schedules import open_ward_days


@record
class CompareLine:
    """One event of a 案 in 日程の比較: as typed, as read, and as judged.

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
        """Return whether its date cannot be read or given, or deviates from the specification without a reason."""
        heavy = any(one.weight == TO_CORRECT for one in self.judged_event.remarks)
        refused = any(one.is_refused for one in self.judged_event.remarks) and self.day != self.current_day
        return bool(self.problem) or refused or (heavy and not self.candidate.reason.strip())

    @property
    def needs_check(self) -> bool:
        """Return whether it needs no correction but has a remark to check, or one to correct with a reason given."""
        return not self.needs_correction and any(
            one.weight in (TO_CORRECT, TO_CHECK) for one in self.judged_event.remarks
        )


@record
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
    kinds: tuple[EventKind, ...]

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


def values_of_event(one: ScheduleCandidate | Event) -> dict[str, Any]:
    """Return what a candidate and its event have in common, by field: all but the day."""
    names = ("kind", "subject", "organisation_name", "start_time", "end_time", "venue", "room", "lecturer")
    return {name: getattr(one, name) for name in names}


def as_typed_text(day: date | None, fiscal_year: int) -> str:
    """Return a date as staff would type it in a year: 「9/1」, else (January to March, another year) 「R9.2.11」.

    "" for None.
    """
    if day is None:
        return ""
    return (
        f"{day.month}/{day.day}"
        if day.year == fiscal_year and day.month >= 4
        else (f"{era_year_short(day)}.{day.month}.{day.day}")
    )


def read_comparison(
    store: Store, *, today: date, fiscal_year: int | None = None, plan_id: int | None = None
) -> PlanComparison:
    """Return one 案 with the consequences of its dates.

    Args:
        plan_id: None = the newest 案 of ``fiscal_year``, of the newest year without one; empty if there is no 案.

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
        kinds=year.view.kinds,
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
        kinds=year.view.kinds,
    )


def _plan_to_compare(plans: Sequence[SchedulePlan], plan: SchedulePlan) -> SchedulePlan | None:
    """Return the 案 before this one, for the first one the next, or None."""
    before = [one for one in plans if one.ordinal < plan.ordinal]
    after = [one for one in plans if one.ordinal > plan.ordinal]
    return before[-1] if before else after[0] if after else None


def candidates_of(store: Store, plan: SchedulePlan | None) -> list[ScheduleCandidate]:
    """Return the events of a 案 in their order; none for None."""
    return rows(store.database, ScheduleCandidate, plan_id=plan.id, order=("position", "id")) if plan else []


def _compare_lines(
    store: Store, plan: SchedulePlan, other: SchedulePlan | None, year: YearContext
) -> tuple[tuple[CompareLine, ...], JudgingContext]:
    """Return the lines that compare two 案, and the context by which their dates are judged."""
    fiscal_year = year.view.programme.fiscal_year
    known = RowsById(event_table.events_of_year(store.database, year.view.programme.id))
    candidates = candidates_of(store, plan)
    read = [_parse_date(one.typed, fiscal_year) for one in candidates]
    mine = {one.event_id for one in candidates}
    others = tuple(one for one in known.values() if one.id not in mine and one.status.counts)
    events = _with_ordinals(
        [
            _event_on_candidate_date(one, day, known.get(one.event_id), year)
            for one, (day, _) in zip(candidates, read, strict=True)
        ],
        tuple(known.values()),
    )
    ground = _judging_context(store, year, others)
    elsewhere = _days_of(candidates_of(store, other), fiscal_year)
    lines = []
    for candidate, (day, problem), judged in zip(candidates, read, judge_events(events, ground), strict=True):
        there, now = elsewhere.get(_match_key(candidate, candidates)), known.get(candidate.event_id)
        lines.append(
            CompareLine(
                candidate=candidate,
                title=judged.event.full_title,
                day=day,
                problem=problem,
                judged_event=judged,
                is_changed=day is not None and _is_change(judged.event, now),
                current_day=now.event_date if now is not None else None,
                other_day=there,
                differs=other is not None and there != day,
            )
        )
    return tuple(lines), ground


def _judging_context(store: Store, year: YearContext, others: tuple[Event, ...]) -> JudgingContext:
    """Return what judging the events of a plan needs."""
    begun = rows(store.database, RecruitmentStep, position=0)
    return JudgingContext(
        programme=year.view.as_last_agreed(None).programme,
        numbers={one.kind: one for one in year.view.kinds},
        calendar=year.calendar,
        today=year.today,
        others=others,
        bookings=tuple(rows(store.database, Booking)),
        events_recruiting=frozenset(one.event_id for one in begun if one.done_on is not None),
    )


def _parse_date(typed: str, fiscal_year: int) -> tuple[date | None, str]:
    """Return the day that was typed, or None and what is wrong with it ("" for an empty field)."""
    if not typed.strip():
        return None, ""
    try:
        return parse_date(typed, fiscal_year), ""
    except DateProblem as problem:
        return None, str(problem)


def _event_on_candidate_date(
    candidate: ScheduleCandidate, day: date | None, event: Event | None, year: YearContext
) -> Event:
    base = event or Event(
        programme_id=year.view.programme.id,
        kind=candidate.kind,
        form=year.view.kind(candidate.kind).form,
        kind_name=year.view.kind(candidate.kind).name,
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
    for kind in dict.fromkeys(one.kind for one in given):
        number = max((one.ordinal or 0 for one in known if one.kind == kind), default=0)
        waiting = sorted(
            (one.event_date, place)
            for place, one in enumerate(given)
            if one.kind == kind and one.ordinal is None and one.event_date is not None
        )
        for ordinal, (_day, place) in enumerate(waiting, number + 1):
            given[place] = replace(given[place], ordinal=ordinal)
    return given


def _is_change(changed_event: Event, event: Event | None) -> bool:
    return event is None or (event.status.is_planned and changed_event != replace(event, ordinal=changed_event.ordinal))


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
    """Return the day of each candidate by the key that matches it in another 案; None = no readable day."""
    return {_match_key(one, candidates): _parse_date(one.typed, fiscal_year)[0] for one in candidates}


def _counts_text(lines: Iterable[CompareLine], judging_context: JudgingContext, year: YearContext) -> str:
    """Return 「講習会 7・派遣 3・意見交換会 2（全2回）」: how many have a day, including events outside the 案."""
    events = [*(line.judged_event.event for line in lines), *judging_context.others]
    events = [one for one in events if one.event_date is not None and one.status.counts]
    parts = []
    for kind in year.view.kinds:
        spec = f"（全{kind.planned}{kind.planned_unit}）" if kind.strict else ""
        parts.append(f"{kind.name} {count_units([one for one in events if one.kind == kind.kind], kind)}{spec}")
    return "・".join(parts)


def remark_words(line: CompareLine) -> str:
    """Return the text of the column 期間・重なり・理由, for print and screen reader.

    That is the problem of the date, what to do without one, 実施済 or 中止, else the remarks and the reason.
    """
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


def build_comparison(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the document of the 案 ``scope.item``; raises ``UserError`` when it is gone."""
    found = read_comparison(store, today=now.date(), plan_id=scope.item or 0)
    assert found.plan is not None
    context = document_context_of(store, scope, COMPARISON_KIND, now)
    other = f"案{found.other_plan.ordinal}" if found.other_plan is not None and found.differing_lines else ""
    return comparison_document(
        context,
        [_printed_event(one) for one in found.lines],
        found.weeks,
        number=found.plan.ordinal,
        name=f"案{found.plan.ordinal} {found.plan.name}　{table_date(found.plan.made_on)}",
        other=other,
        counted=found.counts_text,
    )


def _printed_event(line: CompareLine) -> PrintedEvent:
    return PrintedEvent(
        title=line.title,
        day=line.day,
        other_day=line.other_day,
        venue=line.judged_event.event.place_words,
        material_due=_due_date(line.judged_event.material),
        headcount_due=_due_date(line.judged_event.headcount),
        report_due=_due_date(line.judged_event.report),
        week_item_count=line.judged_event.load.total if line.judged_event.load is not None else 0,
        remarks=remark_words(line),
        suggested_days=() if line.candidate.reason.strip() else line.judged_event.suggested_days,
        is_marked=line.needs_correction or (line.needs_check and bool(line.candidate.reason.strip())),
    )


def _due_date(row: Deadline | None) -> date | None:
    return row.effective_date if row is not None else None


def _plan_items(store: Store, scope: DocumentScope) -> list[DocumentItem]:
    programme = read_programme(store, fiscal_year=scope.fiscal_year).programme
    return [
        DocumentItem(id=one.id, title=plan_words(one))
        for one in rows(store.database, SchedulePlan, programme_id=programme.id, order=("ordinal", "id"))
    ]


def _is_available(_store: Store, _subject: DocumentSubject) -> bool:
    return True


COMPARISON_DOCUMENTS = (
    DocumentKind(
        kind=COMPARISON_KIND,
        build=build_comparison,
        is_ready=_is_available,
        items=_plan_items,
        missing_words="日程の比較で案を作ると作成できます。",
        todo="日程の比べ",
        recipient="受託者",
    ),
)


PLANS_SUBJECT = "events"
_UNNAMED_TITLES: Mapping[EventForm, str] = {
    EventForm.LECTURE: "{kind}（内容は未定）",
    EventForm.VISIT: "団体は募集",
    EventForm.EXCHANGE: "{kind}",
}


def start_plan(
    context: ActionContext, *, name: str, copy_of: int | None = None, fiscal_year: int | None = None
) -> ActionResult:
    """Create a 案 with the dates of another one, or with the events of the year and those the contract still lacks.

    Args:
        copy_of: the 案 whose dates are copied, in its year; None = from the events.
        fiscal_year: the year of one from the events; None = the newest.

    Raises:
        UserError: the 案 to copy is gone.
    """
    check_writable_texts({"案の名前": name})
    source = get_or_raise(context.database, SchedulePlan, copy_of) if copy_of is not None else None
    year = read_year(
        context.store,
        context.today,
        fiscal_year=fiscal_year,
        programme_id=source.programme_id if source is not None else None,
    )
    plan = SchedulePlan(
        programme_id=year.view.programme.id,
        ordinal=max((one.ordinal for one in plans_of(context.store, year)), default=0) + 1,
        name=name.strip(),
        made_on=context.today,
        made_by=context.by,
    )
    candidates = (
        candidates_of(context.store, source) if source is not None else _candidates_from_events(context.store, year)
    )
    with context.change(f"日程の比較に案{plan.ordinal}を加えた", PLANS_SUBJECT) as change:
        plan_id = change.insert(plan)
        for position, one in enumerate(candidates):
            change.insert(replace(one, id=0, plan_id=plan_id, position=position))
    return ActionResult(
        f"案{plan.ordinal}を加えました（{len(candidates)}件）。日付を入れると、期限と重なりが出ます。", plan_id
    )


def _candidates_from_events(store: Store, year: YearContext) -> list[ScheduleCandidate]:
    """Return the events of the year by date, including held ones, then those that the contract still lacks."""
    programme = year.view.programme
    living = [one for one in event_table.events_of_year(store.database, programme.id) if one.status.counts]
    found = [
        ScheduleCandidate(
            plan_id=0,
            position=0,
            event_id=one.id,
            typed=as_typed_text(one.event_date, programme.fiscal_year),
            **values_of_event(one),
        )
        for one in living
    ]
    for kind in year.view.kinds:
        lacking = kind.planned - count_units([one for one in living if one.kind == kind.kind], kind)
        subject = _UNNAMED_TITLES[kind.form].format(kind=kind.name)
        found += [
            ScheduleCandidate(plan_id=0, position=0, kind=kind.kind, subject=subject) for _ in range(max(lacking, 0))
        ]
    return found


def rename_plan(context: ActionContext, *, plan_id: int, name: str) -> ActionResult:
    """Rename a 案, to 「区の直し」 for example; raises ``UserError`` when it is gone or the name may not be kept."""
    plan = get_or_raise(context.database, SchedulePlan, plan_id)
    check_writable_texts({"案の名前": name})
    with context.change(f"日程の比較の案{plan.ordinal}の名前を変えた", PLANS_SUBJECT) as change:
        change.update(SchedulePlan, plan.id, name=name.strip())
    return ActionResult(f"案{plan.ordinal}の名前を変えました。", plan.id)


def remove_plan(context: ActionContext, *, plan_id: int) -> ActionResult:
    """Delete a 案 with its candidate dates; the events stay. Raises ``UserError`` when it is gone."""
    plan = get_or_raise(context.database, SchedulePlan, plan_id)
    with context.change(f"日程の比較の案{plan.ordinal}を消した", PLANS_SUBJECT) as change:
        for one in candidates_of(context.store, plan):
            change.delete(ScheduleCandidate, one.id)
        change.delete(SchedulePlan, plan.id)
    return ActionResult(f"案{plan.ordinal}を消しました。実施回は変わりません。", plan.id)


def save_candidate(context: ActionContext, *, candidate: ScheduleCandidate) -> ActionResult:
    """Save one event of a 案 exactly as typed (``id`` 0 = a new one), also with an unreadable date.

    The 案 counts as not applied again.

    Raises:
        UserError: it has no name, its times are in the wrong order, or the 案 is gone.
    """
    plan = get_or_raise(context.database, SchedulePlan, candidate.plan_id)
    if not (candidate.subject.strip() or candidate.organisation_name.strip()):
        raise UserError("実施回の名前が書かれていません。", "実施回の名前または団体名を書いてください。")
    if candidate.end_time <= candidate.start_time:
        raise UserError("終わりの時刻が、始まりの時刻より後になっていません。", "時刻を確かめてください。")
    check_writable_texts(
        {
            "実施回": candidate.subject,
            "団体": candidate.organisation_name,
            "会場": candidate.venue,
            "講師": candidate.lecturer,
        },
        {"理由": candidate.reason},
    )
    title = candidate.organisation_name or candidate.subject
    row = candidate
    if not candidate.id:
        last = max((one.position for one in candidates_of(context.store, plan)), default=-1)
        row = replace(candidate, position=last + 1)
    told = "変えた" if candidate.id else "加えた"
    with context.change(f"案{plan.ordinal}の候補「{title}」を{told}", PLANS_SUBJECT) as change:
        row_id = change.correct(by_id(context.database, ScheduleCandidate, row.id), row)
        if plan.applied_on is not None:
            change.update(SchedulePlan, plan.id, applied_on=None)
    return ActionResult(f"案{plan.ordinal}の「{title}」を保存しました。実施回はまだ変わりません。", row_id)


def remove_candidate(context: ActionContext, *, candidate_id: int) -> ActionResult:
    """Remove one event from a 案; an existing event stays as it is. Raises ``UserError`` when it is gone."""
    found = get_or_raise(context.database, ScheduleCandidate, candidate_id)
    plan = get_or_raise(context.database, SchedulePlan, found.plan_id)
    title = found.organisation_name or found.subject
    with context.change(f"案{plan.ordinal}から候補「{title}」を外した", PLANS_SUBJECT) as change:
        change.delete(ScheduleCandidate, found.id)
    return ActionResult(f"案{plan.ordinal}から「{title}」を外しました。実施回は変わりません。", found.id)


def apply_plan(context: ActionContext, *, plan_id: int) -> ActionResult:
    """Apply a 案 in one action: new events are created with all their default rows, others are moved.

    Existing events also get venue, room and lecturer of their line. Ordinals are given in the order of the days. A
    line without a day stays in the 案; so does an event that was held or cancelled since.

    Raises:
        UserError: a typed date cannot be read, a date that deviates from the specification has no reason, or nothing
            would change.
    """
    shown = read_comparison(context.store, today=context.today, plan_id=plan_id)
    assert shown.plan is not None
    year = read_year(context.store, context.today, programme_id=shown.programme_id)
    _check_applicable(shown, year)
    wanted = sorted((line for line in shown.lines if line.is_changed), key=lambda line: (line.day or date.max, line.id))
    made = sum(line.candidate.event_id is None for line in wanted)
    rows_before = rows_by_id(context.database, Event, programme_id=shown.programme_id)
    moved = sum(_is_move(line, rows_before.get(line.candidate.event_id)) for line in wanted)
    named = f"案{shown.plan.ordinal}"
    with context.change(f"日程の比較の{named}の{len(wanted)}件を実施回にした", PLANS_SUBJECT) as change:
        for line in wanted:
            event_id = _apply_line(context, change, line, year, named)
            if line.candidate.event_id is None:
                change.update(ScheduleCandidate, line.id, event_id=event_id)
        change.update(SchedulePlan, shown.plan.id, applied_on=context.today)
    other = len(wanted) - made - moved
    parts = [
        fill_nonempty("新しい実施回 {}件", made),
        fill_nonempty("日程を変えた実施回 {}件", moved),
        fill_nonempty("会場・講師を変えた実施回 {}件", other),
    ]
    undated = sum(line.day is None for line in shown.lines)
    rest = fill_nonempty("日付のない{}件は案に残っています。", undated)
    return ActionResult(f"{named}を実施回にしました（{join_nonempty(*parts, separator='、')}）。{rest}", shown.plan.id)


def _check_applicable(comparison: PlanComparison, year: YearContext) -> None:
    """Raise ``UserError`` when a plan can't be made into events."""
    unread = [line for line in comparison.lines if line.problem]
    if unread:
        raise UserError(
            f"{'、'.join(line.candidate.organisation_name or line.candidate.subject for line in unread)}"
            f"の日付が読めません。",
            "その行の日付を直してください。",
        )
    events = [line.judged_event.event for line in comparison.lines]
    for line, event in zip(comparison.lines, events, strict=True):
        if line.is_changed:
            refuse_outside_term(event, line.current_day, year)
    without = [
        line.title
        for place, line in enumerate(comparison.lines)
        if line.is_changed and not line.candidate.reason.strip() and _needs_reason(place, events, year)
    ]
    if without:
        raise UserError(
            f"{'、'.join(without)}は、仕様書の期間または数と違います。",
            "日付を直すか、「理由」で協議の理由を書いてください。",
        )
    if not comparison.ready_count:
        raise UserError("実施回と違うところがありません。", "候補日を入れるか、直してください。")


def _needs_reason(index: int, events: Sequence[Event], year: YearContext) -> bool:
    """Return whether an event must be confirmed with a reason."""
    event = events[index]
    # Events that do not exist yet have no id by which they could be excluded from the others.
    others = [one for number, one in enumerate(events) if number != index]
    return any(needs_reason(one, event, year) for one in event_warnings_among(others, event, year, None))


def _is_move(line: CompareLine, event: Event | None) -> bool:
    """Return whether a line changes day or times of its present ``event``; None = it has none yet."""
    if event is None:
        return False
    one = line.candidate
    return (event.event_date, event.start_time, event.end_time) != (line.day, one.start_time, one.end_time)


def _apply_line(context: ActionContext, change: Change, line: CompareLine, year: YearContext, plan_name: str) -> int:
    """Create or move the event of one line, or set only venue and lecturer if its time is the same; return its id."""
    store, now = context.store, context.now
    one = line.candidate
    assert line.day is not None
    nature = one.nature or AGREEMENT
    if one.event_id is None:
        reason = one.reason.strip()
        form = year.view.kind(one.kind).form
        draft = EventDraft(
            form=form,
            event_date=line.day,
            **values_of_event(one),
            extra_materials=has_own_materials(form, checked_lecture_names(year.view.kinds)),
            exception_reason=reason,
            exception_kind=nature if reason else "",
        )
        event = event_from_draft(store, draft, year, None)
        event = check_event(store, event, year, None)
        return insert_event(store, change, event, now=now)
    ground = read_move_context(store, event_id=one.event_id, today=now.date())
    before = ground.records.event
    if not _is_move(line, before):
        values = _venue_values(store.database, one, before)
        known, approved = before.venue_booked_on, ground.approval_after(replace(before, **values))
        change.update(Event, before.id, **values, lecturer=one.lecturer, venue_booked_on=approved)
        enter_changes(change, replace(before, **values), ground.records.decisions, now.date())
        if approved != known:
            follow_approval_day(store.database, change, before.id, before=known, approved=approved, done_by=context.by)
        return before.id
    moved = event_after_move(store, before, line.day, one.start_time, one.end_time, now.date())
    moved = replace(moved, **_venue_values(store.database, one, before), lecturer=one.lecturer)
    dated = before.event_date is not None
    reason = join_nonempty(f"日程の比較の{plan_name}による" if dated else "", one.reason.strip(), separator="。")
    apply_move(store, change, ground, moved, now=now, reason=reason, nature=nature)
    return before.id


def _venue_values(database: Database, candidate: ScheduleCandidate, previous_event: Event) -> dict[str, Any]:
    """Return venue and room of an event from its line; another room resets the capacity, another venue the rest too.

    The rest is the facility and 区の指定日. Capacity and facility are then those of the registered venue, if any.
    Another spelling is no other room, nor is one that is named only before or only now.
    """
    values: dict[str, Any] = {"venue": candidate.venue, "room": candidate.room}
    now, before = (place_key("", one.venue, one.room) for one in (candidate, previous_event))
    if now == before:
        return values
    places = rows(database, Venue, name=candidate.venue)
    known = venue_of(candidate, places)
    capacity = known.capacity if known is not None else None
    if capacity is not None or not is_one_place(now, before):
        values["venue_capacity"] = capacity
    if name_key(candidate.venue) == name_key(previous_event.venue):
        return values
    owned = venue_of(candidate, [place for place in places if place.facility])
    return values | {"facility": owned.facility if owned is not None else "", "venue_named_on": None}


PLAN_FINGERPRINT_KEY = "予定の照合"
_SHOWN_STEPS = (*step_wordings(SEND_ALL), "受付開始", "募集要項の周知", "希望票の締切")
_DEADLINE_WORDS = {REPORT: "報告書", HEADCOUNT: HEADCOUNT, MATERIAL: MATERIAL, DECIDE: "新しい日時"}
EntriesByDay = dict[date, list[WallEntry]]


def read_entries_by_day(store: Store, year: YearContext) -> tuple[EntriesByDay, list[Event]]:
    """Return the entries of every day of a year, and the events without a day."""
    files = read_records_of_year(store, year.view.programme.id)
    marks: EntriesByDay = defaultdict(list)
    _add_events(marks, files, year)
    _add_tasks(marks, tasks_of_year(files, year), year)
    _add_period_ends(marks, year)
    for one in rows(store.database, WardDay, programme_id=year.view.programme.id):
        marks[one.day].append(WallEntry("own", one.title))
    if year.view.programme.accounts_due is not None:
        marks[year.view.programme.accounts_due].append(WallEntry("own", ACCOUNTS))
    undated = [one.event for one in files if one.phase(year.today).awaits_day]
    return dict(marks), undated


def short_name(event: Event, year: YearContext) -> str:
    """Return 「講1」: the kind's sign and the ordinal."""
    return f"{_kind(event, year).sign}{event.ordinal or ''}"


def _kind(event: Event, year: YearContext) -> EventKind:
    return year.for_event(event).view.kind(event.kind)


def _add_events(marks: EntriesByDay, files: list[EventRecords], year: YearContext) -> None:
    """Add the events that have a day to its marks; one that waits for a place says so."""
    for file in files:
        event, phase = file.event, file.phase(year.today)
        if event.event_date is None or not phase.counts or phase.awaits_day:
            continue
        subject = event.organisation_name or event.subject
        if event.form is EventForm.LECTURE:
            subject = event.subject.replace(_kind(event, year).name, "")
        waits = f"（{phase}）" if phase is EventPhase.WITHOUT_PLACE else ""
        text = f"{short_name(event, year)} {subject or event.subject}{waits}"
        marks[event.event_date].append(WallEntry("event", text))


def _add_tasks(marks: EntriesByDay, tasks: tuple[Task, ...], year: YearContext) -> None:
    """Add the deadlines, recruitment steps and duties of the year that the plan shows to the marks of their days."""
    steps = defaultdict(list)
    for task in tasks:
        event = task.event
        if event is not None and not event.status.counts:
            continue
        if event is not None and event.event_date is not None and task.task in _DEADLINE_WORDS:
            text = f"{short_name(event, year)} {_DEADLINE_WORDS[task.task]}"
            marks[task.due].append(WallEntry("contractor" if task.owner == "受託者" else "ward", text))
        elif event is not None and task.task == STEP and task.label in _SHOWN_STEPS:
            steps[task.due, task.label].append(event)
        elif event is None and task.programme_id is not None and task.task != EXPIRY:
            provisional = "（仮）" if task.provisional_words else ""
            text = f"{task.task}{provisional}"
            marks[task.due].append(WallEntry("contractor" if task.owner == "受託者" else "own", text))
    for (day, name), events in steps.items():
        ordered = sorted(events, key=lambda one: (one.kind, one.ordinal or 0))
        named = "・".join(
            kept.sign if (kept := _kind(one, year)).recruitment.is_yearly else short_name(one, year) for one in ordered
        )
        marks[day].append(WallEntry("own", f"{name} {named}"))


def _add_period_ends(marks: EntriesByDay, year: YearContext) -> None:
    """Add the ends of the contract's periods, and the last day of a kind whose report still fits."""
    programme = year.view.programme
    for numbers in year.view.kinds:
        kind = numbers.name
        marks[numbers.window_end].append(WallEntry("end", f"{kind} 期間末"))
        last = latest_start_day(numbers.report_period, programme.term_end, year.calendar)
        if last < numbers.window_end:
            marks[last].append(WallEntry("end", f"{kind} 報告期限の限度"))
    marks[programme.term_end].append(WallEntry("end", "履行期間末"))


def _edition(store: Store, programme_id: int, state: str) -> int:
    """Return the 版 of the present plan: that of the last issued one, one more if a day has changed since, else 1."""
    for issued in outgoing_of_year(store.database, programme_id, [WALL_PLAN_KIND]):
        if issued.version and PLAN_FINGERPRINT_KEY in issued.detail:
            return issued.version if issued.detail[PLAN_FINGERPRINT_KEY] == state else issued.version + 1
    return 1


def build_wall_plan(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the sheet of a year; raises ``UserError`` when there is no such year."""
    view = year_at(store, scope, now)
    year = read_year(store, now.date(), programme_id=view.programme.id)
    marks, undated = read_entries_by_day(store, year)
    visits = view.kinds_of_form(EventForm.VISIT)
    lectures = checked_lecture_names(view.kinds)
    notes = [
        "".join(
            (
                *(
                    f"{one.name}の資料確認は、{lectures}以外の資料を使う回だけである"
                    f"{in_short_brackets(one.clause_material)}。"
                    for one in visits
                    if lectures and one.material_period
                ),
                "予定が動いたときは、この紙の全部の日を作り直す。",
            )
        )
    ]
    if undated:
        notes.append(f"日程未定　{'、'.join(one.full_title for one in undated)}")
    context = document_context_of(store, scope, WALL_PLAN_KIND, now)
    return wall_plan(
        context, view.kinds, marks, version=_edition(store, view.programme.id, fingerprint(marks)), notes=notes
    )


def _fingerprint_facts(store: Store, _change: Change, scope: DocumentScope, content: DocumentContent) -> dict[str, str]:
    """Return the fingerprint stored with an issued sheet, to know whether the next is another 版."""
    made = datetime.fromisoformat(content.properties["created"])
    year = read_year(store, made.date(), fiscal_year=scope.fiscal_year)
    return {PLAN_FINGERPRINT_KEY: fingerprint(read_entries_by_day(store, year)[0])}


def _state_words(store: Store, subject: DocumentSubject, today: date) -> str:
    """Return 「第2版　9/18(金) 現在」, the 版 that the plan would have today."""
    year = read_year(store, today, fiscal_year=subject.scope.fiscal_year)
    version = _edition(store, year.view.programme.id, fingerprint(read_entries_by_day(store, year)[0]))
    return f"第{version}版　{short_date(today, today)} 現在"


WALL_DOCUMENTS = (
    DocumentKind(
        kind=WALL_PLAN_KIND,
        build=build_wall_plan,
        formats=("pdf",),
        state_words=_state_words,
        missing_words="",
        todo="区の年中行事",
        on_outgoing=_fingerprint_facts,
    ),
)


WARD_DAY = "区の年中行事"
WARD_DAYS_SUBJECT = "deadlines"


@record
class WardCalendar:
    """The ward's own days of one year by date; ``has_accounts_day`` = 会計の締切 is known and among them."""

    programme_id: int
    year_text: str
    rows: tuple[WardDay, ...]
    has_accounts_day: bool

    @property
    def open_count(self) -> int:
        """Return how many are still to be done."""
        return sum(one.done_on is None for one in self.rows)


def read_ward_days(store: Store, *, fiscal_year: int | None = None) -> WardCalendar:
    """Return the ward's own days of a year (None = the newest), done ones included."""
    programme = read_programme(store, fiscal_year=fiscal_year).programme
    paid = row(store.database, Payment, programme_id=programme.id)
    accounts = accounts_row(programme, paid.paid_on if paid is not None else None)
    found = rows(store.database, WardDay, programme_id=programme.id)
    shown = [*found, accounts] if accounts is not None else found
    return WardCalendar(
        programme_id=programme.id,
        year_text=fiscal_year_words(programme.fiscal_year),
        rows=tuple(sorted(shown, key=lambda one: (one.day, one.id))),
        has_accounts_day=accounts is not None,
    )


def save_ward_day(context: ActionContext, *, ward_day: WardDay) -> ActionResult:
    """Save one of the ward's own days (``id`` 0 = a new one).

    Raises:
        UserError: it has no title, or is 会計の締切, which is set in the contract only.
    """
    if not ward_day.title.strip():
        raise UserError("何の日かが書かれていません。", "例：予算要求 部への提出")
    if is_accounts_title(ward_day.title):
        raise UserError("会計の締切は、設定の「契約」に入力します。", "入力すると、区の年中行事と年間計画にも出ます。")
    check_writable_texts({"行事": ward_day.title, "担当": ward_day.owner}, {"根拠": ward_day.basis})
    with context.change(f"区の年中行事「{ward_day.title}」を保存した", WARD_DAYS_SUBJECT) as change:
        row_id = change.correct(by_id(context.database, WardDay, ward_day.id), ward_day)
    day = short_date(ward_day.day, context.today)
    return ActionResult(f"「{ward_day.title}」を{day}に置きました。期日が近づくとホームに出ます。", row_id)


def add_usual_ward_days(context: ActionContext, *, fiscal_year: int | None = None) -> ActionResult:
    """Add the usual rows whose titles the year (None = the newest) lacks, with dates to be corrected.

    Raises:
        UserError: none is missing.
    """
    view = read_programme(context.store, fiscal_year=fiscal_year)
    programme = view.programme
    known = {one.title for one in rows(context.database, WardDay, programme_id=programme.id)}
    usual = [
        one for one in usual_ward_days(programme.id, programme.fiscal_year, view.calendar) if one.title not in known
    ]
    if not usual:
        raise UserError("例の行は、すべて入っています。", "行を選んで「直す」で日付を変えられます。")
    with context.change("区の年中行事に例の行を入れた", WARD_DAYS_SUBJECT) as change:
        ids = [change.insert(one) for one in usual]
    return ActionResult(f"例の行を{len(ids)}件入れました。日付を区の通知で確かめて直してください。", ids[0])


def finish_ward_day(context: ActionContext, *, ward_day_id: int, done_on: date | None = None) -> ActionResult:
    """Record one of the ward's own days as done (default: today); raises ``UserError`` for a day to come."""
    found = get_or_raise(context.database, WardDay, ward_day_id)
    day = done_on or context.today
    if day > context.today:
        raise UserError("済んだ日が先の日付です。", "本日までの日を入れてください。")
    with context.change(f"区の年中行事「{found.title}」を済にした", WARD_DAYS_SUBJECT) as change:
        change.update(WardDay, found.id, done_on=day, done_by=context.by)
    return ActionResult(f"「{found.title}」を{short_date(day, context.today)}に済としました。", found.id)


def reopen_ward_day(context: ActionContext, *, ward_day_id: int) -> ActionResult:
    """Set one of the ward's own days back to open."""
    found = get_or_raise(context.database, WardDay, ward_day_id)
    with context.change(f"区の年中行事「{found.title}」を未了に戻した", WARD_DAYS_SUBJECT) as change:
        change.update(WardDay, found.id, done_on=None, done_by="")
    return ActionResult(f"「{found.title}」を未了に戻しました。", found.id)


def remove_ward_day(context: ActionContext, *, ward_day_id: int) -> ActionResult:
    """Delete one of the ward's own days."""
    found = get_or_raise(context.database, WardDay, ward_day_id)
    with context.change(f"区の年中行事「{found.title}」を消した", WARD_DAYS_SUBJECT) as change:
        change.delete(WardDay, found.id)
    return ActionResult(f"「{found.title}」を消しました。", found.id)


def ward_day_follow_ups(database: Database, _today: date) -> list[FollowUp]:
    """Return the ward's own days of open years that are not done, as follow-ups."""
    return [
        FollowUp(
            task=WARD_DAY,
            label=one.title,
            detail=one.owner if one.owner.startswith("担当") else fill_nonempty("担当 {}", one.owner),
            due=one.day,
            basis=f"目安日。区の年中行事{f'（{one.basis}）' if one.basis else ''}",
            rule="目安日",
            link=ActionLink("区の年中行事", ward_day_id=one.id),
        )
        for one in open_ward_days(database)
    ]
