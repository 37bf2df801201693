"""What a booking, its event and the day say of each other, value by value."""

from datetime import date, timedelta

import pytest

from app.registers.venues import rules
from app.registers.venues.documents import _fee_words
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.venues import Booking, Venue

DAY = date(2026, 11, 5)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def booking(**values):
    given = {"id": 1, "event_id": 3, "venue_name": "甲館", "room": "和室", "start_time": "13:00", "end_time": "17:00"}
    return Booking(**({"day": DAY} | given | values))


def lecture(**values):
    given = {"start_time": "13:00", "end_time": "17:00", "venue": "甲館", "room": "和室", "event_date": DAY}
    return Event(**({"id": 3, "kind": "講習会", "form": EventForm.LECTURE, "subject": "講習会"} | given | values))


@pytest.mark.parametrize(
    ("values", "done", "following", "state"),
    [
        ({"state": "申請中"}, {"仮予約", "申請"}, "承認", "申請中"),
        ({"applied_on": BEFORE}, {"仮予約", "申請"}, "承認", "仮予約"),
        ({"approval_number": "第1号", "reduction": " "}, {"仮予約"}, "申請", "仮予約"),
        ({"state": "承認", "approval_number": "第1号"}, {"仮予約", "申請", "承認"}, "減免", "承認 第1号"),
        ({"state": "取消", "cleared_on": DAY}, {"片付け"}, None, "取消"),
        *(({name: "あり"}, {"仮予約", "備品・鍵"}, "申請", "仮予約") for name in ("equipment", "key_note")),
        ({"cancel_by": BEFORE, "use_confirmed_on": BEFORE}, {"仮予約", "取消期限"}, "申請", "仮予約"),
        ({"cancel_by": BEFORE, "day": BEFORE}, {"仮予約", "取消期限"}, "申請", "仮予約"),
        ({"use_confirmed_on": BEFORE, "cleared_on": DAY}, {"仮予約", "片付け"}, "申請", "片付け済"),
        ({"state": "承認", "reduction": "全額", "key_note": "受付"},
         {"仮予約", "申請", "承認", "減免", "備品・鍵"}, "片付け", "承認"),
        ({"state": "承認", "reduction": "全額", "key_note": "受付", "cancel_by": DAY},
         {"仮予約", "申請", "承認", "減免", "備品・鍵"}, "取消期限", "承認"),
    ],
)  # fmt: skip
def test_the_steps_that_are_done_and_the_next_one(values, done, following, state):
    one = booking(**values)
    steps = rules.booking_steps(one, DAY)
    assert {step.name for step in steps if step.is_done} == done
    assert [step.name for step in steps if not step.is_needed] == ([] if one.cancel_by else ["取消期限"])
    assert getattr(rules.next_open_step(one, DAY), "name", None) == following
    assert rules.state_words(one) == state


def test_a_booking_is_upcoming_on_its_day_and_its_use_can_be_confirmed():
    assert [rules.is_upcoming(booking(), day) for day in (BEFORE, DAY, AFTER)] == [True, True, False]
    known = [booking(cancel_by=BEFORE, use_confirmed_on=done) for done in (None, DAY)]
    assert [rules.can_confirm_use(one, DAY) for one in known] == [True, False]
    (hours,) = rules.event_mismatches(booking(end_time="16:59"), lecture(), {}, 0)
    (house,) = rules.event_mismatches(booking(venue_name="乙館"), lecture(), {}, 0)
    assert (hours.kind, house.kind) == ("時間の違い", "会場の違い")
    assert [rules.can_confirm_use(booking(), DAY, [one]) for one in (hours, house)] == [True, False]


@pytest.mark.parametrize(
    ("values", "overlaps"),
    [
        ({}, True), ({"start_time": "17:00", "end_time": "18:00"}, False), ({"start_time": ""}, True),
        ({"start_time": "12:00", "end_time": "13:00"}, False), ({"start_time": "16:59", "end_time": "18:00"}, True),
        ({"start_time": "12:00", "end_time": "13:01"}, True), ({"day": AFTER}, False), ({"room": "洋室"}, False),
    ],
)  # fmt: skip
def test_bookings_overlap_in_room_and_time_but_not_where_they_touch(values, overlaps):
    other = booking(id=2, event_id=4, **values)
    assert rules.do_overlap(booking(), other) is rules.do_overlap(other, booking()) is overlaps
    found = rules.booking_warnings([booking(), other], [lecture(), lecture(id=4)], [], {}, DAY)
    assert [one.booking_id for one in found if one.kind == "重なり"] == [1, 2] * overlaps


