"""What undo is proved with for applications: one action of each writing service function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from app.events.applications.services import application_import, application_writing, applications, manual_entry
from app.events.applications.services.application_target import APPLICATIONS_TARGET
from app.events.applications.services.manual_entry import TypedApplication
from app.importing import column_maps, list_target
from db.tables import roster
from tests.support.application_rows import row, write_csv
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]
BEFORE = {"by": OTHER, "now": NOW}


def _typed(world: World, **values: Any) -> TypedApplication:
    usual: dict[str, Any] = {"event_id": world.events["L7"], "organisation_id": 1, "name": "見本　申込", "people": 2}
    return TypedApplication(**(usual | values))


def _added(world: World) -> int:
    """Somebody else took the application before; the state to come back to holds it."""
    made = manual_entry.add_application(world.store, typed=_typed(world, phone="03-0000-0001"), **BEFORE)
    world.before = world.rows()
    return made.id


def _change(world: World, who: dict[str, Any]) -> None:
    made, event_id = _added(world), world.events["L7"]
    line = next(
        one for one in applications.applications_of_event(world.store, event_id=event_id).rows if one.id == made
    )
    shown = manual_entry.typed_application_of(event_id, line)
    changed = replace(shown, name="見本　申込み", people=9)
    manual_entry.change_application(world.store, application_id=made, typed=changed, shown=shown, **who)


def _name(world: World, who: dict[str, Any]) -> None:
    made = _added(world)
    found = roster.entries_of_applications(world.store.database, [made])
    unnamed = next(entry.id for entry in found if entry.person_id is None)
    manual_entry.name_entry(world.store, entry_id=unnamed, name="見本　同行", **who)


def _imported(world: World, who: dict[str, Any]) -> int:
    wish = "ホームページ・電子回覧板講習会"
    path = write_csv(
        world.folder / "申込.csv",
        [
            row(1, "見本　一郎", "見本あおば町会", wishes=wish, 人数="2"),
            row(2, "見本　二郎", "見本こもれび自治会", wishes=wish),
        ],
    )
    return application_import.import_applications(
        world.store, path=path, event_id=world.events["L7"], include_doubtful=True, **who
    ).id


def _undo(world: World, who: dict[str, Any]) -> None:
    made = _imported(world, BEFORE)
    world.before = world.rows()
    application_import.undo_import(world.store, import_id=made, **who)


def _take_back(world: World, who: dict[str, Any]) -> None:
    made = _imported(world, BEFORE)
    world.before = world.rows()
    list_target.revert_import(world.store, APPLICATIONS_TARGET, import_id=made, **who)


SCENARIOS: dict[Callable[..., Any], Act] = {
    application_import.import_applications: _imported,
    application_import.undo_import: _undo,
    list_target.revert_import: _take_back,
    manual_entry.change_application: _change,
    manual_entry.name_entry: _name,
    manual_entry.withdraw_application: lambda w, who: manual_entry.withdraw_application(
        w.store, application_id=_added(w), **who),
    manual_entry.add_application: lambda w, who: manual_entry.add_application(
        w.store, typed=_typed(w), **who),
    column_maps.save_named_values: lambda w, who: column_maps.save_named_values(
        w.store, target="申込", source_key="見本の様式", values={"0": "name"}, action="列の対応を覚えた", **who),
    column_maps.save_columns: lambda w, who: column_maps.save_columns(
        w.store, source_key="見本の様式", columns={0: "name"}, **who),
    column_maps.save_wishes: lambda w, who: column_maps.save_wishes(
        w.store, source_key="見本の様式", wishes={"LINE": w.events["L5"]}, **who),
    application_writing.set_contact_rule: lambda w, who: application_writing.set_contact_rule(
        w.store, purpose="中止の連絡", dispose_on=date(2027, 5, 31), **who),
}  # fmt: skip
