"""Undo of the change of staff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.actions.action_context import ActionContext
from app.year_end.handover import services as handover_services
from db.records.agreements import Homework
from db.rows import rows
from tests.support.world import World

Act = Callable[[World, ActionContext], object]


def _change(world: World, context: ActionContext) -> object:
    homework = rows(world.store.database, Homework, side="区", done_on=None)
    return handover_services.hand_over(
        context,
        fiscal_year=2026,
        predecessor="見本　係員",
        successor="見本　五十嵐",
        day=date(2027, 3, 31),
        homework_ids=[one.id for one in homework],
    )


SCENARIOS: dict[Callable[..., Any], Act] = {handover_services.hand_over: _change}
