"""Surveys for tests: a held 講習会 with fixed questions, plausible answers, and the file a form hands out."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from app.actions.action_context import ActionContext
from app.event.services import event_results
from app.surveys.data_entry import services as data_entry_services
from app.surveys.questions.services import surveys
from db.records.events import EventResult
from db.records.surveys import Answer, EventSurvey
from db.store import Store
from db.tables import surveys as table
from tests.fixtures.survey.google_csv import write_google_csv
from tests.support.stores import filled_store
from tests.support.years import BY, add_lecture, start_year

EVENT_DAY = date(2026, 9, 30)
AFTER = datetime(2026, 10, 1, 10, 0)
FIRST_ANSWER = datetime(2026, 9, 30, 15, 40)


def fixed_survey(folder: Path, *, attended: int | None = 17) -> tuple[Store, int]:
    """Give a store with one held 講習会 whose default questions are fixed, and its event id."""
    return filled_store(folder, _fixed, attended=attended)


def _fixed(store: Store, attended: int | None) -> int:
    start_year(store)
    event_id = add_lecture(store, EVENT_DAY)
    made = surveys.choose_questionnaire(ActionContext(store, BY, AFTER - timedelta(days=20)), event_id=event_id)
    surveys.fix_questionnaire(
        ActionContext(store, BY, AFTER - timedelta(days=20)), survey_id=made.id, agreed_on=date(2026, 9, 11)
    )
    if attended is not None:
        result = EventResult(event_id=event_id, attended=attended)
        event_results.record_result(ActionContext(store, BY, AFTER), event_id=event_id, result=result)
    return event_id


def survey_of(store: Store, event_id: int) -> EventSurvey:
    """Return the event's survey as stored."""
    survey = table.survey_of_event(store.database, event_id)
    assert survey is not None
    return survey


def answered(**changes: Answer) -> dict[str, Answer]:
    """Return the answers of one contented person to the default questions, with ``changes`` by code."""
    answers = {
        "position": Answer(chosen=("会長",)),
        "satisfaction": Answer(chosen=("満足",)),
        "understanding": Answer(chosen=("よく理解できた",)),
        "pace": Answer(chosen=("ちょうどよい",)),
        "length": Answer(chosen=("ちょうどよい",)),
        "useful": Answer(chosen=("講師の説明", "操作の体験")),
        "tools": Answer(chosen=("LINE",)),
        "obstacles": Answer(chosen=("費用がかかる",)),
        "intent": Answer(chosen=("準備をして使いたい",)),
        "comments": Answer(),
    }
    return answers | changes


def type_sheets(store: Store, event_id: int, count: int, *, first: int = 1) -> None:
    """Type ``count`` paper sheets from number ``first`` on."""
    survey = survey_of(store, event_id)
    for number in range(first, first + count):
        data_entry_services.add_paper_response(
            ActionContext(store, BY, AFTER), survey_id=survey.id, number=number, answers=answered()
        )


def form_file(path: Path, store: Store, event_id: int, sheets: list[Mapping[str, Answer]], **named: object) -> Path:
    """Write the file that Google フォーム would hand out for the event's questions."""
    questions = survey_of(store, event_id).questions
    start = named.pop("start", FIRST_ANSWER)
    return write_google_csv(path, questions, sheets, start=start, **named)  # type: ignore[arg-type]


def acting(store: Store) -> ActionContext:
    """How a clerk acts on the day after the event."""
    return ActionContext(store, BY, AFTER)
