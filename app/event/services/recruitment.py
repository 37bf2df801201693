"""Completes the recruitment steps of an event (目安日) and changes their dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar import dates
from app.calendar.office_days import OfficeCalendar
from app.event.rules.recruitment import (
    closing_step,
    is_past_when_dated,
    is_published,
    results_step,
    share_one_call,
    step_due,
)
from db.engine import Database
from db.journal import Change
from db.record import record
from db.records.events import Event, RecruitmentStep
from db.records.programme import ClosedDay, EventKind
from db.rows import rows

VENUE_STEP = "会場の使用承認"


@record
class Call:
    """The days of a call for visits: requests close, all 団体 are told (None = no day); ``visit`` bears its steps."""

    closes: date
    results: date | None
    visit: Event


def read_calls(database: Database, kind: EventKind) -> list[Call]:
    """Return the calls for visits of a kind by their closing day; one that was published goes before all that were not.

    Once a call was published, the visits it was published with decide, cancelled since or not. A day that had passed
    when its visit got its date is ignored.
    """
    if not kind.recruitment.closes:
        return []
    visits = rows(database, Event, programme_id=kind.programme_id, kind=kind.kind)
    calendar = OfficeCalendar({one.day: one.reason for one in rows(database, ClosedDay)})
    steps = rows(database, RecruitmentStep, event_id=[one.id for one in visits], order=("position", "id"))
    found: dict[bool, list[Call]] = {True: [], False: []}
    for one in visits:
        mine = [step for step in steps if step.event_id == one.id]
        closes, results = closing_step(mine), results_step(mine)
        day = step_due(closes, one.event_date, calendar) if closes is not None else None
        published = is_published(mine, ())
        if closes is None or day is None or is_past_when_dated(closes, one, calendar):
            continue
        if published or one.status.counts:
            told = step_due(results, one.event_date, calendar) if results is not None else None
            found[published].append(Call(closes=day, results=told, visit=one))
    yearly = found[True] or found[False]
    return sorted(
        yearly if kind.recruitment.is_yearly else [*found[True], *found[False]],
        key=lambda one: (one.closes, one.visit.id),
    )


def call_on(kind: EventKind, calls: Sequence[Call], on: date) -> Call | None:
    """Return which of the calls of a kind, by day, is open on a day, else the last one; None without any.

    Of a kind with one call a year it is always the same.
    """
    if kind.recruitment.is_yearly:
        return next(iter(calls), None)
    return next((one for one in calls if one.closes >= on), calls[-1] if calls else None)


def request_forms_close_on(database: Database, kind: EventKind, on: date) -> date | None:
    """Return the last day of the 希望票 of a kind by its call on a day; None while no visit has such a day."""
    call = call_on(kind, read_calls(database, kind), on)
    return call.closes if call is not None else None


def steps_with_one_call(
    database: Database, visits: Iterable[tuple[Event, EventKind]], steps: Mapping[int, tuple[RecruitmentStep, ...]]
) -> dict[int, tuple[RecruitmentStep, ...]]:
    """Return the steps of visits by event; where the year has one call, one visit bears its steps for all."""
    found, calls = dict(steps), dict[tuple[int, str], Call | None]()
    for event, kind in visits:
        if (year := (kind.programme_id, kind.kind)) not in calls:
            calls[year] = next(iter(read_calls(database, kind)), None) if kind.recruitment.is_yearly else None
        call = calls[year]
        if call is not None and call.visit.id != event.id:
            found[event.id] = share_one_call(found[event.id], event, call.closes, call.results)
    return found


def tick_step(context: ActionContext, *, step_id: int, on: date | None = None, note: str | None = None) -> ActionResult:
    """Record that a step was done ``on`` that day (default: today), by the user.

    会場の使用承認 also sets the day of the 使用承認 on the event (``venue_booked_on``) unless another was typed there.

    Args:
        note: None leaves the note as it is (for example the issue of 区報).
    """
    step = get_or_raise(context.database, RecruitmentStep, step_id)
    with context.change(f"募集の段取り「{step.name}」を済にした", "events", event_id=step.event_id) as change:
        noted = {} if note is None else {"note": note}
        change.update(RecruitmentStep, step_id, done_on=on or context.today, done_by=context.by, **noted)
        if step.name == VENUE_STEP:
            event = get_or_raise(context.database, Event, step.event_id)
            if event.venue_booked_on in (None, step.done_on):
                change.update(Event, event.id, venue_booked_on=on or context.today)
    return ActionResult(f"「{step.name}」を済にしました。", step_id)


def tick_open_step(
    database: Database, change: Change, event_id: int | None, name: str, *, on: date | None, done_by: str
) -> None:
    """Tick each open step of exactly that name, within the change that completes it; nothing without ``event_id``."""
    if event_id is not None:
        for step in rows(database, RecruitmentStep, event_id=event_id, name=name, done_on=None):
            change.update(RecruitmentStep, step.id, done_on=on, done_by=done_by)


def follow_approval_day(
    database: Database, change: Change, event_id: int, *, before: date | None, approved: date | None, done_by: str
) -> None:
    """Let each step 会場の使用承認 that is open, or was done on the day ``before``, be done on the day ``approved``.

    They are the days of the 使用承認 of the event, None = it has none; without one now the step is open again.
    """
    for step in rows(database, RecruitmentStep, event_id=event_id, name=VENUE_STEP):
        if step.done_on in (None, before) and step.done_on != approved:
            by = done_by if approved is not None else ""
            change.update(RecruitmentStep, step.id, done_on=approved, done_by=by)


def untick_step(context: ActionContext, *, step_id: int) -> ActionResult:
    """Open a recruitment step again; 会場の使用承認 empties the day of the venue too where ticking it had set that.

    Raises:
        UserError: nobody ticked it: it was completed by a notification, a 協議 or a decision.
    """
    step = get_or_raise(context.database, RecruitmentStep, step_id)
    if step.done_on is None:
        raise UserError(
            f"「{step.name}」は、ほかの記録（通知・協議・申込・参加者の決定）により済です。",
            "未了に戻すときは、その記録を取り消してください。通知は、「書類」の「出したもの」で選び、通知済または施行を取り消します。",
        )
    with context.change(f"募集の段取り「{step.name}」を未了に戻した", "events", event_id=step.event_id) as change:
        change.update(RecruitmentStep, step_id, done_on=None, done_by="")
        if step.name == VENUE_STEP:
            event = get_or_raise(context.database, Event, step.event_id)
            if event.venue_booked_on == step.done_on:
                change.update(Event, event.id, venue_booked_on=None)
    return ActionResult(f"「{step.name}」を未了に戻しました。", step_id)


def set_step_date(context: ActionContext, *, step_id: int, due: date | None, note: str | None = None) -> ActionResult:
    """Set the date of a step; ``due`` None lets it follow the event again.

    Args:
        note: None leaves the note as it is (for example the issue of 区報).
    """
    step = get_or_raise(context.database, RecruitmentStep, step_id)
    with context.change(f"募集の段取り「{step.name}」の日を変えた", "events", event_id=step.event_id) as change:
        change.update(RecruitmentStep, step_id, due=due, note=step.note if note is None else note)
    if due is None:
        return ActionResult(f"「{step.name}」を実施日からの計算に戻しました。", step_id)
    return ActionResult(f"「{step.name}」を{dates.short_date(due, context.today)}にしました。", step_id)
