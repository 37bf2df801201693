"""Undo of what concerns whole years and 契約変更; found by ``tests/history/test_undo_everything.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from app.programme import services as programme_services
from app.year.dates import services as dates_services
from tests.support.sample import NOW
from tests.support.world import DAY, OTHER, World

Act = Callable[[World, dict[str, Any]], object]


def reopen(world: World, who: dict[str, Any]) -> object:
    dates_services.close_year(world.store, fiscal_year=2026, day=DAY, reason="契約の満了", by=OTHER, now=NOW)
    world.before = world.rows()
    return dates_services.reopen_year(world.store, fiscal_year=2026, **who)


SCENARIOS: dict[Callable[..., Any], Act] = {
    dates_services.record_contract_change: lambda w, who: dates_services.record_contract_change(
        w.store, programme_id=1,
        numbers=[replace(programme_services.read_programme(w.store).kind("講習会"), headcount_period="7日前")],
        terms=replace(programme_services.read_programme(w.store).programme, proposal_period="3週間以内"),
        valid_from=date(2026, 12, 1), reason="契約変更 第1回", **who),
    dates_services.close_year: lambda w, who: dates_services.close_year(
        w.store, fiscal_year=2026, day=DAY, reason="契約の満了", **who),
    dates_services.reopen_year: reopen,
    dates_services.start_year: lambda w, who: dates_services.start_year(
        w.store, draft=dates_services.next_year_draft(w.store, today=DAY), **who),
}  # fmt: skip

NO_UNDO: dict[Callable[..., Any], str] = {}