@pytest.mark.parametrize(
    ("own", "others", "outside"),
    [
        ({}, [], False), ({"start_time": "13:01"}, [], True), ({"end_time": "16:59"}, [], True),
        ({"end_time": "15:00"}, [{"start_time": "15:00"}], False),
        ({"end_time": "15:00"}, [{"start_time": "15:01"}], True),
        ({"end_time": "15:00"}, [{"start_time": "15:00", "event_id": 4}], True),
        ({"end_time": "15:00"}, [{"start_time": "15:00", "day": AFTER}], True),
        ({"end_time": "15:00"}, [{"start_time": "15:00", "state": "取消"}], True),
        ({"end_time": "15:00"}, [{"start_time": "15:00", "room": "洋室"}], True),
        ({"end_time": ""}, [], False), ({"start_time": ""}, [], False),
    ],
)  # fmt: skip
def test_an_event_is_outside_the_hours_unless_slots_of_one_room_hold_it(own, others, outside):
    found = [booking(id=number, **values) for number, values in enumerate(others, 2)]
    assert rules.is_outside_hours(booking(**own), lecture(), found) is outside


@pytest.mark.parametrize(
    ("people", "own", "places", "others", "words"),
    [
        (20, None, [20], [], None),
        (21, None, [20], [], "21人の見込みで、11/5(木) 甲館 和室の定員20人を超えます。"),
        (21, 20, [None], [], "定員20人を"), (21, 20, [], [], "定員20人を"), (21, 30, [20], [], "定員20人を"),
        (21, None, [None], [], None), (30, None, [20, 10], [{"venue_name": "乙館", "venue_id": 2}], None),
        (31, None, [20, 10], [{"venue_name": "乙館", "venue_id": 2}], "2つの会場の定員30人を"),
        (1, None, [0], [], "定員0人を"),
    ],
)  # fmt: skip
def test_more_people_than_the_houses_hold_are_named(people, own, places, others, words):
    known = {at: Venue(id=at, name="館", capacity=room) for at, room in enumerate(places, 1)}
    event = lecture(venue_capacity=own, venue="甲館・乙館" if others else "甲館")
    rest = [booking(id=number, **values) for number, values in enumerate(others, 2)]
    one = booking(venue_id=1)
    found = rules.event_mismatches(one, event, known, people, bookings=[one, *rest])
    assert [item.kind for item in found] == ["定員"] * (words is not None)
    assert all(words in item.text for item in found)


def test_an_event_from_today_on_without_a_booking_is_named():
    def kinds(*bookings, today=DAY, **values):
        return [one.kind for one in rules.booking_warnings(bookings, [lecture(**values)], [], {}, today)]

    assert kinds() == ["予約なし"]
    assert kinds(today=AFTER) == kinds(booking()) == kinds(event_date=None) == kinds(venue_booked_on=BEFORE) == []
    assert kinds(booking(state="取消", approved_on=BEFORE), venue_booked_on=BEFORE) == ["予約なし"]
    assert kinds(booking(event_id=None), id=1) == ["実施回なし", "予約なし"]
    assert rules.event_mismatches(booking(), lecture(), {1: Venue(id=1, name="館", capacity=1)}, 5) == []
    assert kinds(booking(day=BEFORE), today=DAY, event_date=DAY) == ["予約なし"]
    assert kinds(booking(venue_name="乙館"), booking(id=2, room="洋室")) == ["会場の違い"]
    both = rules.booking_warnings([booking(venue_name="乙館"), booking(id=2)], [lecture()], [], {}, DAY)
    assert ["両方の名前" in one.text for one in both] == [True]
    alone = rules.event_mismatches(booking(venue_name="乙館"), lecture(), {}, 0, bookings=[booking(id=2, event_id=4)])
    assert [one.text.rpartition("、")[2] for one in alone] == ["予約は乙館です。"]


def test_hours_fees_and_the_day_to_apply():
    hours = [booking(), booking(start_time=""), booking(end_time="")]
    assert [rules.time_words(one) for one in hours] == ["13:00–17:00", "終日", "終日"]
    days = {date(2026, 3, 31): date(2026, 2, 28), date(2027, 1, 15): date(2026, 12, 15), DAY: date(2026, 10, 5)}
    assert {day: rules.apply_by_day(day) for day in days} == days
    unknown = _fee_words([booking(fee=None)])
    fees = [[booking(fee=fee) for fee in known] for known in ([4200, 0], [4200, None], [])]
    assert [_fee_words(one) for one in fees] == ["4,200円", unknown, unknown]
