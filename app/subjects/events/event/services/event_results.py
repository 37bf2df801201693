"""What happened on the day: an event becomes 実施済, its numbers are kept.

- ``mark_held(act, event_id) -> Saved``
- ``record_result(act, event_id, result) -> Saved``
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.subjects.events.event.services.event_file import required_event
from db.fields import corrections
from db.records.events import Event, EventResult
from db.tables import events as table


@deed
def mark_held(act: Act, *, event_id: int) -> Saved:
    """Mark an event 実施済; raises ``Refusal`` when it is cancelled, undated or still to come."""
    event = required_event(act.database, event_id)
    check_may_be_held(event, act.today)
    action = f"{event.full_title}を実施済にした"
    with act.change(action, "events", event_id=event_id) as change:
        change.update(Event, event_id, status="実施済")
    return Saved(f"{event.full_title}を実施済にしました。", event_id)


@deed
def record_result(act: Act, *, event_id: int, result: EventResult) -> Saved:
    """Keep the ward's own count of the day (one row per event) and mark the event 実施済.

    What ``result`` does not say of a row that is there stays (``corrections``). Numbers left as the attendance gave
    them stay its own (``source``); a number typed otherwise makes all typed.

    Raises:
        Refusal: as ``mark_held``, or a number below zero.
    """
    event = required_event(act.database, event_id)
    check_may_be_held(event, act.today)
    present = table.result(act.database, event_id)
    said = corrections(present, replace(result, event_id=event_id))
    numbers = _numbers(replace(present or EventResult(event_id=event_id), **said))
    if any(number is not None and number < 0 for number in numbers):
        raise Refusal("0より小さい人数があります。", "人数を確かめてください。")
    counted = present is not None and present.source and numbers == _numbers(present)
    said["source"] = present.source if present and counted else ""
    action = f"{event.full_title}の実施結果を記録した"
    with act.change(action, "events", event_id=event_id) as change:
        row_id = change.keep(EventResult, present, **said)
        change.update(Event, event_id, status="実施済")
    return Saved(f"{event.full_title}の実施結果を記録しました。", row_id)


def _numbers(result: EventResult) -> tuple[int | None, ...]:
    return (
        result.applied, result.applied_organisations, result.attended, result.attended_organisations,
        result.absent, result.walk_ins, result.lent_devices, result.own_devices,
    )  # fmt: skip


def check_may_be_held(event: Event, today: date) -> None:
    """Raise ``Refusal`` when the event is cancelled, undated or still to come."""
    if event.status == "中止":
        raise Refusal(f"{event.full_title}は中止です。", "中止を取り消すと記録できます。")
    if event.event_date is None:
        raise Refusal(f"{event.full_title}は、日程が決まっていません。", "日程を決めてから記録してください。")
    if event.event_date > today:
        raise Refusal(
            f"{event.full_title}の実施日は {short_date(event.event_date, today)} です。", "実施日から記録できます。"
        )
