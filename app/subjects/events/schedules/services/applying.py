"""「実施回にする」: the dates of a 案 become the events in one action, by the services that make and move a single one.

- ``apply_plan(act, plan_id) -> Saved``
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.common.together import together
from app.subjects.events.event.rules.event_warning import AGREEMENT
from app.subjects.events.event.rules.places import venue_of
from app.subjects.events.event.services.event_changes import check_event, insert_event
from app.subjects.events.event.services.event_drafts import EventDraft, as_event, asks_reason, warnings_among
from app.subjects.events.event.services.event_moves import Move, carry_out_move, moved_event, read_move_ground
from app.subjects.events.event.services.tasks.deadlines import read_year
from app.subjects.events.event.services.tasks.event_tasks import Year
from app.subjects.events.schedules.services.comparison import CompareLine, PlanComparison, read_comparison
from app.subjects.events.schedules.services.plans import SUBJECT
from db.engine import Database
from db.journal import Change
from db.records.events import Event
from db.records.schedules import ScheduleCandidate, SchedulePlan
from db.records.venues import Venue
from db.rows import rows
from db.store import Store


@deed
def apply_plan(act: Act, *, plan_id: int) -> Saved:
    """Make the events of a 案 in one action: new ones with everything that a new event has, the others moved.

    Numbers are given in the order of the days. A line without a day stays in the 案; so does an event that was held or
    cancelled since.

    Raises:
        Refusal: a typed date can't be read, a date beside the specification has no reason, or nothing would change.
    """
    shown = read_comparison(act.store, today=act.today, plan_id=plan_id)
    assert shown.plan is not None
    year = read_year(act.store, act.today, programme_id=shown.programme_id)
    _may_apply(shown, year)
    wanted = sorted((line for line in shown.lines if line.changed), key=lambda line: (line.day or date.max, line.id))
    made = sum(line.candidate.event_id is None for line in wanted)
    named = f"案{shown.plan.ordinal}"
    with act.change(f"日程の比較の{named}の{len(wanted)}件を実施回にした", SUBJECT) as change:
        for line in wanted:
            event_id = _carry_out(act.store, change, line, year, named, act.now)
            if line.candidate.event_id is None:
                change.update(ScheduleCandidate, line.id, event_id=event_id)
        change.update(SchedulePlan, shown.plan.id, applied_on=act.today)
    moved = len(wanted) - made
    parts = [f"新しい実施回 {made}件" if made else "", f"日程を変えた実施回 {moved}件" if moved else ""]
    undated = sum(line.day is None for line in shown.lines)
    rest = f"日付のない{undated}件は案に残っています。" if undated else ""
    return Saved(f"{named}を実施回にしました（{together(*parts, by='、')}）。{rest}", shown.plan.id)


def _may_apply(shown: PlanComparison, year: Year) -> None:
    unread = [line for line in shown.lines if line.problem]
    if unread:
        raise Refusal(
            f"{'、'.join(line.candidate.organisation_name or line.candidate.subject for line in unread)}"
            f"の日付が読めません。",
            "その行の日付を直してください。何も保存していません。",
        )
    events = [line.judged.event for line in shown.lines]
    without = [
        line.title
        for place, line in enumerate(shown.lines)
        if line.changed and not line.candidate.reason.strip() and _needs_reason(place, events, year)
    ]
    if without:
        raise Refusal(
            f"{'、'.join(without)}は、仕様書の期間または数と違います。",
            "日付を直すか、「理由」で協議の理由を書いてください。何も保存していません。",
        )
    if not shown.ready:
        raise Refusal("実施回と違うところがありません。", "候補日を入れるか、直してください。")


def _needs_reason(place: int, events: Sequence[Event], year: Year) -> bool:
    event = events[place]
    # Events that do not exist yet have no id by which they would be left out of the others.
    others = [one for number, one in enumerate(events) if number != place]
    return any(asks_reason(one, event, year) for one in warnings_among(others, event, year, None))


def _carry_out(store: Store, change: Change, line: CompareLine, year: Year, named: str, now: datetime) -> int:
    """Make or move the event of one line; return its id."""
    one = line.candidate
    assert line.day is not None
    nature = one.nature or AGREEMENT
    if one.event_id is None:
        reason = one.reason.strip()
        draft = EventDraft(
            kind=one.kind,
            subject=one.subject,
            organisation_name=one.organisation_name,
            event_date=line.day,
            start_time=one.start_time,
            end_time=one.end_time,
            venue=one.venue,
            room=one.room,
            lecturer=one.lecturer,
            extra_materials=one.kind != "派遣",
            exception_reason=reason,
            exception_kind=nature if reason else "",
        )
        event = as_event(store, draft, year, None)
        check_event(store, event, year, None)
        return insert_event(store, change, event, now=now)
    ground = read_move_ground(store, event_id=one.event_id, today=now.date())
    before = ground.course.event
    if (before.event_date, before.start_time, before.end_time) == (line.day, one.start_time, one.end_time):
        change.update(Event, before.id, **_place(store.database, one, before), lecturer=one.lecturer)
        return before.id
    moved = moved_event(store, before, line.day, one.start_time, one.end_time, now.date())
    moved = replace(moved, **_place(store.database, one, before), lecturer=one.lecturer)
    dated = before.event_date is not None
    reason = together(f"日程の比較の{named}による" if dated else "", one.reason.strip(), by="。")
    move = Move(new_date=line.day, reason=reason, nature=nature, start_time=one.start_time, end_time=one.end_time)
    carry_out_move(store, change, ground, moved, move, now)
    return before.id


def _place(database: Database, one: ScheduleCandidate, before: Event) -> dict[str, Any]:
    """Where an event is held by its line; whose place that is, and when it was named, was said of the one before."""
    values: dict[str, Any] = {"venue": one.venue, "room": one.room}
    if one.venue == before.venue:
        return values
    known = venue_of(one, [place for place in rows(database, Venue, name=one.venue) if place.facility])
    return values | {"facility": known.facility if known is not None else "", "venue_named_on": None}
