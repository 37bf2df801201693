"""Cancelling an event with its reason, and taking that back."""

from __future__ import annotations

from datetime import date, datetime

from app.services.event_file import required_event
from app.services.refusal import Refusal
from app.services.saved import Saved
from db.records.events import Event
from db.store import Store


def cancel_event(
    store: Store, *, event_id: int, reason: str, decided_on: date | None = None, by: str, now: datetime
) -> Saved:
    """Cancel an event with its reason; its open tasks fall away. Undo or ``restore_event`` brings it back."""
    event = required_event(store.database, event_id)
    if event.status != "予定":
        raise Refusal(f"{event.full_title}は{event.status}です。", "中止にできるのは、予定の実施回です。")
    if not reason.strip():
        raise Refusal("中止の理由が書かれていません。", "理由を書いてください。履歴に残ります。")
    action = f"{event.full_title}を中止にした"
    with store.change(action=action, by=by, now=now, subject="events", event_id=event_id) as change:
        change.update(Event, event_id, status="中止", cancelled_on=decided_on or now.date(), cancel_reason=reason)
    return Saved(said=f"{event.full_title}を中止にしました。", id=event_id)


def restore_event(store: Store, *, event_id: int, by: str, now: datetime) -> Saved:
    """Make a cancelled event 予定 again."""
    event = required_event(store.database, event_id)
    if event.status != "中止":
        raise Refusal(f"{event.full_title}は中止になっていません。", "画面を開き直してください。")
    action = f"{event.full_title}の中止を取り消した"
    with store.change(action=action, by=by, now=now, subject="events", event_id=event_id) as change:
        change.update(Event, event_id, status="予定", cancelled_on=None, cancel_reason="")
    return Saved(said=f"{event.full_title}を予定に戻しました。", id=event_id)
