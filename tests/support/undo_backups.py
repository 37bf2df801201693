"""Undo of the second place of the backups and of what was done about a 復元の点検; the drill itself stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.data_folder.services import second_place
from app.subjects.settings.drill.services import drills
from app.subjects.settings.protection.services import place_naming
from db.records.backups import RestoreDrill
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]


def beside(world: World) -> Path:
    return Path(world.store.folder).with_name("2つ目")


def treated(world: World, who: dict[str, Any]) -> object:
    one = RestoreDrill(fiscal_year=2026, number=0, began=NOW, ended=NOW, by="", opened_with="回復キー")
    saved = drills.record_drill(world.store, drill=one, by=OTHER, now=NOW)
    world.before = world.rows()
    return drills.note_treatment(world.store, drill_id=saved.id, words="作り直した", **who)


def named(world: World, who: dict[str, Any]) -> Any:
    place = Path(world.store.folder).with_name("保護")
    place.mkdir(exist_ok=True)
    return place_naming.name_place(world.store, place=place, basis="区のファイルサーバー", entrants="係の5人", **who)


def given_up(world: World, who: dict[str, Any]) -> object:
    saved = named(world, {"by": OTHER, "now": NOW})
    world.before = world.rows()
    return place_naming.give_up_place(world.store, place_id=saved.id, **who)


NO_UNDO: dict[Callable[..., Any], str] = {drills.record_drill: "a record of what was done stays"}
SCENARIOS: dict[Callable[..., Any], Act] = {
    second_place.set_second_place: lambda w, who: second_place.set_second_place(w.store, place=beside(w), **who),
    drills.note_treatment: treated,
    place_naming.name_place: named,
    place_naming.give_up_place: given_up,
    second_place.give_up_second_place: lambda w, who: second_place.give_up_second_place(w.store, **who),
}
