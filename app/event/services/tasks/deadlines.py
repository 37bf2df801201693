"""Returns all due dates as tasks, for home, event, calendar and reports; nothing else computes a date.

``Task`` and its fields are described in ``app.event.services.tasks.task``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.event.rules.deadlines import HEADCOUNT
from app.event.services.event_records import EventRecords, read_event_or_error, read_event_records, read_records_of_year
from app.event.services.event_state import states_of
from app.event.services.tasks.event_tasks import (
    EventDue,
    YearContext,
    closing_key,
    event_dues,
    follow_up_tasks,
    lapsed_tasks,
    manual_closing,
    tasks_of,
    unrecorded_key,
    unrecorded_reason,
)
from app.event.services.tasks.follow_ups import read_eventless_follow_ups, read_follow_ups, read_year_follow_ups
from app.event.services.tasks.task import CANCELLATION_TALK, PROPOSAL, Task
from app.event.services.tasks.task_kind import TASK_KIND_BY_NAME
from app.event.services.tasks.year_task_kind import (
    YEAR_KIND_OF,
    YEAR_KINDS,
    YearDatesContext,
    shortage_tasks,
    year_task,
)
from app.event.services.tasks.year_tasks import read_year_records
from app.programme.services import ProgrammeView, YearRecords, programmes, read_programme, read_view
from db.query_cache import cached_queries
from db.records.accounts import AccessReview
from db.records.applications import ColumnMap
from db.records.backups import RestoreDrill
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchRequest
from db.records.disposals import Hold
from db.records.events import DeadlineOverride, Event, EventResult
from db.records.incidents import Incident
from db.records.ledgers import LedgerSetting
from db.records.presentations import Presentation
from db.records.programme import ClosedDay, ContractTerms, TaskClosing
from db.records.protection import Checkout
from db.records.submissions.received import ReceivedPaper
from db.records.year.enquiries import Absence, ContactMemo
from db.records.year.proposal import Evidence
from db.records.year.rights import DataRequest, MistakeReport, RequestStep
from db.rows import OrderByRecord, rows, rows_of_each
from db.store import Store
from db.tables import deadlines as table
from db.tables import events as event_table
from db.tables import received

_YEAR_TABLES: OrderByRecord = {
    Event: event_table.BY_DATE,
    DeadlineOverride: "id",
    TaskClosing: "id",
    ReceivedPaper: received.BY_KIND,
    Evidence: "id",
}
_ID_LIST_TABLES: OrderByRecord = {
    ClosedDay: ("day", "id"),
    LedgerSetting: "id",
    ChangeDecision: "id",
    Checkout: "id",
    Presentation: "id",
    DispatchRequest: ("received_on", "id"),
    RestoreDrill: "-id",
    Incident: "id",
    ContractTerms: ("valid_from", "id"),
    Hold: "id",
    ContactMemo: "received_at",
    Absence: "id",
    DataRequest: "id",
    MistakeReport: "id",
    RequestStep: "id",
    AccessReview: "id",
    ColumnMap: "-id",
}
"""Tables from which several follow-up sources read rows, with the order of the rows."""


def read_year(
    store: Store, today: date, *, programme_id: int | None = None, fiscal_year: int | None = None
) -> YearContext:
    """Return the context of the deadlines of a year, by its ``programme_id`` or ``fiscal_year``, else of the newest."""
    return _with_year_records(
        store, read_programme(store, programme_id=programme_id, fiscal_year=fiscal_year, on=today), today
    )


def preload_open_years(store: Store) -> None:
    """Read in two statements the rows that the follow-up sources of the open years use.

    They then find them in the cache of the current read (``cached_queries``).
    """
    years = [one.id for one in programmes(store) if one.closed_on is None]
    rows_of_each(store.database, _YEAR_TABLES, programme_id=years)
    rows_of_each(store.database, _ID_LIST_TABLES)


def _with_year_records(store: Store, view: ProgrammeView, today: date, *, with_follow_ups: bool = True) -> YearContext:
    """Return the year with what its deadlines are computed from; without ``with_follow_ups`` no stored records."""
    return YearContext(
        view=view,
        calendar=view.calendar,
        today=today,
        follow_ups=read_follow_ups(store.database, today) if with_follow_ups else (),
        records=read_year_records(store, view.programme) if with_follow_ups else YearRecords(),
    )


def read_open_years(
    store: Store,
    today: date,
    *,
    fiscal_year: int | None = None,
    programme_id: int | None = None,
    excluded_id: int | None = None,
) -> tuple[YearContext, ...]:
    """Return every year that is not closed, earliest first.

    Args:
        fiscal_year, programme_id: years that are included even when closed.
        excluded_id: first calendar year (``fiscal_year``, not ``id``) of a year that is left out.
    """
    found = [
        one
        for one in programmes(store)
        if one.fiscal_year != excluded_id
        and (one.closed_on is None or one.fiscal_year == fiscal_year or one.id == programme_id)
    ]
    return tuple(_with_year_records(store, read_view(store.database, one, today), today) for one in reversed(found))


def read_event_year(
    store: Store, event_id: int, today: date, *, with_follow_ups: bool = True, with_year_records: bool = True
) -> YearContext:
    """Return what the tasks of one event rest on: its own year and its follow-ups.

    Args:
        with_follow_ups: False = only what its dates rest on, so that a deadline closed by hand is open.
        with_year_records: False = without 所属, 受託者 and addresses of documents, on which no date rests.

    Raises:
        UserError: the event is gone.
    """
    event = read_event_or_error(store.database, event_id)
    view = read_programme(store, programme_id=event.programme_id, on=today, with_names=with_year_records)
    year = _with_year_records(store, view, today, with_follow_ups=False)
    if with_follow_ups:
        closings = tuple(rows(store.database, TaskClosing, programme_id=event.programme_id))
        year = replace(
            year,
            follow_ups=read_follow_ups(store.database, today, event_id=event_id),
            records=YearRecords(task_closings=closings),
        )
    return year.for_event(event)


def event_tasks(store: Store, *, event_id: int, today: date) -> tuple[Task, ...]:
    """Return the tasks of one event by date, done ones included."""
    return tasks_of(read_event_records(store, event_id), read_event_year(store, event_id, today))


@cached_queries
def all_tasks(store: Store, *, today: date) -> tuple[Task, ...]:
    """Return the tasks of every event and of every year that is not closed by date, done ones included."""
    preload_open_years(store)
    years = read_open_years(store, today)
    found = [
        task for year in years for task in tasks_of_year(read_records_of_year(store, year.view.programme.id), year)
    ]
    # A task without an event belongs to no year either, so it is added once.
    return sort_tasks([*found, *tasks_without_event(store, years[-1] if years else read_year(store, today))])


def tasks_without_event(store: Store, year: YearContext) -> tuple[Task, ...]:
    """Return the follow-ups about no event; ``year`` is any year that was read."""
    more = read_year_follow_ups(store, year.today)
    return (*eventless_tasks(store, year), *follow_up_tasks(replace(year, follow_ups=more), None))


def eventless_tasks(store: Store, year: YearContext) -> tuple[Task, ...]:
    """Return the follow-ups about no event without those that only the list of all tasks shows."""
    more = read_eventless_follow_ups(store.database, year.today)
    return follow_up_tasks(replace(year, follow_ups=(*year.follow_ups, *more)), None)


def year_tasks(store: Store, year: YearContext) -> tuple[Task, ...]:
    """Return the tasks of a year that belong to no event by date, done ones included."""
    events = event_table.events_of_year(store.database, year.view.programme.id)
    states = states_of(store.database, events, year.today)
    return _year_task_list(
        [
            _without_day(one) if states[one.id].phase.awaits_day else one
            for one in events
            if states[one.id].phase.counts
        ],
        year,
        {
            one.event_id
            for one in rows(store.database, EventResult, event_id=[one.id for one in events])
            if one.cut_short.is_left_out
        },
    )


def tasks_of_year(event_records: Sequence[EventRecords], year: YearContext) -> tuple[Task, ...]:
    """Return the tasks of a year and all its events by date, from records already read."""
    tasks = [task for file in event_records for task in tasks_of(file, year)]
    left_out = {file.event.id for file in event_records if file.is_left_out}
    tasks += _year_task_list(events_with_their_days(event_records), year, left_out)
    return sort_tasks(replace(task, fiscal_year=year.view.programme.fiscal_year) for task in tasks)


def events_with_their_days(event_records: Iterable[EventRecords]) -> list[Event]:
    """Return the events; one that waits for another day has none, as it does not take place on its old one."""
    return [
        _without_day(one.event) if one.awaited_change else one.event
        for one in event_records
        if one.request is None or one.request.outcome
    ]


def _without_day(event: Event) -> Event:
    return replace(event, event_date=None)


def sort_tasks(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Return tasks by date, then by event (those without one first), then by name."""
    return tuple(sorted(tasks, key=lambda task: (task.due, task.event_id or 0, task.task)))


