"""Undo of 仕様書の読み比べ."""

from typing import Any

from app.year_end.specification import services as specification_services
from db.records.event_form import EventForm
from db.records.year.specification import NextValue, SpecificationYear
from db.rows import rows
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, after, done
from tests.support.specification import NEXT_YEAR, file_of, put_texts
from tests.support.world import OTHER, World


def _prepared(world: World) -> None:
    put_texts(world.store, by=OTHER, now=NOW)
    specification_services.confirm_values(world.other, fiscal_year=2026, values={"講習会.planned": "9"})


_NEW: dict[str, Any] = {
    "fiscal_year": 2026, "clause": "4(1)", "title": "デジタル活用講座", "name": "講座", "sign": "座",
}  # fmt: skip


def _withdraw_kind(world: World) -> dict[str, Any]:
    done(specification_services.add_next_kind, world)
    (made,) = rows(world.store.database, NextValue, key="種類.講座")
    return {"fiscal_year": 2026, "value_id": made.id}


SCENARIOS: Scenarios = {
    specification_services.save_text: lambda w: {
        "fiscal_year": 2026, "side": SpecificationYear.NEXT, "file": file_of(NEXT_YEAR + "\n8 担当\n係", "案.txt"),
        "text": NEXT_YEAR + "\n8 担当\n係"},
    specification_services.confirm_values: lambda w: {"fiscal_year": 2026, "values": {"講習会.minutes": "75"}},
    specification_services.confirm_found: lambda w: after(
        _prepared(w), fiscal_year=2026, keys=["講習会.planned", "講習会.headcount_period"]),
    specification_services.withdraw_value: lambda w: after(_prepared(w), fiscal_year=2026, key="講習会.planned"),
    specification_services.remove_text: lambda w: after(_prepared(w), fiscal_year=2026, side=SpecificationYear.NEXT),
    specification_services.add_next_kind: lambda w: after(_prepared(w), form=EventForm.LECTURE, **_NEW),
    specification_services.rename_next_kind: lambda w: after(_prepared(w), kind="講習会", **_NEW),
    specification_services.answer_next_kind: lambda w: after(
        _prepared(w), fiscal_year=2026, kind="派遣", is_used=False),
    specification_services.answer_no_kind: lambda w: after(_prepared(w), fiscal_year=2026, clause=_NEW["clause"]),
    specification_services.withdraw_kind: _withdraw_kind,
}  # fmt: skip
