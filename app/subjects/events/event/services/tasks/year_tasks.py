"""What the store says of the tasks of the year that no event owns; ``year_task_kind`` says what each is.

- ``read_year_records(store, programme) -> YearRecords``
- ``closing_of(task, records) -> TaskClosing | None`` – by what one of them was closed by hand
- ``returns_of(records) -> tuple[InvoiceReturn, ...]`` – each time the 請求書 was returned for a fault
"""

from __future__ import annotations

from datetime import date
from typing import Final

from app.calendar.dates import short_date
from app.programme.services.programme_view import YearRecords
from app.subjects.events.event.rules import guides
from app.subjects.events.event.rules.closing_deadlines import INSPECTION, PAYMENT
from db.frozen_record import frozen_record
from db.records.events import DeadlineOverride
from db.records.programme import Programme, TaskClosing
from db.rows import rows_of_each
from db.store import Store
from db.tables import deadlines as table

# One act under two names: a 目安日 until the paper it waits for came in, the deadline counted from it afterwards.
_ONE_ACT: Final = ((guides.INSPECTED, INSPECTION), (guides.PAID, PAYMENT))


def read_year_records(store: Store, programme: Programme) -> YearRecords:
    """Return what the store holds about the tasks of one year."""
    found = rows_of_each(store.database, {DeadlineOverride: "id", TaskClosing: "id"}, programme_id=programme.id)
    return YearRecords(
        overrides=tuple(found[DeadlineOverride]),
        closings=tuple(found[TaskClosing]),
        interim_days=tuple(table.days_of_year_paper(store.database, programme.id, guides.INTERIM_PAPER)),
    )


@frozen_record
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
    names = next((both for both in _ONE_ACT if task in both), (task,))
    return next((row for row in reversed(records.closings) if row.task in names), None)
