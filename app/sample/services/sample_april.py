"""The sample year as of the following April, with all events held, so that closing a year can be practised.

What closes a year (完了, 検査, 支払, 提案書, 引継書, the next year) is left to the user.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from app.actions.action_context import ActionContext
from app.event.rules.participation import count_participation
from app.event.services.event_results import record_result
from db.records.event_status import EventStatus
from db.records.events import Event, EventResult, RecruitmentStep
from db.records.programme import Programme
from db.records.roster import Attendance, Entry, EntryState
from db.rows import rows
from db.store import Store

APRIL = date(2027, 4, 5)
"""The Monday on which the office year after the sample year begins."""


def advance_to_april(store: Store, *, by: str) -> None:
    """Hold every planned event of the sample with the people expected there, and set its today to April."""
    (programme,) = rows(store.database, Programme)
    planned = [one for one in rows(store.database, Event, status=EventStatus.PLANNED) if one.event_date is not None]
    for event in sorted(planned, key=lambda one: (one.event_date or APRIL, one.id)):
        _hold_event(store, event, by=by)
    act = ActionContext(store, by, datetime.combine(APRIL, time(8, 30)))
    with act.change("見本データを年度末まで進めた", "programme", barrier=True) as change:
        change.update(Programme, programme.id, sample_today=APRIL)


def _hold_event(store: Store, event: Event, *, by: str) -> None:
    """Record that an event was held: its steps done, the expected people present except the last, its result."""
    assert event.event_date is not None
    act = ActionContext(store, by, datetime.combine(event.event_date, time(17, 30)))
    came = [one for one in rows(store.database, Entry, event_id=event.id) if one.state.is_coming]
    door = datetime.combine(event.event_date, time.fromisoformat(event.start_time)) - timedelta(minutes=20)
    with act.change(f"{event.full_title}の出席を記録した", "participants", event_id=event.id) as change:
        for step in rows(store.database, RecruitmentStep, event_id=event.id):
            if step.done_on is None:
                change.update(RecruitmentStep, step.id, done_on=event.event_date, done_by=by)
        for number, one in enumerate(came, 1):
            # Somebody stays away from every event: 欠席 is practised as well.
            present = number != len(came) or number == 1
            change.update(
                Entry,
                one.id,
                state=EntryState.CHOSEN,
                number=one.number or number,
                attendance=Attendance.PRESENT if present else Attendance.ABSENT,
                attended_at=door + timedelta(minutes=number) if present else None,
            )
    counted = count_participation(rows(store.database, Entry, event_id=event.id))
    result = EventResult(
        event_id=event.id,
        applied=counted.applied,
        applied_organisations=counted.applied_organisations,
        attended=counted.attended,
        attended_organisations=counted.attended_organisations,
        absent=counted.absent,
        walk_ins=counted.walk_ins,
        witness="区民協働担当係　2人",
    )
    if not came:
        result = replace(
            result, attended=None, applied=None, applied_organisations=None, attended_organisations=None, absent=None
        )
    record_result(act, event_id=event.id, result=result)
