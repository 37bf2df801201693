"""Undo of the second typing of paper sheets, what was settled and taking it away; and of sheets left half typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.actions.action_context import ActionContext
from app.surveys.data_entry import services as data_entry_services
from db.records.surveys import Answer, SurveyResponse
from db.rows import by_id
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]


def paper_sheet(world: World) -> SurveyResponse:
    found = by_id(world.store.database, SurveyResponse, world.sheet("L5"))
    assert found is not None
    return found


def typed_again(world: World) -> int:
    """The second typing of a sheet that says otherwise in one question."""
    sheet = paper_sheet(world)
    chosen = ("不満",) if sheet.answers["satisfaction"].chosen != ("不満",) else ("満足",)
    saved = data_entry_services.add_second_entry(
        ActionContext(world.store, OTHER, NOW),
        survey_id=sheet.survey_id,
        number=sheet.number or 0,
        answers=sheet.answers | {"satisfaction": Answer(chosen=chosen)},
    )
    world.before = world.rows()
    return saved.id


def dirty_fields(world: World) -> int:
    """A sheet that somebody else left half typed."""
    saved = data_entry_services.save_draft(
        ActionContext(world.store, OTHER, NOW),
        survey_id=world.survey("L5"),
        number=90,
        answers={"satisfaction": Answer(chosen=("満足",))},
        answered=("satisfaction",),
        place=1,
    )
    world.before = world.rows()
    return saved.id


SCENARIOS: dict[Callable[..., Any], Act] = {
    data_entry_services.set_papers_received: lambda w, context: data_entry_services.set_papers_received(
        context, survey_id=w.survey("L5"), count=3),
    data_entry_services.add_second_entry: lambda w, context: data_entry_services.add_second_entry(
        context, survey_id=w.survey("L5"), number=paper_sheet(w).number or 0, answers={}),
    data_entry_services.settle_second_entry: lambda w, context: data_entry_services.settle_second_entry(
        context, entry_id=typed_again(w), choices={"satisfaction": "2回目"}),
    data_entry_services.save_draft: lambda w, context: data_entry_services.save_draft(
        context, survey_id=w.survey("L5"), number=91, answers={}, answered=("satisfaction",), place=1),
    data_entry_services.discard_draft: lambda w,
    context: data_entry_services.discard_draft(context, draft_id=dirty_fields(w)),
}  # fmt: skip
