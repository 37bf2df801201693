"""How many people and 団体 a letter counts, and what it calls the event and its place."""

from dataclasses import replace
from datetime import date

import pytest

from app.documents.event_facts import VenueFacts
from app.event.services.event_facts import planned_facts
from app.events.letters.services.letter_building import (
    _count,
    _late_applications,
    _place,
    _title,
    read_letter_facts,
)
from app.programme.intake import preset
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.roster import Entry
from tests.support.entries import put_entry
from tests.support.years import NOW, TODAY, add_lecture, at, started_year, the_event

KINDS = {one.kind: one for one in preset().kinds}


def entry(number, organisation_id=None, name="", applied_at=None):
    return Entry(id=number, event_id=1, organisation_id=organisation_id, organisation_name=name, applied_at=applied_at)


@pytest.mark.parametrize(
    ("entries", "counted"),
    [
        ([], (0, 0)), ([entry(1, 5)], (1, 1)), ([entry(1, 5), entry(2, 5)], (2, 1)),
        ([entry(1, 5), entry(2, 6)], (2, 2)),
        ([entry(1, 5), entry(2, name="みほん町会"), entry(3, name="みほん町会")], (3, 2)),
        ([entry(1, 5), entry(2), entry(3)], (3, 1)), ([entry(1)], (1, 0)),
    ],
)  # fmt: skip
def test_an_organisation_counts_once_and_people_without_one_add_none(entries, counted):
    assert _count(iter(entries)) == counted


def test_an_application_is_late_from_the_day_after_the_closing_day_on():
    entries = [entry(number, applied_at=at(date(2026, 8, day))) for number, day in ((1, 23), (2, 24), (3, 25))]
    assert [one.id for one in _late_applications([*entries, entry(4)], date(2026, 8, 24))] == [3]
    assert _late_applications(entries, None) == []


def facts(kind, form, subject, **more):
    return planned_facts(Event(kind=kind, form=form, subject=subject, ordinal=1, **more), KINDS[kind])


def test_a_headline_has_the_subject_or_the_programme_s_name_where_there_is_none():
    lecture, talk = ("講習会", EventForm.LECTURE), ("意見交換会", EventForm.EXCHANGE)
    assert _title(facts(*lecture, "LINE講習会")) == "LINE講習会"
    assert _title(facts(*lecture, "")) == KINDS["講習会"].title
    assert _title(facts(*lecture, "講習会")) == "講習会"
    assert _title(facts(*talk, "意見交換会")) == KINDS["意見交換会"].title
    assert _title(facts(*talk, KINDS["意見交換会"].name)) == KINDS["意見交換会"].title
    assert _title(facts(*talk, "")) == KINDS["意見交換会"].title
    assert _title(facts(*talk, "防災を話す")) == "防災を話す"


def test_the_way_stands_in_brackets_behind_the_address_and_alone_without_one():
    held = facts("講習会", EventForm.LECTURE, "LINE講習会", venue="みほん区民館", room="研修室")

    def place(**known):
        return _place(replace(held, venue_facts=VenueFacts(venue="みほん区民館", room="研修室", **known))).split("\n")

    named = "みほん区民館　研修室"
    assert place() == [named]
    assert place(address="見本町1-2") == [named, "見本町1-2"]
    assert place(access="駅から3分") == [named, "駅から3分"]
    assert place(address="見本町1-2", access="駅から3分", more=("駐輪場あり",)) == [
        named,
        "見本町1-2（駅から3分）",
        "駐輪場あり",
    ]


def test_who_waited_and_told_an_absence_gets_no_refusal_and_is_not_counted_with_them(tmp_path):
    store = started_year(tmp_path)
    number = add_lecture(store)
    put_entry(store, number, "見本 一", state="決定")
    put_entry(store, number, "見本 二", state="補欠", waiting_order=1)
    put_entry(store, number, "見本 三", state="補欠", waiting_order=2, absent_told_at=NOW)
    facts = read_letter_facts(store, event=the_event(store, number), on=TODAY)
    assert (facts.applied[0], facts.chosen[0], facts.waiting, facts.rejected, facts.withdrawn) == (3, 1, 1, 0, 1)
