"""Compare 業務完了届 and 請求書 with the contract, confirm them, or return the 請求書."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError, require_reason
from app.calendar.dates import long_date, short_date
from app.event.rules.target_dates import RETURNED
from app.received.services import mark_check_reopened, mark_confirmed, mark_correction_asked, require_open_paper
from app.year_end.completion.rules import AMOUNTS, DAYS, have_common_person, is_count, names_in
from app.year_end.completion.services.completion import INVOICE_PAPER, ComparedPaper, Completion, read_completion
from app.year_end.completion.services.inspections import SUBJECT
from db.digits import is_digits
from db.journal import Change
from db.records.programme import TaskClosing
from db.records.submissions.received import ReceivedPaper
from db.records.year.completion import PaperReading
from db.rows import row
from db.store import Store


def note_reading(context: ActionContext, *, paper_id: int, said: Mapping[str, str]) -> ActionResult:
    """Store the values of a 業務完了届 or a 請求書 (words as typed, days as ISO, numbers as digits).

    ``said`` replaces all values stored before; empty ones are left out. Why another value was accepted is no reason for
    a new one, and is asked again.

    Raises:
        UserError: a field that the document does not have, an invalid value, or a document that is locked.

    """
    paper, found = _compared(context.store, paper_id, context.now)
    fields = {name for one in found.points for name in one.point.fields}
    for name, value in said.items():
        if name not in fields:
            raise UserError(f"{paper.kind}の点検に「{name}」という欄はありません。")
        _check_value(name, value.strip())
    kept = {
        name: value.strip() if name in AMOUNTS or is_count(name) or name in DAYS else value
        for name, value in said.items()
        if value.strip()
    }
    with context.change(f"{paper.kind}の記載を入力", SUBJECT) as change:
        _save_reading(change, found, paper_id, said=kept, reasons=_reasons_left(found, kept))
    return ActionResult(f"{paper.kind}（第{paper.version}版）の記載を保存しました。", paper_id)


def _reasons_left(found: ComparedPaper, kept: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons without those of points for which another value was typed than the one accepted."""
    if found.reading is None:
        return {}
    said = found.reading.said
    changed = {name for name in said if said[name] and kept.get(name, "") != said[name]}
    gone = {one.point.name for one in found.points if changed & set(one.point.fields)}
    return {name: words for name, words in found.reading.reasons.items() if name not in gone}


def accept_point(context: ActionContext, *, paper_id: int, point: str, reason: str) -> ActionResult:
    """Store why a point is accepted although it is 合わない or 記録なし; an empty reason withdraws that.

    Raises:
        UserError: no such point, or a document that is locked.

    """
    paper, found = _compared(context.store, paper_id, context.now)
    if point not in {one.point.name for one in found.points}:
        raise UserError(f"{paper.kind}の点検に「{point}」という項目はありません。")
    reasons = {name: words for name, words in (found.reading.reasons if found.reading else {}).items() if name != point}
    if reason.strip():
        reasons[point] = reason.strip()
    with context.change(f"{paper.kind}の「{point}」の扱いを記録", SUBJECT) as change:
        _save_reading(change, found, paper_id, reasons=reasons)
    return ActionResult(f"「{point}」の扱いを保存しました。", paper_id)


def finish_check(
    context: ActionContext, *, paper_id: int, on: date, first_by: str, second_by: str = ""
) -> ActionResult:
    """Mark a 業務完了届 or a 請求書 確認済; a 請求書 must be compared by two people (``first_by``, ``second_by``).

    Raises:
        UserError: an unsettled point, no name, one person for two, a day out of order, or a document that is locked.

    """
    paper, found = _compared(context.store, paper_id, context.now)
    if found.open_names:
        raise UserError(
            f"まだ合っていない項目があります（{'、'.join(found.open_names)}）。",
            "請求書は返戻するか、そのまま受ける理由を書いてください。"
            if paper.kind == INVOICE_PAPER
            else "受託者に確かめるか、そのまま受ける理由を書いてください。",
        )
    if not names_in(first_by):
        raise UserError("点検した人の氏名が入っていません。", "点検した職員の氏名を入力してください。")
    if paper.kind == INVOICE_PAPER and (not names_in(second_by) or have_common_person(first_by, second_by)):
        raise UserError("請求書の点検は、2人で行います。", "1人目とは別の職員の氏名を、2人目に入力してください。")
    if not paper.received_on <= on <= context.today:
        raise UserError("点検した日が、受領日より前か本日より後です。", "日付をご確認ください。")
    with context.change(f"{paper.kind}を確認済", SUBJECT) as change:
        _save_reading(change, found, paper_id, first_by=first_by.strip(), second_by=second_by.strip(), checked_on=on)
        mark_confirmed(change, paper, on=on, note=paper.note, who=first_by.strip())
    return ActionResult(f"{paper.kind}を確認済にしました。", paper_id)


def reopen_check(context: ActionContext, *, paper_id: int, reason: str) -> ActionResult:
    """Withdraw 確認済 with a reason; the check continues, and who checked it and when is cleared.

    Raises:
        UserError: no reason, it is not 確認済, or it is a 請求書 whose payment has begun.
    """
    paper = get_or_raise(context.database, ReceivedPaper, paper_id)
    why = require_reason(reason, "確認済")
    if not paper.status.is_checked:
        raise UserError(f"この{paper.kind}は、確認済になっていません。", "画面を開き直してください。")
    shown = read_completion(context.store, programme_id=paper.programme_id, today=context.today)
    _check_unpaid(shown, paper.kind)
    reading = row(context.database, PaperReading, paper_id=paper_id)
    with context.change(f"{paper.kind}の確認済を取り消した（{why}）", SUBJECT) as change:
        mark_check_reopened(change, paper)
        _clear_checkers(change, reading)
    return ActionResult(f"{paper.kind}の確認済を取り消しました。", paper_id)