def _year_task_list(events: Sequence[Event], year: YearContext, left_out: Collection[int]) -> tuple[Task, ...]:
    """Return the tasks of the whole year, by deadline; events in ``left_out`` do not fulfil the contract."""
    ground = YearDatesContext(year=year, events=events)
    counted = [one for one in events if one.id not in left_out]
    found = [*(year_task(kind, ground) for kind in YEAR_KINDS), *shortage_tasks(replace(ground, events=counted))]
    return tuple(sorted((task for task in found if task is not None), key=lambda task: task.due))


def proposal_task(events: Sequence[Event], year: YearContext) -> Task | None:
    """Return the task of the 提案書, with a 仮 range while an event is undecided.

    An event is undecided when it has no date, or when the year still holds fewer than the specification's number and
    the period of its kind is not over. Meanwhile the 提案書 is due at the end of the range, as it cannot be late before
    the last event is known. None only when no event took place and none can any more, or where none is owed.
    """
    return year_task(YEAR_KIND_OF[PROPOSAL], YearDatesContext(year=year, events=events))


def override_deadline(context: ActionContext, *, event_id: int, task: str, due: date, reason: str) -> ActionResult:
    """Set the date of one task by hand; the computed dates and the reason stay visible.

    Raises:
        UserError: no reason was given, or the event has no such task.
    """
    if not reason.strip():
        raise UserError("期限を手で変える理由が書かれていません。", "理由を書いてください。画面と履歴に残ります。")
    file, year = read_event_records(context.store, event_id), read_event_year(context.store, event_id, context.today)
    _event_due(file, year, task)
    words = short_date(due, context.today)
    with context.change(f"{task}の期限を手で{words}にした", "deadlines", event_id=event_id) as change:
        for row in table.overrides_of(context.database, event_id):
            if row.task == task:
                change.delete(DeadlineOverride, row.id)
        row_id = change.insert(
            DeadlineOverride(event_id=event_id, task=task, due=due, reason=reason, **context.signature)
        )
    return ActionResult(f"{task}の期限を{words}にしました。計算した日付も残しています。", row_id)


