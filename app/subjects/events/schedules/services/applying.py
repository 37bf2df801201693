"""「実施回にする」: applies the dates of a 案 to the events in one action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.common.join_nonempty import join_nonempty
from app.subjects.events.event.rules.event_venue import venue_of
from app.subjects.events.event.rules.event_warning import AGREEMENT
from app.subjects.events.event.services.event_changes import check_event, insert_event
from app.subjects.events.event.services.event_drafts import (
    EventDraft,
    event_from_draft,
    event_warnings_among,
    needs_reason,
)
from app.subjects.events.event.services.event_moves import Move, apply_move, event_after_move, read_move_context
from app.subjects.events.event.services.tasks.deadlines import read_year
from app.subjects.events.event.services.tasks.event_tasks import YearContext
from app.subjects.events.schedules.services.comparison import CompareLine, PlanComparison, read_comparison
from app.subjects.events.schedules.services.plans import PLANS_SUBJECT
from db.engine import Database
from db.journal import Change
from db.records.events import Event
from db.records.schedules import ScheduleCandidate, SchedulePlan
from db.records.venues import Venue
from db.rows import rows
from db.store import Store


@deed
def apply_plan(context: ActionContext, *, plan_id: int) -> ActionResult:
    """Apply a 案 in one action: new events are created with all their default rows, others are moved.

    Ordinals are given in the order of the days. A line without a day stays in the 案; so does an event that was held or
    cancelled since.

    Raises:
        UserError: a typed date cannot be read, a date that deviates from the specification has no reason, or nothing
            would change.
    """
    shown = read_comparison(context.store, today=context.today, plan_id=plan_id)
    assert shown.plan is not None
    year = read_year(context.store, context.today, programme_id=shown.programme_id)
    _check_applicable(shown, year)
    wanted = sorted((line for line in shown.lines if line.is_changed), key=lambda line: (line.day or date.max, line.id))
    made = sum(line.candidate.event_id is None for line in wanted)
    named = f"案{shown.plan.ordinal}"
    with context.change(f"日程の比較の{named}の{len(wanted)}件を実施回にした", PLANS_SUBJECT) as change:
        for line in wanted:
            event_id = _apply_line(context.store, change, line, year, named, context.now)
            if line.candidate.event_id is None:
                change.update(ScheduleCandidate, line.id, event_id=event_id)
        change.update(SchedulePlan, shown.plan.id, applied_on=context.today)
    moved = len(wanted) - made
    parts = [f"新しい実施回 {made}件" if made else "", f"日程を変えた実施回 {moved}件" if moved else ""]
    undated = sum(line.day is None for line in shown.lines)
    rest = f"日付のない{undated}件は案に残っています。" if undated else ""
    return ActionResult(f"{named}を実施回にしました（{join_nonempty(*parts, separator='、')}）。{rest}", shown.plan.id)


def _check_applicable(comparison: PlanComparison, year: YearContext) -> None:
    unread = [line for line in comparison.lines if line.problem]
    if unread:
        raise UserError(
            f"{'、'.join(line.candidate.organisation_name or line.candidate.subject for line in unread)}"
            f"の日付が読めません。",
            "その行の日付を直してください。何も保存していません。",
        )
    events = [line.judged_event.event for line in comparison.lines]
    without = [
        line.title
        for place, line in enumerate(comparison.lines)
        if line.is_changed and not line.candidate.reason.strip() and _needs_reason(place, events, year)
    ]
    if without:
        raise UserError(
            f"{'、'.join(without)}は、仕様書の期間または数と違います。",
            "日付を直すか、「理由」で協議の理由を書いてください。何も保存していません。",
        )
    if not comparison.ready_count:
        raise UserError("実施回と違うところがありません。", "候補日を入れるか、直してください。")


def _needs_reason(index: int, events: Sequence[Event], year: YearContext) -> bool:
    event = events[index]
    # Events that do not exist yet have no id by which they could be excluded from the others.
    others = [one for number, one in enumerate(events) if number != index]
    return any(needs_reason(one, event, year) for one in event_warnings_among(others, event, year, None))


def _apply_line(
    store: Store, change: Change, line: CompareLine, year: YearContext, plan_name: str, now: datetime
) -> int:
    """Create or move the event of one line, and return its id."""
    one = line.candidate
    assert line.day is not None
    nature = one.nature or AGREEMENT
    if one.event_id is None:
        reason = one.reason.strip()
        form = year.view.numbers[one.kind].form
        draft = EventDraft(
            kind=one.kind,
            form=form,
            subject=one.subject,
            organisation_name=one.organisation_name,
            event_date=line.day,
            start_time=one.start_time,
            end_time=one.end_time,
            venue=one.venue,
            room=one.room,
            lecturer=one.lecturer,
            extra_materials=not form.at_organisation,
            exception_reason=reason,
            exception_kind=nature if reason else "",
        )
        event = event_from_draft(store, draft, year, None)
        check_event(store, event, year, None)
        return insert_event(store, change, event, now=now)
    ground = read_move_context(store, event_id=one.event_id, today=now.date())
    before = ground.records.event
    if (before.event_date, before.start_time, before.end_time) == (line.day, one.start_time, one.end_time):
        change.update(Event, before.id, **_venue_values(store.database, one, before), lecturer=one.lecturer)
        return before.id
    moved = event_after_move(store, before, line.day, one.start_time, one.end_time, now.date())
    moved = replace(moved, **_venue_values(store.database, one, before), lecturer=one.lecturer)
    dated = before.event_date is not None
    reason = join_nonempty(f"日程の比較の{plan_name}による" if dated else "", one.reason.strip(), separator="。")
    move = Move(new_date=line.day, reason=reason, nature=nature, start_time=one.start_time, end_time=one.end_time)
    apply_move(store, change, ground, moved, move, now)
    return before.id


def _venue_values(database: Database, candidate: ScheduleCandidate, previous_event: Event) -> dict[str, Any]:
    """Return the venue of an event from its line; facility and date of naming belonged to the previous venue."""
    values: dict[str, Any] = {"venue": candidate.venue, "room": candidate.room}
    if candidate.venue == previous_event.venue:
        return values
    known = venue_of(candidate, [place for place in rows(database, Venue, name=candidate.venue) if place.facility])
    return values | {"facility": known.facility if known is not None else "", "venue_named_on": None}
