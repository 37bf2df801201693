"""Records the result of an event, which makes it 実施済, and counts it again from the roster."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.event.rules.participation import ParticipationCounts, count_participation
from app.event.services.event_records import read_event_or_error
from app.event.services.event_state import refuse_if_not_held
from db.fields import changed_fields, corrections
from db.journal import Change
from db.records.event_status import EventStatus
from db.records.events import Event, EventResult
from db.store import Store
from db.tables import events as table
from db.tables import roster

FROM_ROSTER = "名簿"
"""Source of a result whose numbers were counted from the roster."""
_COUNTED = (
    "applied", "applied_organisations", "attended", "attended_organisations", "absent", "walk_ins", "lent_devices",
    "own_devices",
)  # fmt: skip
"""The counts of people and devices of a result."""


def with_counts(result: EventResult, counts: ParticipationCounts) -> EventResult:
    """Return ``result`` with the numbers of people counted from the roster."""
    return replace(result, **{name: getattr(counts, name) for name in _COUNTED})


def count_people(store: Store, event_id: int) -> ParticipationCounts:
    """Return the numbers of people of an event by its roster and its lent tablets."""
    return count_participation(roster.entries(store.database, event_id), roster.loans(store.database, event_id))


def update_counted_result(store: Store, change: Change, event_id: int) -> None:
    """Count again inside ``change`` if the result came from the roster; typed numbers stay."""
    present = table.result(store.database, event_id)
    if present is not None and present.source == FROM_ROSTER:
        counted = with_counts(present, count_people(store, event_id))
        change.update(EventResult, present.id, **changed_fields(present, counted))


def mark_held(context: ActionContext, *, event_id: int) -> ActionResult:
    """Mark an event 実施済; raises ``UserError`` as ``event_to_record``."""
    event = event_to_record(context.store, event_id, context.today)
    with context.change(f"{event.full_title}を実施済にした", "events", event_id=event_id) as change:
        change.update(Event, event_id, status=EventStatus.HELD)
    return ActionResult(f"{event.full_title}を実施済にしました。", event_id)


def record_result(context: ActionContext, *, event_id: int, result: EventResult) -> ActionResult:
    """Save the ward's own count of the day (one row per event) and mark the event 実施済.

    Fields of an existing row that ``result`` leaves open stay (``corrections``). Numbers that stay as stored keep their
    ``source`` (「名簿」); one changed number makes all of them typed (``source`` "").

    Raises:
        UserError: as ``mark_held``, as ``checked_end``, or a number below zero.
    """
    event = event_to_record(context.store, event_id, context.today)
    present = table.result(context.database, event_id)
    said = corrections(present, checked_end(event, replace(result, event_id=event_id)))
    numbers = _numbers(replace(present or EventResult(event_id=event_id), **said))
    if any(number is not None and number < 0 for number in (*numbers, said.get("people_at_end"))):
        raise UserError("0より小さい人数があります。", "人数を確かめてください。")
    counted = present is not None and present.source and numbers == _numbers(present)
    said["source"] = present.source if present and counted else ""
    with context.change(f"{event.full_title}の実施結果を記録した", "events", event_id=event_id) as change:
        row_id = change.update_or_insert(EventResult, present, **said)
        change.update(Event, event_id, status=EventStatus.HELD)
    return ActionResult(f"{event.full_title}の実施結果を記録しました。", row_id)


def checked_end(event: Event, result: EventResult) -> EventResult:
    """Return the result of an event; of one that ended as planned without hour, reason, people and 協議 of the 打切り.

    Raises:
        UserError: an event was broken off outside its hours, or without a reason.
    """
    if not result.cut_short:
        return replace(result, ended_at="", cut_reason="", people_at_end=None, agreement_id=None)
    if not event.start_time <= result.ended_at < event.end_time:
        raise UserError(
            f"打切りの時刻が、実施の時間（{event.start_time}–{event.end_time}）の中にありません。",
            "打ち切った時刻を入力してください。",
        )
    if not result.cut_reason.strip():
        raise UserError("打切りの理由が書かれていません。", "警報、停電、講師の急病など、理由を書いてください。")
    return replace(result, cut_reason=result.cut_reason.strip())


def _numbers(result: EventResult) -> tuple[int | None, ...]:
    """Return all counts of people and devices of a result in a fixed order, for comparing."""
    return tuple(getattr(result, name) for name in _COUNTED)


def event_to_record(store: Store, event_id: int, today: date) -> Event:
    """Return the event; raises ``UserError`` if it is cancelled, waits for another day, is undated or still to come."""
    event = read_event_or_error(store.database, event_id)
    refuse_if_not_held(store.database, event, "記録できます")
    if event.event_date is None:
        raise UserError(f"{event.full_title}は、日程が決まっていません。", "日程を決めてから記録してください。")
    if event.event_date > today:
        raise UserError(
            f"{event.full_title}の実施日は {short_date(event.event_date, today)} です。", "実施日から記録できます。"
        )
    return event
