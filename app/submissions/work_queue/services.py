"""Build the list of everything between ward and contractor, each item once, with whose turn it is.

Nothing is typed for it and nothing decided here: states come from handouts, the due list and the tasks;
``whose_turn`` says whose turn that is. Every count of the window counts these rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.rules.deadlines import MATERIAL, REPORT
from app.event.services.event_records import EventRecords, MaterialRecords, read_event_records, read_records_of_year
from app.event.services.tasks.deadlines import preload_open_years, read_event_year, read_open_years, tasks_of_year
from app.event.services.tasks.deadlines import sort_tasks as in_order_of_tasks
from app.event.services.tasks.event_tasks import YearContext, tasks_of
from app.event.services.tasks.task import ADDED_HANDOUT, OWN_TARGET, Task
from app.events.materials.services.material_board import needs_no_check
from app.received.services import HANDOUT, ReceivedKind, find_received_kind
from app.submissions.deliverables.rules.due_rows import DONE as OWED_DONE
from app.submissions.deliverables.rules.due_rows import WARD as OWED_WARD
from app.submissions.deliverables.rules.due_rows import DueRow, Lateness
from app.submissions.deliverables.services.due_list import CHECK_DAYS, due_list_of, report_row
from app.submissions.work_queue.rules import (
    OUTDATED,
    WAITING,
    WARD,
    Answer,
    ItemState,
    Tone,
    WorkQueue,
    WorkQueueRow,
    date_pair_words,
    sort_rows,
    whose_turn,
)
from db.query_cache import cached_queries
from db.record import record
from db.records.submissions.materials import Material
from db.store import Store

_CLOSED = "年度を閉じました"


@record
class WorkQueueContext:
    """The data of one year, with its events (cancelled ones too), and all tasks of them and of the year."""

    year: YearContext
    event_records: Sequence[EventRecords]
    tasks: Sequence[Task]

    @property
    def is_closed(self) -> bool:
        """Return whether the year is closed, so that nothing is expected any more."""
        return self.year.view.programme.closed_on is not None


@cached_queries
def read_work_queue(
    store: Store, *, today: date, fiscal_year: int | None = None, programme_id: int | None = None
) -> WorkQueue:
    """Return the list as of ``today``, of every open year and those requested.

    Args:
        fiscal_year: a year that is shown even when closed; all of it is 済 then.
        programme_id: another requested one.
    """
    preload_open_years(store)
    years = read_open_years(store, today, fiscal_year=fiscal_year, programme_id=programme_id)
    return work_queue_of(store, [read_context(store, year) for year in years])


@cached_queries
def read_event_work_queue(store: Store, *, event_id: int, today: date) -> WorkQueue:
    """Return the handouts and the report of one event as rows; raises ``UserError`` when it does not exist."""
    year = read_event_year(store, event_id, today, with_follow_ups=False, with_year_records=False)
    file = read_event_records(store, event_id)
    ground = WorkQueueContext(year=year, event_records=(file,), tasks=in_order_of_tasks(tasks_of(file, year)))
    outstanding = report_row(store, records=file, tasks=ground.tasks, year=year)
    rows = [*_handouts(ground), *([_owed_row(outstanding, ground)] if outstanding is not None else [])]
    return WorkQueue(rows=sort_rows(replace(row, programme_id=year.view.programme.id) for row in rows))


def read_context(store: Store, year: YearContext) -> WorkQueueContext:
    """Read the data of one year's list."""
    files = read_records_of_year(store, year.view.programme.id)
    return WorkQueueContext(year=year, event_records=files, tasks=tasks_of_year(files, year))


def count_ward_items(store: Store, *, today: date) -> int:
    """Return how many items are 区の対応待ち."""
    return read_work_queue(store, today=today).count(WARD)


def work_queue_of(store: Store, contexts: Sequence[WorkQueueContext]) -> WorkQueue:
    """Return the list 資料・報告 from data already read; closed years add no lateness."""
    rows = []
    contractor = []
    ward = []
    for ground in contexts:
        outstanding = due_list_of(store, event_records=ground.event_records, tasks=ground.tasks, year=ground.year)
        if not ground.is_closed:
            contractor.append(outstanding.contractor)
            ward.append(outstanding.ward)
        named = ground.year.words if len(contexts) > 1 else ""
        mine = [*_handouts(ground), *(_owed_row(row, ground) for row in outstanding.rows)]
        rows += [replace(row, year_words=named, programme_id=ground.year.view.programme.id) for row in mine]
    return WorkQueue(rows=sort_rows(rows), contractor=_sum_lateness(contractor), ward=_sum_lateness(ward))


