"""The tasks of the year that no event owns: what is due, what closes it, and the date somebody set by hand.

- ``read_year_records(store, programme) -> YearRecords`` – what the store says of them
- ``year_task(deadline, year, provisional="") -> Task`` – one of them as it stands
- ``returns_of(records) -> tuple[InvoiceReturn, ...]`` – each time the 請求書 was returned for a fault
- ``guide_tasks(year) -> tuple[Task, ...]`` – all but the 提案書, which rests on the events
  (``app.subjects.events.services.deadlines``)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.asked import Asked
from app.calendar.dates import short_date
from app.programme.services.programme_view import YearRecords
from app.subjects.events.rules import guides
from app.subjects.events.rules.closing_deadlines import INSPECTION, PAYMENT, inspection_deadline, payment_deadline
from app.subjects.events.rules.deadlines import Deadline, overridden
from app.subjects.events.rules.states import notice_stage
from app.subjects.events.services.event_tasks import Year
from app.subjects.events.services.task import Task, make_task
from app.subjects.events.services.year_task_kind import YEAR_KIND_OF
from db.records.programme import Programme, TaskClosing
from db.store import Store
from db.tables import deadlines as table

_NOTICE_SHOWN = 7
"""How many days a notice of the end of the contract stays on home."""

# One act under two names: a 区の目標 until the paper it waits for came in, the deadline counted from it afterwards.
_SAME: Mapping[str, tuple[str, ...]] = {
    guides.INSPECTED: (guides.INSPECTED, INSPECTION),
    INSPECTION: (guides.INSPECTED, INSPECTION),
    guides.PAID: (guides.PAID, PAYMENT),
    PAYMENT: (guides.PAID, PAYMENT),
}


def read_year_records(store: Store, programme: Programme) -> YearRecords:
    """Return what the store holds about the tasks of one year."""
    return YearRecords(
        overrides=tuple(table.overrides_of_year(store.database, programme.id)),
        closings=tuple(table.closings_of_year(store.database, programme.id)),
        interim_days=tuple(table.days_of_year_paper(store.database, programme.id, guides.INTERIM_PAPER)),
    )


@dataclass(frozen=True, kw_only=True)
class InvoiceReturn:
    """One time that the 請求書 was returned for a fault; ``again`` None = it has not come back yet."""

    returned: TaskClosing
    again: TaskClosing | None

    def words(self, today: date) -> str:
        """「3/20(土) に返戻　理由：金額の誤り　3/24(水) に再受領」."""
        came = f"{short_date(self.again.closed_on, today)} に再受領" if self.again is not None else "再受領はまだ"
        return f"{short_date(self.returned.closed_on, today)} に返戻　理由：{self.returned.reason}　{came}"


def returns_of(records: YearRecords) -> tuple[InvoiceReturn, ...]:
    """Return every time the 請求書 was returned, the first one first."""
    returned = [row for row in records.closings if row.task == guides.RETURNED]
    again = [row for row in records.closings if row.task == guides.RECEIVED_AGAIN]
    return tuple(
        InvoiceReturn(returned=row, again=again[number] if number < len(again) else None)
        for number, row in enumerate(returned)
    )


def closing_of(task: str, records: YearRecords) -> TaskClosing | None:
    """Return by what a task of the year was closed by hand, or None; a 請求書 that was returned is awaited again."""
    if task == guides.INVOICE and any(one.again is None for one in returns_of(records)):
        return None
    names = _SAME.get(task, (task,))
    return next((row for row in reversed(records.closings) if row.task in names), None)


def year_task(deadline: Deadline, year: Year, *, provisional: str = "") -> Task:
    """Return one task of the year as it stands; a date set by hand is no longer 仮."""
    records = year.records
    change = next((row for row in reversed(records.overrides) if row.task == deadline.task), None)
    done = _closed_on(deadline.task, year)
    programme_id = year.view.programme.id
    words = YEAR_KIND_OF[deadline.task]
    task = make_task(
        overridden(deadline, change),
        words,
        event=None,
        # Of two open years the row leads to its own, whichever the window shows.
        asked=Asked(what=words.asks, task=deadline.task, programme_id=programme_id),
        programme_id=programme_id,
        today=year.today,
        calendar=year.calendar,
        closed_on=done,
        announce_days=year.view.programme.announce_days,
        provisional="" if change is not None or done is not None else provisional,
    )
    if deadline.task == guides.EXPIRY:
        notice = notice_stage(task.state, year.view.programme.expiry_days, shown=_NOTICE_SHOWN)
        task = replace(task, announced=notice)
    return task


def guide_tasks(year: Year) -> tuple[Task, ...]:
    """Return every task of the year but the 提案書, done ones included, by date.

    検査 and 支払 are counted from the day on which 業務完了届 and 請求書 were closed as received; until then a
    区の目標 stands in their place, that of 支払 as 仮, because nobody knows yet when the 請求書 comes. The days on
    which a 請求書 lay with the contractor, returned for a fault, are not counted.
    """
    programme = year.view.programme
    tasks = []
    for row in guides.year_dates(programme, year.calendar):
        provisional = ""
        deadline = row
        if row.task == guides.INSPECTED and (notice := closing_of(guides.NOTICE, year.records)) is not None:
            deadline = inspection_deadline(notice.closed_on, year.calendar)
        if row.task == guides.PAID:
            invoice = closing_of(guides.INVOICE, year.records)
            provisional = f"仮 〜{short_date(row.counts_to, year.today)}" if invoice is None else ""
            if invoice is not None:
                stops = [
                    (one.returned.closed_on, one.again.closed_on)
                    for one in returns_of(year.records)
                    if one.again is not None
                ]
                deadline = payment_deadline(programme, invoice.closed_on, year.calendar, stops=stops)
        tasks.append(year_task(deadline, year, provisional=provisional))
    return tuple(sorted(tasks, key=lambda task: task.due))


def _closed_on(task: str, year: Year) -> date | None:
    """The day by hand, or the day on which the 中間集計 left."""
    closing = closing_of(task, year.records)
    if closing is not None:
        return closing.closed_on
    if task == guides.EXPIRY:
        # Nothing ends it but the day itself.
        return year.view.programme.term_end if year.today > year.view.programme.term_end else None
    return _interim_on(task, year)


def _interim_on(task: str, year: Year) -> date | None:
    """The first 中間集計 since September is for the estimate, the first since October beside it for the review."""
    first = year.view.programme.fiscal_year
    left = [day for day in year.records.interim_days if date(first, 9, 1) <= day < date(first + 1, 6, 1)]
    if task == guides.INTERIM_BUDGET:
        return left[0] if left else None
    if task == guides.INTERIM_REVIEW:
        return next((day for day in left[1:] if day >= date(first, 10, 1)), None)
    return None
