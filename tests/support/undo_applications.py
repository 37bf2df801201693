"""What undo is proved with for applications: one action of each writing service function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from app.actions.action_context import ActionContext
from app.events.applications.services import application_import, application_writing, applications, manual_entry
from app.events.applications.services.application_import import read_application_file
from app.events.applications.services.application_target import APPLICATIONS_TARGET
from app.events.applications.services.manual_entry import TypedApplication
from app.foreign_files.foreign_shape import ForeignFile
from app.importing import column_maps, list_target
from db.records.applications import ImportTarget
from db.records.roster import Entry
from db.rows import rows
from tests.support.application_rows import row, write_csv
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]
BEFORE = {"by": OTHER, "now": NOW}


def _file(world: World) -> ForeignFile:
    path = world.folder / "columns.csv"
    path.write_text("名前らしきもの,肩がき\n見本　一,会長\n", encoding="utf-8")
    return read_application_file(path)


def _typed(world: World, **values: Any) -> TypedApplication:
    usual: dict[str, Any] = {"event_id": world.events["L7"], "organisation_id": 1, "name": "見本　申込", "people": 2}
    return TypedApplication(**(usual | values))


def _added(world: World) -> int:
    """Somebody else took the application before; the state to come back to holds it."""
    made = manual_entry.add_application(ActionContext(world.store, **BEFORE), typed=_typed(world, phone="03-0000-0001"))
    world.before = world.rows()
    return made.id


def _change(world: World, context: ActionContext) -> None:
    made, event_id = _added(world), world.events["L7"]
    line = next(
        one for one in applications.applications_of_event(world.store, event_id=event_id).rows if one.id == made
    )
    shown = manual_entry.typed_application_of(event_id, line)
    changed = replace(shown, name="見本　申込み", people=9)
    manual_entry.change_application(context, application_id=made, typed=changed, shown=shown)


def _name(world: World, context: ActionContext) -> None:
    made = _added(world)
    found = rows(world.store.database, Entry, application_id=made)
    unnamed = next(entry.id for entry in found if entry.person_id is None)
    manual_entry.name_entry(context, entry_id=unnamed, name="見本　同行")


def _imported(world: World, context: ActionContext) -> int:
    wish = "ホームページ・電子回覧板講習会"
    path = write_csv(
        world.folder / "申込.csv",
        [
            row(1, "見本　一郎", "見本あおば町会", wishes=wish, 人数="2"),
            row(2, "見本　二郎", "見本こもれび自治会", wishes=wish),
        ],
    )
    return application_import.import_applications(
        context, path=path, event_id=world.events["L7"], include_doubtful=True
    ).id


def _undo(world: World, context: ActionContext) -> None:
    made = _imported(world, ActionContext(world.store, **BEFORE))
    world.before = world.rows()
    application_import.undo_import(context, import_id=made)


def _take_back(world: World, context: ActionContext) -> None:
    made = _imported(world, ActionContext(world.store, **BEFORE))
    world.before = world.rows()
    list_target.revert_import(context, APPLICATIONS_TARGET, import_id=made)


SCENARIOS: dict[Callable[..., Any], Act] = {
    application_import.import_applications: _imported,
    application_import.undo_import: _undo,
    list_target.revert_import: _take_back,
    manual_entry.change_application: _change,
    manual_entry.name_entry: _name,
    manual_entry.withdraw_application: lambda w, context: manual_entry.withdraw_application(
        context, application_id=_added(w)),
    manual_entry.add_application: lambda w, context: manual_entry.add_application(
        context, typed=_typed(w)),
    column_maps.save_named_values: lambda w, context: column_maps.save_named_values(
        context, target=ImportTarget.APPLICATIONS, source_key="見本の様式", values={"0": "name"},
        action="列の対応を覚えた"),
    application_import.save_columns: lambda w, context: application_import.save_columns(
        context, file=_file(w), columns={0: "name", 1: "role"}),
    application_import.save_wishes: lambda w, context: application_import.save_wishes(
        context, source_key="見本の様式", wishes={"LINE": w.events["L5"]}),
    application_writing.set_contact_rule: lambda w, context: application_writing.set_contact_rule(
        context, purpose="中止の連絡", dispose_on=date(2027, 5, 31)),
}  # fmt: skip
