"""A place that somebody holds already: whose it is, what they told, and that one without a name is nobody's."""

from datetime import datetime, timedelta

from app.events.applications.services.application_entries import EventEntries, _entries_by_application
from db.records.applications import Application
from db.records.organisations import Contact, Person
from db.records.roster import Entry
from tests.support.years import BY, NOW, add_lecture

PEOPLE = {1: Person(id=1, name="見本　花子", role="会計"), 2: Person(id=2, name="見本　次郎")}
CONTACTS = {
    1: [
        Contact(id=1, person_id=1, kind="電話", value="03-0000-0001", purpose=""),
        Contact(id=2, person_id=1, kind="電話", value="03-0000-0002", purpose=""),
        Contact(id=3, person_id=1, kind="メール", value="m@example.jp", purpose=""),
    ]
}


def entry(number, person_id=None, **given):
    return Entry(id=number, event_id=3, person_id=person_id, **given)


def held(*group):
    found = EventEntries(None, (), {5: "みほん町会"})
    return found._held_entries(group[0], list(group), PEOPLE, CONTACTS, None)


def test_a_place_has_the_person_the_newest_contact_and_the_registered_name():
    place = held(entry(11, 1, organisation_id=5, applied_at=datetime(2026, 9, 1)), entry(12), entry(13, state="辞退"))
    assert (place.name, place.person, place.organisation_text) == ("見本　花子", PEOPLE[1], "みほん町会")
    told = place.facts
    assert (told.role, told.phone, told.email, told.fax, told.people) == ("会計", "03-0000-0002", "m@example.jp", "", 2)
    assert place.phones == {"0300000001", "0300000002"}
    assert (place.entry_ids, place.is_given_up, place.latest_received_at) == ([11, 12, 13], False, datetime(2026, 9, 1))


def test_a_place_without_a_name_has_nobody_s_name_and_contacts():
    place = held(entry(11, organisation_name="つつじ会", role="会長"))
    assert (place.name, place.person, place.phones) == ("", None, set())
    assert (place.facts.role, place.facts.phone, place.organisation_text) == ("会長", "", "つつじ会")
    assert held(entry(11, 2)).facts.phone == ""


def test_a_place_is_given_up_once_all_of_it_is_and_still_says_how_many_it_was_for():
    place = held(entry(11, 1, state="辞退"), entry(12, state="落選"))
    assert (place.is_given_up, place.facts.people) == (True, 2)


def test_an_application_of_the_minute_in_which_an_absence_was_told_came_after_it():
    place = held(entry(11, 1, absent_told_at=NOW))
    assert [place.is_absence_before(at) for at in (NOW - timedelta(minutes=1), NOW, None)] == [False, True, True]


def test_places_of_one_application_stand_together_the_applicant_first():
    entries = [
        entry(1, application_id=7), entry(2), entry(3, 1, application_id=7), entry(4, 2),
        entry(5, 2, application_id=7),
    ]  # fmt: skip
    assert [[one.id for one in group] for group in _entries_by_application(entries)] == [[3, 5, 1], [2], [4]]


def test_each_named_place_is_found_by_its_own_name_and_what_the_application_says_beside_is_the_applicant_s(store):
    event_id = add_lecture(store)
    with store.change(action="申込", by=BY, now=NOW, event_id=event_id) as change:
        applied, second, alone = (change.insert(Person(name=name)) for name in ("見本 一子", "見本 二子", "見本 三子"))
        application = change.insert(
            Application(
                source="職員入力",
                way="電話",
                name="見本 一子",
                organisation_name="つつじ会",
                large_print="拡大版",
                people=4,
            )
        )
        assert application == 1
        with_application = [
            change.insert(Entry(event_id=event_id, person_id=person, application_id=application))
            for person in (applied, second, None, None)
        ]
        other = change.insert(Entry(event_id=event_id, person_id=alone))
    found = EventEntries(store.database, [event_id], {})
    (mine,) = found.held_under_name(event_id, "見本 一子")
    (companion,) = found.held_under_name(event_id, "見本　二子")
    (without,) = found.held_under_name(event_id, "見本 三子")
    assert found.held_by_application(event_id, application) == mine
    assert (mine.entry_ids, mine.facts.people) == (with_application, 4)
    assert (companion.entry_ids, companion.facts.people) == ([with_application[1]], 1)
    assert (without.entry_ids, without.application) == ([other], None), "though there is an application 1"
    assert any(mine.facts.further)
    assert not any(companion.facts.further)
    assert found.held_under_name(event_id, "") == []
    assert found.held_under_name(event_id + 1, "見本 一子") == []
