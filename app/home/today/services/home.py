"""The home screen, with the ward's tasks, whose turn items are, and the progress of the year."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from app.actions.action_id import ActionLink
from app.calendar.dates import long_date, short_date
from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import join_nonempty
from app.event.rules.deadline_states import BUCKETS
from app.event.rules.preparation import preparation_words
from app.event.rules.recruitment import CHOICE_STEP, DECIDE_STEP, step_task_words
from app.event.services.event_preparation import preparation_of
from app.event.services.event_records import EventRecords, read_records_of_year
from app.event.services.month import waiting_words
from app.event.services.progress import Progress, progress
from app.event.services.tasks.deadlines import (
    all_tasks,
    preload_open_years,
    read_open_years,
    read_year,
    sort_tasks,
    tasks_of_year,
    tasks_without_event,
)
from app.event.services.tasks.event_tasks import DAYS_SET, YearContext
from app.event.services.tasks.task import DRAFTING, STEP, Task
from app.home.today.services.absences import acted_for, active_absences
from app.home.today.services.next_working_event import UpcomingEvent, upcoming_events
from app.submissions.work_queue.rules import WAITING, WorkQueue
from app.submissions.work_queue.services import WorkQueueContext, read_context, work_queue_of
from db.digits import is_digits
from db.query_cache import cached_queries
from db.record import record
from db.records.programme import Kind
from db.records.year.enquiries import Absence
from db.store import Store
from db.tables import register

_OVERDUE_BUCKETS = ("期限超過", "目安日過ぎ")
_THIS_WEEK = ("今日", "今週")
_SELECTIONS = tuple(map(step_task_words, (DECIDE_STEP, CHOICE_STEP)))
_MAX_OVERDUE = 3


@record
class NextEvent:
    """The next event with remaining days (「あと8日・開庁日 3日」), people and preparation, all as shown.

    ``people_word`` is 申込 or 参加予定, ``people_words`` the number (「12人」; 「まだありません」 for nobody),
    ``days_words`` 「本日」 on its day.
    """

    event_id: int
    kind: Kind
    title: str
    date_words: str
    time_words: str
    venue_words: str
    days_words: str
    people_word: str
    people_words: str
    prepared_words: str


@record
class HomeRow:
    """One row of 区がやること or of the ward's own checks: a task with its date in words.

    ``is_main_action`` True for rows whose button is filled (期限超過 only). ``date_words`` is 「9/18(金)」, or the
    provisional words of the task if they begin with 「仮 」; ``year_words`` 「令和8年度」 for a task of another year
    than the one shown, else "".
    """

    task: Task
    date_words: str
    is_main_action: bool
    year_words: str

    @cached_property
    def id(self) -> tuple[object, ...]:
        """Return what stays the same from one reading to the next: what the task is and concerns, its label
        without digits, and its link.
        """
        task = self.task
        words = "".join(itertools.filterfalse(is_digits, task.label))
        place = (task.event_id, task.programme_id, task.step_id, task.material_id, task.fiscal_year)
        return task.task, words, *place, task.link

    @property
    def awaits_contractor(self) -> bool:
        """Return whether it is the contractor's turn."""
        return self.task.next_actor == "受託者"

    @property
    def link(self) -> ActionLink:
        """Return the link that opens the task."""
        return self.task.link