def _sum_lateness(parts: Iterable[Lateness]) -> Lateness:
    return Lateness(items=tuple(one for part in parts for one in part.items))


@record
class _Dates:
    """The tasks that can date a row (of the contractor, of a corrected version, of the ward's answer)."""

    outstanding: Task | None
    correction_task: Task | None
    answer: Task | None
    fallback_task: Task | None = None
    """What dates an item that is done, or whose own date has lapsed."""


def _with_date(row: WorkQueueRow, task: Task | None, today: date) -> WorkQueueRow:
    """Return a row with the date of a task, both days where the first was closed.

    Red if a day of the contract has passed, amber after a 目安日; a provisional date has no colour.
    """
    if task is None:
        return row
    if task.provisional_words:
        return replace(
            row, due=task.due, due_words=task.provisional_words, contract=task.is_contract_duty, basis_words=task.clause
        )
    tone: Tone = ""
    basis = join_nonempty(task.clause, task.rule, separator=" ") if task.is_contract_duty else target_words(task.rule)
    if task.is_open and task.overdue_days:
        tone, basis = "red", f"{task.clause} {task.overdue_days}日超過"
    elif task.is_open and not task.is_contract_duty and task.due < today:
        tone, basis = "amber", f"{OWN_TARGET} {(today - task.due).days}日過ぎ"
    first, counts = task.nominal or task.due, task.working or task.due
    return replace(
        row,
        due=task.due,
        due_words=date_pair_words(first, counts, today) if task.override is None else short_date(task.due, today),
        contract=task.is_contract_duty,
        tone=tone,
        basis_words=basis,
    )


def target_words(rule: str) -> str:
    """Return 「目安日」, with the rule behind it if there is one."""
    return OWN_TARGET if not rule or rule == OWN_TARGET else f"{OWN_TARGET} {rule}"


def _with_turn(row: WorkQueueRow, item_state: ItemState, dates: _Dates, context: WorkQueueContext) -> WorkQueueRow:
    """Return a row with the date of its turn; contractor items that are not near yet are later."""
    today = context.year.today
    if row.turn == WARD:
        found = _with_date(row, dates.answer, today)
        if item_state.answer != "受けた" or dates.answer is None:
            return found
        # What was accepted is done as far as its clause goes, though the contractor must still be notified.
        return replace(found, tone="", basis_words=f"{dates.answer.clause} {dates.answer.rule}".strip())
    if row.turn == WAITING:
        asked_back = item_state.is_received
        task = (dates.correction_task if asked_back else dates.outstanding) or dates.fallback_task
        near = asked_back or _is_near(task, row, context)
        found = _with_date(replace(row, is_later=not near), task, today)
        if task is not None and task.next_actor == "区":
            # The ward's date is used for items without their own: passing it is no lateness of the contractor.
            return replace(found, tone="", basis_words=f"{task.clause} {task.rule}".strip())
        return found
    return replace(_with_date(row, dates.fallback_task or dates.outstanding, today), tone="")


def _is_near(task: Task | None, row: WorkQueueRow, context: WorkQueueContext) -> bool:
    """Return whether the contractor's time has come (event held, or date announced or passed).

    A provisional date does not count.
    """
    if task is None or task.provisional_words:
        return row.due is not None and row.due <= context.year.today
    if task.task == REPORT:
        return task.event_date is not None and task.event_date <= context.year.today
    return task.announced_days is not None or task.bucket in ("期限超過", "目安日過ぎ", "今日")


# handouts


def _handouts(context: WorkQueueContext) -> Iterator[WorkQueueRow]:
    """Yield a row for each handout that must be checked, or one where a needed one is missing; no cancelled events."""
    tasks: dict[tuple[int, str, int], Task] = {}
    for task in context.tasks:
        tasks.setdefault((task.event_id or 0, task.task, task.material_id or 0), task)
    for file in context.event_records:
        if not file.phase(context.year.today).counts or needs_no_check(file):
            continue
        missing = MaterialRecords(material=Material(event_id=file.event.id, position=0, title="資料は未登録"))
        for handout in file.materials_of_its_day or (missing,):
            yield _handout(file, handout, tasks, context)


