"""Undo of the second typing of paper sheets, what was settled and taking it away; and of sheets left half typed."""

from app.surveys.data_entry import services as data_entry_services
from db.records.surveys import Answer, SurveyResponse
from db.rows import by_id
from tests.support.scenarios import Scenarios
from tests.support.world import World


def paper_sheet(world: World) -> SurveyResponse:
    found = by_id(world.store.database, SurveyResponse, world.sheet("L5"))
    assert found is not None
    return found


def typed_again(world: World) -> int:
    """The second typing of a sheet that says otherwise in one question."""
    sheet = paper_sheet(world)
    chosen = ("不満",) if sheet.answers["satisfaction"].chosen != ("不満",) else ("満足",)
    return data_entry_services.add_second_entry(
        world.other,
        survey_id=sheet.survey_id,
        number=sheet.number or 0,
        answers=sheet.answers | {"satisfaction": Answer(chosen=chosen)},
    ).id


def dirty_fields(world: World) -> int:
    """A sheet that somebody else left half typed."""
    return data_entry_services.save_draft(
        world.other,
        survey_id=world.survey("L5"),
        number=90,
        answers={"satisfaction": Answer(chosen=("満足",))},
        answered=("satisfaction",),
        place=1,
    ).id


SCENARIOS: Scenarios = {
    data_entry_services.set_papers_received: lambda w: {"survey_id": w.survey("L5"), "count": 3},
    data_entry_services.add_second_entry: lambda w: {
        "survey_id": w.survey("L5"), "number": paper_sheet(w).number or 0, "answers": {}},
    data_entry_services.settle_second_entry: lambda w: {
        "entry_id": typed_again(w), "choices": {"satisfaction": "2回目"}},
    data_entry_services.save_draft: lambda w: {
        "survey_id": w.survey("L5"), "number": 91, "answers": {}, "answered": ("satisfaction",), "place": 1},
    data_entry_services.discard_draft: lambda w: {"draft_id": dirty_fields(w)},
}  # fmt: skip
