"""A 協議 that was not decided goes on: the next 打合せ names it with what became of it, and no minutes contradict
themselves."""

from dataclasses import replace
from datetime import date

import pytest

from app.documents.services.document_scope import DocumentScope
from app.event.services.agreements import open_topic, settle_topics
from app.events.agreements import services as agreements_services
from app.events.agreements.services import build_minutes
from db.records.agreements import Agreement, Meeting
from db.records.events import Event
from db.rows import by_id
from tests.support.paper_words import said_by
from tests.support.sample import NOW, acting, event_id

pytestmark = pytest.mark.sample_year

FIRST, SECOND, THIRD = date(2026, 11, 24), date(2026, 11, 30), date(2026, 12, 1)


def matter(store, topic: str) -> int:
    return open_topic(
        acting(store), event_id=event_id(store, "講習会", 6), topic=topic, content=f"{topic}をどうするか"
    ).id


def meeting(store, day: date, *matters: int) -> int:
    one = Meeting(programme_id=1, subject="第6回の準備", held_on=day)
    return agreements_services.save_meeting(acting(store), meeting=one, agreement_ids=matters).id


def minutes(store, meeting_id: int) -> str:
    return said_by(build_minutes(store, DocumentScope(fiscal_year=2026, item=meeting_id), NOW))


def decide(store, number: int, day: date) -> None:
    one = by_id(store.database, Agreement, number)
    agreements_services.save_record(
        acting(store), record=replace(one, decision="受託者が持参する", reason="会場にない", settled_on=day)
    )


def test_what_goes_on_stands_in_the_next_minutes_with_what_became_of_it(store):
    there, later, never = (matter(store, name) for name in ("投影機", "控室", "駐車"))
    first = meeting(store, FIRST, there, later, never)
    second = meeting(store, SECOND)
    decide(store, there, SECOND)
    decide(store, later, THIRD)
    said = minutes(store, second)
    part = said[said.index("前回までから継続の事項") :]
    lines = {name: part[part.index(name) :][:90] for name in ("投影機", "控室", "駐車")}
    assert "受託者が持参する" in lines["投影機"]
    assert "この打合せのあと、R8.12.1" in lines["控室"]
    assert "継続" in lines["駐車"]
    assert "前回までから継続の事項" not in minutes(store, first)


def test_what_was_decided_between_or_withdrawn_goes_on_no_more(store):
    between, withdrawn = matter(store, "投影機"), matter(store, "控室")
    meeting(store, FIRST, between, withdrawn)
    second = meeting(store, SECOND)
    decide(store, between, date(2026, 11, 25))
    settle_topics(acting(store), agreement_ids=[withdrawn])
    agreements_services.withdraw_record(acting(store), agreement_id=withdrawn, reason="別に協議する")
    said = minutes(store, second)
    assert "投影機" not in said
    assert "控室" not in said


def test_a_matter_that_was_only_ticked_as_settled_does_not_go_on(store):
    number = matter(store, "投影機")
    only = meeting(store, FIRST, number)
    settle_topics(acting(store), agreement_ids=[number], settled_on=FIRST)
    said = minutes(store, only)
    assert "決定1件、継続0件" in said
    assert "つぎの打合せで決める" not in said
    assert "R8.11.24（火）に決定" in said


def test_minutes_name_the_event_of_each_matter(store):
    title = by_id(store.database, Event, event_id(store, "講習会", 6)).full_title
    first = meeting(store, FIRST, matter(store, "投影機"))
    for said in (minutes(store, first), minutes(store, meeting(store, SECOND))):
        assert "".join(title.split()) in "".join(said.split())
