"""Undo of deciding about answers and of the record of a recount; an import with columns and decisions set by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.actions.action_context import ActionContext
from app.sample.services import sample_year
from app.surveys.answers.intake.survey_columns import KEEP_AS_TEXT
from app.surveys.answers.services import survey_import
from app.surveys.answers.services.survey_decisions import AnswerDecision, Decisions
from app.surveys.tally.services import survey_recount
from app.surveys.tally.services.survey_comparison import set_contractor_counts
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]
EVENT = "L5"


def form(world: World) -> Any:
    """The sample year's own file of a form."""
    path = world.folder / "form.csv"
    path.write_bytes(sample_year.google_form_sample())
    return path


def taken_in_by_hand(world: World, context: ActionContext) -> object:
    """Columns, texts and rows set by hand are remembered and taken back with the import."""
    decisions = Decisions(
        by_kind={"再送信": "1件だけ数える"},
        by_row={1: AnswerDecision(counted=False, reason="試し送信")},
        values={("satisfaction", "ふつう"): "どちらともいえない"},
    )
    return survey_import.import_survey(
        context,
        event_id=world.events[EVENT],
        path=form(world),
        columns={0: "#time", 99: KEEP_AS_TEXT},
        decisions=decisions,
    )


def recounted(world: World, context: ActionContext) -> object:
    set_contractor_counts(
        ActionContext(world.store, OTHER, NOW), survey_id=world.survey(EVENT), counts={"satisfaction": {"満足": 3}}
    )
    world.before = world.rows()  # type: ignore[attr-defined]
    return survey_recount.record_recount(context, event_id=world.events[EVENT], path=form(world))


SCENARIOS: dict[Callable[..., Any], Act] = {
    survey_import.import_survey: taken_in_by_hand,
    survey_recount.record_recount: recounted,
}
NO_UNDO: dict[Callable[..., Any], str] = {}
