"""The home screen: what the ward does today and this week, what it waits for, how far the year is.

- ``read_home(store, today, month=None, fiscal_year=None) -> HomeView`` (``month`` = (year, month) of the calendar)
- ``count_due(store, today) -> int`` – 期限超過 and 今日, for the side bar
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.asked import Asked
from app.calendar.dates import fiscal_year_words, long_date, short_date
from app.subjects.events.rules.states import BUCKETS
from app.subjects.events.services.deadlines import all_tasks, in_order, read_open_years, read_year, tasks_of_year
from app.subjects.events.services.event_file import read_files
from app.subjects.events.services.event_tasks import BY_HAND, follow_up_tasks
from app.subjects.events.services.month import Month, month_of
from app.subjects.events.services.task import STEP, Task
from app.subjects.home.services.home_progress import NextEvent, Progress, next_event, progress
from db.store import Store

__all__ = ["HomeRow", "HomeView", "NextEvent", "Progress", "count_due", "read_home", "ward_tasks"]


@dataclass(frozen=True, kw_only=True)
class HomeRow:
    """One row of 区がやること or 受託者からの提出待ち: the task with its date in words.

    ``main`` True for rows whose button is filled (期限超過 only). ``date_words`` 「9/18(金)」 or 「仮 …」;
    ``year_words`` 「令和8年度」 for a duty of another year than the one shown.
    """

    task: Task
    date_words: str
    main: bool
    year_words: str = ""

    @property
    def asked(self) -> Asked:
        """What the row asks for."""
        return self.task.asked


@dataclass(frozen=True, kw_only=True)
class HomeView:
    """Everything the home screen shows.

    ``rows`` are the ward's tasks of 期限超過, 今日 and 今週, ``later`` those of 来週から; ``counts`` per bucket.
    ``waiting`` is what the contractor owes, by date; ``self_managed`` the ward's own checks that are due.
    """

    today: date
    today_words: str
    rows: tuple[HomeRow, ...]
    later: tuple[HomeRow, ...]
    counts: dict[str, int]
    waiting: tuple[HomeRow, ...]
    self_managed: tuple[HomeRow, ...]
    self_managed_words: str
    next_event: NextEvent | None
    progress: tuple[Progress, ...]
    month: Month
    sample: bool
    has_events: bool


def read_home(
    store: Store, *, today: date, month: tuple[int, int] | None = None, fiscal_year: int | None = None
) -> HomeView:
    """Return the home screen as it stands on ``today``.

    Duties are those of every year that is not closed; the next event, the progress and the month are of the year
    that is shown.

    Args:
        fiscal_year: the year shown by its western first year; None = the newest.
    """
    year = read_year(store, today, fiscal_year=fiscal_year)
    shown_year = year.view.programme
    files = read_files(store, shown_year.id)
    mine = tasks_of_year(files, year)
    others = [
        task
        for other in read_open_years(store, today, without=shown_year.fiscal_year)
        for task in tasks_of_year(read_files(store, other.view.programme.id), other)
    ]
    loose = follow_up_tasks(year, None)
    tasks = in_order([*(mine if shown_year.closed_on is None else ()), *others, *loose])
    ward = ward_tasks(tasks)
    shown = [_home_row(task, today, shown_year.fiscal_year) for task in ward]
    waiting = [task for task in tasks if task.open and task.ball == "受託者" and _is_awaited(task, today)]
    own = [task for task in tasks if task.open and task.self_managed and task.due is not None]
    at = month or (today.year, today.month)
    return HomeView(
        today=today,
        today_words=long_date(today),
        rows=tuple(row for row in shown if row.task.bucket != "来週から"),
        later=tuple(row for row in shown if row.task.bucket == "来週から"),
        counts={bucket: sum(task.bucket == bucket for task in ward) for bucket in BUCKETS if bucket != "済"},
        waiting=tuple(_home_row(task, today, shown_year.fiscal_year) for task in waiting),
        self_managed=tuple(_home_row(task, today, shown_year.fiscal_year) for task in own),
        self_managed_words="・".join(
            f"{task.event_title} {task.label.removesuffix('をする')} {task.detail}" for task in own
        ),
        next_event=next_event(files, year),
        progress=tuple(progress(files, numbers) for numbers in year.view.numbers.values()),
        month=month_of(files, in_order([*mine, *loose]), year, *at),
        sample=year.view.programme.sample,
        has_events=bool(files or others),
    )


def count_due(store: Store, *, today: date) -> int:
    """Return how many of the ward's tasks are 期限超過 or due today."""
    return sum(task.bucket in ("期限超過", "今日") for task in ward_tasks(all_tasks(store, today=today)))


def ward_tasks(tasks: Sequence[Task]) -> list[Task]:
    """Return the open tasks of the ward for its list: by bucket, then date; of recruitment only the next step.

    A new event made late would otherwise bury the list under steps that all lie in the past. Steps of
    this week and steps dated by hand (what a moved date calls for) are always there.
    """
    chosen: list[Task] = []
    stepped: set[int | None] = set()
    for task in tasks:
        if not task.open or task.ball != "区" or task.self_managed or not _is_announced(task):
            continue
        if task.task == STEP and task.bucket != "今週" and task.rule != BY_HAND:
            if task.event_id in stepped:
                continue
            stepped.add(task.event_id)
        chosen.append(task)
    return sorted(chosen, key=lambda task: (BUCKETS.index(task.bucket), task.due or date.max, not task.contract))


def _is_announced(task: Task) -> bool:
    """Whether a task of the year has come near: from its first announcement on, so that May does not fill December."""
    return task.programme_id is None or task.announced is not None or task.bucket == "期限超過"


def _is_awaited(task: Task, today: date) -> bool:
    """Whether the contractor's turn has come: a report only once its event was held.

    The 提案書 is awaited from its first announcement on; while an event is undecided its date is a 仮 one.
    """
    if task.event_id is None:
        return not task.provisional and (task.announced is not None or task.bucket == "期限超過")
    if task.event_date is None:
        return False
    return task.event_date <= today or not task.contract


def _home_row(task: Task, today: date, shown_year: int) -> HomeRow:
    words = task.provisional if task.provisional.startswith("仮 ") else short_date(task.due, today) if task.due else "—"
    other = task.fiscal_year not in (0, shown_year)
    return HomeRow(
        task=task,
        date_words=words,
        main=task.bucket == "期限超過",
        year_words=fiscal_year_words(task.fiscal_year) if other else "",
    )