def return_invoice(context: ActionContext, *, programme_id: int, returned_on: date, reason: str) -> ActionResult:
    """Record that the 請求書 was returned for a fault, which suspends the payment period until it is back.

    The newest received 請求書 becomes 修正依頼 with the same reason.

    Raises:
        UserError: there is no 請求書, it is already returned, no reason, a day before its receipt or in the future, or
            the payment has begun.
    """
    shown = read_completion(context.store, programme_id=programme_id, today=context.today)
    if shown.invoice_on is None:
        raise UserError("請求書を、まだ受領していません。", "先に請求書の受領を記録してください。")
    if shown.open_return is not None:
        raise UserError(
            f"請求書は、{long_date(shown.open_return.return_closing.closed_on)}に返しています。",
            "再受領を記録してから返戻してください。",
        )
    if not reason.strip():
        raise UserError("返した理由が書かれていません。", "不備の内容を書いてください。画面と点検票に残ります。")
    _check_unpaid(shown, INVOICE_PAPER)
    came = [
        shown.invoice_on,
        *(one.received_again.closed_on for one in shown.returns if one.received_again is not None),
    ]
    if not max(came) <= returned_on <= context.today:
        raise UserError("返した日が、受領日より前か本日より後です。", "日付をご確認ください。")
    with context.change("請求書の返戻を記録", SUBJECT) as change:
        row_id = change.insert(
            TaskClosing(
                programme_id=programme_id,
                task=RETURNED,
                closed_on=returned_on,
                reason=reason.strip(),
                **context.signature,
            )
        )
        if shown.invoice is not None:
            mark_correction_asked(
                change, shown.invoice.paper, due=None, text=reason.strip(), on=returned_on, who=context.by
            )
    return ActionResult(
        f"請求書を{short_date(returned_on, context.today)}に返したことを記録しました。"
        "再受領まで、支払の時計は止まります。",
        row_id,
    )


def take_back_return(context: ActionContext, *, programme_id: int) -> ActionResult:
    """Withdraw the newest 返戻 of the 請求書 together with its 再受領; the period is computed again.

    While it was still away, the newest 請求書 that is 修正依頼 is opened for checking again.

    Raises:
        UserError: there is none, or the payment has begun.
    """
    shown = read_completion(context.store, programme_id=programme_id, today=context.today)
    if not shown.returns:
        raise UserError("請求書の返戻は記録されていません。", "画面を開き直してください。")
    _check_unpaid(shown, INVOICE_PAPER)
    newest = shown.returns[-1]
    with context.change("請求書の返戻の記録を消した", SUBJECT) as change:
        for one in (newest.return_closing, newest.received_again):
            if one is not None:
                change.delete(TaskClosing, one.id)
        if newest.received_again is None and shown.invoice is not None and shown.invoice.paper.status.is_returned:
            mark_check_reopened(change, shown.invoice.paper)
            _clear_checkers(change, shown.invoice.reading)
    return ActionResult("請求書の返戻の記録を消しました。支払の期限を数え直しています。", newest.return_closing.id)


def _clear_checkers(change: Change, reading: PaperReading | None) -> None:
    """Clear inside ``change`` who checked a paper and when, as its check goes on."""
    if reading is not None:
        change.update(PaperReading, reading.id, first_by="", second_by="", checked_on=None)


def _check_unpaid(shown: Completion, kind: str) -> None:
    if kind == INVOICE_PAPER and (shown.payment is not None or shown.paid_on is not None):
        raise UserError("支払の手続きを、もう記録しています。", "支払の手続きの記録を消してから、やり直してください。")


def _compared(store: Store, paper_id: int, now: datetime) -> tuple[ReceivedPaper, ComparedPaper]:
    """Return a paper with its checked points; raises ``UserError`` when it is locked or of a kind without points."""
    paper = require_open_paper(store, paper_id)
    shown = read_completion(store, programme_id=paper.programme_id, today=now.date())
    found = next((one for one in (*shown.notices, *shown.invoices) if one.paper.id == paper_id), None)
    if found is None:
        raise UserError(f"{paper.kind}には、この点検はありません。", "提出物の画面で確認してください。")
    return paper, found


def _save_reading(change: Change, found: ComparedPaper, paper_id: int, **values: object) -> None:
    """Store columns of ``PaperReading`` for a paper inside ``change``; the other columns stay as they are."""
    reading_id = change.insert(PaperReading(paper_id=paper_id)) if found.reading is None else found.reading.id
    change.update(PaperReading, reading_id, **values)


def _check_value(name: str, value: str) -> None:
    """Raise ``UserError`` when a value is not written as the day or number that the field demands; "" passes."""
    if not value:
        return
    if name in AMOUNTS or is_count(name):
        if not (value.isascii() and is_digits(value)):
            raise UserError(f"{name}「{value}」は数字ではありません。", "数字だけで入力してください。")
    elif name in DAYS:
        try:
            whole = date.fromisoformat(value).isoformat() == value
        except ValueError:
            whole = False
        if not whole:
            raise UserError(f"{name}「{value}」は日付ではありません。", "R9.4.9 のように入力してください。")
