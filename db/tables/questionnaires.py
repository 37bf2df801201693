"""Reading the masters of questionnaires and every question that was ever put into a set."""

from __future__ import annotations

from db.engine import Database
from db.mapping import fetch, read
from db.records.surveys import EventSurvey, Question, Questionnaire
from db.rows import rows


def everything(database: Database) -> list[Questionnaire]:
    """Return every master, archived ones too, the newest year first."""
    return rows(database, Questionnaire, order=("-fiscal_year", "kind", "id"))


def surveys_of(database: Database, questionnaire_id: int) -> list[EventSurvey]:
    """Return the events' sets that were taken from one master."""
    return rows(database, EventSurvey, questionnaire_id=questionnaire_id, order="event_id")


def uses(database: Database) -> dict[int, int]:
    """Return of how many events each master is the origin, by master."""
    found = read(
        database,
        "SELECT questionnaire_id, count(*) AS times FROM event_surveys "
        "WHERE questionnaire_id IS NOT NULL GROUP BY questionnaire_id",
    )
    return {one["questionnaire_id"]: one["times"] for one in found}


def asked_elsewhere(
    database: Database, *, survey_id: int = 0, questionnaire_id: int = 0
) -> dict[str, tuple[Question, ...]]:
    """Return by code every question of every set but the one named: what that code already stands for."""
    found: dict[str, tuple[Question, ...]] = {}
    masters = fetch(database, Questionnaire, "SELECT * FROM questionnaires WHERE id <> ?", [questionnaire_id])
    events = fetch(database, EventSurvey, "SELECT * FROM event_surveys WHERE id <> ?", [survey_id])
    for questions in (*(one.questions for one in masters), *(one.questions for one in events)):
        for question in questions:
            found[question.code] = (*found.get(question.code, ()), question)
    return found
