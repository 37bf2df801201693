"""Undo of the rights of a handout, and of using it again."""

from typing import Any

from app.events.materials.services import material_rights
from db.records.submissions.materials import MaterialVersion, UsageRight
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios
from tests.support.world import World


def _reused(world: World) -> dict[str, Any]:
    world.change(MaterialVersion, world.version("L2"), result="確認済", result_on=NOW.date(), locked=True)
    return {"material_id": world.material("L2"), "event_id": world.events["E2"], "reason": "同じ手順のため"}


SCENARIOS: Scenarios = {
    material_rights.answer_rights: lambda w: {
        "material_id": w.material("L6"),
        "answers": {UsageRight.PERMISSION: ("確認中", "")},
    },
    material_rights.reuse_material: _reused,
}
