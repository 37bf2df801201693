"""Undo of the second typing of paper sheets, what was settled and taking it away; and of sheets left half typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.surveys.data_entry import services as data_entry_services
from db.records.surveys import Answer, SurveyResponse
from db.rows import by_id
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]


def paper_sheet(world: World) -> SurveyResponse:
    found = by_id(world.store.database, SurveyResponse, world.sheet("L5"))
    assert found is not None
    return found


def typed_again(world: World) -> int:
    """The second typing of a sheet that says otherwise in one question."""
    sheet = paper_sheet(world)
    chosen = ("不満",) if sheet.answers["satisfaction"].chosen != ("不満",) else ("満足",)
    saved = data_entry_services.add_second_entry(
        world.store,
        survey_id=sheet.survey_id,
        number=sheet.number or 0,
        answers=sheet.answers | {"satisfaction": Answer(chosen=chosen)},
        by=OTHER,
        now=NOW,
    )
    world.before = world.rows()
    return saved.id


def dirty_fields(world: World) -> int:
    """A sheet that somebody else left half typed."""
    saved = data_entry_services.save_draft(
        world.store,
        survey_id=world.survey("L5"),
        number=90,
        answers={"satisfaction": Answer(chosen=("満足",))},
        answered=("satisfaction",),
        place=1,
        by=OTHER,
        now=NOW,
    )
    world.before = world.rows()
    return saved.id


SCENARIOS: dict[Callable[..., Any], Act] = {
    data_entry_services.set_papers_received: lambda w, who: data_entry_services.set_papers_received(
        w.store, survey_id=w.survey("L5"), count=3, **who),
    data_entry_services.add_second_entry: lambda w, who: data_entry_services.add_second_entry(
        w.store, survey_id=w.survey("L5"), number=paper_sheet(w).number or 0, answers={}, **who),
    data_entry_services.settle_second_entry: lambda w, who: data_entry_services.settle_second_entry(
        w.store, entry_id=typed_again(w), choices={"satisfaction": "2回目"}, **who),
    data_entry_services.save_draft: lambda w, who: data_entry_services.save_draft(
        w.store, survey_id=w.survey("L5"), number=91, answers={}, answered=("satisfaction",), place=1, **who),
    data_entry_services.discard_draft: lambda w,
    who: data_entry_services.discard_draft(w.store, draft_id=dirty_fields(w), **who),
}  # fmt: skip
