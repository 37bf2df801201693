"""Reads one month of events, closed days, the ward's own deadlines and the due dates of the year."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from datetime import date

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.event_phase import EventPhase
from app.event.services.event_records import EventRecords, read_records_of_year
from app.event.services.tasks.deadlines import eventless_tasks, read_year, sort_tasks, tasks_of_year
from app.event.services.tasks.event_tasks import YearContext
from app.event.services.tasks.task import Task
from db.record import record
from db.records.event_status import EventStatus
from db.records.programme import Kind
from db.store import Store


@record
class MonthEvent:
    """An event in the month; ``title`` is the full name, ``short`` 「第3回」, without an ordinal the subject.

    Both begin with 「会場未定」 where it waits for another place.
    """

    event_id: int
    kind: Kind
    short: str
    title: str
    status: EventStatus


@record
class MonthDay:
    """One day; ``closed`` is why the office is closed ("" when open), ``tasks`` are open and due on this day.

    Which tasks are left out is said by ``read_month``.
    """

    day: date
    closed: str
    events: tuple[MonthEvent, ...]
    tasks: tuple[Task, ...]

    @property
    def overdue(self) -> bool:
        """Return whether one of the tasks is 期限超過."""
        return any(task.bucket == "期限超過" for task in self.tasks)


@record
class Month:
    """One month as whole weeks of days, each from Sunday, and the events of the year that wait for another day."""

    year: int
    month: int
    days: tuple[MonthDay, ...]
    waiting_words: str = ""


def read_month(store: Store, *, year: int, month: int, today: date, fiscal_year: int | None = None) -> Month:
    """Return one month of one fiscal year (None = the newest): events not cancelled, and open tasks on their day.

    The tasks are those the ward acts on next, and those of the year that the contractor owes on a certain (not 仮) day;
    the ward's own checks are left out. ``year`` and ``month`` are those of the calendar; days of the months around it
    complete the weeks.
    """
    base = read_year(store, today, fiscal_year=fiscal_year)
    files = read_records_of_year(store, base.view.programme.id)
    tasks = sort_tasks([*tasks_of_year(files, base), *eventless_tasks(store, base)])
    return month_of(files, tasks, base, year, month)


def month_of(
    event_records: Sequence[EventRecords], tasks: Sequence[Task], base: YearContext, year: int, month: int
) -> Month:
    """Return one month as ``read_month``, from the records and tasks of the year already read."""
    mine = [
        task
        for task in tasks
        if task.is_open
        and not task.is_own_check
        and (task.next_actor == "区" or (task.programme_id is not None and not task.provisional_words))
    ]
    days = []
    for day in Calendar(firstweekday=6).itermonthdates(year, month):
        events = tuple(
            MonthEvent(
                event_id=file.event.id,
                kind=file.event.kind,
                title=join_nonempty(_mark(file, base.today), file.event.full_title, separator=" "),
                status=file.event.status,
                short=join_nonempty(
                    _mark(file, base.today),
                    f"第{file.event.ordinal}回" if file.event.ordinal else file.event.subject,
                    separator=" ",
                ),
            )
            for file in event_records
            if file.event_as_planned.event_date == day and file.phase(base.today).counts
        )
        days.append(
            MonthDay(
                day=day,
                closed=base.calendar.closed_reason(day) or "",
                events=events,
                tasks=tuple(task for task in mine if task.due == day),
            )
        )
    return Month(year=year, month=month, days=tuple(days), waiting_words=waiting_words(event_records, base.today))


def waiting_words(event_records: Sequence[EventRecords], today: date) -> str:
    """Return 「日時未定　第6回 … （延期）」 of the events that wait for another day after a decision, "" for none."""
    states = [(file.event.full_title, file.state(today)) for file in event_records]
    found = [f"{title}（{state.word}）" for title, state in states if state.phase is EventPhase.WITHOUT_NEW_DAY]
    return fill_nonempty("日時未定　{}", "、".join(found))


def _mark(file: EventRecords, today: date) -> str:
    return EventPhase.WITHOUT_PLACE if file.phase(today) is EventPhase.WITHOUT_PLACE else ""
