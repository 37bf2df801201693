"""Undo of 届出の予定: every row as it was before."""

from datetime import date

from app.registers.register.services import planned_changes
from db.records.organisations import Organisation, PlannedChange
from db.rows import rows
from tests.support.scenarios import Scenarios, after
from tests.support.world import DAY, World


def _told(world: World, what: str, on: date) -> int:
    organisation = rows(world.store.database, Organisation)[0]
    change = PlannedChange(organisation_id=organisation.id, what=what, value="見本　新任", from_on=on)  # type: ignore[arg-type]
    return planned_changes.save_planned_change(world.other, planned=change).id


SCENARIOS: Scenarios = {
    planned_changes.save_planned_change: lambda _w: {
        "planned": PlannedChange(organisation_id=1, what="住所", value="みほん区1-1", from_on=date(2027, 4, 1))},
    planned_changes.remove_planned_change: lambda w: {"planned_id": _told(w, "電話", date(2027, 4, 1))},
    planned_changes.apply_due_changes: lambda w: after([_told(w, what, DAY) for what in ("会長", "住所")]),
}  # fmt: skip
