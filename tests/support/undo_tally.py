"""Undo of what is decided about totals: themes and quotes, cross tables on paper, earlier years."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.actions.action_context import ActionContext
from app.surveys.compare import services as compare_services
from app.surveys.tally.services import survey_cross, survey_themes
from app.surveys.tally.services.survey_cross import CrossChoice
from db.records.surveys import EarlierCounts, EarlierQuestion
from db.rows import by_id
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]

CODE = "comments"
CHOICE = CrossChoice(row="satisfaction")
EARLIER = (EarlierQuestion(code="satisfaction", title="満足度", base=3, counts={"満足": 2, "無回答": 1}),)


def theme(world: World, name: str = "講師") -> int:
    """Somebody else adds a theme; the state to come back to is taken after it."""
    saved = survey_themes.add_theme(
        ActionContext(world.store, OTHER, NOW), survey_id=world.survey("L2"), question_code=CODE, name=name
    )
    world.before = world.rows()
    return saved.id


def written(world: World) -> int:
    """The first sheet with a free text."""
    found = survey_themes.read_themes(world.store, event_id=world.events["L2"])
    return next(one for one in found.questions if one.code == CODE).comments[0].sheet_id


def remove(world: World, context: ActionContext) -> object:
    made = theme(world)
    survey_themes.assign_theme(
        ActionContext(world.store, OTHER, NOW),
        survey_id=world.survey("L2"),
        question_code=CODE,
        sheet_ids=[written(world)],
        theme_id=made,
    )
    world.before = world.rows()
    return survey_themes.remove_theme(context, theme_id=made)


def move(world: World, context: ActionContext) -> object:
    theme(world)
    second = theme(world, "会場")
    return survey_themes.move_theme(context, theme_id=second, up=True)


def earlier(world: World, context: ActionContext) -> Any:
    return compare_services.save_earlier(
        context,
        fiscal_year=2024,
        kind="講習会",
        sheets=3,
        questions=EARLIER,
        source="前年の報告書",
    )


def remove_earlier(world: World, context: ActionContext) -> object:
    made = earlier(world, ActionContext(world.store, OTHER, NOW))
    world.before = world.rows()
    assert by_id(world.store.database, EarlierCounts, made.id) is not None
    return compare_services.remove_earlier(context, earlier_id=made.id)


SCENARIOS: dict[Callable[..., Any], Act] = {
    survey_themes.add_theme: lambda w, context: survey_themes.add_theme(
        context, survey_id=w.survey("L2"), question_code=CODE, name="講師"),
    survey_themes.rename_theme: lambda w, context: survey_themes.rename_theme(
        context, theme_id=theme(w), name="講師と進め方"),
    survey_themes.move_theme: move,
    survey_themes.remove_theme: remove,
    survey_themes.assign_theme: lambda w, context: survey_themes.assign_theme(
        context, survey_id=w.survey("L2"), question_code=CODE, sheet_ids=[written(w)], theme_id=theme(w)),
    survey_themes.decide_quote: lambda w, context: survey_themes.decide_quote(
        context, survey_id=w.survey("L2"), question_code=CODE, sheet_id=written(w), quoted=False),
    survey_cross.choose_cross: lambda w, context: survey_cross.choose_cross(
        context, event_id=w.events["L2"], choice=CHOICE, on=True),
    survey_cross.set_masking: lambda w, context: survey_cross.set_masking(
        context, event_id=w.events["L2"], masked=False, reason="区の内部での検討"),
    compare_services.save_earlier: earlier,
    compare_services.remove_earlier: remove_earlier,
}  # fmt: skip
