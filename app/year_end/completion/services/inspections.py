"""Record 検査 by the 検査員 after the 業務完了届, and 手直し with the 検査 after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.event.rules.closing_deadlines import INSPECTION
from app.event.rules.target_dates import INSPECTED
from app.year_end.completion.rules import check_days, check_people
from app.year_end.completion.services.completion import Completion, close_by_record, read_completion
from app.year_end.completion.services.document_doubts import open_words
from db.journal import Change
from db.records.year.completion import Inspection
from db.rows import by_id

SUBJECT = "completion"


def save_inspection(context: ActionContext, *, inspection: Inspection) -> ActionResult:
    """Store one 検査 (``id`` 0 = a new one); with 合格 the newest one closes the task 検査, otherwise it opens it.

    Raises:
        UserError: the 検査員 is one of the 担当 or the 立会人, no 業務完了届 was received, days out of order, an
            open 手直し, 合格 with an open document and no reason, or another result once the payment has begun.
    """
    shown = read_completion(context.store, programme_id=inspection.programme_id, today=context.today)
    check_people(inspection)
    check_days(inspection, shown.notice_on, context.today)
    _check_order(shown, inspection)
    _check_unpaid(shown, inspection)
    if inspection.result.is_passed:
        _check_open(shown, inspection)
    day = short_date(inspection.held_on, context.today)
    with context.change(f"検査（{inspection.result}）を記録", SUBJECT) as change:
        row_id = change.correct(by_id(context.database, Inspection, inspection.id), inspection)
        newest = not inspection.id or inspection.id == shown.inspections[-1].id
        if newest:
            _close(context, change, replace(inspection, id=row_id))
    said = {
        "合格": f"{day}の検査を合格として記録しました。",
        "手直し": f"{day}の検査を記録しました。手直しが済むまで、ホームに出ます。",
        "不合格": f"{day}の検査を不合格として記録しました。",
    }
    return ActionResult(said[inspection.result], row_id)


def note_repaired(context: ActionContext, *, inspection_id: int, repaired_on: date) -> ActionResult:
    """Record the day on which a 手直し was done; the 検査 after it is another one.

    Raises:
        UserError: the 検査 asked for none, or the day is out of order.
    """
    found = get_or_raise(context.database, Inspection, inspection_id)
    if not found.result.needs_rework:
        raise UserError("この検査では、手直しを求めていません。", "画面を開き直してください。")
    if not found.held_on <= repaired_on <= context.today:
        raise UserError("手直しが済んだ日が、検査の日より前か、本日より後です。", "日付をご確認ください。")
    with context.change("手直しが済んだことを記録", SUBJECT) as change:
        change.update(Inspection, found.id, repaired_on=repaired_on)
    return ActionResult(f"手直しが{short_date(repaired_on, context.today)}に済んだことを記録しました。", found.id)


def _check_order(shown: Completion, inspection: Inspection) -> None:
    """Raise ``UserError`` if a 検査 does not fit among the others by its day, an open 手直し or a 合格.

    None follows a 合格, and only the newest one is a 合格. A corrected one is compared at its own place.
    """
    place = next((at for at, one in enumerate(shown.inspections) if one.id == inspection.id), len(shown.inspections))
    before, after = shown.inspections[:place], shown.inspections[place + 1 :]
    if before and inspection.held_on < before[-1].held_on:
        raise UserError("検査の日が、前の検査の日より前です。", "日付をご確認ください。")
    if after and inspection.held_on > after[0].held_on:
        raise UserError("検査の日が、あとの検査の日より後です。", "日付をご確認ください。")
    if after and inspection.result.is_passed:
        raise UserError(
            "この検査のあとに、別の検査を記録しています。", "合格は、いちばん新しい検査に記録してください。"
        )
    if not before:
        return
    last = before[-1]
    if last.result.is_passed:
        raise UserError("検査は、もう合格しています。", "直すときは、検査の記録を開いて直してください。")
    if last.result.needs_rework and (last.repaired_on is None or inspection.held_on < last.repaired_on):
        raise UserError(
            "手直しが、まだ済んでいません。", "手直しが済んだ日を記録してから、その日以後の検査を記録してください。"
        )


def _check_unpaid(shown: Completion, inspection: Inspection) -> None:
    """Raise ``UserError`` for a new 検査, or another result or day, once 支出命令 or payment is recorded."""
    known = next((one for one in shown.inspections if one.id == inspection.id), None)
    same = known is not None and (known.result, known.held_on) == (inspection.result, inspection.held_on)
    if not same and (shown.payment is not None or shown.paid_on is not None):
        raise UserError("支払の手続きを、もう記録しています。", "支払の手続きの記録を消してから、やり直してください。")


def _check_open(shown: Completion, inspection: Inspection) -> None:
    """Raise ``UserError`` when anything of ``open_words`` is left and no reason is given; called for 合格 only."""
    words = "".join(open_words(shown))
    if not words or inspection.open_reason.strip():
        return
    raise UserError(
        words,
        "書類の確認、管理簿の要確認と事故の対応、返還・廃棄の証明（「契約の終わり」）を終えるか、「未了の書類があるまま進める理由」を書いてください。"
        "検査調書別紙に載ります。",
    )


def _close(context: ActionContext, change: Change, inspection: Inspection) -> None:
    """Close the task 検査 inside ``change`` on the day of a 検査 with 合格, else open it."""
    day = inspection.held_on if inspection.result.is_passed else None
    reason = f"検査に合格　検査員　{inspection.inspector}"
    close_by_record(
        change, context, programme_id=inspection.programme_id, names=(INSPECTION, INSPECTED), day=day, reason=reason
    )
