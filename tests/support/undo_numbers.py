"""Undo of a difference between two numbers that was left with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.subjects.submissions.numbers.services import event_numbers
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]


def keep(world: World, who: dict[str, Any]) -> Any:
    return event_numbers.keep_difference(
        world.store, event_id=world.events["L3"], number="出席", place="届いた報告書", reason="付添いを含む", **who
    )


def reopen(world: World, who: dict[str, Any]) -> object:
    kept = keep(world, {"by": OTHER, "now": NOW}).id
    world.before = world.rows()
    return event_numbers.open_difference(world.store, kept_id=kept, **who)


SCENARIOS: dict[Callable[..., Any], Act] = {
    event_numbers.keep_difference: keep,
    event_numbers.open_difference: reopen,
}