def _handout(
    records: EventRecords,
    handout: MaterialRecords,
    tasks: Mapping[tuple[int, str, int], Task],
    context: WorkQueueContext,
) -> WorkQueueRow:
    """Return the row of one handout: whose turn it is and by when."""
    event, latest, today, kind = records.event, handout.latest, context.year.today, find_received_kind(HANDOUT)
    # One that waits for another day is still to come, whatever became of the old one.
    awaited = records.awaited_change
    awaits_day = event.event_date is None or bool(awaited)
    over = event.is_past(today) and not awaits_day
    answer: Answer = ""
    if latest is not None and latest.result:
        answer = "受けた" if latest.result.is_checked else "直してもらう"
    # A past event needs no notification; before that a 確認済 must be notified, too.
    standing = ItemState(
        is_received=latest is not None,
        answer=answer,
        is_notified=handout.notified_on is not None or over,
        is_closed=context.is_closed,
    )
    confirm = tasks.get((event.id, ADDED_HANDOUT, handout.material.id)) or tasks.get((event.id, MATERIAL, 0))
    row = WorkQueueRow(
        id=f"material-{event.id}-{handout.material.id}",
        kind=HANDOUT,
        title=handout.material.title,
        turn=whose_turn(standing),
        event_id=event.id,
        event_kind=event.kind,
        event_words=event.full_title,
        material_id=handout.material.id,
        versions=latest.version if latest is not None else 0,
    )
    outstanding = tasks.get((event.id, kind.awaited_task, 0))
    if over and confirm is None and event.event_date is not None:
        outstanding = None
        # The day of the 資料確認 cannot be met any more; what is left is dated by its event, without alarm.
        row = replace(row, due=event.event_date, due_words=short_date(event.event_date, today), basis_words="実施日")
    dates = _Dates(
        outstanding=outstanding,
        correction_task=tasks.get((event.id, kind.correction_task, handout.material.id)),
        answer=confirm,
        fallback_task=confirm,
    )
    stood = _with_turn(row, standing, dates, context)
    words, second = _handout_words(handout, standing, stood, today)
    second = _CLOSED if context.is_closed else second
    if stood.turn == WAITING and latest is None and awaits_day:
        stood = replace(stood, due=None, due_words="日程の協議中", basis_words="", tone="")
    elif awaited and stood.due is None:
        stood = replace(stood, due_words=awaited)
    return replace(stood, state_words=words, state_second=second)


def _handout_words(handout: MaterialRecords, item_state: ItemState, row: WorkQueueRow, today: date) -> tuple[str, str]:
    """Return the state of a handout in two lines of words (「結果を通知する」, 「再提出　9/18(金) に決定」)."""
    latest = handout.latest
    if latest is None:
        return "受領前", ""
    received = f"{short_date(latest.received_on, today)} 受領"
    decided = f"{latest.result}　{short_date(latest.result_on, today)} に決定" if latest.result_on else ""
    if row.turn == WARD:
        if not item_state.answer:
            return f"{find_received_kind(HANDOUT).check_verb} 第{latest.version}版", received
        return "結果を通知する", decided
    if row.turn == WAITING:
        told = fill_nonempty("{} 通知", short_date_or("", handout.notified_on, today))
        return f"第{latest.version + 1}版を待つ", join_nonempty(latest.result or "", told)
    return f"{latest.result or '受領'}　第{latest.version}版", decided.partition("　")[2]


# what is owed: reports, and the papers of the year


