"""Undo of 日程の比べ and 区の年中行事: every row as it was before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from app.events.schedules import services as schedules_services
from db.records.events import Event
from db.records.schedules import ScheduleCandidate, SchedulePlan, WardDay
from db.rows import row, rows
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]


def _plan(world: World) -> SchedulePlan:
    return rows(world.store.database, SchedulePlan)[-1]


def _candidate(world: World) -> ScheduleCandidate:
    coming = {one.id for one in rows(world.store.database, Event, status="予定")}
    return next(
        one for one in rows(world.store.database, ScheduleCandidate, plan_id=_plan(world).id) if one.event_id in coming
    )


def _day(world: World, *, done: bool) -> WardDay:
    return next(one for one in rows(world.store.database, WardDay) if (one.done_on is not None) == done)


def _apply(world: World, who: dict[str, Any]) -> object:
    plan = schedules_services.start_plan(world.store, name="見直し", by=OTHER, now=NOW).id
    first = row(world.store.database, ScheduleCandidate, plan_id=plan, kind="意見交換会", order="-position")
    assert first is not None
    schedules_services.save_candidate(world.store, candidate=replace(first, typed="R9.2.9"), by=OTHER, now=NOW)
    extra = ScheduleCandidate(
        plan_id=plan, position=0, kind="講習会", subject="追加", typed="12/11", reason="協議", nature="協議で足りる"
    )
    schedules_services.save_candidate(world.store, candidate=extra, by=OTHER, now=NOW)
    world.before = world.rows()
    return schedules_services.apply_plan(world.store, plan_id=plan, **who)


def _usual(world: World, who: dict[str, Any]) -> object:
    schedules_services.remove_ward_day(world.store, ward_day_id=_day(world, done=False).id, by=OTHER, now=NOW)
    world.before = world.rows()
    return schedules_services.add_usual_ward_days(world.store, **who)


SCENARIOS: dict[Callable[..., Any], Act] = {
    schedules_services.start_plan: lambda w, who:
        schedules_services.start_plan(w.store, name="案", copy_of=_plan(w).id, **who),
    schedules_services.rename_plan: lambda w, who:
        schedules_services.rename_plan(w.store, plan_id=_plan(w).id, name="別の名前", **who),
    schedules_services.remove_plan: lambda w, who: schedules_services.remove_plan(w.store, plan_id=_plan(w).id, **who),
    schedules_services.save_candidate: lambda w, who: schedules_services.save_candidate(
        w.store, candidate=replace(_candidate(w), typed="12/10"), **who),
    schedules_services.remove_candidate: lambda w, who:
        schedules_services.remove_candidate(w.store, candidate_id=_candidate(w).id, **who),
    schedules_services.apply_plan: _apply,
    schedules_services.save_ward_day: lambda w, who: schedules_services.save_ward_day(
        w.store, ward_day=replace(_day(w, done=False), day=date(2027, 3, 1)), **who),
    schedules_services.add_usual_ward_days: _usual,
    schedules_services.finish_ward_day: lambda w, who: schedules_services.finish_ward_day(
        w.store, ward_day_id=_day(w, done=False).id, **who),
    schedules_services.reopen_ward_day: lambda w, who: schedules_services.reopen_ward_day(
        w.store, ward_day_id=_day(w, done=True).id, **who),
    schedules_services.remove_ward_day: lambda w, who: schedules_services.remove_ward_day(
        w.store, ward_day_id=_day(w, done=False).id, **who),
}  # fmt: skip
