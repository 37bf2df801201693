"""Undo of 届出の予定: every row as it was before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.registers.register.services import planned_changes
from db.records.organisations import Organisation, PlannedChange
from db.rows import rows
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]


def _told(world: World, what: str, on: date) -> int:
    organisation = rows(world.store.database, Organisation)[0]
    change = PlannedChange(organisation_id=organisation.id, what=what, value="見本　新任", from_on=on)  # type: ignore[arg-type]
    saved = planned_changes.save_planned_change(world.store, planned=change, by=OTHER, now=NOW)
    world.before = world.rows()
    return saved.id


def _apply(world: World, who: dict[str, Any]) -> object:
    for what in ("会長", "住所"):
        _told(world, what, date(2026, 12, 1))
    return planned_changes.apply_due_changes(world.store, **who)


SCENARIOS: dict[Callable[..., Any], Act] = {
    planned_changes.save_planned_change: lambda w, who: planned_changes.save_planned_change(
        w.store, planned=PlannedChange(organisation_id=1, what="住所", value="みほん区1-1", from_on=date(2027, 4, 1)),
        **who),
    planned_changes.remove_planned_change: lambda w, who: planned_changes.remove_planned_change(
        w.store, planned_id=_told(w, "電話", date(2027, 4, 1)), **who),
    planned_changes.apply_due_changes: _apply,
}  # fmt: skip
