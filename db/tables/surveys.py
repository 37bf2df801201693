"""Reading questionnaires, an event's survey and its sheets."""

from __future__ import annotations

from typing import NamedTuple

from db.engine import Database
from db.mapping import fetch, fetch_one
from db.records.surveys import AnswerSheet, EventSurvey, Questionnaire, SurveyImport


class SheetCount(NamedTuple):
    """The sheets of one survey: counted on paper and online, and doubtful ones without a decision."""

    paper: int = 0
    online: int = 0
    doubtful: int = 0


def questionnaires(database: Database) -> list[Questionnaire]:
    """Return the master question sets."""
    return fetch(database, Questionnaire, "SELECT * FROM questionnaires ORDER BY id")


def survey_of_event(database: Database, event_id: int) -> EventSurvey | None:
    """Return the event's snapshot, or None when none was chosen yet."""
    return fetch_one(database, EventSurvey, "SELECT * FROM event_surveys WHERE event_id = ?", [event_id])


def all_surveys(database: Database) -> list[EventSurvey]:
    """Return the surveys of every event."""
    return fetch(database, EventSurvey, "SELECT * FROM event_surveys ORDER BY event_id")


def find_survey(database: Database, survey_id: int) -> EventSurvey | None:
    """Return one survey by id."""
    return fetch_one(database, EventSurvey, "SELECT * FROM event_surveys WHERE id = ?", [survey_id])


def sheets(database: Database, survey_id: int) -> list[AnswerSheet]:
    """Return every sheet of a survey, paper by number, then online by time."""
    return fetch(
        database,
        AnswerSheet,
        "SELECT * FROM answer_sheets WHERE survey_id = ? ORDER BY source = 'オンライン', number, answered_at, id",
        [survey_id],
    )


def sheet_counts(database: Database) -> dict[int, SheetCount]:
    """Return how the sheets of every survey stand, by survey id."""
    rows = database.query(
        "SELECT survey_id, sum(counted AND source = '紙') AS paper, sum(counted AND source <> '紙') AS online, "
        "sum(problems <> '[]' AND decision = '') AS doubtful FROM answer_sheets GROUP BY survey_id"
    )
    return {row["survey_id"]: SheetCount(row["paper"], row["online"], row["doubtful"]) for row in rows}


def find_sheet(database: Database, sheet_id: int) -> AnswerSheet | None:
    """Return one sheet by id."""
    return fetch_one(database, AnswerSheet, "SELECT * FROM answer_sheets WHERE id = ?", [sheet_id])


def row_keys(database: Database, survey_id: int) -> set[str]:
    """Return the keyed hashes of all online rows already taken in."""
    rows = database.query("SELECT row_key FROM answer_sheets WHERE survey_id = ? AND row_key <> ''", [survey_id])
    return {row["row_key"] for row in rows}


def imports(database: Database, survey_id: int) -> list[SurveyImport]:
    """Return the imports into a survey, newest first."""
    return fetch(
        database, SurveyImport, "SELECT * FROM survey_imports WHERE survey_id = ? ORDER BY id DESC", [survey_id]
    )


def find_import(database: Database, import_id: int) -> SurveyImport | None:
    """Return one import by id."""
    return fetch_one(database, SurveyImport, "SELECT * FROM survey_imports WHERE id = ?", [import_id])


def sheets_of_import(database: Database, import_id: int) -> list[AnswerSheet]:
    """Return the sheets that one import wrote."""
    return fetch(database, AnswerSheet, "SELECT * FROM answer_sheets WHERE import_id = ? ORDER BY id", [import_id])