def _event_due(file: EventRecords, year: YearContext, task: str) -> EventDue:
    """Return one deadline counted from an event; raises ``UserError`` when the event has none of this name."""
    found = next((due for due in event_dues(file, year) if due.deadline.task == task), None)
    if found is None:
        raise UserError(f"この実施回に「{task}」の期限はありません。", "実施回を開き直してください。")
    return found


def remove_override(context: ActionContext, *, event_id: int, task: str) -> ActionResult:
    """Remove the date of a task set by hand, so that it is computed again; raises ``UserError`` if there is none."""
    event = read_event_or_error(context.database, event_id)
    rows = [row for row in table.overrides_of(context.database, event_id) if row.task == task]
    if not rows:
        raise UserError(
            f"{event.full_title}の「{task}」は、手で変えた期限ではありません。", "画面を開き直してください。"
        )
    with context.change(f"{task}の期限を計算に戻した", "deadlines", event_id=event_id) as change:
        for row in rows:
            change.delete(DeadlineOverride, row.id)
    return ActionResult(f"{task}の期限を計算に戻しました。", event_id)


def close_event_task(context: ActionContext, *, event_id: int, task: str, closed_on: date, reason: str) -> ActionResult:
    """Close a deadline of an event by hand, where no record of the program can close it; the reason is shown with it.

    Raises:
        UserError: no reason was given, the day has not come yet, the event has no such deadline, or it is closed
            already.
    """
    if not reason.strip():
        raise UserError(
            "済にする理由が書かれていません。", "何をもって済としたかを書いてください。画面と履歴に残ります。"
        )
    if closed_on > context.today:
        raise UserError("済んだ日が、本日より後の日になっています。", "日付を確かめてください。")
    file, year = read_event_records(context.store, event_id), read_event_year(context.store, event_id, context.today)
    talk = (one for one in tasks_of(file, year) if one.task == task == CANCELLATION_TALK)
    found = next(talk, None) or _event_due(file, year, task)
    label = TASK_KIND_BY_NAME[task].label
    if found.completed_on is not None:
        raise UserError(f"「{label}」は、もう済んでいます。", "画面を開き直してください。")
    with context.change(f"{file.event.full_title}：「{label}」を済にした", "deadlines", event_id=event_id) as change:
        row_id = change.insert(
            TaskClosing(
                programme_id=file.event.programme_id,
                task=closing_key(event_id, task),
                closed_on=closed_on,
                reason=reason.strip(),
                **context.signature,
            )
        )
    return ActionResult(f"「{label}」を{short_date(closed_on, context.today)}に済としました。", row_id)


