"""Record the single payment of a year (仕様書5), and questions to the 会計課."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date, short_date
from app.common.join_nonempty import fill_nonempty
from app.event.rules.closing_deadlines import PAYMENT
from app.event.rules.target_dates import PAID
from app.programme.rules import in_brackets
from app.year_end.completion.services.completion import Completion, close_by_record, read_completion
from app.year_end.completion.services.inspections import SUBJECT
from db.fields import corrections
from db.journal import Change
from db.records.year.completion import AccountQuestion, Payment
from db.rows import rows

BOTH_ENDS = "返戻の日と再受領の日を、支払の期限に数えるか"
AFTER_TERM = "検査が履行期間の末日までに終わらないときの扱い（どの年度の支出とするか）"


def save_payment(context: ActionContext, *, payment: Payment) -> ActionResult:
    """Store day and number of the 支出命令 and the day of payment.

    The day of payment closes the task 支払; without one the task is open again.

    Raises:
        UserError: no 合格, no 請求書 or a returned one, its check unfinished and no ``reason`` given, or a day that
            is after today or out of order.
    """
    today = context.today
    shown = read_completion(context.store, programme_id=payment.programme_id, today=today)
    _check(shown, payment, today)
    known = shown.payment
    named = corrections(known, payment)
    kept = replace(known or payment, **named)
    with context.change("支払の手続きを記録", SUBJECT) as change:
        row_id = change.update_or_insert(Payment, known, **named)
        _close(context, change, kept)
    said = f"支出命令（{short_date(kept.ordered_on, today)}）を記録しました。"
    if kept.paid_on is not None:
        said = f"{short_date(kept.paid_on, today)}の支払を記録しました。"
    return ActionResult(said, row_id)


def remove_payment(context: ActionContext, *, programme_id: int) -> ActionResult:
    """Delete a payment recorded by mistake, which opens the task 支払; raises ``UserError`` when there is none."""
    known = read_completion(context.store, programme_id=programme_id, today=context.today).payment
    if known is None:
        raise UserError("支払の手続きは記録されていません。", "画面を開き直してください。")
    with context.change("支払の手続きの記録を消した", SUBJECT) as change:
        _close(context, change, replace(known, paid_on=None))
        change.delete(Payment, known.id)
    return ActionResult("支払の手続きの記録を消しました。", known.id)


def ask_accounts(context: ActionContext, *, programme_id: int, matter: str) -> ActionResult:
    """Record that the 会計課 was asked today about ``matter`` (``BOTH_ENDS``, ``AFTER_TERM`` or other words).

    Raises:
        UserError: the question is empty, or the same one is not answered yet.
    """
    if not matter.strip():
        raise UserError("会計課に確かめることが書かれていません。", "何を確かめるかを書いてください。")
    known = rows(context.database, AccountQuestion, programme_id=programme_id)
    if any(one.matter == matter.strip() and one.answered_on is None for one in known):
        raise UserError("同じことを、もう会計課に確かめています。", "回答が来たら、回答を記録してください。")
    question = AccountQuestion(
        programme_id=programme_id, matter=matter.strip(), asked_on=context.today, asked_by=context.by
    )
    with context.change("会計課への確認を記録", SUBJECT) as change:
        row_id = change.insert(question)
    return ActionResult("会計課に確認していることを記録しました。", row_id)


def note_answer(context: ActionContext, *, question_id: int, answer: str, answered_on: date) -> ActionResult:
    """Record the answer of the 会計課; raises ``UserError`` without words, or for a day out of order."""
    found = get_or_raise(context.database, AccountQuestion, question_id)
    if not answer.strip():
        raise UserError("会計課の回答が書かれていません。", "回答を書いてください。")
    if not found.asked_on <= answered_on <= context.today:
        raise UserError("回答の日が、確認を頼んだ日より前か本日より後です。", "日付をご確認ください。")
    with context.change("会計課の回答を記録", SUBJECT) as change:
        change.update(AccountQuestion, found.id, answer=answer.strip(), answered_on=answered_on)
    return ActionResult("会計課の回答を保存しました。", found.id)


def _check(shown: Completion, payment: Payment, today: date) -> None:
    """Raise ``UserError`` for a payment without 合格 or 請求書, with a returned one, or with days out of order.

    An unfinished check of the 請求書 needs a reason.
    """
    if shown.passed_on is None:
        raise UserError(
            "検査の合格が、まだ記録されていません。",
            f"支払は、検査に合格してから行います{in_brackets(shown.programme.clause_payment)}。",
        )
    if shown.invoice_on is None:
        raise UserError("請求書を、まだ受領していません。", "先に請求書の受領を記録してください。")
    if shown.open_return is not None:
        raise UserError("請求書は返戻しています。", "再受領を記録してから、支払の手続きを進めてください。")
    invoice = shown.invoice
    if invoice is not None and not invoice.is_finished and not payment.reason.strip():
        left = fill_nonempty("（{}）", "、".join(invoice.open_names))
        raise UserError(
            f"請求書の点検が、まだ済んでいません{left}。",
            "点検を終えるか、点検を終えずに進める理由を書いてください。点検票に載ります。",
        )
    came = [
        shown.invoice_on,
        *(one.received_again.closed_on for one in shown.returns if one.received_again is not None),
    ]
    first = max(shown.passed_on, *came)
    if not first <= payment.ordered_on <= today:
        raise UserError(
            f"支出命令の日が、検査と請求書の受領（{long_date(first)}）より前か、本日より後です。",
            "日付をご確認ください。",
        )
    if payment.paid_on is not None and not payment.ordered_on <= payment.paid_on <= today:
        raise UserError("支払日が、支出命令の日より前か、本日より後です。", "日付をご確認ください。")


def _close(context: ActionContext, change: Change, payment: Payment) -> None:
    """Close the task 支払 inside ``change`` on the day of payment; without one open it, also if closed by hand."""
    reason = f"支払済　支出命令 {payment.order_number or short_date(payment.ordered_on)}"
    close_by_record(
        change,
        context,
        programme_id=payment.programme_id,
        names=(PAYMENT, PAID),
        day=payment.paid_on,
        reason=reason,
    )
