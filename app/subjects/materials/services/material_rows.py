"""The rows of handouts that a change must find: refused in words when gone or locked."""

from __future__ import annotations

from app.refusal import Refusal
from app.required import required
from db.records.materials import Material, MaterialVersion
from db.store import Store
from db.tables import materials as table


def required_material(store: Store, material_id: int) -> Material:
    """Return one handout; raises ``Refusal`` when it is gone."""
    return required(store.database, Material, material_id)


def required_version(store: Store, version_id: int) -> MaterialVersion:
    """Return one version; raises ``Refusal`` when it is gone."""
    return required(store.database, MaterialVersion, version_id)


def open_version(store: Store, version_id: int) -> tuple[Material, MaterialVersion]:
    """Return a version that may still be changed, with its handout."""
    version = required_version(store, version_id)
    material = required_material(store, version.material_id)
    if any(row.locked for row in table.versions(store.database, material.id) if row.version >= version.version):
        raise Refusal(
            f"「{material.title}」は確認済のため、変えられません。",
            "直すときは、確認済を取り消すか、つぎの版を受領します。",
        )
    return material, version
