"""Completes the recruitment steps of an event (目安日) and changes their dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar import dates
from app.calendar.office_days import OfficeCalendar
from app.event.rules.recruitment import closing_step, is_past_when_dated, is_published, results_step, step_due
from db.engine import Database
from db.journal import Change
from db.records.event_form import EventForm
from db.records.events import Event, RecruitmentStep
from db.rows import by_id, rows
from db.store import Store

VENUE_STEP = "会場の使用承認"


def request_forms_close_on(
    store: Store, *, programme_id: int, calendar: OfficeCalendar, dispatches: Sequence[Event] | None = None
) -> date | None:
    """Return the last day of the 希望票 of a year: the first closing day of its 派遣, which share one call.

    Once the call was published, the 派遣 it was published with decide, cancelled since or not. A day that had passed
    when its 派遣 got its date is ignored. None while no 派遣 has such a day.

    Args:
        dispatches: those of the year, if read already.
    """
    return _call_days(store, programme_id=programme_id, calendar=calendar, dispatches=dispatches)[0]


def request_results_on(store: Store, *, programme_id: int, calendar: OfficeCalendar) -> date | None:
    """Return by when all 団体 are told the result: the first such day of the 派遣 that decide the closing day.

    None while there is none, or it does not lie behind the closing day.
    """
    closes, results = _call_days(store, programme_id=programme_id, calendar=calendar)
    return results if closes is not None and results is not None and results > closes else None


def _call_days(
    store: Store, *, programme_id: int, calendar: OfficeCalendar, dispatches: Sequence[Event] | None = None
) -> tuple[date | None, date | None]:
    """Return the closing day and the day of the results of the one call of a year, each None if unknown."""
    events = dispatches or rows(store.database, Event, programme_id=programme_id, form=EventForm.VISIT)
    steps = (
        rows(store.database, RecruitmentStep, event_id=[one.id for one in events], order=("position", "id"))
        if events
        else []
    )
    published: list[tuple[date, date | None]] = []
    planned: list[tuple[date, date | None]] = []
    for one in events:
        mine = [step for step in steps if step.event_id == one.id]
        closes = closing_step(mine)
        if closes is None or is_past_when_dated(closes, one, calendar):
            continue
        day, results = step_due(closes, one.event_date, calendar), results_step(mine)
        told = step_due(results, one.event_date, calendar) if results is not None else None
        if day is not None and is_published(mine, ()):
            published.append((day, told))
        elif day is not None and one.status.counts:
            planned.append((day, told))
    found = published or planned
    return (
        min((day for day, _told in found), default=None),
        min((told for _day, told in found if told is not None), default=None),
    )


def tick_step(context: ActionContext, *, step_id: int, on: date | None = None, note: str | None = None) -> ActionResult:
    """Record that a step was done ``on`` that day (default: today), by the user.

    会場の使用承認 also sets the day of the 使用承認 on the event (``venue_booked_on``) unless another was typed there.

    Args:
        note: None leaves the note as it is (for example the issue of 区報).
    """
    step = get_or_raise(context.database, RecruitmentStep, step_id)
    action = f"募集の段取り「{step.name}」を済にした"
    with context.change(action, "events", event_id=step.event_id) as change:
        noted = {} if note is None else {"note": note}
        change.update(RecruitmentStep, step_id, done_on=on or context.today, done_by=context.by, **noted)
        event = by_id(context.database, Event, step.event_id) if step.name == VENUE_STEP else None
        if event is not None and event.venue_booked_on in (None, step.done_on):
            change.update(Event, event.id, venue_booked_on=on or context.today)
    return ActionResult(f"「{step.name}」を済にしました。", step_id)


def tick_open_step(
    database: Database, change: Change, event_id: int | None, name: str, *, on: date | None, done_by: str
) -> None:
    """Tick each open step of exactly that name, within the change that completes it; nothing without ``event_id``."""
    for step in rows(database, RecruitmentStep, event_id=event_id, name=name) if event_id is not None else ():
        if step.done_on is None:
            change.update(RecruitmentStep, step.id, done_on=on, done_by=done_by)


def follow_approval_day(
    database: Database, change: Change, event_id: int, *, before: date | None, approved: date | None, done_by: str
) -> None:
    """Let each step 会場の使用承認 that is open, or was done on the day ``before``, be done on the day ``approved``.

    They are the days of the 使用承認 of the event, None = it has none; without one now the step is open again.
    """
    for step in rows(database, RecruitmentStep, event_id=event_id, name=VENUE_STEP):
        if step.done_on in (None, before) and step.done_on != approved:
            done = {"done_on": approved, "done_by": done_by if approved is not None else ""}
            change.update(RecruitmentStep, step.id, **done)


def untick_step(context: ActionContext, *, step_id: int) -> ActionResult:
    """Open a recruitment step again; 会場の使用承認 empties the day of the venue too where ticking it had set that.

    Raises:
        UserError: nobody ticked it: it was completed by a notification, a 協議 or a decision.
    """
    step = get_or_raise(context.database, RecruitmentStep, step_id)
    if step.done_on is None:
        raise UserError(
            f"「{step.name}」は、ほかの記録（通知・協議・申込・参加者の決定）により済です。",
            "未了に戻すときは、その記録を取り消してください。通知は、書類の「通知の記録」で通知済または施行を取り消します。",
        )
    action = f"募集の段取り「{step.name}」を未了に戻した"
    with context.change(action, "events", event_id=step.event_id) as change:
        change.update(RecruitmentStep, step_id, done_on=None, done_by="")
        event = by_id(context.database, Event, step.event_id) if step.name == VENUE_STEP else None
        if event is not None and event.venue_booked_on == step.done_on:
            change.update(Event, event.id, venue_booked_on=None)
    return ActionResult(f"「{step.name}」を未了に戻しました。", step_id)


def set_step_date(context: ActionContext, *, step_id: int, due: date | None, note: str | None = None) -> ActionResult:
    """Set the date of a step; ``due`` None lets it follow the event again.

    Args:
        note: None leaves the note as it is (for example the issue of 区報).
    """
    step = get_or_raise(context.database, RecruitmentStep, step_id)
    action = f"募集の段取り「{step.name}」の日を変えた"
    with context.change(action, "events", event_id=step.event_id) as change:
        change.update(RecruitmentStep, step_id, due=due, note=step.note if note is None else note)
    if due is None:
        return ActionResult(f"「{step.name}」を実施日からの計算に戻しました。", step_id)
    return ActionResult(f"「{step.name}」を{dates.short_date(due, context.today)}にしました。", step_id)