@record
class HomeView:
    """Everything the home screen shows.

    ``rows`` are the ward's tasks of 期限超過, 今日 and 今週 and other overdue ones, ``passed_targets`` its own
    passed 目安日, ``later_rows`` those of 来週から; ``counts`` per bucket. ``passed_words`` is the oldest of
    ``passed_targets``; ``moved_texts`` each recruitment date among them that moved with its event. ``work_queue``
    is 資料・報告; ``self_managed`` the ward's own checks that are due. ``days`` are the events of today and of
    the next working day. ``is_first_use`` says that neither an event nor a 団体 exists yet. ``absences`` says who is
    away today.
    """

    today: date
    today_words: str
    rows: tuple[HomeRow, ...]
    passed_targets: tuple[HomeRow, ...]
    passed_words: str
    moved_texts: tuple[str, ...]
    later_rows: tuple[HomeRow, ...]
    counts: dict[str, int]
    work_queue: WorkQueue
    self_managed: tuple[HomeRow, ...]
    self_managed_words: str
    next_event: NextEvent | None
    waiting_words: str
    days: tuple[UpcomingEvent, ...]
    progress: tuple[Progress, ...]
    has_events: bool
    is_first_use: bool
    absences: tuple[Absence, ...] = ()

    @property
    def late_waiting_count(self) -> int:
        """Return how many items waiting for the contractor are past their day, whoever set it."""
        return sum(row.turn == WAITING and bool(row.tone) for row in self.work_queue.rows)


@cached_queries
def read_home(store: Store, *, today: date, fiscal_year: int | None = None) -> HomeView:
    """Return the home screen as of ``today``; raises ``UserError`` if the year was not started.

    Tasks are those of every open year, so none of a shown year that was closed; the next event, the events of the
    coming days and the progress are of the year that is shown.

    Args:
        fiscal_year: the year shown by its western first year; None = the newest.
    """
    preload_open_years(store)
    year = read_year(store, today, fiscal_year=fiscal_year)
    shown_year = year.view.programme
    files = read_records_of_year(store, shown_year.id)
    mine = tasks_of_year(files, year)
    also = [read_context(store, other) for other in read_open_years(store, today, excluded_id=shown_year.fiscal_year)]
    others = [task for ground in also for task in ground.tasks]
    grounds = [*also, WorkQueueContext(year=year, event_records=files, tasks=mine)]
    loose = tasks_without_event(store, year)
    tasks = sort_tasks([*(mine if shown_year.closed_on is None else ()), *others, *loose])
    absences = active_absences(store.database, today)
    ward = [acted_for(task, absences, today) for task in ward_tasks(tasks)]
    shown = [_home_row(task, today, shown_year.fiscal_year) for task in ward]
    own = [task for task in tasks if task.is_open and task.is_own_check]
    passed = tuple(row for row in shown if row.task.bucket == "目安日過ぎ" and row.task.is_own_target)
    return HomeView(
        today=today,
        today_words=long_date(today),
        rows=tuple(row for row in shown if row not in passed and row.task.bucket != "来週から"),
        passed_targets=passed,
        passed_words=f"いちばん古いもの {_passed_words(passed[0])}" if passed else "",
        moved_texts=tuple(
            f"{_passed_words(row)}　{row.task.event_title}"
            for row in passed
            if row.task.task == STEP and row.task.rule in DAYS_SET
        ),
        later_rows=tuple(row for row in shown if row.task.bucket == "来週から"),
        counts={bucket: sum(task.bucket == bucket for task in ward) for bucket in BUCKETS if bucket != "済"},
        work_queue=work_queue_of(store, grounds),
        self_managed=tuple(_home_row(task, today, shown_year.fiscal_year) for task in own),
        self_managed_words="・".join(
            f"{task.event_title} {task.label.removesuffix('をする')} {task.detail}" for task in own
        ),
        next_event=next_event(files, year),
        waiting_words=waiting_words(files, today),
        days=upcoming_events(files, year),
        progress=tuple(progress(files, numbers, today) for numbers in year.view.kinds),
        has_events=bool(files or others),
        is_first_use=not (files or others) and not register.count_organisations(store.database),
        absences=absences,
    )


def count_due(store: Store, *, today: date) -> int:
    """Return how many of the ward's tasks are 期限超過 or due today."""
    return sum(task.bucket in ("期限超過", "今日") for task in ward_tasks(all_tasks(store, today=today)))


