"""Undo of the rights of a handout, and of using it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.events.materials.services import material_rights
from db.records.submissions.materials import MaterialVersion
from tests.support.sample import NOW
from tests.support.world import OTHER, World


def _reused(world: World, who: dict[str, Any]) -> object:
    with world.store.change(action="準備", by=OTHER, now=NOW) as change:
        change.update(MaterialVersion, world.version("L2"), result="確認済", result_on=NOW.date(), locked=True)
    world.before = world.rows()
    return material_rights.reuse_material(
        world.store, material_id=world.material("L2"), event_id=world.events["E2"], reason="同じ手順のため", **who
    )


SCENARIOS: dict[Callable[..., Any], Callable[[World, dict[str, Any]], object]] = {
    material_rights.answer_rights: lambda w, who: material_rights.answer_rights(
        w.store, material_id=w.material("L6"), answers={"許諾": ("確認中", "")}, **who
    ),
    material_rights.reuse_material: _reused,
}
