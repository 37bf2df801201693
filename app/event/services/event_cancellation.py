"""Cancels an event with a reason, and revokes a 中止, a 延期 or a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.event.rules.change_decisions import letter_of
from app.event.rules.event_state import decisions_without_new_date, is_carried_out
from app.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE
from app.event.services.agreements import (
    CONTRACT_TOPIC,
    COUNT_TOPIC,
    SUBSTITUTE_TOPIC,
    agree_on_count,
    ask_contract_section,
)
from app.event.services.event_notifications import notified_documents, read_notification_rows
from app.event.services.event_records import read_event_or_error
from app.programme.services import office_calendar, programme_of_event
from db.journal import Change
from db.records.agreements import Agreement
from db.records.calls import ChangeDecision, DecisionKind
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.roster import ComesAgain, Entry
from db.records.venues import Booking
from db.rows import rows
from db.store import Store
from db.tables.calls import calls, decisions


def cancel_in_change(
    store: Store, change: Change, *, event_id: int, reason: str, decided_on: date, nature: str, now: datetime
) -> None:
    """Cancel an event within an open change; its open tasks are dropped until undo or ``restore_event``.

    Nothing is checked, and no ``ChangeDecision`` is recorded here. That its rooms are used has to be confirmed anew.

    Args:
        nature: how the reduced number of events is settled: within 程度, by 協議, or by asking 契約課 about a change of
            the contract (全2回 has no 程度); the last two open a 協議.
    """
    change.update(Event, event_id, status=EventStatus.CANCELLED, cancelled_on=decided_on, cancel_reason=reason)
    confirm_use_anew(change, (row for row in rows(store.database, Booking, event_id=event_id) if row.day >= decided_on))
    if nature == CONTRACT_CHANGE:
        ask_contract_section(store, change, event_id=event_id, reason=reason, contract_reply="", now=now)
    elif nature == AGREEMENT:
        agree_on_count(change, event_id=event_id, reason=reason, now=now)


def confirm_use_anew(change: Change, bookings: Iterable[Booking]) -> None:
    """Let the use of rooms be confirmed anew, without those given back: their event no longer uses them on that day."""
    for row in bookings:
        if row.use_confirmed_on is not None and not row.state.is_cancelled:
            change.update(Booking, row.id, use_confirmed_on=None)


def restore_in_change(change: Change, *, event_id: int) -> None:
    """Set a cancelled event back to 予定 within an open change, without day and reason of the 中止.

    The caller checks that it is cancelled. A 協議 that the 中止 began stays open.
    """
    change.update(Event, event_id, status=EventStatus.PLANNED, cancelled_on=None, cancel_reason="")


def restore_event(context: ActionContext, *, event_id: int) -> ActionResult:
    """Set a cancelled event back to 予定; raises ``UserError`` if it is not cancelled."""
    event = read_event_or_error(context.database, event_id)
    if not event.status.is_cancelled:
        raise UserError(f"{event.full_title}は中止になっていません。", "画面を開き直してください。")
    action = f"{event.full_title}の中止を取り消した"
    found = decisions(context.database, event_id)
    taken = found[-1:] if found and found[-1].kind.is_cancellation else ()
    with context.change(action, "events", event_id=event_id) as change:
        told = _ask_again(context, change, event, DecisionKind.CANCELLATION, taken)
        restore_in_change(change, event_id=event_id)
    return ActionResult(
        f"{event.full_title}を予定に戻しました。{told}{open_topic_sentence(context.store, event)}", event_id
    )


def enter_changes(change: Change, event: Event, known: Iterable[ChangeDecision], on: date) -> None:
    """Note at the decisions whose new day or place ``event`` has that it was entered.

    What was entered stays so when the event is moved back.
    """
    waiting = [one for one in known if one.entered_on is None and not one.taken_back]
    change.update_each(ChangeDecision, {one.id: {"entered_on": on} for one in waiting if is_carried_out(event, one)})


def revoke_change(context: ActionContext, *, event_id: int) -> ActionResult:
    """Revoke a 延期 or a change whose new day or place was never entered; the event is held as people know it.

    The decisions stay with their calls, marked with when and by whom they were revoked; undo makes them stand again.
    Whoever was told of them is told that they were revoked, and asked whether he comes (``_ask_again``).

    Raises:
        UserError: there is no such decision; an entered day or place is to be changed back instead.
    """
    event = read_event_or_error(context.database, event_id)
    taken = decisions_without_new_date(event, decisions(context.database, event_id))
    if not taken:
        raise UserError(f"{event.full_title}に、取り消せる延期や変更の判断はありません。", "画面を開き直してください。")
    kind = taken[-1].kind
    mark = f"{short_date(context.today)} {context.now.hour}:{context.now.minute:02d} {context.by}"
    with context.change(f"{event.full_title}の{kind}を取り消した", "change_decisions", event_id=event_id) as change:
        told = _ask_again(context, change, event, kind, taken)
        for one in taken:
            change.update(ChangeDecision, one.id, taken_back=mark)
    return ActionResult(
        f"{event.full_title}の{kind}を取り消しました。{told}{open_topic_sentence(context.store, event, taken)}",
        event_id,
    )


def _ask_again(
    context: ActionContext, change: Change, event: Event, kind: DecisionKind, revoked: Sequence[ChangeDecision]
) -> str:
    """Record that a 中止 or change of which somebody was told was revoked, and have these asked whether they come.

    Letters and calls tell it as they tell a decision; who decided and why is typed there. Return the sentence that says
    so; "" where nobody was told.

    Args:
        kind: what was revoked. revoked: the decisions, () for a 中止 without one.
    """
    since = min((one.decided_at.date() for one in revoked), default=event.cancelled_on or date.max)
    made = [one for each in revoked for one in calls(context.database, each.id) if one.outcome.is_told]
    sent = [
        one
        for one in notified_documents(read_notification_rows(context.database, event))
        if one.kind == letter_of(kind) and one.notified_on >= since
    ]
    if not made and not sent:
        return ""
    entries = rows(context.database, Entry, event_id=event.id)
    told = [
        one
        for one in entries
        if not (one.state.is_out or one.walk_in)
        and (
            any(call.concerns(one) for call in made)
            or any(one.id in letter.named_ids or not letter.named_ids for letter in sent)
        )
    ]
    asked = {one.id for one in told}
    change.update_each(
        Entry,
        {
            one.id: {"comes_again": ComesAgain.AWAITED if one.id in asked else ComesAgain.NOT_ASKED}
            for one in entries
            if one.id in asked or one.comes_again
        },
    )
    change.insert(
        ChangeDecision(
            event_id=event.id, kind=kind.revocation, decided_at=context.now, decided_by="", reason="", reason_seen=True
        )
    )
    places = {one.organisation_key or f"entry {one.id}" for one in told}
    places |= {f"{one.target} {one.whom}" for one in made if not one.target.is_organisation}
    return (
        f"{kind}と伝えた{len(places)}か所に、取り消して予定どおり行うことを通知と電話で知らせ、参加されるかどうかを"
        f"確かめてください。{_too_near_sentence(context, event)}"
    )


def _too_near_sentence(context: ActionContext, event: Event) -> str:
    """Return the sentence that proposes a new event where a letter can no longer be decided in time; else ""."""
    day = event.event_date
    if day is None or day < context.today:
        return ""
    left = office_calendar(context.store).open_days_between(context.today, day)
    need = programme_of_event(context.store, event, on=context.today).programme.decision_open_days
    return (
        f"実施日まで開庁日が{left}日で、決裁（{need}日）が間に合わないときは、実施回を新しく加えることもできます。"
        if left < need
        else ""
    )


def open_topic_sentence(store: Store, event: Event, revoked: Sequence[ChangeDecision] = ()) -> str:
    """Return the sentence that a 協議 is still open that the 中止 began, or ``revoked`` decisions if given; else "".

    Of several it names the first. That of a 中止 has the reason of the 中止 as its content, or like those of decisions
    began on the day of the 中止 or of the first decision, or later: the reason may be corrected after it began.
    """
    since = min((one.decided_at.date() for one in revoked), default=event.cancelled_on)
    of_it = [
        one
        for one in rows(
            store.database, Agreement, event_id=event.id, topic=(COUNT_TOPIC, CONTRACT_TOPIC, SUBSTITUTE_TOPIC)
        )
        if one.is_open
        and (
            (not revoked and one.content == event.cancel_reason)
            or (since is not None and one.asked_on is not None and one.asked_on >= since)
        )
    ]
    return f"「{of_it[0].topic}」の協議は残っています。要らないときは取り消してください。" if of_it else ""
