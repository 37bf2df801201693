"""A visit names its request and bears its word when it ends, back when that is taken back."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event.services.event_records import read_event_records
from app.event.services.expected_counts import expected_of_event
from app.event.services.tasks.task_completion import effective_steps
from app.events.calls.services.calls import decide_change
from app.events.dispatches.services import support
from app.events.dispatches.services.dispatch_requests import (
    decide_dispatch_request,
    link_event,
    remove_dispatch_request,
    save_dispatch_request,
)
from app.events.dispatches.services.steps import read_dispatches
from app.history import services as history
from db.records.agreements import Agreement
from db.records.dispatches import DispatchRequest, DispatchSupport
from db.records.events import EquipmentItem, Event, FeePayer
from db.records.organisations import Organisation
from db.records.venues import Network
from db.rows import by_id, rows
from tests.support.years import BY, NOW, add_dispatch, the_event

TODAY = NOW.date()


def act(store):
    return ActionContext(store, BY, NOW)


@pytest.fixture
def group(store):
    with store.change(action="団体", by=BY, now=NOW, subject="organisations") as change:
        return change.insert(Organisation(name="みほん若葉町会"))


def request_of(store, group):
    wish = DispatchRequest(
        programme_id=1, organisation_id=group, received_on=TODAY, signed=True, signer="見本 太郎", wish="LINE"
    )
    return save_dispatch_request(act(store), wish=wish).id


def decide(store, request_id, outcome, **given):
    reason = {"decided_on": TODAY, "reason": "選定の結果", "exception_reason": "期限の後"}
    decide_dispatch_request(act(store), wish_id=request_id, outcome=outcome, **reason | given)


def said(store, event_id):
    event = the_event(store, event_id)
    return event.request_id, event.status, read_event_records(store, event_id).phase(TODAY)


def test_a_visit_takes_the_request_of_its_organisation_whichever_comes_first(store, group):
    before = add_dispatch(store, organisation_id=group)
    assert said(store, before) == (None, "予定", "予定")
    first = request_of(store, group)
    assert said(store, before) == (first, "予定", "選定前")
    decide(store, first, "決定", event_id=before)
    assert said(store, before) == (first, "予定", "予定")
    second = request_of(store, group)
    later = add_dispatch(store, date(2026, 11, 5), organisation_id=group)
    assert said(store, before)[0] == first
    assert said(store, later) == (second, "予定", "選定前")


@pytest.mark.parametrize("status", ["予定", "中止", "実施済"])
def test_a_request_of_one_visit_goes_over_to_another_one(store, group, status):
    first = add_dispatch(store, organisation_id=group)
    request = request_of(store, group)
    decide(store, request, "決定", event_id=first)
    second = add_dispatch(store, date(2026, 11, 5), organisation_id=group)
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Event, first, status=status)
    link_event(act(store), wish_id=request, event_id=second)
    assert by_id(store.database, DispatchRequest, request).event_id == second
    assert said(store, second) == (request, "予定", "予定")
    # A planned one was tied by mistake; one that is held or cancelled keeps what it was about.
    assert said(store, first)[0] == (None if status == "予定" else request)


def test_what_a_hearing_says_settles_what_it_answers(store, group):
    visit = add_dispatch(store, organisation_id=group)
    (topic,) = rows(store.database, Agreement, event_id=visit, topic="事前ヒアリング")
    silent = DispatchSupport(event_id=visit, issue="操作")
    support.save_hearing(act(store), support=silent)
    assert by_id(store.database, Agreement, topic.id).is_open, "without its day it was not held"
    heard = {"network": Network.ABSENT, "fee_payer": FeePayer.ORGANISATION, "people": 10}
    support.save_hearing(act(store), support=replace(silent, hearing_on=TODAY), **heard)
    event = the_event(store, visit)
    assert (event.network, event.fee_payer) == ("無", "団体")
    assert "モバイルルーター" in [one.name for one in rows(store.database, EquipmentItem, event_id=visit)]
    settled = by_id(store.database, Agreement, topic.id)
    assert (settled.settled_on, settled.ordinal) == (TODAY, 1)
    file = effective_steps(read_event_records(store, visit))
    assert [one.done_on for one in file if one.name == "事前ヒアリング"] == [TODAY]
    assert [one.people for one in expected_of_event(store.database, event)] == [10]
    again = replace(rows(store.database, DispatchSupport)[0], agreed="30分")
    support.save_hearing(act(store), support=again, people=12)
    assert (the_event(store, visit).network, the_event(store, visit).fee_payer) == ("無", "団体")
    assert [one.people for one in expected_of_event(store.database, event)] == [10], "what is known is kept"


@pytest.mark.parametrize("outcome", ["取下げ", "不採択"])
def test_the_word_of_a_request_that_ended_stands_with_its_visit_until_it_is_taken_back(store, group, outcome):
    event_id = add_dispatch(store, organisation_id=group)
    request = request_of(store, group)
    decide(store, request, "決定", event_id=event_id)
    since = store.database.execute("SELECT max(seq) FROM journal").fetchone()[0]
    decide(store, request, outcome)
    assert said(store, event_id) == (request, outcome, outcome)
    with pytest.raises(UserError, match=f"は{outcome}です"):
        decide_change(
            act(store), event_id=event_id, kind="中止", decided_at=NOW, decided_by="課長", reason="台風のため"
        )
    history.undo(store, since=since, by=BY, now=NOW)
    assert said(store, event_id) == (request, "予定", "予定")
    decide(store, request, outcome)
    decide(store, request, "")
    assert said(store, event_id) == (request, "予定", "選定前")
    decide(store, request, outcome)
    decide(store, request, "決定", event_id=event_id)
    assert said(store, event_id) == (request, "予定", "予定")


def test_a_visit_whose_request_ended_takes_the_next_one_once_that_is_selected(store, group):
    event_id = add_dispatch(store, organisation_id=group)
    first = request_of(store, group)
    decide(store, first, "取下げ")
    second = request_of(store, group)
    assert said(store, event_id)[1:] == ("予定", "選定前")
    decide(store, second, "決定", event_id=event_id)
    assert said(store, event_id) == (second, "予定", "予定")
    decide(store, first, "不採択")
    assert said(store, event_id) == (second, "予定", "予定")


def test_a_request_that_was_entered_by_mistake_is_named_no_more(store, group):
    event_id = add_dispatch(store, organisation_id=group)
    request = request_of(store, group)
    remove_dispatch_request(act(store), wish_id=request)
    assert by_id(store.database, DispatchRequest, request) is None
    assert said(store, event_id) == (None, "予定", "予定")


def test_a_visit_that_was_cancelled_is_no_longer_among_the_decided(store, group):
    visit = add_dispatch(store, organisation_id=group)
    decide(store, request_of(store, group), "決定", event_id=visit)
    assert read_dispatches(store, today=TODAY).selected_count == 1
    decide_change(act(store), event_id=visit, kind="中止", decided_at=NOW, decided_by="課長", reason="団体の都合のため")
    assert read_dispatches(store, today=TODAY).selected_count == 0
