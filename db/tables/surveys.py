"""Queries on questionnaires, surveys with their responses, second entries, and grouped free texts.

Also the earlier uses of a question code, and the totals of earlier years.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from db.engine import Database
from db.mapping import fetch, read
from db.record import record
from db.records.events import Event
from db.records.surveys import (
    CommentMark,
    CommentTheme,
    EarlierCounts,
    EventSurvey,
    Question,
    Questionnaire,
    ResponseDraft,
    SecondEntry,
    SurveyImport,
    SurveyResponse,
)
from db.rows import row, rows


@record
class ResponseCount:
    """The responses of one survey (counted on paper and online, and doubtful without a decision)."""

    survey_id: int = 0
    paper: int = 0
    online: int = 0
    doubtful: int = 0


def survey_of_event(database: Database, event_id: int) -> EventSurvey | None:
    """Return the event's snapshot, or None when none was chosen yet."""
    return row(database, EventSurvey, event_id=event_id)


def surveys_closing_early(database: Database, today: date) -> list[tuple[int, date, date]]:
    """Return events (予定, from today on) whose online form closes before their day, by day.

    Without an address nobody is told of the closing day. Each is (event id, closing day, day of the event).
    """
    found = read(
        database,
        "SELECT events.id, event_surveys.online_close, events.event_date FROM event_surveys JOIN events "
        "ON events.id = event_surveys.event_id WHERE events.status = '予定' AND events.event_date >= ? "
        "AND event_surveys.online_close < events.event_date AND event_surveys.online_url <> '' "
        "ORDER BY events.event_date",
        [today.isoformat()],
    )
    return [
        (one["id"], date.fromisoformat(one["online_close"]), date.fromisoformat(one["event_date"])) for one in found
    ]


def responses(database: Database, survey_id: int) -> list[SurveyResponse]:
    """Return every response of a survey, paper by number, then online by time."""
    return fetch(
        database,
        SurveyResponse,
        "SELECT * FROM answer_sheets WHERE survey_id = ? ORDER BY source = 'オンライン', number, answered_at, id",
        [survey_id],
    )


def surveys_by_event(database: Database, events: Iterable[Event]) -> dict[int, EventSurvey]:
    """Return the surveys of these events by the event's id; an event without one is left out."""
    return {one.event_id: one for one in rows(database, EventSurvey, event_id=[each.id for each in events])}


def response_counts(database: Database, surveys: Iterable[EventSurvey]) -> dict[int, ResponseCount]:
    """Return the response counts of these surveys by their ids."""
    found = fetch(
        database,
        ResponseCount,
        "SELECT of.value AS survey_id, coalesce(sum(counted AND source = '紙'), 0) AS paper, "
        "coalesce(sum(counted AND source <> '紙'), 0) AS online, "
        "coalesce(sum(problems <> '[]' AND decision = ''), 0) AS doubtful "
        "FROM json_each(?) of LEFT JOIN answer_sheets ON survey_id = of.value GROUP BY of.value",
        [json.dumps([one.id for one in surveys])],
    )
    return {one.survey_id: one for one in found}


def imports(database: Database, survey_id: int) -> list[SurveyImport]:
    """Return the imports into a survey, newest first."""
    return rows(database, SurveyImport, survey_id=survey_id, order="-id")


def all_questionnaires(database: Database) -> list[Questionnaire]:
    """Return every master, archived ones too, newest year first."""
    return rows(database, Questionnaire, order=("-fiscal_year", "kind", "id"))


def questionnaire_uses(database: Database) -> dict[int, int]:
    """Return how many event snapshots were made from each master."""
    found = read(
        database,
        "SELECT questionnaire_id, count(*) AS times FROM event_surveys "
        "WHERE questionnaire_id IS NOT NULL GROUP BY questionnaire_id",
    )
    return {one["questionnaire_id"]: one["times"] for one in found}


def questions_elsewhere(
    database: Database, *, survey_id: int = 0, questionnaire_id: int = 0
) -> dict[str, tuple[Question, ...]]:
    """Return every question by code outside a survey or a master (0 = none is left out), to see how a code is used."""
    found: dict[str, tuple[Question, ...]] = {}
    masters = fetch(database, Questionnaire, "SELECT * FROM questionnaires WHERE id <> ?", [questionnaire_id])
    events = fetch(database, EventSurvey, "SELECT * FROM event_surveys WHERE id <> ?", [survey_id])
    for questions in (*(one.questions for one in masters), *(one.questions for one in events)):
        for question in questions:
            found[question.code] = (*found.get(question.code, ()), question)
    return found


def second_entries(database: Database, survey_id: int) -> list[SecondEntry]:
    """Return the second entries of a survey, by the number of their response."""
    return fetch(
        database,
        SecondEntry,
        "SELECT second_entries.* FROM second_entries JOIN answer_sheets ON answer_sheets.id = second_entries.sheet_id "
        "WHERE answer_sheets.survey_id = ? ORDER BY answer_sheets.number, second_entries.id",
        [survey_id],
    )


def second_entry_of_response(database: Database, response_id: int) -> SecondEntry | None:
    """Return the second entry of one response, or None."""
    return row(database, SecondEntry, sheet_id=response_id)


def response_draft_of(
    database: Database, survey_id: int, *, number: int, second: bool, response_id: int
) -> ResponseDraft | None:
    """Return the half-entered draft of one response, or None."""
    return row(database, ResponseDraft, survey_id=survey_id, number=number, second=second, sheet_id=response_id)


def comment_themes(database: Database, survey_id: int) -> list[CommentTheme]:
    """Return the themes of a survey, by question and position."""
    return rows(database, CommentTheme, survey_id=survey_id, order=("question_code", "position", "id"))


def comment_marks(database: Database, survey_id: int) -> list[CommentMark]:
    """Return the decisions about the free texts of a survey."""
    return rows(database, CommentMark, survey_id=survey_id)


def earlier_counts(database: Database) -> list[EarlierCounts]:
    """Return the totals of earlier years, newest first."""
    return rows(database, EarlierCounts, order=("-fiscal_year", "kind", "id"))
