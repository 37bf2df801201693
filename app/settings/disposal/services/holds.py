"""The holds of 消す時期が来たもの as a person sees, records and releases them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.programme.holds import SUBJECT, hold_of_request, is_active, subject_words
from db.record import record
from db.records.disposals import Disposal, Hold
from db.records.year.rights import DataRequest
from db.rows import rows, rows_of_each
from db.store import Store


@record
class HoldLine:
    """One hold as its list shows it, with whose records it keeps; ``is_active`` = it keeps them on that day."""

    hold: Hold
    subject: str
    is_active: bool


def read_hold_lines(store: Store, *, today: date) -> tuple[HoldLine, ...]:
    """Return every hold, those that keep something first, the newest of them first."""
    read = rows_of_each(store.database, {Hold: "-id", DataRequest: "-id"})
    found = (*map(hold_of_request, read[DataRequest]), *read[Hold])
    lines = (
        HoldLine(hold=one, subject=subject_words(store.database, one), is_active=is_active(one, today)) for one in found
    )
    return tuple(sorted(lines, key=lambda one: not one.is_active))


def record_hold(context: ActionContext, *, hold: Hold) -> ActionResult:
    """Record that nothing erases the records of a person, an event or a year until it is released or its day is over.

    Raises:
        UserError: it names none or several of them, or ends before it begins.
    """
    if sum(one is not None for one in (hold.person_id, hold.event_id, hold.programme_id)) != 1:
        raise UserError("何を保留にするかが選ばれていません。", "人、実施回、年度のどれか1つを選んでください。")
    if hold.until is not None and hold.until < hold.begins_on:
        raise UserError("保留の終わりが、始まりより前になっています。", "日付を確かめてください。")
    with context.change("記録を保留にした", SUBJECT) as change:
        row_id = change.insert(replace(hold, **context.signature))
    marked = any(one.erased_at is None for one in rows(context.database, Disposal))
    said = "消す印を付けたものがあれば、「履歴」で元に戻してください。" if marked else ""
    return ActionResult(
        f"{subject_words(context.database, hold)}の記録を保留にしました。解くまで消しません。{said}", row_id
    )


def release_hold(context: ActionContext, *, hold_id: int) -> ActionResult:
    """End a hold today, so that its records are erased when their day has come.

    Raises:
        UserError: it is gone or was released already.
    """
    if not hold_id:
        raise UserError("本人からの請求による保留です。", "請求が終わり、審査請求の期間が過ぎると、自動で解けます。")
    if get_or_raise(context.database, Hold, hold_id).released_on is not None:
        raise UserError("この保留は、もう解いてあります。", "一覧を開き直してください。")
    with context.change("記録の保留を解いた", SUBJECT) as change:
        change.update(Hold, hold_id, released_on=context.today, released_by=context.by)
    return ActionResult("保留を解きました。消す時期の来ているものは、「消す時期が来たもの」に出ます。", hold_id)
