"""Undo of the second place of the backups, of what was done about a 復元の点検, and of a review of accesses."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from app.data_folder.services import backups, second_folder
from app.settings.access import services as access_services
from app.settings.drill import services as drill_services
from app.settings.protection import services as protection_services
from db.records.backups import RestoreDrill
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, after, done
from tests.support.stores import give_a_slot
from tests.support.world import World

DRILL = RestoreDrill(fiscal_year=2026, number=0, began=NOW, ended=NOW, by="", opened_with="回復キー")


def _beside(world: World, name: str) -> Path:
    place = Path(world.store.folder).with_name(name)
    place.mkdir(exist_ok=True)
    return place


NO_UNDO: dict[Callable[..., Any], str] = {drill_services.record_drill: "a record of what was done stays"}
SCENARIOS: Scenarios = {
    second_folder.set_second_folder: lambda w: {"folder": _beside(w, "2つ目")},
    backups.set_backup_months: lambda _w: {"months": 12, "basis": "文書管理規程"},
    drill_services.record_treatment: lambda w: {
        "drill_id": drill_services.record_drill(w.other, drill=DRILL).id, "words": "作り直した"},
    protection_services.protect_folder: lambda w: {
        "folder": _beside(w, "保護"), "basis": "区のファイルサーバー", "entrants": "係の5人"},
    protection_services.unprotect_folder: lambda w: {"place_id": done(protection_services.protect_folder, w)},
    access_services.record_review: lambda w: after(
        give_a_slot(w.store), month=date(2026, 11, 1), remarks="変わったことはない。"),
    access_services.confirm_review: lambda w: {"review_id": done(access_services.record_review, w)},
    second_folder.remove_second_folder: lambda _w: {},
}  # fmt: skip
