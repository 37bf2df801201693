"""Where an event takes place and by what telephone: one answer for papers, calls and pages."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.event.rules.event_venue import (
    approved_by_booking,
    is_booked_for,
    is_given_back,
    matching_venue,
    rooms_of,
    venue_of,
    venue_phone,
)
from app.event.services.event_facts import read_event_facts, read_venue_facts
from app.event_day.day.services import day_document_content
from app.events.headcount.services import event_as_notified
from app.registers.venues import services as venues_services
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.venues import Booking, Venue
from tests.support.years import BY, NOW, add_lecture, the_event

HOUSE = Venue(name="見本つつじ台区民館", phone="03-0000-2001")
ROOM = Venue(name="見本つつじ台区民館", room="研修室", phone="03-0000-2002")
OTHER = Venue(name="見本つつじ台区民館", room="会議室", phone="03-0000-2003")
ELSEWHERE = Venue(name="見本こもれび区民館", phone="03-0000-9999")


def held(room: str, venue: str = "見本つつじ台区民館") -> Event:
    return Event(programme_id=1, kind="講習会", form=EventForm.LECTURE, subject="LINE", venue=venue, room=room)


@pytest.mark.parametrize(
    ("room", "known", "phone"),
    [
        ("研修室", (OTHER, HOUSE, ROOM), "03-0000-2002"), ("和室", (OTHER, HOUSE, ROOM), "03-0000-2001"),
        ("", (OTHER, ROOM, HOUSE), "03-0000-2001"), ("和室", (OTHER, ROOM), ""), ("和室", (OTHER,), "03-0000-2003"),
        ("研修室", (ELSEWHERE,), ""),
    ],
)  # fmt: skip
def test_the_telephone_is_that_of_the_room_else_of_the_house_and_never_that_of_another_room(room, known, phone):
    assert venue_phone(held(room), known) == phone


def test_a_place_has_one_entry_and_the_house_is_told_by_another_room():
    assert matching_venue((OTHER, ROOM), "見本つつじ台区民館", "和室") is None
    assert venue_of(held("和室"), (OTHER, ROOM)) is OTHER
    assert venue_of(held("研修室"), (OTHER, ROOM)) is ROOM
    assert venue_of(held("", venue=""), (Venue(name=""),)) is None


def test_the_paper_of_the_day_has_no_number_of_a_house_that_was_given_back(store, event):
    with store.change(action="会場", by=BY, now=NOW) as change:
        change.update(Event, event, venue=ROOM.name, room=ROOM.room)
    for one in (ELSEWHERE, ROOM):
        venues_services.save_venue(ActionContext(store, BY, NOW), venue=one)
    given_back = Booking(venue_name=ELSEWHERE.name, day=date(2026, 9, 24), event_id=event, state="取消")
    venues_services.save_booking(ActionContext(store, BY, NOW), booking=given_back)
    said = repr(day_document_content.agenda_content(store, the_event(store, event), NOW).blocks)
    store.database.conn.close()
    assert ROOM.phone in said
    assert ELSEWHERE.phone not in said


def test_the_facts_hold_the_place_once_with_what_the_register_knows_of_it(store):
    event_id = add_lecture(store, date(2026, 9, 24))
    with store.change(action="会場", by=BY, now=NOW) as change:
        change.update(Event, event_id, venue=ROOM.name, room=ROOM.room, facility="区立施設")
    known = replace(ROOM, address=" みほん町1-2 ", access="駅から5分", aed="1階", refuge="校庭")
    for one in (OTHER, known):
        venues_services.save_venue(ActionContext(store, BY, NOW), venue=one)
    event = the_event(store, event_id)
    place = read_event_facts(store, event).venue_facts
    assert place == read_venue_facts(store.database, event)
    assert (place.venue, place.room, place.phone, place.terms) == (ROOM.name, ROOM.room, ROOM.phone, "区立施設")
    assert (place.address, place.access, place.aed, place.refuge) == ("みほん町1-2", "駅から5分", "1階", "校庭")
    told = event_as_notified(read_event_facts(store, event), {"会場": "みほん区民館"}).venue_facts
    store.database.conn.close()
    assert (told.venue, told.room, told.phone, told.address) == ("みほん区民館", "", "", ""), "nothing of another house"


DAY = date(2026, 9, 24)


@pytest.mark.parametrize(
    ("room", "rooms"),
    [
        ("第１・2会議室", {"1会議室", "2会議室"}), ("第一〜三会議室", {"1会議室", "2会議室", "3会議室"}),
        ("会議室1・2", {"会議室1", "会議室2"}), ("会議室1・和室・2", {"会議室1", "和室", "会議室2"}),
        ("第一・二会議室", {"1会議室", "2会議室"}), ("和室、三味線室", {"和室", "三味線室"}), ("", set()),
    ],
)  # fmt: skip
def test_a_text_names_each_of_its_rooms(room, rooms):
    assert rooms_of(room) == rooms


@pytest.mark.parametrize(
    ("room", "venue", "day", "booked"),
    [
        ("第1会議室", "みほん区民館", DAY, False), ("第1〜3会議室", "みほん区民館", DAY, True),
        ("", "みほん区民館", DAY, True), ("第1・2会議室", "つつじ館", DAY, False),
        ("第1・2会議室", "みほん区民館", date(2026, 9, 25), False),
    ],
)  # fmt: skip
def test_a_place_is_approved_with_all_its_rooms_until_that_booking_is_given_back(room, venue, day, booked):
    approved = date(2026, 7, 8)
    event = replace(held("第1・2会議室", "みほん区民館"), id=7, event_date=DAY, venue_booked_on=approved)
    one = Booking(day=day, venue_name=venue, room=room, state="承認", approved_on=approved)
    assert is_booked_for(one, event) == booked
    assert approved_by_booking(event, [replace(one, approved_on=None), one]) == (approved if booked else None)
    assert approved_by_booking(event, [replace(one, state="申請中")]) is None
    gone = replace(one, event_id=7, state="取消")
    assert is_given_back(event, [gone]) == booked
    assert not is_given_back(event, [gone, replace(gone, state="承認")])
    for other in (replace(gone, approved_on=DAY), replace(gone, event_id=8), replace(gone, state="申請中")):
        assert not is_given_back(event, [other])
    assert not is_given_back(replace(event, venue_booked_on=None), [replace(gone, approved_on=None)])
