"""Undo of what concerns whole years and 契約変更; found by ``tests/history/test_undo_everything.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from app.actions.action_context import ActionContext
from app.programme import services as programme_services
from app.year.dates import services as dates_services
from tests.support.sample import NOW
from tests.support.world import DAY, OTHER, World

Act = Callable[[World, ActionContext], object]


def reopen(world: World, context: ActionContext) -> object:
    dates_services.close_year(ActionContext(world.store, OTHER, NOW), fiscal_year=2026, day=DAY, reason="契約の満了")
    world.before = world.rows()
    return dates_services.reopen_year(context, fiscal_year=2026)


SCENARIOS: dict[Callable[..., Any], Act] = {
    dates_services.record_contract_change: lambda w, context: dates_services.record_contract_change(
        context, programme_id=1,
        numbers=[replace(programme_services.read_programme(w.store).kind("講習会"), headcount_period="7日前")],
        terms=replace(programme_services.read_programme(w.store).programme, proposal_period="3週間以内"),
        valid_from=date(2026, 12, 1), reason="契約変更 第1回"),
    dates_services.close_year: lambda w, context: dates_services.close_year(
        context, fiscal_year=2026, day=DAY, reason="契約の満了"),
    dates_services.reopen_year: reopen,
    dates_services.start_year: lambda w, context: dates_services.start_year(
        context, draft=dates_services.next_year_draft(w.store, today=DAY)),
}  # fmt: skip

NO_UNDO: dict[Callable[..., Any], str] = {}
