"""Undo of deciding about answers and of the record of a recount; an import with columns and decisions set by hand."""

from pathlib import Path
from typing import Any

from app.sample.services import sample_year
from app.surveys.answers.intake.survey_columns import KEEP_AS_TEXT
from app.surveys.answers.services import survey_import
from app.surveys.answers.services.survey_decisions import AnswerDecision, Decisions
from app.surveys.tally.services import survey_recount
from tests.support.scenarios import Scenarios, after, written
from tests.support.undo_event import set_counts
from tests.support.world import World

EVENT = "L5"


def a_form(world: World) -> Path:
    """The sample year's own file of a form."""
    return written(world.folder / "form.csv", sample_year.google_form_sample())


def taken_in_by_hand(world: World) -> dict[str, Any]:
    """Columns, texts and rows set by hand are remembered and taken back with the import."""
    decisions = Decisions(
        by_kind={"再送信": "1件だけ数える"},
        by_row={1: AnswerDecision(counted=False, reason="試し送信")},
        values={("satisfaction", "ふつう"): "どちらともいえない"},
    )
    columns = {0: "#time", 99: KEEP_AS_TEXT}
    return {"event_id": world.events[EVENT], "path": a_form(world), "columns": columns, "decisions": decisions}


SCENARIOS: Scenarios = {
    survey_import.import_survey: taken_in_by_hand,
    survey_recount.record_recount: lambda w: after(
        set_counts(w, {"満足": 3}, EVENT), event_id=w.events[EVENT], path=a_form(w)
    ),
}
