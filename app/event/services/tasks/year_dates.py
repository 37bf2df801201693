"""年度の期日: reads the tasks of the year for their screen, closes them by hand and changes their dates."""

from __future__ import annotations

from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.calendar.wareki import fiscal_year_words
from app.event.rules.target_dates import INSPECTED, INVOICE, PAID
from app.event.services.tasks.deadlines import read_year, year_tasks
from app.event.services.tasks.task import Task
from app.event.services.tasks.year_tasks import InvoiceReturn, first_name_of, invoice_returns, manual_closing_of
from db.engine import Database
from db.record import record
from db.records.events import DeadlineOverride
from db.records.programme import TaskClosing
from db.records.year.completion import Inspection, Payment
from db.rows import row, rows
from db.store import Store


@record
class YearDue:
    """One task of the year, as the screen 年度の期日 shows it.

    Attributes:
        closing: by whom, when and why it was closed by hand.
        returns: the times that the 請求書 was returned for a fault; empty for every other task.
    """

    task: Task
    closing: TaskClosing | None
    returns: tuple[InvoiceReturn, ...]

    @property
    def id(self) -> str:
        """Return the key of the row."""
        return self.task.task


@record
class YearDates:
    """The due dates of one year by date; ``words`` is 「令和8年度」."""

    programme_id: int
    words: str
    rows: tuple[YearDue, ...]

    @property
    def open_count(self) -> int:
        """Return how many are still to be done."""
        return sum(row.task.is_open for row in self.rows)


def read_year_dates(
    store: Store, *, today: date, fiscal_year: int | None = None, programme_id: int | None = None
) -> YearDates:
    """Return every due date of a year that belongs to no event, done ones included.

    Args:
        fiscal_year, programme_id: the year by its first year or its id; neither = the newest.
    """
    year = read_year(store, today, fiscal_year=fiscal_year, programme_id=programme_id)
    programme = year.view.programme
    return YearDates(
        programme_id=programme.id,
        words=fiscal_year_words(programme.fiscal_year),
        rows=tuple(
            YearDue(
                task=task,
                closing=manual_closing_of(task.task, year.records),
                returns=invoice_returns(year.records) if task.task == INVOICE else (),
            )
            for task in year_tasks(store, year)
        ),
    )


def close_year_task(
    context: ActionContext, *, programme_id: int, task: str, closed_on: date, reason: str
) -> ActionResult:
    """Close a task of the year by hand; for 業務完了届 and 請求書 ``closed_on`` is the day of receipt.

    Raises:
        UserError: no reason was given, the day has not come yet, there is no such task, it is closed already, or a
            returned 請求書 was not received again.
    """
    found = _task(context.store, programme_id, task, context.now)
    if found.returns and found.task.is_open:
        raise UserError(
            "この請求書は返戻しています。",
            "再受領すると、済になります。「完了・検査・支払」で再受領を記録してください。",
        )
    if not reason.strip():
        raise UserError(
            "済にする理由が書かれていません。", "何をもって済としたかを書いてください。画面と履歴に残ります。"
        )
    if closed_on > context.today:
        raise UserError("済んだ日が、本日より後の日になっています。", "日付を確かめてください。何も保存していません。")
    if not found.task.is_open:
        raise UserError(f"「{found.task.label}」は、もう済んでいます。", "画面を開き直してください。")
    row = TaskClosing(
        programme_id=programme_id, task=task, closed_on=closed_on, reason=reason.strip(), **context.signature
    )
    with context.change(f"{found.task.label}を済にした", "deadlines") as change:
        row_id = change.insert(row)
    return ActionResult(f"「{found.task.label}」を{short_date(closed_on, context.today)}に済としました。", row_id)


def reopen_year_task(context: ActionContext, *, programme_id: int, task: str) -> ActionResult:
    """Reopen a task of the year that was closed by hand.

    Raises:
        UserError: it was not closed by hand, it is a 請求書 that was returned since, or it is closed by the record of
            a 検査 or of the payment.
    """
    found = _task(context.store, programme_id, task, context.now)
    if found.returns:
        raise UserError(
            "この請求書は返戻を記録しています。",
            "「完了・検査・支払」で返戻の記録を消してから、もう一度お試しください。",
        )
    if found.closing is None:
        raise UserError(f"「{found.task.label}」は、手で済にしたものではありません。", "画面を開き直してください。")
    _reject_recorded(context.database, programme_id, task)
    with context.change(f"{found.task.label}を済でなくした", "deadlines") as change:
        change.delete(TaskClosing, found.closing.id)
    return ActionResult(f"「{found.task.label}」を、済んでいない期日に戻しました。", found.closing.id)


def _reject_recorded(database: Database, programme_id: int, task: str) -> None:
    """Raise ``UserError`` for 検査 or 支払 that a record closed: reopened alone, it would contradict that record."""
    inspections = rows(database, Inspection, programme_id=programme_id, order=("held_on", "id"))
    if first_name_of(task) == INSPECTED and inspections and inspections[-1].result.is_passed:
        raise UserError("検査の合格を記録しています。", "「完了・検査・支払」で、検査の記録を直してください。")
    payment = row(database, Payment, programme_id=programme_id)
    if first_name_of(task) == PAID and payment is not None and payment.paid_on is not None:
        raise UserError(
            "支払の手続きを記録しています。", "「完了・検査・支払」で、支払の手続きの記録を直してください。"
        )


def override_year_deadline(
    context: ActionContext, *, programme_id: int, task: str, due: date, reason: str
) -> ActionResult:
    """Set the date of a task of the year by hand; the computed dates and the reason stay visible.

    Raises:
        UserError: no reason was given, or there is no such task.
    """
    if not reason.strip():
        raise UserError("期限を手で変える理由が書かれていません。", "理由を書いてください。画面と履歴に残ります。")
    label = _task(context.store, programme_id, task, context.now).task.label
    words = short_date(due, context.today)
    with context.change(f"{label}の期限を手で{words}にした", "deadlines") as change:
        for old in _overrides(context.store, programme_id, task):
            change.delete(DeadlineOverride, old.id)
        row_id = change.insert(
            DeadlineOverride(programme_id=programme_id, task=task, due=due, reason=reason.strip(), **context.signature)
        )
    return ActionResult(f"{label}の期限を{words}にしました。計算した日付も残しています。", row_id)


def remove_year_override(context: ActionContext, *, programme_id: int, task: str) -> ActionResult:
    """Remove the date set by hand; raises ``UserError`` when there is none."""
    label = _task(context.store, programme_id, task, context.now).task.label
    rows = _overrides(context.store, programme_id, task)
    if not rows:
        raise UserError(f"「{label}」は、手で変えた期限ではありません。", "画面を開き直してください。")
    with context.change(f"{label}の期限を計算に戻した", "deadlines") as change:
        for row in rows:
            change.delete(DeadlineOverride, row.id)
    return ActionResult(f"{label}の期限を計算に戻しました。", rows[-1].id)


def _overrides(store: Store, programme_id: int, task: str) -> list[DeadlineOverride]:
    return [row for row in rows(store.database, DeadlineOverride, programme_id=programme_id) if row.task == task]


def _task(store: Store, programme_id: int, task: str, now: datetime) -> YearDue:
    """Return the row of one task of a year by the rule's name; raises ``UserError`` when the year has no such task."""
    shown = read_year_dates(store, today=now.date(), programme_id=programme_id)
    found = next((row for row in shown.rows if row.task.task == task), None)
    if found is None:
        raise UserError(f"この年度に「{task}」という期日はありません。", "年度の期日を開き直してください。")
    return found
