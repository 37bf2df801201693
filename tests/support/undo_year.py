"""Undo of what is done by hand about the due dates of the year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.actions.action_context import ActionContext
from app.year.dates.services import close_year_task, override_year_deadline, remove_year_override, reopen_year_task
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]


def by_other(world: World) -> ActionContext:
    return ActionContext(world.store, OTHER, NOW)


def close(world: World, context: ActionContext) -> object:
    return close_year_task(
        context,
        programme_id=1,
        task="業務完了届",
        closed_on=date(2026, 11, 30),
        reason="受領した",
    )


def override(world: World, context: ActionContext) -> object:
    return override_year_deadline(
        context,
        programme_id=1,
        task="検査を終える",
        due=date(2027, 3, 26),
        reason="検査員の都合",
    )


def reopen(world: World, context: ActionContext) -> object:
    close(world, by_other(world))
    world.before = world.rows()
    return reopen_year_task(context, programme_id=1, task="業務完了届")


def remove_override(world: World, context: ActionContext) -> object:
    override(world, by_other(world))
    world.before = world.rows()
    return remove_year_override(context, programme_id=1, task="検査を終える")


def override_again(world: World, context: ActionContext) -> object:
    override(world, by_other(world))
    world.before = world.rows()
    return override(world, context)


SCENARIOS: dict[Callable[..., Any], Act] = {
    close_year_task: close,
    reopen_year_task: reopen,
    override_year_deadline: override_again,
    remove_year_override: remove_override,
}
