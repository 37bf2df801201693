"""供覧 of received documents inside the office; it notifies nobody outside."""

from __future__ import annotations

from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from db.records.documents import CIRCULATED, Notification
from db.records.submissions.received import ReceivedPaper
from db.rows import rows
from db.store import Store


def circulate(context: ActionContext, *, paper_id: int, on: date, to: str, note: str = "") -> ActionResult:
    """Record that a received document was circulated.

    Args:
        to: who has seen it, as typed (「係長、課長」).
        note: what was said of it.

    Raises:
        UserError: nobody is named, or the day is before its receipt or after today.
    """
    paper = get_or_raise(context.database, ReceivedPaper, paper_id)
    if not to.strip():
        raise UserError("供覧した人が書かれていません。", "「係長、課長」のように記入してください。")
    if not paper.received_on <= on <= context.today:
        raise UserError("供覧した日が、受領日より前か本日より後です。", "日付をご確認ください。")
    with context.change(f"{paper.kind}を供覧した", "received", event_id=paper.event_id) as change:
        act_id = change.insert(
            Notification(
                event_id=paper.event_id,
                programme_id=paper.programme_id,
                document_kind=paper.kind,
                key=_key(paper),
                version=paper.version,
                title=f"第{paper.version}版",
                told_on=on,
                told_to=to.strip(),
                told_how=CIRCULATED,
                told_by=context.by,
                reason=note.strip(),
                **context.signature,
            )
        )
    return ActionResult(f"供覧を記録しました（{short_date(on, context.today)} {to.strip()}）。", act_id)


def circulations_of(store: Store, *, paper_id: int) -> tuple[Notification, ...]:
    """Return the valid 供覧 of a received document, oldest first; raises ``UserError`` when that is gone."""
    paper = get_or_raise(store.database, ReceivedPaper, paper_id)
    return tuple(
        rows(
            store.database,
            Notification,
            key=_key(paper),
            withdrawn=False,
            event_id=paper.event_id,
            programme_id=paper.programme_id,
            order=("told_on", "id"),
        )
    )


def _key(paper: ReceivedPaper) -> str:
    return f"{CIRCULATED}:{paper.id}"
