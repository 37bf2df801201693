"""Undo of 日程の比べ and 区の年中行事: every row as it was before."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.events.schedules import services as schedules_services
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.schedules import ScheduleCandidate, SchedulePlan, WardDay
from db.rows import row, rows
from tests.support.scenarios import Scenarios, after
from tests.support.world import World


def _plan(world: World) -> SchedulePlan:
    return rows(world.store.database, SchedulePlan)[-1]


def _candidate(world: World) -> ScheduleCandidate:
    coming = {one.id for one in rows(world.store.database, Event, status=EventStatus.PLANNED)}
    return next(
        one for one in rows(world.store.database, ScheduleCandidate, plan_id=_plan(world).id) if one.event_id in coming
    )


def _day(world: World, *, done: bool) -> WardDay:
    return next(one for one in rows(world.store.database, WardDay) if (one.done_on is not None) == done)


def _apply(world: World) -> dict[str, Any]:
    plan = schedules_services.start_plan(world.other, name="見直し").id
    first = row(world.store.database, ScheduleCandidate, plan_id=plan, kind="意見交換会", order="-position")
    assert first is not None
    schedules_services.save_candidate(world.other, candidate=replace(first, typed="R9.2.9"))
    extra = ScheduleCandidate(
        plan_id=plan, position=0, kind="講習会", subject="追加", typed="12/11", reason="協議", nature="協議で足りる"
    )
    schedules_services.save_candidate(world.other, candidate=extra)
    return {"plan_id": plan}


SCENARIOS: Scenarios = {
    schedules_services.start_plan: lambda w: {"name": "案", "copy_of": _plan(w).id},
    schedules_services.rename_plan: lambda w: {"plan_id": _plan(w).id, "name": "別の名前"},
    schedules_services.remove_plan: lambda w: {"plan_id": _plan(w).id},
    schedules_services.save_candidate: lambda w: {"candidate": replace(_candidate(w), typed="12/10")},
    schedules_services.remove_candidate: lambda w: {"candidate_id": _candidate(w).id},
    schedules_services.apply_plan: _apply,
    schedules_services.save_ward_day: lambda w: {"ward_day": replace(_day(w, done=False), day=date(2027, 3, 1))},
    schedules_services.add_usual_ward_days: lambda w: after(
        schedules_services.remove_ward_day(w.other, ward_day_id=_day(w, done=False).id)),
    schedules_services.finish_ward_day: lambda w: {"ward_day_id": _day(w, done=False).id},
    schedules_services.reopen_ward_day: lambda w: {"ward_day_id": _day(w, done=True).id},
    schedules_services.remove_ward_day: lambda w: {"ward_day_id": _day(w, done=False).id},
}  # fmt: skip
