"""Undo of 応対メモ and of 留守."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.actions.action_context import ActionContext
from app.home.today.services import absences
from app.year.enquiries import services
from db.records.year.enquiries import ContactMemo
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]


def memo(**more: Any) -> ContactMemo:
    """A 応対メモ as its form gives it."""
    return ContactMemo(programme_id=1, received_at=NOW, about="駐輪場はあるか", **{"answerer": "", "by": "", **more})


def away(context: ActionContext) -> int:
    """Record that somebody is away from today on."""
    given = {"person": "見本　係員", "colleague": "見本　同僚", "begins_on": context.today, "until": context.today}
    return absences.record_absence(context, **given).id


def back(world: World, context: ActionContext) -> object:
    """End an absence that a colleague recorded."""
    made = away(ActionContext(world.store, OTHER, NOW))
    world.before = world.rows()
    return absences.end_absence(context, absence_id=made)


SCENARIOS: dict[Callable[..., Any], Act] = {
    services.save_memo: lambda _w, context: services.save_memo(
        context, memo=memo(caller="見本　太郎", phone="03-0000-1111")
    ),
    absences.record_absence: lambda _w, context: away(context),
    absences.end_absence: back,
}
