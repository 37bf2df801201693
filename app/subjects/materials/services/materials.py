"""資料確認: the board over all events, one handout in detail, and everything that is done to them.

Reads:

- ``board(store, today, event_id=None, text="") -> MaterialBoard(groups: BoardGroup(rows: BoardRow…), counts)``
- ``read_material(store, material_id, today) -> MaterialView``
- ``count_to_review(store, today) -> int`` – versions the ward is to look at, for the side bar

Writes (``by`` and ``now`` besides; all return ``Saved``):

- ``add_material(event_id, title, note)``, ``change_material(material_id, title, note)``, ``remove_material(material_id)``
- ``receive_version(material_id, name, data, received_on, received_how, pages, reason)``
- ``add_finding(version_id, page, text, duty, basis)``, ``change_finding(finding_id, page, text, duty, basis, response)``,
  ``resolve_finding(finding_id, resolved, response)``, ``remove_finding(finding_id)``
- ``set_result(version_id, result, note, result_on)``, ``withdraw_result(version_id, reason)``
- ``set_printed(version_id, printed, handed_out)``
"""

from __future__ import annotations

from app.subjects.materials.services.material_board import BoardGroup, BoardRow, MaterialBoard, board, count_to_review
from app.subjects.materials.services.material_findings import (
    add_finding,
    change_finding,
    remove_finding,
    resolve_finding,
)
from app.subjects.materials.services.material_results import set_result, withdraw_result
from app.subjects.materials.services.material_versions import (
    add_material,
    change_material,
    receive_version,
    remove_material,
    set_printed,
)
from app.subjects.materials.services.material_view import MaterialView, VersionRow, read_material

__all__ = [
    "BoardGroup",
    "BoardRow",
    "MaterialBoard",
    "MaterialView",
    "VersionRow",
    "add_finding",
    "add_material",
    "board",
    "change_finding",
    "change_material",
    "count_to_review",
    "read_material",
    "receive_version",
    "remove_finding",
    "remove_material",
    "resolve_finding",
    "set_printed",
    "set_result",
    "withdraw_result",
]
