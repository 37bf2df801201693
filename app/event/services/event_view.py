"""Reads one event for its 概要: deadlines with their basis, timetable, equipment, recruitment, preparation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.calendar.dates import long_date, short_date_or
from app.common.join_nonempty import join_nonempty
from app.documents.event_phase import EventPhase
from app.event.rules import agenda as agenda_rules
from app.event.rules.equipment import equipment_remarks
from app.event.rules.event_state import open_change
from app.event.rules.event_venue import venue_terms
from app.event.rules.event_warning import EventWarning
from app.event.rules.expected_attendance import ExpectedTotals, expected_totals
from app.event.rules.participation import ParticipationCounts, count_participation
from app.event.rules.preparation import AGREED_ITEMS, PreparationItem, preparation_words
from app.event.rules.recruitment import document_of_step, step_due
from app.event.services.agreements import QUESTIONS_TOPIC, TOPICS_OF_HOLDING
from app.event.services.event_drafts import draft_warnings
from app.event.services.event_lists import next_task
from app.event.services.event_preparation import preparation_of
from app.event.services.event_records import EventRecords, read_event_records
from app.event.services.tasks.deadlines import read_event_year
from app.event.services.tasks.event_tasks import (
    YearContext,
    lapsed_tasks,
    step_tasks,
    tasks_of,
    unrecorded_reason,
    untold_tasks,
    was_past_when_dated,
)
from app.event.services.tasks.task import STEP, UNRECORDED, Task
from app.event.services.tasks.task_completion import effective_steps, equipment_agreed, inferred_steps, topic_settled_on
from app.programme.rules import checked_lecture_names, hours_words, join_clauses, people_words
from db.query_cache import cached_queries
from db.record import record
from db.records.agreements import Agreement
from db.records.events import EquipmentItem, Event, EventResult
from db.records.programme import EventKind
from db.store import Store

_PAST_STATE = "日程の決定前"
"""State words of a step whose day had passed when the event got its date; nobody was late with it."""


@record
class StepRow:
    """One recruitment step as the 概要 shows it.

    Attributes:
        due: counted back, or set by hand (``is_set_by_hand``).
        basis_short: 「12週前」.
        bucket: as for tasks (済 when done; empty if it is open and the event is over, or its day had passed when the
            event got its date).
        state_words: 「本日まで」, 記録なし (open, and the event is over), 日程の決定前 or "".
        done_on: the day that somebody recorded, or that follows from a record of it.
        is_inferred: nobody recorded that it is done; ``note`` says by what it is taken so, ``own_note`` does not.
    """

    id: int
    name: str
    due: date | None
    due_words: str
    is_set_by_hand: bool
    done_on: date | None
    basis: str
    basis_short: str
    bucket: str
    state_words: str
    note: str
    own_note: str
    is_inferred: bool = False

    @property
    def is_closed(self) -> bool:
        """Return whether nothing is to be done, recorded or not."""
        return self.is_inferred or self.done_on is not None


@record
class ContractorDuty:
    """Work of the contractor on the day of an event without a date of its own."""

    label: str
    clause: str
    words: str


@record
class EventView:
    """Everything the 概要 of an event shows.

    Attributes:
        days_words: 「あと8日・開庁日 3日」, 本日 or "".
        state_words: its state (協議中, 延期, 結果未記録 …), of a planned one 「準備 あと3件」 (``preparation_words``).
        phase: what it is today. place_words: where it is held, "" while another place is awaited.
        numbers: its kind, with the numbers of the 仕様書.
        length_agreed: the 協議 about another length is settled; ``length_settled``: nothing is to be done about it.
        tasks: rows of 区がやること, without steps of recruitment; ``step_tasks`` are those, done ones included.
        lectures: the names of the kinds whose checked handouts a visit may use, "" = the year has none.
        people_line: 「参加予定 17人・11団体（…）」.
        lapsed_tasks: 目安日, 人数連絡 and 資料確認 without a record when the event was over, and what was not told by
            then; none is among ``tasks``.
        unrecorded_reasons: why there is no record of one, by its name.
        headcount: the people expected.
        participation: the people of the roster by their definitions (None = nobody is entered).
        revocable_change: the kind of decision that can be revoked now (中止, 延期, …), "" = none.
    """

    event: Event
    title: str
    date_words: str
    time_words: str
    venue_words: str
    days_words: str
    state_words: str
    phase: EventPhase
    place_words: str
    numbers: EventKind
    lectures: str
    tasks: tuple[Task, ...]
    step_tasks: tuple[Task, ...]
    lapsed_tasks: tuple[Task, ...]
    unrecorded_reasons: Mapping[str, str]
    duties: tuple[ContractorDuty, ...]
    next_task: Task | None
    agenda: tuple[agenda_rules.TimedItem, ...]
    agenda_words: str
    agenda_remarks: tuple[str, ...]
    length_agreed: bool
    length_settled: bool
    equipment: tuple[EquipmentItem, ...]
    equipment_remarks: tuple[str, ...]
    equipment_agreed: bool
    steps: tuple[StepRow, ...]
    people_line: str
    headcount: ExpectedTotals
    participation: ParticipationCounts | None
    preparation: tuple[PreparationItem, ...]
    topics: tuple[Agreement, ...]
    warnings: tuple[EventWarning, ...]
    result: EventResult | None
    material_count: int
    shows_survey: bool
    shows_materials: bool
    revocable_change: str

    @property
    def other_preparation(self) -> tuple[PreparationItem, ...]:
        """Return the lines that no deadline, step of recruitment or 協議 of the 概要 covers.

        Of a past event only what is done: what was changed since stands at its place, and nothing is prepared any more.
        """
        named = {step.name for step in self.steps}
        said = (
            {task.task for task in (*self.tasks, *self.lapsed_tasks)}
            | named
            | {document_of_step(name) for name in named}
        )
        return tuple(
            item
            for item in self.preparation
            if item.label != AGREED_ITEMS
            and (item.covered_by or item.label) not in said
            and (item.is_done or not self.phase.is_over)
        )


@cached_queries
def read_event(store: Store, *, event_id: int, today: date) -> EventView:
    """Return everything the 概要 of one event shows; raises ``UserError`` when it is gone."""
    year = read_event_year(store, event_id, today, with_year_records=False)
    file = read_event_records(store, event_id)
    event, state = file.event, file.state(today)
    everything, lapsed = tasks_of(file, year), (*lapsed_tasks(file, year), *untold_tasks(file, year))
    tasks = tuple(task for task in everything if task.task not in (STEP, UNRECORDED))
    coming = next_task(tasks, today)
    items = preparation_of(file, year)
    numbers = year.view.kind(event.kind)
    totals = expected_totals(file.expected)
    minutes = agenda_rules.total_minutes(file.agenda)
    planned = agenda_rules.minutes_of(event.end_time) - agenda_rules.minutes_of(event.start_time)
    length_agreed = topic_settled_on(file, agenda_rules.LENGTH_TOPIC) is not None
    settled = equipment_agreed(file)
    return EventView(
        event=event,
        title=event.full_title,
        date_words=long_date(event.event_date) if event.event_date else "日程未定",
        time_words=event.hours,
        venue_words=_venue(file.event_as_planned if state.phase is EventPhase.WITHOUT_PLACE else event),
        days_words=_days_words(event, year) if state.phase.will_be_held else "",
        state_words=preparation_words(items) if state.phase is EventPhase.PLANNED else state.word,
        phase=state.phase,
        place_words=file.event_as_planned.place_words if state.phase is EventPhase.WITHOUT_PLACE else event.place_words,
        numbers=numbers,
        lectures=checked_lecture_names(year.view.kinds),
        tasks=tasks,
        step_tasks=tuple(task for task in everything if task.task == STEP),
        lapsed_tasks=lapsed,
        unrecorded_reasons={
            one.task: why.reason for one in lapsed if (why := unrecorded_reason(event, year, one.task))
        },
        duties=_contractor_duties(file, numbers),
        next_task=coming,
        agenda=agenda_rules.clock_times(event.start_time, file.agenda),
        agenda_words=f"合計 {minutes}分" + ("" if numbers.minutes % 60 else f"（{hours_words(numbers)}）"),
        agenda_remarks=agenda_rules.agenda_remarks(
            file.kind, file.agenda, event.start_time, event.end_time, agreed=length_agreed
        ),
        length_agreed=length_agreed,
        length_settled=agenda_rules.is_length_settled(
            minutes, planned, agreed=length_agreed, rest_left=agenda_rules.leaves_rest(file.kind)
        ),
        equipment=file.equipment,
        equipment_remarks=equipment_remarks(file.kind, file.equipment, event.network, agreed=settled),
        equipment_agreed=settled,
        steps=_step_rows(file, year),
        people_line=f"{file.people_word} {totals.people}人・{totals.organisations}団体（仕様 {people_words(numbers)}）",
        headcount=totals,
        participation=count_participation(file.entries) if file.entries else None,
        preparation=items,
        topics=tuple(sorted(_topics(file), key=lambda row: row.settled_on is not None)),
        warnings=draft_warnings(store, event, year, totals.people or None) if event.status.is_planned else (),
        result=file.result,
        material_count=len(file.materials),
        shows_survey=file.shows_survey,
        shows_materials=file.shows_materials,
        revocable_change=event.status if event.status.is_cancelled else open_change(event, file.decisions) or "",
    )


def _topics(records: EventRecords) -> Sequence[Agreement]:
    """Return the 協議 of an event without open ones that nobody settles any more.

    These are those about holding a cancelled event, and about the questions of a survey that its kind does not have.
    """
    if not records.event.status.counts:
        settled_no_more = TOPICS_OF_HOLDING
    else:
        settled_no_more = frozenset(() if records.kind.has_survey else (QUESTIONS_TOPIC,))
    return [row for row in records.agreements if not (row.is_open and row.topic in settled_no_more)]


def _step_rows(records: EventRecords, year: YearContext) -> tuple[StepRow, ...]:
    """Return the recruitment steps in their own order; of a cancelled event only those that were done."""
    cancelled, planned = not records.event.status.counts, records.event_as_planned
    tasks = {task.step_id: task for task in step_tasks(records, year) if not (task.is_open and records.awaited_change)}
    rows, steps = [], effective_steps(records)
    inferred = inferred_steps(records, steps)
    for was, step in zip(records.steps, steps, strict=True):
        if cancelled and step.done_on is None:
            continue
        task = tasks.get(step.id)
        over = step.done_on is None and planned.is_past(year.today)
        before = step.done_on is None and not over and was_past_when_dated(step, records, year)
        due = step_due(step, records.event.event_date if step.done_on else planned.event_date, year.calendar)
        rows.append(
            StepRow(
                id=step.id,
                name=step.name,
                due=due,
                due_words=short_date_or("日程が決まると出ます", due, year.today),
                is_set_by_hand=step.due is not None,
                done_on=None if step.id in inferred else step.done_on,
                basis=task.basis if task else "",
                basis_short=task.rule if task else "",
                bucket=""
                if over or before or step.id in inferred
                else task.bucket
                if task
                else ("済" if step.done_on else "来週から"),
                state_words="記録なし"
                if over or step.id in inferred
                else _PAST_STATE
                if before
                else task.state_words
                if task
                else "",
                note=step.note,
                own_note=was.note,
                is_inferred=step.id in inferred,
            )
        )
    return tuple(rows)


_WITH_REPORT = "当日／報告書とともに"


def _contractor_duties(records: EventRecords, numbers: EventKind) -> tuple[ContractorDuty, ...]:
    """Return as one line what the contractor does for handouts and survey on the day; () if there is neither."""
    if not records.materials_needed and not numbers.has_survey:
        return ()
    if not records.materials_needed:
        return (ContractorDuty(label="用紙の印刷・配布・回収・集計", clause=numbers.clause_survey, words=_WITH_REPORT),)
    if not numbers.has_survey:
        return (ContractorDuty(label="資料の印刷・配布", clause=numbers.clause_material, words="当日"),)
    clause = join_clauses((numbers.clause_material, numbers.clause_survey))
    return (ContractorDuty(label="印刷・配布・回収・集計", clause=clause, words=_WITH_REPORT),)


def _venue(event: Event) -> str:
    """Return 「みほん区民館 研修室1（定員40人・区立施設・使用料は区の負担）」 as far as known, else 会場未定."""
    place = event.place_words or "会場未定"
    seats = f"定員{event.venue_capacity}人" if event.venue_capacity is not None else ""
    known = join_nonempty(seats, venue_terms(event), separator="・")
    return f"{place}（{known}）" if known else place


def _days_words(event: Event, year: YearContext) -> str:
    """Return 「あと8日・開庁日 3日」 to an event that will be held, 「本日」 on its day."""
    assert event.event_date is not None  # it will be held on it
    if event.event_date == year.today:
        return "本日"
    open_days = year.calendar.open_days_between(year.today, event.event_date)
    return f"あと{(event.event_date - year.today).days}日・開庁日 {open_days}日"