def ward_tasks(tasks: Sequence[Task]) -> list[Task]:
    """Return the open tasks of the ward and those past their deadline of the contractor, by bucket, then date.

    The ward's own checks and tasks of a year that are not announced yet are left out. Of the recruitment steps of an
    event, all of 今日 and 今週 and all dated by hand are included, and of the missed ones the first three (the third
    says how many more); of those of 来週から only the first, and none where a step was missed. A letter whose 起案 is
    to go up has that line alone, and none while the selection that it tells is open.

    Args:
        tasks: sorted by date.
    """
    chosen: list[Task] = []
    stepped = set()
    missed: dict[int | None, list[int]] = {}
    more: Counter[int | None] = Counter()
    drafted = {task.step_id for task in tasks if task.task == DRAFTING}
    undecided = {task.event_id for task in tasks if task.is_open and task.label in _SELECTIONS and task.step_id}
    for task in tasks:
        if task.task == DRAFTING and task.event_id in undecided:
            continue
        if not task.is_open or not _belongs_on_home(task) or task.is_own_check or not _is_announced(task):
            continue
        if task.task == STEP and task.step_id in drafted:
            continue
        if task.step_id is not None and task.bucket not in _THIS_WEEK and task.rule not in DAYS_SET:
            late = missed.setdefault(task.event_id, [])
            if task.bucket in _OVERDUE_BUCKETS and len(late) < _MAX_OVERDUE:
                late.append(len(chosen))
            elif task.event_id in stepped:
                more[task.event_id] += task.bucket in _OVERDUE_BUCKETS
                continue
            stepped.add(task.event_id)
        chosen.append(task)
    for event_id, count in more.items():
        if count:
            last = missed[event_id][-1]
            words = f"ほかに{count}件も過ぎています"
            chosen[last] = replace(chosen[last], detail=join_nonempty(chosen[last].detail, words))
    return sorted(chosen, key=lambda task: (BUCKETS.index(task.bucket), task.due, not task.is_contract_duty))


def _belongs_on_home(task: Task) -> bool:
    return task.next_actor == "区" or task.bucket == "期限超過"


def _is_announced(task: Task) -> bool:
    """Return whether a task is an event's, or one of the year that is announced already or past its deadline."""
    return task.programme_id is None or task.announced_days is not None or task.bucket == "期限超過"


def _home_row(task: Task, today: date, year: int) -> HomeRow:
    """Return a task as a row of the home screen, with its date, or the provisional words, as words.

    A task of another fiscal year than ``year`` names its own (0 = a task of no year).
    """
    words = task.provisional_words if task.provisional_words.startswith("仮 ") else short_date(task.due, today)
    other = task.fiscal_year not in (0, year)
    return HomeRow(
        task=task,
        date_words=words,
        is_main_action=task.bucket == "期限超過",
        year_words=fiscal_year_words(task.fiscal_year) if other else "",
    )


def _passed_words(row: HomeRow) -> str:
    """Return date and task in words (「11/27(金) 会場の使用を決める」)."""
    return f"{row.date_words} {row.task.label}"


def next_event(files: Sequence[EventRecords], year: YearContext) -> NextEvent | None:
    """Return the first of ``files`` (by date, of one year) that will be held, or None."""
    for file in files:
        event = file.event
        if event.event_date is None or not file.phase(year.today).will_be_held:
            continue
        open_days = year.calendar.open_days_between(year.today, event.event_date)
        days = (event.event_date - year.today).days
        return NextEvent(
            event_id=event.id,
            kind=event.kind,
            title=event.full_title,
            date_words=short_date(event.event_date, year.today),
            time_words=event.hours,
            venue_words=file.event_as_planned.place_words,
            days_words=f"あと{days}日・開庁日 {open_days}日" if days else "本日",
            people_word=file.people_word,
            people_words=f"{file.people}人" if file.people else "まだありません",
            prepared_words=preparation_words(preparation_of(file, year)),
        )
    return None
