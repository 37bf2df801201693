"""Undo of 日程の比べ and 区の年中行事: every row as it was before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from app.subjects.events.schedules.services import applying, plans, ward_days
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
    plan = plans.start_plan(world.store, name="見直し", by=OTHER, now=NOW).id
    first = row(world.store.database, ScheduleCandidate, plan_id=plan, kind="意見交換会", order="-position")
    assert first is not None
    plans.save_candidate(world.store, candidate=replace(first, typed="R9.2.9"), by=OTHER, now=NOW)
    extra = ScheduleCandidate(
        plan_id=plan, position=0, kind="講習会", subject="追加", typed="12/11", reason="協議", nature="協議で足りる"
    )
    plans.save_candidate(world.store, candidate=extra, by=OTHER, now=NOW)
    world.before = world.rows()
    return applying.apply_plan(world.store, plan_id=plan, **who)


def _usual(world: World, who: dict[str, Any]) -> object:
    ward_days.remove_ward_day(world.store, ward_day_id=_day(world, done=False).id, by=OTHER, now=NOW)
    world.before = world.rows()
    return ward_days.add_usual_ward_days(world.store, **who)


SCENARIOS: dict[Callable[..., Any], Act] = {
    plans.start_plan: lambda w, who: plans.start_plan(w.store, name="案", copy_of=_plan(w).id, **who),
    plans.rename_plan: lambda w, who: plans.rename_plan(w.store, plan_id=_plan(w).id, name="別の名前", **who),
    plans.remove_plan: lambda w, who: plans.remove_plan(w.store, plan_id=_plan(w).id, **who),
    plans.save_candidate: lambda w, who: plans.save_candidate(
        w.store, candidate=replace(_candidate(w), typed="12/10"), **who),
    plans.remove_candidate: lambda w, who: plans.remove_candidate(w.store, candidate_id=_candidate(w).id, **who),
    applying.apply_plan: _apply,
    ward_days.save_ward_day: lambda w, who: ward_days.save_ward_day(
        w.store, ward_day=replace(_day(w, done=False), day=date(2027, 3, 1)), **who),
    ward_days.add_usual_ward_days: _usual,
    ward_days.finish_ward_day: lambda w, who: ward_days.finish_ward_day(
        w.store, ward_day_id=_day(w, done=False).id, **who),
    ward_days.reopen_ward_day: lambda w, who: ward_days.reopen_ward_day(
        w.store, ward_day_id=_day(w, done=True).id, **who),
    ward_days.remove_ward_day: lambda w, who: ward_days.remove_ward_day(
        w.store, ward_day_id=_day(w, done=False).id, **who),
}  # fmt: skip
