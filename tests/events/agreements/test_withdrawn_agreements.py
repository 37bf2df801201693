"""A 協議 that was withdrawn (取消) counts nowhere: it is neither settled nor 協議中, wherever an event is looked at."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.event.services.agreements import open_topic, remove_topic, reopen_topic, settle_topics
from app.event.services.event_records import read_event_records
from app.event.services.event_view import read_event
from app.event.services.tasks.task_completion import questions_settled_on
from app.events.agreements import services as agreements_services
from app.events.agreements.rules import has_content
from app.events.agreements.services import _is_asked_no_more
from app.events.letters.services.earlier_letters import number_agreement
from app.home.today.services.global_search import search_everything
from app.registers.register.services.organisation_view import build_record
from app.surveys.questions.services.surveys import fix_questionnaire
from app.year_end.handover.services import read_handover, read_staff_change
from app.year_end.summary.services.typed_numbers import set_reason
from app.year_end.summary.services.year_summary import read_summary
from db.records.agreements import Agreement, Homework, Meeting
from db.records.events import Event
from db.records.surveys import EventSurvey
from db.rows import by_id, row, rows
from db.tables.agreements import of_event
from tests.support.paper_words import said_by
from tests.support.sample import NOW, acting, event_id

pytestmark = pytest.mark.sample_year

WHY = "別の協議に書き直した"


def opened(store, event, topic, **given) -> int:
    return open_topic(acting(store), event_id=event, topic=topic, **given).id


def withdrawn(store, event, topic, **given) -> int:
    """A matter that was settled and then withdrawn."""
    number = opened(store, event, topic, **given)
    settle_topics(acting(store), agreement_ids=[number])
    agreements_services.withdraw_record(acting(store), agreement_id=number, reason=WHY)
    return number


def lecture(store) -> int:
    return event_id(store, "講習会", 6)


def test_the_page_of_the_event_says_that_it_was_withdrawn(store):
    number = withdrawn(store, lecture(store), "控室")
    (said,) = [one for one in of_event(store.database, lecture(store)) if one.id == number]
    assert (said.state, said.withdrawn_on) == ("取消", NOW.date())


def test_it_is_no_open_matter_either_when_it_was_taken_up_again_before(store):
    before = read_event_records(store, lecture(store)).open_topics
    number = opened(store, lecture(store), "控室")
    settle_topics(acting(store), agreement_ids=[number])
    reopen_topic(acting(store), agreement_id=number)
    agreements_services.withdraw_record(acting(store), agreement_id=number, reason=WHY)
    assert read_event_records(store, lecture(store)).open_topics == before
    states = {one.id: one.state for one in read_event(store, event_id=lecture(store), today=NOW.date()).topics}
    assert states[number] == "取消"


def test_it_is_settled_no_more_by_a_page_that_was_open_meanwhile(store):
    number = withdrawn(store, lecture(store), "控室")
    for act in (
        lambda: settle_topics(acting(store), agreement_ids=[number]),
        lambda: settle_topics(acting(store), agreement_ids=[number]),
    ):
        with pytest.raises(UserError, match="取消にした協議"):
            act()


def test_its_number_and_reason_stay_whatever_it_lacked(store):
    number = withdrawn(store, lecture(store), "控室")
    with pytest.raises(UserError, match="取消にした協議"):
        remove_topic(acting(store), agreement_id=number)
    assert by_id(store.database, Agreement, number).withdrawn_reason == WHY


def test_questions_that_were_agreed_in_a_withdrawn_matter_are_open(store):
    event = lecture(store)
    for one in rows(store.database, Agreement, event_id=event, topic="設問"):
        store.database.execute("DELETE FROM agreements WHERE id = ?", [one.id])
    store.database.execute("UPDATE event_surveys SET fixed_on = NULL, agreed_on = NULL WHERE event_id = ?", [event])
    withdrawn(store, event, "設問")
    assert questions_settled_on(read_event_records(store, event)) is None
    settle_topics(acting(store), agreement_ids=[opened(store, event, "設問")])
    assert questions_settled_on(read_event_records(store, event)) == NOW.date()


def test_fixing_the_questions_settles_what_is_open_with_a_number_and_leaves_what_was_withdrawn(store):
    event = lecture(store)
    survey = row(store.database, EventSurvey, event_id=event)
    number = opened(store, event, "設問")
    settle_topics(acting(store), agreement_ids=[number])
    reopen_topic(acting(store), agreement_id=number)
    agreements_services.withdraw_record(acting(store), agreement_id=number, reason=WHY)
    fresh = opened(store, event, "設問")
    fix_questionnaire(acting(store), survey_id=survey.id, agreed_on=NOW.date())
    assert by_id(store.database, Agreement, number).settled_on is None
    assert by_id(store.database, Agreement, fresh).settled_on == NOW.date()
    assert by_id(store.database, Agreement, fresh).record_number.startswith("第")


def test_a_letter_rests_on_no_withdrawn_matter_about_the_number_of_people(store):
    event = lecture(store)
    for one in rows(store.database, Agreement, event_id=event):
        store.database.execute("DELETE FROM agreements WHERE id = ?", [one.id])
    withdrawn(store, event, "人数", content="定員を8人とする")
    assert number_agreement(store, event) is None


def test_the_record_of_the_group_and_the_search_say_that_it_was_withdrawn(store):
    event = row(store.database, Event, kind="派遣", ordinal=1)
    withdrawn(store, event.id, "控室", content="控室の鍵をだれが預かるか")
    scope = DocumentScope(organisation_id=event.organisation_id)
    said = said_by(build_record(store, scope, NOW))
    place = said.index("控室の鍵")
    assert "取消" in said[place : place + 60]
    (group,) = [one for one in search_everything(store, text="控室の鍵").groups if one.title == "協議の記録"]
    assert "取消" in group.items[0].detail


def test_a_reason_of_the_year_that_cites_it_says_so(store):
    number = opened(store, lecture(store), "人数", content="定員を8人とする")
    settle_topics(acting(store), agreement_ids=[number])
    year = by_id(store.database, Event, lecture(store)).programme_id
    lines = read_summary(store, today=NOW.date()).lines
    item = lines[0].line.key
    set_reason(acting(store), programme_id=year, item=item, reason="定員を減らした", agreement_id=number)
    agreements_services.withdraw_record(acting(store), agreement_id=number, reason=WHY)
    (said,) = [one.reason for one in read_summary(store, today=NOW.date()).lines if one.line.key == item]
    assert said.agreement.endswith("（取消）")


def test_its_homework_is_left_to_nobody_in_the_handover_and_in_later_meetings(store):
    event = lecture(store)
    year = by_id(store.database, Event, event).programme_id
    number = opened(store, event, "控室")
    settle_topics(acting(store), agreement_ids=[number])
    for text, due in (("鍵の預かり手を決める", None), ("鍵を受け取る", NOW.date())):
        task = Homework(programme_id=year, agreement_id=number, text=text, due=due, side="区")
        agreements_services.save_homework(acting(store), homework=task)
    early = Meeting(programme_id=year, subject="控室の打合せ", held_on=date(2026, 4, 2))
    first = agreements_services.save_meeting(acting(store), meeting=early, agreement_ids=[number]).id
    later = agreements_services.save_meeting(acting(store), meeting=replace(early, held_on=date(2026, 4, 3))).id
    assert first != later
    seen = agreements_services.read_meeting(store, meeting_id=later)
    agreements_services.withdraw_record(acting(store), agreement_id=number, reason=WHY)
    facts = read_handover(store, fiscal_year=2026, now=NOW)
    assert not [one for one in facts.open_items if "鍵" in one.label + one.detail]
    offered = read_staff_change(store, fiscal_year=2026, today=NOW.date()).homework
    assert not [one for one in offered if "鍵" in one.text]
    assert (
        agreements_services.read_meeting(store, meeting_id=later).earlier_homework_count
        == seen.earlier_homework_count - 2
    )


TEXTS = ("content", "ward_view", "contractor_view", "decision", "reason")


@pytest.mark.parametrize(
    ("values", "gone"),
    [
        ({}, True), ({"topic": "機材"}, False), ({"event_id": 2}, False), ({"event_id": None}, False),
        ({"withdrawn_on": "x"}, False), *(({name: "あり"}, False) for name in TEXTS), ({"content": " "}, True),
    ],
)  # fmt: skip
def test_an_empty_one_about_questions_that_its_event_has_no_more(values, gone):
    one = Agreement(**({"topic": "設問", "event_id": 1} | values))
    assert _is_asked_no_more(one, {1}) is gone
    assert not _is_asked_no_more(one, ())
    assert has_content(one) is any(values.get(name, "").strip() for name in TEXTS)
