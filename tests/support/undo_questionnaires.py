"""Undo of the library of questionnaires and of what an event takes from it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.surveys.questions.services import questionnaire_files, questionnaires, survey_documents, surveys
from db.records.events import Event
from db.records.surveys import Question, Questionnaire
from db.rows import by_id
from db.tables import surveys as table
from tests.support.scenarios import Scenarios
from tests.support.world import DAY, World


def master(w: World, *, used: bool = True) -> Questionnaire:
    """A master of the library, taken by events or by none."""
    uses = table.questionnaire_uses(w.store.database)
    return next(one for one in table.all_questionnaires(w.store.database) if (one.id in uses) == used)


def snapshot(w: World) -> dict[str, Any]:
    """Give the event its own copy."""
    event = by_id(w.store.database, Event, w.events["L7"])
    assert event is not None
    return {"event": event, "title": "見本", "questions": master(w).questions}


def imported(w: World) -> dict[str, Any]:
    """Read a file into the library."""
    path = w.folder / "設問.json"
    path.write_bytes(questionnaire_files.as_json((Question(code="sample", title="感想", type="FA"),)))
    return {"path": path, "name": "読み込んだ設問", "kind": "講習会"}


SCENARIOS: Scenarios = {
    questionnaire_files.import_questionnaire: imported,
    questionnaires.add_questionnaire: lambda w: {
        "questionnaire": Questionnaire(name="別の設問", kind="講習会", questions=master(w).questions)},
    questionnaires.mark_questionnaire_agreed: lambda w: {
        "questionnaire_id": master(w).id, "agreed_on": DAY, "agreed_with": "業務責任者"},
    questionnaires.archive_questionnaire: lambda w: {"questionnaire_id": master(w).id},
    questionnaires.create_questionnaire: lambda _w: {"name": "新しい設問", "kind": "意見交換会"},
    questionnaires.delete_questionnaire: lambda w: {"questionnaire_id": master(w, used=False).id},
    questionnaires.update_description: lambda w: {
        "questionnaire_id": master(w).id, "name": "改めた名称", "kind": "講習会", "fiscal_year": 2026, "note": "覚え"},
    questionnaires.duplicate_questionnaire: lambda w: {"questionnaire_id": master(w).id, "fiscal_year": 2027},
    questionnaires.save_as_questionnaire: lambda w: {"survey_id": w.survey("L6"), "name": "第6回の設問"},
    questionnaires.update_master_questions: lambda w: {
        "questionnaire_id": master(w).id,
        "questions": (replace(master(w).questions[0], title="参加した方の役割"), *master(w).questions[1:])},
    questionnaires.use_questionnaire: lambda w: {"event_id": w.events["L7"], "questionnaire_id": master(w).id},
    survey_documents.set_large_copies: lambda w: {"survey_id": w.survey("L6"), "copies": 2},
    surveys.take_snapshot: snapshot,
}  # fmt: skip

NO_UNDO: dict[Callable[..., Any], str] = {
    questionnaire_files.export_questionnaire: "an export: a row of the log that is never deleted",
    survey_documents.save_definition: "an export: a row of the log that is never deleted",
}