def reopen_event_task(context: ActionContext, *, event_id: int, task: str) -> ActionResult:
    """Reopen a deadline of an event that was closed by hand; raises ``UserError`` when it was not."""
    event = read_event_or_error(context.database, event_id)
    label = TASK_KIND_BY_NAME[task].label
    found = manual_closing(event_id, task, read_event_year(context.store, event_id, context.today))
    if found is None:
        raise UserError(f"「{label}」は、手で済にしたものではありません。", "画面を開き直してください。")
    with context.change(f"{event.full_title}：「{label}」を済でなくした", "deadlines", event_id=event_id) as change:
        change.delete(TaskClosing, found.id)
    return ActionResult(f"「{label}」を、済んでいない期限に戻しました。", found.id)


def close_unrecorded(context: ActionContext, *, event_id: int, reason: str, task: str = HEADCOUNT) -> ActionResult:
    """Save why there is no record of a duty of a past event, replacing an earlier reason; the delay still counts.

    Raises:
        UserError: no reason, or there is a record or the event is still to come.
    """
    if not reason.strip():
        raise UserError(
            f"{task}の記録がない理由が書かれていません。", "分かることを書いてください。画面と履歴に残ります。"
        )
    file, year = read_event_records(context.store, event_id), read_event_year(context.store, event_id, context.today)
    if not any(one.task == task for one in lapsed_tasks(file, year)):
        raise UserError(f"{task}の記録は、欠けていません。", "画面を開き直してください。")
    before = unrecorded_reason(file.event, year, task)
    with context.change(
        f"{file.event.full_title}：{task}の記録がない理由を書いた", "deadlines", event_id=event_id
    ) as change:
        row_id = change.update_or_insert(
            TaskClosing,
            before,
            programme_id=file.event.programme_id,
            task=unrecorded_key(event_id, task),
            closed_on=context.today,
            reason=reason.strip(),
            **context.signature,
        )
    return ActionResult(f"{task}の記録がない理由を残しました。", row_id)


def reopen_unrecorded(context: ActionContext, *, event_id: int, task: str = HEADCOUNT) -> ActionResult:
    """Remove the reason that ``close_unrecorded`` saved; raises ``UserError`` when there is none."""
    event = read_event_or_error(context.database, event_id)
    found = unrecorded_reason(event, read_event_year(context.store, event_id, context.today), task)
    if found is None:
        raise UserError(f"{task}の記録がない理由は、書かれていません。", "画面を開き直してください。")
    with context.change(
        f"{event.full_title}：{task}の記録がない理由を消した", "deadlines", event_id=event_id
    ) as change:
        change.delete(TaskClosing, found.id)
    return ActionResult(f"{task}の記録がない理由を消しました。", event_id)
