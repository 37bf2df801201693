"""Undo of the second place of the backups, of what was done about a 復元の点検, and of a review of accesses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.actions.action_context import ActionContext
from app.data_folder.services import backups, second_folder
from app.settings.access import services as access_services
from app.settings.drill import services as drill_services
from app.settings.protection import services as protection_services
from db.records.backups import RestoreDrill
from tests.support.sample import NOW
from tests.support.stores import give_a_slot
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]


def beside(world: World) -> Path:
    return Path(world.store.folder).with_name("2つ目")


def treated(world: World, context: ActionContext) -> object:
    one = RestoreDrill(fiscal_year=2026, number=0, began=NOW, ended=NOW, by="", opened_with="回復キー")
    saved = drill_services.record_drill(ActionContext(world.store, OTHER, NOW), drill=one)
    world.before = world.rows()
    return drill_services.record_treatment(context, drill_id=saved.id, words="作り直した")


def named(world: World, context: ActionContext) -> Any:
    place = Path(world.store.folder).with_name("保護")
    place.mkdir(exist_ok=True)
    return protection_services.protect_folder(context, folder=place, basis="区のファイルサーバー", entrants="係の5人")


def given_up(world: World, context: ActionContext) -> object:
    saved = named(world, ActionContext(world.store, OTHER, NOW))
    world.before = world.rows()
    return protection_services.unprotect_folder(context, place_id=saved.id)


def looked_through(world: World, context: ActionContext) -> Any:
    give_a_slot(world.store)
    before = (NOW.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    return access_services.record_review(context, month=before, remarks="変わったことはない。")


def confirmed(world: World, context: ActionContext) -> object:
    saved = looked_through(world, ActionContext(world.store, OTHER, NOW))
    world.before = world.rows()
    return access_services.confirm_review(context, review_id=saved.id)


NO_UNDO: dict[Callable[..., Any], str] = {drill_services.record_drill: "a record of what was done stays"}
SCENARIOS: dict[Callable[..., Any], Act] = {
    second_folder.set_second_folder: lambda w, context: second_folder.set_second_folder(context, folder=beside(w)),
    backups.set_backup_months: lambda w, context: backups.set_backup_months(context, months=12, basis="文書管理規程"),
    drill_services.record_treatment: treated,
    protection_services.protect_folder: named,
    protection_services.unprotect_folder: given_up,
    access_services.record_review: looked_through,
    access_services.confirm_review: confirmed,
    second_folder.remove_second_folder: lambda w, context: second_folder.remove_second_folder(context),
}
