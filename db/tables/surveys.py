"""Reading questionnaires, an event's survey and its sheets."""

from __future__ import annotations

from typing import NamedTuple

from db.engine import Database
from db.mapping import fetch, read
from db.records.surveys import AnswerSheet, EventSurvey, SurveyImport
from db.rows import row, rows


class SheetCount(NamedTuple):
    """The sheets of one survey: counted on paper and online, and doubtful ones without a decision."""

    paper: int = 0
    online: int = 0
    doubtful: int = 0


def survey_of_event(database: Database, event_id: int) -> EventSurvey | None:
    """Return the event's snapshot, or None when none was chosen yet."""
    return row(database, EventSurvey, event_id=event_id)


def all_surveys(database: Database) -> list[EventSurvey]:
    """Return the surveys of every event."""
    return rows(database, EventSurvey, order="event_id")


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
    found = read(
        database,
        "SELECT survey_id, sum(counted AND source = '紙') AS paper, sum(counted AND source <> '紙') AS online, "
        "sum(problems <> '[]' AND decision = '') AS doubtful FROM answer_sheets GROUP BY survey_id",
    )
    return {one["survey_id"]: SheetCount(one["paper"], one["online"], one["doubtful"]) for one in found}


def imports(database: Database, survey_id: int) -> list[SurveyImport]:
    """Return the imports into a survey, newest first."""
    return rows(database, SurveyImport, survey_id=survey_id, order="-id")


def sheets_of_import(database: Database, import_id: int) -> list[AnswerSheet]:
    """Return the sheets that one import wrote."""
    return rows(database, AnswerSheet, import_id=import_id)
