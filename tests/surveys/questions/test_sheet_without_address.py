"""A sheet says before its questions are decided, and so before it is printed, that code and closing day are missing
without an address."""

from dataclasses import replace

from app.actions.action_context import ActionContext
from app.programme.services import change_numbers, kind_of_event
from app.surveys.questions.services.survey_documents import NO_ADDRESS, prepare_preview
from db.records.events import Event
from db.records.surveys import EventSurvey
from db.rows import by_id, rows
from tests.support.sample import BY, NOW, event_id, sample_store


def said(store, event):
    return [one.text for one in prepare_preview(store, event_id=event, now=NOW).findings if one.text == NO_ADDRESS]


def test_it_is_said_before_and_after_the_decision_until_an_address_stands(tmp_path):
    store = sample_store(tmp_path)
    event = event_id(store, "講習会", 2)
    assert said(store, event) == []
    (survey,) = rows(store.database, EventSurvey, event_id=event)
    with store.change(action="test", by=BY, now=NOW) as change:
        change.update(EventSurvey, survey.id, online_url="")
    assert said(store, event) == [NO_ADDRESS]
    numbers = kind_of_event(store.database, by_id(store.database, Event, event))
    for online in (False, True):  # of a kind that answers on paper nothing is missing
        change_numbers(ActionContext(store, BY, NOW), numbers=replace(numbers, surveys_online=online))
        assert said(store, event) == [NO_ADDRESS] * online
    with store.change(action="test", by=BY, now=NOW) as change:
        change.update(EventSurvey, survey.id, online_url="https://example.jp/f/1")
    assert said(store, event) == []
    with store.change(action="test", by=BY, now=NOW) as change:
        change.update(EventSurvey, survey.id, online_url="", fixed_on=None)
    assert said(store, event) == [NO_ADDRESS]
    store.database.conn.close()
