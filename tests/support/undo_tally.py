"""Undo of what is decided about totals: themes and quotes, cross tables on paper, earlier years."""

from app.surveys.compare import services as compare_services
from app.surveys.tally.services import survey_cross, survey_themes
from app.surveys.tally.services.survey_cross import CrossChoice
from db.records.surveys import EarlierQuestion
from tests.support.scenarios import Scenarios, after, done, scenarios
from tests.support.world import World

CODE = "comments"
CHOICE = CrossChoice(row="satisfaction")
EARLIER = (EarlierQuestion(code="satisfaction", title="満足度", base=3, counts={"満足": 2, "無回答": 1}),)


def theme(world: World, name: str = "講師") -> int:
    """A theme of the colleague."""
    return survey_themes.add_theme(world.other, survey_id=world.survey("L2"), question_code=CODE, name=name).id


def written(world: World) -> int:
    """The first sheet with a free text."""
    found = survey_themes.read_themes(world.store, event_id=world.events["L2"])
    return next(one for one in found.questions if one.code == CODE).comments[0].sheet_id


def given(world: World) -> int:
    """A theme of the colleague that stands at a sheet."""
    marked = scenarios()[survey_themes.assign_theme](world)
    survey_themes.assign_theme(world.other, **marked)
    return marked["theme_id"]


SCENARIOS: Scenarios = {
    survey_themes.add_theme: lambda w: {"survey_id": w.survey("L2"), "question_code": CODE, "name": "講師"},
    survey_themes.rename_theme: lambda w: {"theme_id": theme(w), "name": "講師と進め方"},
    survey_themes.move_theme: lambda w: after(theme(w), theme_id=theme(w, "会場"), up=True),
    survey_themes.remove_theme: lambda w: {"theme_id": given(w)},
    survey_themes.assign_theme: lambda w: {
        "survey_id": w.survey("L2"), "question_code": CODE, "sheet_ids": [written(w)], "theme_id": theme(w)},
    survey_themes.decide_quote: lambda w: {
        "survey_id": w.survey("L2"), "question_code": CODE, "sheet_id": written(w), "quoted": False},
    survey_cross.choose_cross: lambda w: {"event_id": w.events["L2"], "choice": CHOICE, "on": True},
    survey_cross.set_masking: lambda w: {"event_id": w.events["L2"], "masked": False, "reason": "区の内部での検討"},
    compare_services.save_earlier: lambda _w: {
        "fiscal_year": 2024, "kind": "講習会", "sheets": 3, "questions": EARLIER, "source": "前年の報告書"},
    compare_services.remove_earlier: lambda w: {"earlier_id": done(compare_services.save_earlier, w)},
}  # fmt: skip
