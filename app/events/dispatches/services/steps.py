"""Reads the 派遣 of a year in steps: the call, and one row a 団体 from 希望票 to the call after three months.

The steps come from ``rules.dispatch_steps``, their days from the tasks that home shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.calendar.periods import latest_start_day
from app.documents.services.notification_kinds import outgoing_in_effect
from app.event.rules import target_dates
from app.event.rules.deadlines import REPORT
from app.event.rules.recruitment import CHOICE_STEP, DECISION, document_of_step
from app.event.services.event_records import EventRecords, read_records_of_events
from app.event.services.tasks.deadlines import read_year
from app.event.services.tasks.event_tasks import YearContext, tasks_of
from app.event.services.tasks.task import CORRECTION, DECIDE, RESULT, STEP, Task
from app.events.dispatches.documents import CALL_FOR_REQUESTS
from app.events.dispatches.rules import (
    CallStepMark,
    DispatchSteps,
    Step,
    call_step_marks,
    dispatch_steps,
    event_of_request,
    is_announced,
    selection_target_date,
)
from app.events.dispatches.services.dispatch_requests import (
    DispatchRequestList,
    DispatchRequestRow,
    read_dispatch_requests,
)
from app.events.dispatches.services.step_context import step_context_of
from app.events.dispatches.services.support import CALL_TASK
from app.programme.rules import in_visit_words
from db.name_key import organisation_key
from db.record import RowsById, group_by_key, record
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchRequest
from db.records.documents import Outgoing
from db.records.events import Event
from db.records.organisations import Organisation
from db.rows import rows
from db.store import Store
from db.tables.dispatches import CallsAfterVisit, calls_after_visits

_TASKS_OF_STEP: Mapping[Step, tuple[str, ...]] = {
    "日程": (DECIDE,),
    "訪問": (RESULT,),
    "報告書": (REPORT, CORRECTION, target_dates.REVIEW),
    "3か月後": (CALL_TASK,),
}
"""Tasks of home by step; for 選定 and 決裁 the step of recruitment."""


@record
class StepDue:
    """Due date of the current step: the day, whether a contract asks for it, and whether it has passed.

    ``is_soon``: it is today or this week by its task; of a step without a task, it is today.
    """

    day: date
    is_contract_date: bool = False
    is_passed: bool = False
    is_soon: bool = False


@record
class DispatchRow:
    """One 団体 with the steps of its 派遣.

    Attributes:
        id: 「w」 and the id of the request, or 「e」 and that of the event.
        request: None = there is none.
        attended: people by the result; None = no result.
        participant_count: people expected, 0 = none yet.
        event: None = no 実施回 yet.
        step_due: of the current step (None = no day is set).
    """

    id: str
    steps: DispatchSteps
    request: DispatchRequestRow | None
    event: Event | None
    organisation: Organisation | None
    attended: int | None
    participant_count: int
    step_due: StepDue | None

    @property
    def name(self) -> str:
        """Return the 団体 as registered now, else as the event has it, else that it is open."""
        if self.organisation is not None:
            return self.organisation.name
        return (self.event.organisation_name if self.event is not None else "") or "団体は未定"


@record
class DispatchYear:
    """The 派遣 of a year, with rows in the order of receipt of the requests, never ranked.

    Attributes:
        selected_count: 団体, or visits where the kind counts events, whose 選定 is done and that were not cancelled.
        last_day: the last one whose report still fits into 履行期間, which ends on ``report_end``.
        without_date: titles of undated events, and the chosen 団体 without an event.
    """

    requests: DispatchRequestList
    call_steps: tuple[CallStepMark, ...]
    rows: tuple[DispatchRow, ...]
    selected_count: int
    last_day: date
    report_end: date
    without_date: tuple[str, ...]

    @property
    def organisation_count(self) -> int:
        """Return of how many 団体 the rows are."""
        return _count_organisations(self.rows)


def _count_organisations(listed: Iterable[DispatchRow]) -> int:
    """Return of how many 団体 the rows are; outside the register the name counts, a row without one by itself."""
    return len(
        {
            organisation_key(
                one.organisation.id if one.organisation is not None else None,
                one.event.organisation_name if one.event is not None else "",
            )
            or one.id
            for one in listed
        }
    )


def read_dispatches(store: Store, *, today: date, fiscal_year: int | None = None, kind: str = "") -> DispatchYear:
    """Return the 派遣 of a year (None = the newest) of a kind ("" = the first kind of visits) with their steps.

    Requests that have no 派遣 yet have a row too, and after them 派遣 without a request, by day.

    Raises:
        UserError: that year was not started here.
    """
    database = store.database
    slips = read_dispatch_requests(store, fiscal_year=fiscal_year, kind=kind)
    year = read_year(store, today, fiscal_year=slips.fiscal_year)
    numbers = slips.kind
    events = rows(database, Event, programme_id=numbers.programme_id, kind=numbers.kind)
    ids = [one.id for one in events]
    files = {file.event.id: file for file in read_records_of_events(store, events)}
    decisions = group_by_key((decision.event_id, decision) for decision in rows(database, ChangeDecision, event_id=ids))
    calls = calls_after_visits(database)
    every = [one.request for one in slips.rows]
    found = [(slip, event_of_request(slip.request, events, every)) for slip in slips.rows]
    taken = {event.id for _slip, event in found if event is not None}
    asked = RowsById(slips.rows if numbers.visits_per_request > 1 else ())
    more = [
        event
        for event in sorted(events, key=lambda event: (event.event_date or date.max, event.id))
        if event.id not in taken
    ]
    rest = (files, slips, year, decisions, calls)
    listed = (
        *(_row(slip, event, *rest) for slip, event in found),
        *(replace(_row(asked.get(event.request_id), event, *rest), id=f"e{event.id}") for event in more),
    )
    last = latest_start_day(numbers.report_period, year.view.programme.term_end, year.calendar)
    issued = rows(database, Outgoing, programme_id=numbers.programme_id, document_kind=CALL_FOR_REQUESTS)
    if len(slips.visit_kinds) > 1:
        name = in_visit_words(CALL_FOR_REQUESTS, (numbers,))
        issued = [one for one in issued if one.reference.endswith(f"-{name}")]
    chosen = [one for one in listed if "選定" in one.steps.done_steps and not one.steps.end_reason]
    return DispatchYear(
        requests=slips,
        call_steps=call_step_marks(
            is_checked=year.view.programme.clauses_checked != "未確認",
            is_published=bool(outgoing_in_effect(issued)),
            is_announced=any(is_announced(file.steps) for file in files.values()),
            request_count=len(slips.rows),
            closes=slips.closes_for(today),
            today=today,
            recruitment=numbers.recruitment,
        ),
        rows=listed,
        selected_count=_count_organisations(chosen) if numbers.counted.by_organisation else len(chosen),
        last_day=min(last, numbers.window_end),
        report_end=year.view.programme.term_end,
        without_date=tuple(
            one.event.full_title if one.event is not None else one.name
            for one in listed
            if (one.event.event_date is None and one.event.status.counts if one.event is not None else one in chosen)
        ),
    )


def _row(
    request_row: DispatchRequestRow | None,
    event: Event | None,
    records_by_event: Mapping[int, EventRecords],
    requests: DispatchRequestList,
    year: YearContext,
    decisions: Mapping[int, Sequence[ChangeDecision]],
    calls: Mapping[int, CallsAfterVisit],
) -> DispatchRow:
    """Return the row of a request, a 派遣 or both; not both may be None."""
    file = records_by_event[event.id] if event is not None else None
    number = event.id if event is not None else 0
    wish = request_row.request if request_row is not None else None
    ground = step_context_of(
        file, wish, decisions=decisions.get(number, ()), call=calls.get(number), kind=requests.kind
    )
    steps = dispatch_steps(ground, year.today)
    result = file.result if file is not None else None
    registered = event.organisation_id or 0 if event is not None else 0
    return DispatchRow(
        id=f"w{request_row.id}" if request_row is not None else f"e{number}",
        steps=steps,
        request=request_row,
        event=event,
        organisation=request_row.organisation if request_row is not None else requests.organisations.get(registered),
        attended=result.attended if result is not None else None,
        participant_count=file.people if file is not None else 0,
        step_due=_step_due(steps, file, wish, requests.closes_for(wish.received_on) if wish else None, year),
    )


def _step_due(
    steps: DispatchSteps,
    records: EventRecords | None,
    request: DispatchRequest | None,
    closes: date | None,
    year: YearContext,
) -> StepDue | None:
    """Return by when the current step must be done, and whether the contract asks for it; None = no day."""
    if not steps.current_step:
        return None
    task = _next_task_of_step(steps.current_step, records, year) if records is not None else None
    if task is not None:
        bucket = task.state.bucket
        return StepDue(
            day=task.due,
            is_contract_date=task.is_contract_duty,
            is_passed=bucket in ("期限超過", "目安日過ぎ"),
            is_soon=bucket in ("今日", "今週"),
        )
    if steps.current_step == "選定" and request is not None:
        day = year.calendar.open_on_or_before(selection_target_date(request, closes))
        return StepDue(day=day, is_passed=day < year.today, is_soon=day == year.today)
    held_on = records.event.event_date if steps.current_step == "訪問" and records is not None else None
    return StepDue(day=held_on, is_soon=held_on == year.today) if held_on is not None else None


def _next_task_of_step(step: Step, records: EventRecords, year: YearContext) -> Task | None:
    """Return the first open task of a 派遣 that belongs to its step ``step``, or None; the step 希望票 has none."""
    if step in ("選定", "決裁"):
        wanted = {
            one.id
            for one in records.steps
            if (one.name == CHOICE_STEP if step == "選定" else document_of_step(one.name) == DECISION)
        }
        return next(
            (one for one in tasks_of(records, year) if one.is_open and one.task == STEP and one.step_id in wanted), None
        )
    names = _TASKS_OF_STEP.get(step, ())
    return next((one for one in tasks_of(records, year) if one.is_open and one.task in names), None)
