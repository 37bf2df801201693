"""Undo of what is done by hand about the due dates of the year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.event.services.tasks import year_dates
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]

BY_OTHER: dict[str, Any] = {"by": OTHER, "now": NOW}


def close(world: World, who: dict[str, Any]) -> object:
    return year_dates.close_year_task(
        world.store, programme_id=1, task="業務完了届", closed_on=date(2026, 11, 30), reason="受領した", **who
    )


def override(world: World, who: dict[str, Any]) -> object:
    return year_dates.override_year_deadline(
        world.store, programme_id=1, task="検査を終える", due=date(2027, 3, 26), reason="検査員の都合", **who
    )


def reopen(world: World, who: dict[str, Any]) -> object:
    close(world, BY_OTHER)
    world.before = world.rows()
    return year_dates.reopen_year_task(world.store, programme_id=1, task="業務完了届", **who)


def remove_override(world: World, who: dict[str, Any]) -> object:
    override(world, BY_OTHER)
    world.before = world.rows()
    return year_dates.remove_year_override(world.store, programme_id=1, task="検査を終える", **who)


def override_again(world: World, who: dict[str, Any]) -> object:
    override(world, BY_OTHER)
    world.before = world.rows()
    return override(world, who)


SCENARIOS: dict[Callable[..., Any], Act] = {
    year_dates.close_year_task: close,
    year_dates.reopen_year_task: reopen,
    year_dates.override_year_deadline: override_again,
    year_dates.remove_year_override: remove_override,
}
