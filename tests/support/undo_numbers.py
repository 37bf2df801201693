"""Undo of a difference between two numbers that was left with a reason."""

from typing import Any

from app.year_end.consistency.services import event_numbers, suspected_misreadings
from db.records.applications import Application, ForeignImport
from db.records.roster import Entry
from db.rows import rows
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, done
from tests.support.world import OTHER, World


def read_before(world: World) -> int:
    """Return an import as a version before this one left it."""
    taken = ForeignImport(target="申込", file_name="申込.csv", sha256="0" * 64, source="csv", at=NOW, by=OTHER)
    return world.put(taken)[0]


def put_right(world: World) -> dict[str, Any]:
    entry = next(one for one in rows(world.store.database, Entry, order="-id") if one.application_id is not None)
    taken = read_before(world)
    world.change(Entry, entry.id, care="いいえ")
    world.change(Application, entry.application_id or 0, import_id=taken)
    suspected = suspected_misreadings.read_suspected_misreadings(world.store, fiscal_year=2026, today=NOW.date()).rows
    key = next(one.key for one in suspected if one.key.split()[0] == "care")
    return {"fiscal_year": 2026, "key": key}


SCENARIOS: Scenarios = {
    event_numbers.accept_difference: lambda w: {
        "event_id": w.events["L3"], "number": "出席", "source_key": "届いた報告書", "reason": "付添いを含む"},
    event_numbers.reopen_difference: lambda w: {"acceptance_id": done(event_numbers.accept_difference, w)},
    suspected_misreadings.confirm_import: lambda w: {"import_id": read_before(w)},
    suspected_misreadings.correct_misreading: put_right,
}  # fmt: skip
