"""Reads the records of the year's tasks that belong to no event; ``year_task_kind`` declares the tasks."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date
from app.documents.services.notification_kinds import outgoing_in_effect
from app.event.rules import target_dates
from app.event.rules.closing_deadlines import INSPECTION, PAYMENT
from app.programme.services import YearRecords
from db.record import record
from db.records.events import DeadlineOverride
from db.records.programme import Programme, TaskClosing
from db.rows import rows_of_each
from db.store import Store
from db.tables.documents import outgoing_of_year

# One action under two names: a 目安日 until its document was received, then the deadline counted from it.
_SAME_ACTION = ((target_dates.INSPECTED, INSPECTION), (target_dates.PAID, PAYMENT))


def first_name_of(task: str) -> str:
    """Return the name that a task has before its document came (「検査を終える」 for 検査); other names unchanged."""
    return next((both[0] for both in _SAME_ACTION if task in both), task)


def read_year_records(store: Store, programme: Programme) -> YearRecords:
    """Return the dates set by hand and the closings of a year's tasks, and the days on which a 中間集計 left.

    One that was withdrawn did not leave, and a 控え that left once more is no new one (``outgoing_in_effect``).
    """
    found = rows_of_each(store.database, {DeadlineOverride: "id", TaskClosing: "id"}, programme_id=programme.id)
    interims = outgoing_of_year(store.database, programme.id, (target_dates.INTERIM_PAPER,))
    return YearRecords(
        overrides=tuple(found[DeadlineOverride]),
        task_closings=tuple(found[TaskClosing]),
        interim_days=tuple(sorted(row.at.date() for row in outgoing_in_effect(interims))),
    )


@record
class InvoiceReturn:
    """One return of a faulty 請求書; ``received_again`` None = it has not come back yet."""

    return_closing: TaskClosing
    received_again: TaskClosing | None

    def words(self, today: date) -> str:
        """Return 「3/20(土) に返戻 理由：金額の誤り 3/24(水) に再受領」."""
        came = (
            f"{short_date(self.received_again.closed_on, today)} に再受領"
            if self.received_again is not None
            else "再受領はまだ"
        )
        return f"{short_date(self.return_closing.closed_on, today)} に返戻　理由：{self.return_closing.reason}　{came}"


def invoice_returns(records: YearRecords) -> tuple[InvoiceReturn, ...]:
    """Return every return of the 請求書, oldest first."""
    returned = [row for row in records.task_closings if row.task == target_dates.RETURNED]
    again = [row for row in records.task_closings if row.task == target_dates.RECEIVED_AGAIN]
    return tuple(
        InvoiceReturn(return_closing=row, received_again=again[number] if number < len(again) else None)
        for number, row in enumerate(returned)
    )


def manual_closing_of(task: str, records: YearRecords) -> TaskClosing | None:
    """Return the newest record that closed a task of the year by hand, or None; a returned 請求書 is open again.

    検査 and 支払 are each found under both of their names.
    """
    if task == target_dates.INVOICE and any(one.received_again is None for one in invoice_returns(records)):
        return None
    names = next((both for both in _SAME_ACTION if task in both), (task,))
    return next((row for row in reversed(records.task_closings) if row.task in names), None)
