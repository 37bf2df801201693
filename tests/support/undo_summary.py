"""Undo of what is typed beside the numbers of a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.year_end.summary.services import typed_numbers, year_answers
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]
ITEM = "講習会/実施報告書"


def _earlier(world: World, context: ActionContext, visits: int = 58) -> object:
    return typed_numbers.save_earlier_figures(
        context,
        fiscal_year=2025,
        kind="意見交換会",
        numbers={"延べ人数": visits, "実施": 2},
        source="係の記録",
        day=date(2026, 3, 31),
    )


def _reason(world: World, context: ActionContext, words: str = "受託者の都合") -> object:
    return typed_numbers.set_reason(context, programme_id=1, item=ITEM, reason=words)


def _answer(world: World, context: ActionContext) -> ActionResult:
    return year_answers.save_answer(
        context,
        fiscal_year=2026,
        question="何人か",
        asked_by="見本議員",
        asked_on=NOW.date(),
        quoted=("/延べ人数",),
        answer="111人",
    )


def _remove_answer(world: World, context: ActionContext) -> object:
    made = _answer(world, ActionContext(world.store, OTHER, NOW))
    world.before = world.rows()
    return year_answers.remove_answer(context, answer_id=made.id)


def _after(prepare: Callable[..., object], act: Act) -> Act:
    """First somebody else prepares; then the state to come back to is taken."""

    def run(world: World, context: ActionContext) -> object:
        prepare(world, ActionContext(world.store, OTHER, NOW))
        world.before = world.rows()
        return act(world, context)

    return run


SCENARIOS: dict[Callable[..., Any], Act] = {
    year_answers.save_answer: _answer,
    year_answers.remove_answer: _remove_answer,
    typed_numbers.save_earlier_figures: _after(_earlier, lambda w, context: _earlier(w, context, 60)),
    typed_numbers.save_earlier_lecture: lambda w, context: typed_numbers.save_earlier_lecture(
        context, fiscal_year=2025, name="LINE講習会", visits=21, source="係の記録"
    ),
    typed_numbers.set_reason: _after(_reason, lambda w, context: _reason(w, context, "別の理由")),
    typed_numbers.remove_reason: _after(
        _reason, lambda w, context: typed_numbers.remove_reason(context, programme_id=1, item=ITEM)
    ),
}
