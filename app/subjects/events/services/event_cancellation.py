"""Cancelling an event with its reason, and taking that back."""

from __future__ import annotations

from datetime import date, datetime

from app.refusal import Refusal
from app.saved import Saved
from app.subjects.events.rules.event_warning import AGREEMENT, CONTRACT_CHANGE, WITHIN_ABOUT
from app.subjects.events.services.agreements import (
    CONTRACT_TOPIC,
    COUNT_TOPIC,
    agree_on_count,
    ask_contract_section,
)
from app.subjects.events.services.event_file import required_event
from db.journal import Change
from db.records.agreements import Agreement
from db.records.events import Event
from db.rows import rows
from db.store import Store
from db.tables.calls import calls, decisions


def cancel_event(
    store: Store,
    *,
    event_id: int,
    reason: str,
    decided_on: date | None = None,
    nature: str = WITHIN_ABOUT,
    by: str,
    now: datetime,
) -> Saved:
    """Cancel an event with its reason; its open tasks fall away. Undo or ``restore_event`` brings it back.

    ``nature`` says how fewer events than the specification are settled: within 程度, by 協議 (a matter is
    opened), or by asking 契約課 whether the contract must change (a matter is opened; 全2回 has no 程度).

    Raises:
        Refusal: not 予定 any more, or no reason.
    """
    event = required_event(store.database, event_id)
    if event.status != "予定":
        raise Refusal(f"{event.full_title}は{event.status}です。", "中止にできるのは、予定の実施回です。")
    if not reason.strip():
        raise Refusal("中止の理由が書かれていません。", "理由を書いてください。履歴に残ります。")
    action = f"{event.full_title}を中止にした"
    with store.change(action=action, by=by, now=now, subject="events", event_id=event_id) as change:
        cancel_within(
            store, change, event_id=event_id, reason=reason, decided_on=decided_on or now.date(), nature=nature, now=now
        )
    return Saved(said=f"{event.full_title}を中止にしました。", id=event_id)


def cancel_within(
    store: Store, change: Change, *, event_id: int, reason: str, decided_on: date, nature: str, now: datetime
) -> None:
    """Cancel an event inside a change that writes more; ``nature`` as for ``cancel_event``."""
    change.update(Event, event_id, status="中止", cancelled_on=decided_on, cancel_reason=reason)
    if nature == CONTRACT_CHANGE:
        ask_contract_section(store, change, event_id=event_id, reason=reason, asked="", now=now)
    elif nature == AGREEMENT:
        agree_on_count(change, event_id=event_id, reason=reason, now=now)


def restore_within(change: Change, *, event_id: int) -> None:
    """Make a cancelled event 予定 again inside a change that writes more."""
    change.update(Event, event_id, status="予定", cancelled_on=None, cancel_reason="")


def restore_event(store: Store, *, event_id: int, by: str, now: datetime) -> Saved:
    """Make a cancelled event 予定 again."""
    event = required_event(store.database, event_id)
    if event.status != "中止":
        raise Refusal(f"{event.full_title}は中止になっていません。", "画面を開き直してください。")
    action = f"{event.full_title}の中止を取り消した"
    with store.change(action=action, by=by, now=now, subject="events", event_id=event_id) as change:
        restore_within(change, event_id=event_id)
    return Saved(said=f"{event.full_title}を予定に戻しました。{_told_meanwhile(store, event_id)}{_still_open(store, event)}", id=event_id)


def _told_meanwhile(store: Store, event_id: int) -> str:
    """Whom somebody has told of the 中止: nobody else will tell them that it takes place after all."""
    found = decisions(store.database, event_id)
    if not found or found[-1].kind != "中止":
        return ""
    told = {
        call.organisation_id or f"entry {call.entry_id}" if call.target == "団体" else f"{call.target} {call.whom}"
        for call in calls(store.database, found[-1].id)
        if call.outcome in ("連絡済", "伝言")
    }
    return f"中止と伝えた{len(told)}か所に、予定どおり行うことを電話で知らせてください。" if told else ""


def _still_open(store: Store, event: Event) -> str:
    """The matter that the 中止 began and nobody settled: it does not fall away by itself, somebody may have asked already."""
    of_it = [
        one
        for one in rows(store.database, Agreement, event_id=event.id, topic=(COUNT_TOPIC, CONTRACT_TOPIC))
        if one.open and one.content == event.cancel_reason
    ]
    return f"「{of_it[0].topic}」の協議は残っています。要らないときは取り消してください。" if of_it else ""
