"""Undo of 届出の予定: every row as it was before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.actions.action_context import ActionContext
from app.registers.register.services import planned_changes
from db.records.organisations import Organisation, PlannedChange
from db.rows import rows
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]


def _told(world: World, what: str, on: date) -> int:
    organisation = rows(world.store.database, Organisation)[0]
    change = PlannedChange(organisation_id=organisation.id, what=what, value="見本　新任", from_on=on)  # type: ignore[arg-type]
    saved = planned_changes.save_planned_change(ActionContext(world.store, OTHER, NOW), planned=change)
    world.before = world.rows()
    return saved.id


def _apply(world: World, context: ActionContext) -> object:
    for what in ("会長", "住所"):
        _told(world, what, date(2026, 12, 1))
    return planned_changes.apply_due_changes(context)


SCENARIOS: dict[Callable[..., Any], Act] = {
    planned_changes.save_planned_change: lambda w, context: planned_changes.save_planned_change(
        context, planned=PlannedChange(organisation_id=1, what="住所", value="みほん区1-1", from_on=date(2027, 4, 1))),
    planned_changes.remove_planned_change: lambda w, context: planned_changes.remove_planned_change(
        context, planned_id=_told(w, "電話", date(2027, 4, 1))),
    planned_changes.apply_due_changes: _apply,
}  # fmt: skip
