"""Undo of 仕様書の読み比べ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.year_end.specification import services as specification_services
from tests.support.sample import NOW
from tests.support.specification import NEXT_YEAR, file_of, put_texts
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]


def _keep(world: World, who: dict[str, Any]) -> object:
    return specification_services.save_text(
        world.store,
        fiscal_year=2026,
        side=specification_services.NEXT_YEAR,
        file=file_of(NEXT_YEAR + "\n8 担当\n係", "案.txt"),
        text=NEXT_YEAR + "\n8 担当\n係",
        **who,
    )


def _prepared(world: World) -> World:
    put_texts(world.store, by=OTHER, now=NOW)
    specification_services.confirm_values(
        world.store, fiscal_year=2026, values={"講習会.planned": "9"}, by=OTHER, now=NOW
    )
    world.before = world.rows()
    return world


def _confirm(world: World, who: dict[str, Any]) -> object:
    return specification_services.confirm_values(world.store, fiscal_year=2026, values={"講習会.minutes": "75"}, **who)


def _found(world: World, who: dict[str, Any]) -> object:
    return specification_services.confirm_found(
        _prepared(world).store, fiscal_year=2026, keys=["講習会.planned", "講習会.headcount_period"], **who
    )


def _withdraw(world: World, who: dict[str, Any]) -> object:
    return specification_services.withdraw_value(_prepared(world).store, fiscal_year=2026, key="講習会.planned", **who)


def _remove(world: World, who: dict[str, Any]) -> object:
    return specification_services.remove_text(
        _prepared(world).store, fiscal_year=2026, side=specification_services.NEXT_YEAR, **who
    )


SCENARIOS: dict[Callable[..., Any], Act] = {
    specification_services.save_text: _keep,
    specification_services.confirm_values: _confirm,
    specification_services.confirm_found: _found,
    specification_services.withdraw_value: _withdraw,
    specification_services.remove_text: _remove,
}
