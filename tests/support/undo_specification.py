"""Undo of 仕様書の読み比べ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.actions.action_context import ActionContext
from app.year_end.specification import services as specification_services
from db.records.event_form import EventForm
from db.records.year.specification import NextValue, SpecificationYear
from db.rows import rows
from tests.support.sample import NOW
from tests.support.specification import NEXT_YEAR, file_of, put_texts
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]


def _keep(world: World, context: ActionContext) -> object:
    return specification_services.save_text(
        context,
        fiscal_year=2026,
        side=SpecificationYear.NEXT,
        file=file_of(NEXT_YEAR + "\n8 担当\n係", "案.txt"),
        text=NEXT_YEAR + "\n8 担当\n係",
    )


def _prepared(world: World) -> None:
    put_texts(world.store, by=OTHER, now=NOW)
    specification_services.confirm_values(
        ActionContext(world.store, OTHER, NOW), fiscal_year=2026, values={"講習会.planned": "9"}
    )
    world.before = world.rows()


def _confirm(world: World, context: ActionContext) -> object:
    return specification_services.confirm_values(context, fiscal_year=2026, values={"講習会.minutes": "75"})


def _found(world: World, context: ActionContext) -> object:
    _prepared(world)
    return specification_services.confirm_found(
        context,
        fiscal_year=2026,
        keys=["講習会.planned", "講習会.headcount_period"],
    )


def _withdraw(world: World, context: ActionContext) -> object:
    _prepared(world)
    return specification_services.withdraw_value(context, fiscal_year=2026, key="講習会.planned")


def _remove(world: World, context: ActionContext) -> object:
    _prepared(world)
    return specification_services.remove_text(context, fiscal_year=2026, side=SpecificationYear.NEXT)


_NEW: dict[str, Any] = {
    "fiscal_year": 2026,
    "clause": "4(1)",
    "title": "デジタル活用講座",
    "name": "講座",
    "sign": "座",
}


def _add_kind(world: World, context: ActionContext) -> object:
    _prepared(world)
    return specification_services.add_next_kind(context, form=EventForm.LECTURE, **_NEW)


def _rename_kind(world: World, context: ActionContext) -> object:
    _prepared(world)
    return specification_services.rename_next_kind(context, kind="講習会", **_NEW)


def _answer_kind(world: World, context: ActionContext) -> object:
    _prepared(world)
    return specification_services.answer_next_kind(context, fiscal_year=2026, kind="派遣", is_used=False)


def _answer_no_kind(world: World, context: ActionContext) -> object:
    _prepared(world)
    return specification_services.answer_no_kind(context, fiscal_year=2026, clause=_NEW["clause"])


def _withdraw_kind(world: World, context: ActionContext) -> object:
    _add_kind(world, ActionContext(world.store, OTHER, NOW))
    world.before = world.rows()
    (made,) = rows(world.store.database, NextValue, key="種類.講座")
    return specification_services.withdraw_kind(context, fiscal_year=2026, value_id=made.id)


SCENARIOS: dict[Callable[..., Any], Act] = {
    specification_services.save_text: _keep,
    specification_services.confirm_values: _confirm,
    specification_services.confirm_found: _found,
    specification_services.withdraw_value: _withdraw,
    specification_services.remove_text: _remove,
    specification_services.add_next_kind: _add_kind,
    specification_services.rename_next_kind: _rename_kind,
    specification_services.answer_next_kind: _answer_kind,
    specification_services.answer_no_kind: _answer_no_kind,
    specification_services.withdraw_kind: _withdraw_kind,
}
