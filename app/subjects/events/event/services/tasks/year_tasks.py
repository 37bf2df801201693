"""What the store says of the tasks of the year that no event owns; ``year_task_kind`` says what each is.

- ``read_year_records(store, programme) -> YearRecords``
- ``manual_closing_of(task, records) -> TaskClosing | None`` – by what one of them was closed by hand
- ``invoice_returns(records) -> tuple[InvoiceReturn, ...]`` – each time the 請求書 was returned for a fault
"""

from __future__ import annotations

from datetime import date
from typing import Final

from app.calendar.dates import short_date
from app.programme.services.programme_view import YearRecords
from app.subjects.events.event.rules import target_dates
from app.subjects.events.event.rules.closing_deadlines import INSPECTION, PAYMENT
from db.frozen_record import frozen_record
from db.records.events import DeadlineOverride
from db.records.programme import Programme, TaskClosing
from db.rows import rows_of_each
from db.store import Store
from db.tables import deadlines as table

# One act under two names: a 目安日 until the paper it waits for came in, the deadline counted from it afterwards.
_SAME_ACTION: Final = ((target_dates.INSPECTED, INSPECTION), (target_dates.PAID, PAYMENT))


def read_year_records(store: Store, programme: Programme) -> YearRecords:
    """Return what the store holds about the tasks of one year."""
    found = rows_of_each(store.database, {DeadlineOverride: "id", TaskClosing: "id"}, programme_id=programme.id)
    return YearRecords(
        overrides=tuple(found[DeadlineOverride]),
        task_closings=tuple(found[TaskClosing]),
        interim_days=tuple(table.days_of_year_document(store.database, programme.id, target_dates.INTERIM_PAPER)),
    )


@frozen_record
class InvoiceReturn:
    """One time that the 請求書 was returned for a fault; ``again`` None = it has not come back yet."""

    return_closing: TaskClosing
    received_again: TaskClosing | None

    def words(self, today: date) -> str:
        """「3/20(土) に返戻　理由：金額の誤り　3/24(水) に再受領」."""
        came = (
            f"{short_date(self.received_again.closed_on, today)} に再受領"
            if self.received_again is not None
            else "再受領はまだ"
        )
        return f"{short_date(self.return_closing.closed_on, today)} に返戻　理由：{self.return_closing.reason}　{came}"


def invoice_returns(records: YearRecords) -> tuple[InvoiceReturn, ...]:
    """Return every time the 請求書 was returned, the first one first."""
    returned = [row for row in records.task_closings if row.task == target_dates.RETURNED]
    again = [row for row in records.task_closings if row.task == target_dates.RECEIVED_AGAIN]
    return tuple(
        InvoiceReturn(return_closing=row, received_again=again[number] if number < len(again) else None)
        for number, row in enumerate(returned)
    )


def manual_closing_of(task: str, records: YearRecords) -> TaskClosing | None:
    """Return by what a task of the year was closed by hand, or None; a 請求書 that was returned is awaited again."""
    if task == target_dates.INVOICE and any(one.received_again is None for one in invoice_returns(records)):
        return None
    names = next((both for both in _SAME_ACTION if task in both), (task,))
    return next((row for row in reversed(records.task_closings) if row.task in names), None)
