"""Undo of 日程の比べ and 区の年中行事: every row as it was before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from app.actions.action_context import ActionContext
from app.events.schedules import services as schedules_services
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.schedules import ScheduleCandidate, SchedulePlan, WardDay
from db.rows import row, rows
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]


def _plan(world: World) -> SchedulePlan:
    return rows(world.store.database, SchedulePlan)[-1]


def _candidate(world: World) -> ScheduleCandidate:
    coming = {one.id for one in rows(world.store.database, Event, status=EventStatus.PLANNED)}
    return next(
        one for one in rows(world.store.database, ScheduleCandidate, plan_id=_plan(world).id) if one.event_id in coming
    )


def _day(world: World, *, done: bool) -> WardDay:
    return next(one for one in rows(world.store.database, WardDay) if (one.done_on is not None) == done)


def _apply(world: World, context: ActionContext) -> object:
    plan = schedules_services.start_plan(ActionContext(world.store, OTHER, NOW), name="見直し").id
    first = row(world.store.database, ScheduleCandidate, plan_id=plan, kind="意見交換会", order="-position")
    assert first is not None
    schedules_services.save_candidate(ActionContext(world.store, OTHER, NOW), candidate=replace(first, typed="R9.2.9"))
    extra = ScheduleCandidate(
        plan_id=plan, position=0, kind="講習会", subject="追加", typed="12/11", reason="協議", nature="協議で足りる"
    )
    schedules_services.save_candidate(ActionContext(world.store, OTHER, NOW), candidate=extra)
    world.before = world.rows()
    return schedules_services.apply_plan(context, plan_id=plan)


def _usual(world: World, context: ActionContext) -> object:
    schedules_services.remove_ward_day(ActionContext(world.store, OTHER, NOW), ward_day_id=_day(world, done=False).id)
    world.before = world.rows()
    return schedules_services.add_usual_ward_days(context)


SCENARIOS: dict[Callable[..., Any], Act] = {
    schedules_services.start_plan: lambda w, context:
        schedules_services.start_plan(context, name="案", copy_of=_plan(w).id),
    schedules_services.rename_plan: lambda w, context:
        schedules_services.rename_plan(context, plan_id=_plan(w).id, name="別の名前"),
    schedules_services.remove_plan: lambda w, context: schedules_services.remove_plan(context, plan_id=_plan(w).id),
    schedules_services.save_candidate: lambda w, context: schedules_services.save_candidate(
        context, candidate=replace(_candidate(w), typed="12/10")),
    schedules_services.remove_candidate: lambda w, context:
        schedules_services.remove_candidate(context, candidate_id=_candidate(w).id),
    schedules_services.apply_plan: _apply,
    schedules_services.save_ward_day: lambda w, context: schedules_services.save_ward_day(
        context, ward_day=replace(_day(w, done=False), day=date(2027, 3, 1))),
    schedules_services.add_usual_ward_days: _usual,
    schedules_services.finish_ward_day: lambda w, context: schedules_services.finish_ward_day(
        context, ward_day_id=_day(w, done=False).id),
    schedules_services.reopen_ward_day: lambda w, context: schedules_services.reopen_ward_day(
        context, ward_day_id=_day(w, done=True).id),
    schedules_services.remove_ward_day: lambda w, context: schedules_services.remove_ward_day(
        context, ward_day_id=_day(w, done=False).id),
}  # fmt: skip
