"""Undo of the library of questionnaires and of what an event takes from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.surveys.questions.services import questionnaire_files, questionnaires, survey_documents, surveys
from db.records.events import Event
from db.records.surveys import Question, Questionnaire
from db.rows import by_id
from db.tables import surveys as table
from tests.support.world import DAY, World

Act = Callable[[World, dict[str, Any]], object]


def master(w: World, *, used: bool = True) -> Questionnaire:
    """A master of the library, taken by events or by none."""
    uses = table.questionnaire_uses(w.store.database)
    return next(one for one in table.all_questionnaires(w.store.database) if (one.id in uses) == used)


def snapshot(w: World, who: dict[str, Any]) -> object:
    """Give the event its own copy."""
    event = by_id(w.store.database, Event, w.events["L7"])
    assert event is not None
    return surveys.take_snapshot(w.store, event=event, title="見本", questions=master(w).questions, **who)


def imported(w: World, who: dict[str, Any]) -> object:
    """Read a file into the library."""
    path = w.folder / "設問.json"
    path.write_bytes(
        questionnaire_files.as_json((Question(code="", title="感想", type="FA"),)).replace(
            b'"code": ""', b'"code": "sample"'
        )
    )
    return questionnaire_files.import_questionnaire(w.store, path=path, name="読み込んだ設問", kind="講習会", **who)


def archived(w: World, who: dict[str, Any]) -> object:
    """Put a master away."""
    return questionnaires.archive_questionnaire(w.store, questionnaire_id=master(w).id, **who)


SCENARIOS: dict[Callable[..., Any], Act] = {
    questionnaire_files.import_questionnaire: imported,
    questionnaires.add_questionnaire: lambda w, who: questionnaires.add_questionnaire(
        w.store, questionnaire=Questionnaire(name="別の設問", kind="講習会", questions=master(w).questions), **who),
    questionnaires.mark_questionnaire_agreed: lambda w, who: questionnaires.mark_questionnaire_agreed(
        w.store, questionnaire_id=master(w).id, agreed_on=DAY, agreed_with="業務責任者", **who),
    questionnaires.archive_questionnaire: archived,
    questionnaires.create_questionnaire: lambda w, who: questionnaires.create_questionnaire(
        w.store, name="新しい設問", kind="意見交換会", **who),
    questionnaires.delete_questionnaire: lambda w, who: questionnaires.delete_questionnaire(
        w.store, questionnaire_id=master(w, used=False).id, **who),
    questionnaires.update_description: lambda w, who: questionnaires.update_description(
        w.store, questionnaire_id=master(w).id, name="改めた名称", kind="講習会", fiscal_year=2026, note="覚え", **who),
    questionnaires.duplicate_questionnaire: lambda w, who: questionnaires.duplicate_questionnaire(
        w.store, questionnaire_id=master(w).id, fiscal_year=2027, **who),
    questionnaires.save_as_questionnaire: lambda w, who: questionnaires.save_as_questionnaire(
        w.store, survey_id=w.survey("L6"), name="第6回の設問", **who),
    questionnaires.update_master_questions: lambda w, who: questionnaires.update_master_questions(
        w.store, questionnaire_id=master(w).id,
        questions=(replace(master(w).questions[0], title="参加した方の役割"), *master(w).questions[1:]), **who),
    questionnaires.use_questionnaire: lambda w, who: questionnaires.use_questionnaire(
        w.store, event_id=w.events["L7"], questionnaire_id=master(w).id, **who),
    survey_documents.set_large_copies: lambda w, who: survey_documents.set_large_copies(
        w.store, survey_id=w.survey("L6"), copies=2, **who),
    surveys.take_snapshot: snapshot,
}  # fmt: skip

NO_UNDO: dict[Callable[..., Any], str] = {
    questionnaire_files.export_questionnaire: "an export: a row of the log that is never deleted",
    survey_documents.save_definition: "an export: a row of the log that is never deleted",
}