def _owed_row(outstanding: DueRow, context: WorkQueueContext) -> WorkQueueRow:
    """Return the row of a paper that the contractor owes, with whose turn it is, by what came and was checked."""
    kind = find_received_kind(outstanding.kind)
    mine = [task for task in context.tasks if (task.event_id or 0) == outstanding.event_id]
    named = {task.task: task for task in reversed(mine)}
    dates = _Dates(
        outstanding=named.get(kind.awaited_task),
        correction_task=named.get(kind.correction_task),
        answer=named.get(kind.answer_task),
    )
    today = context.year.today
    came = outstanding.received_on is not None
    # Closed by hand among 年度の期日, without a document: it came outside the program, and nothing is left to check.
    outside = not came and dates.outstanding is not None and dates.outstanding.completed_on is not None
    answer: Answer = ""
    if outstanding.group == OWED_DONE or outstanding.drift or outside:
        answer = "受けた"
    elif came and (outstanding.not_notified or outstanding.group != OWED_WARD):
        answer = "直してもらう"
    standing = ItemState(
        is_received=came or outside,
        answer=answer,
        is_notified=not outstanding.not_notified,
        is_outdated=outstanding.drift > 0,
        is_closed=context.is_closed,
    )
    row = WorkQueueRow(
        # Items due every year have the same name, so the year distinguishes them.
        id=outstanding.id if outstanding.event_id else f"{outstanding.id}-{context.year.view.programme.id}",
        kind=outstanding.kind,
        title=outstanding.kind if outstanding.event_id else outstanding.title,
        turn=whose_turn(standing),
        event_id=outstanding.event_id,
        event_kind=outstanding.event_kind,
        event_words=outstanding.title.removesuffix(" 報告書") if outstanding.event_id else "",
        due=outstanding.due,
        due_words=outstanding.due_words or "期限なし",
        contract=outstanding.contract,
        basis_words=outstanding.basis_words,
        paper_id=outstanding.paper_id,
        versions=outstanding.versions,
        owed_id=outstanding.id,
        drift=outstanding.drift,
    )
    if standing.is_outdated:
        # Its dates are those of the first check, which was in time; another check has none.
        row = replace(row, due=None, due_words="期限なし", contract=False, basis_words="")
        dates = _Dates(outstanding=None, correction_task=None, answer=None)
    if standing.is_received and not answer and dates.answer is None and outstanding.received_on is not None:
        row = _with_check_day(row, outstanding.received_on + timedelta(days=CHECK_DAYS), today)
    elif (
        not came
        and not outstanding.contract
        and outstanding.due is not None
        and outstanding.due < today
        and dates.outstanding is None
    ):
        row = replace(row, tone="amber", basis_words=f"{OWN_TARGET} {(today - outstanding.due).days}日過ぎ")
    stood = _with_turn(row, standing, dates, context)
    words, second = (
        (outstanding.check_words, OUTDATED)
        if standing.is_outdated
        else _owed_words(outstanding, kind, stood, dates, today)
    )
    return replace(stood, state_words=words, state_second=_CLOSED if context.is_closed else second)


def _with_check_day(row: WorkQueueRow, last: date, today: date) -> WorkQueueRow:
    """Return the row with the ward's own date of a check, for a check without a task."""
    over = (today - last).days
    return replace(
        row,
        due=last,
        due_words=short_date(last, today),
        contract=False,
        tone="amber" if over > 0 else "",
        basis_words=f"{OWN_TARGET} {over}日過ぎ" if over > 0 else f"{OWN_TARGET} 受領から{CHECK_DAYS}日",
    )


def _owed_words(
    outstanding: DueRow, kind: ReceivedKind, row: WorkQueueRow, dates: _Dates, today: date
) -> tuple[str, str]:
    """Return the state of an owed paper in two lines of words (「確認済　第1版」, 「9/18(金) 確認済」)."""
    received = fill_nonempty("{} 受領", short_date_or("", outstanding.received_on, today))
    if row.turn == WARD:
        if outstanding.not_notified:
            return outstanding.check_words, received
        detail = dates.answer.detail if dates.answer is not None else ""
        return join_nonempty(kind.check_verb, detail or f"第{outstanding.versions}版", separator=" "), received
    if row.turn == WAITING:
        if outstanding.received_on is not None:
            return f"第{outstanding.versions + 1}版を待つ", outstanding.check_words
        left = (
            dates.outstanding.short_words if dates.outstanding is not None and not row.tone and not row.is_later else ""
        )
        return "受領前", left or (outstanding.way_words if row.is_later else "")
    if outstanding.received_on is None:
        done = dates.outstanding.completed_on if dates.outstanding is not None else None
        return "済", fill_nonempty("{} 年度の期日で記録", short_date_or("", done, today))
    checked = fill_nonempty("{} 確認済", short_date_or("", outstanding.checked_on, today))
    return f"確認済　第{outstanding.versions}版", checked or received
