"""Undo of the rights of a handout, and of using it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.actions.action_context import ActionContext
from app.events.materials.services import material_rights
from db.records.submissions.materials import MaterialVersion, UsageRight
from tests.support.sample import NOW
from tests.support.world import OTHER, World


def _reused(world: World, context: ActionContext) -> object:
    with world.store.change(action="準備", by=OTHER, now=NOW) as change:
        change.update(MaterialVersion, world.version("L2"), result="確認済", result_on=NOW.date(), locked=True)
    world.before = world.rows()
    return material_rights.reuse_material(
        context,
        material_id=world.material("L2"),
        event_id=world.events["E2"],
        reason="同じ手順のため",
    )


SCENARIOS: dict[Callable[..., Any], Callable[[World, ActionContext], object]] = {
    material_rights.answer_rights: lambda w, context: material_rights.answer_rights(
        context, material_id=w.material("L6"), answers={UsageRight.PERMISSION: ("確認中", "")}
    ),
    material_rights.reuse_material: _reused,
}
