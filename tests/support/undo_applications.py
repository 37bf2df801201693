"""What undo is proved with for applications: one action of each writing service function."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.events.applications.services import application_import, application_writing, applications, manual_entry
from app.events.applications.services.application_import import read_application_file, save_columns, save_wishes
from app.events.applications.services.application_target import APPLICATIONS_TARGET
from app.events.applications.services.manual_entry import TypedApplication
from app.foreign_files.foreign_shape import ForeignFile
from app.importing import column_maps, list_target
from db.records.applications import ImportTarget
from db.records.roster import Entry
from db.rows import rows
from tests.support.application_rows import row, write_csv
from tests.support.scenarios import Scenarios, done
from tests.support.world import World

WISH = "ホームページ・電子回覧板講習会"


def _file(world: World) -> ForeignFile:
    path = world.folder / "columns.csv"
    path.write_text("名前らしきもの,肩がき\n見本　一,会長\n", encoding="utf-8")
    return read_application_file(path)


def _typed(world: World, **values: Any) -> TypedApplication:
    usual: dict[str, Any] = {"event_id": world.events["L7"], "organisation_id": 1, "name": "見本　申込", "people": 2}
    return TypedApplication(**(usual | values))


def _added(world: World) -> int:
    """Somebody else took the application before; the state to come back to holds it."""
    return manual_entry.add_application(world.other, typed=_typed(world, phone="03-0000-0001")).id


def _change(world: World) -> dict[str, Any]:
    made, event_id = _added(world), world.events["L7"]
    line = next(
        one for one in applications.applications_of_event(world.store, event_id=event_id).rows if one.id == made
    )
    shown = manual_entry.typed_application_of(event_id, line)
    changed = replace(shown, name="見本　申込み", people=9)
    return {"application_id": made, "typed": changed, "shown": shown}


def _name(world: World) -> dict[str, Any]:
    made = _added(world)
    found = rows(world.store.database, Entry, application_id=made)
    unnamed = next(entry.id for entry in found if entry.person_id is None)
    return {"entry_id": unnamed, "name": "見本　同行"}


SCENARIOS: Scenarios = {
    application_import.import_applications: lambda w: {
        "path": write_csv(w.folder / "申込.csv", [
            row(1, "見本　一郎", "見本あおば町会", wishes=WISH, 人数="2"),
            row(2, "見本　二郎", "見本こもれび自治会", wishes=WISH),
        ]),
        "event_id": w.events["L7"], "include_doubtful": True},
    application_import.undo_import: lambda w: {"import_id": done(application_import.import_applications, w)},
    list_target.revert_import: lambda w: {
        "target": APPLICATIONS_TARGET, "import_id": done(application_import.import_applications, w)},
    manual_entry.change_application: _change,
    manual_entry.name_entry: _name,
    manual_entry.withdraw_application: lambda w: {"application_id": _added(w)},
    manual_entry.add_application: lambda w: {"typed": _typed(w)},
    column_maps.save_named_values: lambda _w: {
        "target": ImportTarget.APPLICATIONS, "source_key": "見本の様式", "values": {"0": "name"},
        "action": "列の対応を覚えた"},
    save_columns: lambda w: {"file": _file(w), "columns": {0: "name", 1: "role"}},
    save_wishes: lambda w: {"source_key": "見本の様式", "wishes": {"LINE": w.events["L5"]}},
    application_writing.set_contact_rule: lambda _w: {"purpose": "中止の連絡", "dispose_on": date(2027, 5, 31)},
}  # fmt: skip
