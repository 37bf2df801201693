"""Rooms as they are read: a dirty list row by row, the life of a booking, what an event takes over, what is asked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.user_error import UserError
from app.importing.row_target import import_list, preview_list
from app.programme.services import programme_of_event
from app.registers.venues import services
from app.registers.venues.rules import booking_warnings
from app.registers.venues.services import BOOKINGS
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.venues import Booking, BookingState, Venue
from db.rows import by_id, rows
from tests.support.paper_lines import assert_paper, changes
from tests.support.sample import NOW as SAMPLE_NOW
from tests.support.years import BY, NOW, TODAY, acting, add_lecture, expect_people, the_event

DAY = date(2026, 9, 24)
ROOM = Booking(venue_name="みほん区民館", room="研修室", day=DAY, start_time="13:00", end_time="17:00")
HEAD = "利用日,施設名,室場名,開始,終了,状態,承認番号,取消期限,使用料,備考\n"
LISTED = (
    "2026/9/24,みほん区民館,研修室,13:00,17:00,承認,第12号,2026/9/10,0,",
    "2026/9/24,みほん区民館,研修室,13:00,17:00,承認,第12号,2026/9/10,0,",
    "2026/9/24,みほん区民館　研修室,,9:00,12:00,申請中,,,,",
    "2026/9/25,知らない館 第1会議室,,9:00,12:00,仮予約,,,,",
    "2026/9/25,みほん区民館,研修室（全面利用）,9:00,12:00,取消,,,,",
    "2026/9/26,みほん区民館,研修室,9:00,12:00,未予約,,,,",
    "2026/9/27,みほん区民館,研修室,9:00,12:00,なぞ,,,,覚え",
    ",みほん区民館,研修室,9:00,12:00,承認,,,,",
    "2026/9/28,,,9:00,12:00,承認,,,,",
    "2026/9/29,みほん区民館,研修室,12:00,9:00,承認,,,,",
    "2026/9/30,みほん区民館,研修室,午前,,承認,第13号,,1200,",
)


def said_of(found):
    return [
        f"{one.spreadsheet_row}行目　{one.outcome}｜{one.reason}｜{one.question}｜{one.note}｜{one.venue_text}"
        f"｜{one.event.full_title if one.event else ''}".rstrip("｜")
        for one in found.rows
    ]


def test_a_list_of_bookings_is_judged_row_by_row_taken_in_and_read_again(store, tmp_path):
    event = add_lecture(store, DAY)
    add_lecture(store, date(2026, 9, 30), subject="Instagram講習会")
    services.save_venue(acting(store), venue=Venue(name="みほん区民館", room="研修室", capacity=24))
    services.save_booking(acting(store), booking=replace(ROOM, start_time="10:00", end_time="11:00"))
    path = tmp_path / "予約.csv"
    path.write_text(HEAD + "\n".join(LISTED) + "\n", encoding="utf-8")
    shown = preview_list(store, target=BOOKINGS, path=path)
    assert_paper([*said_of(shown), *shown.notices], "見たとき")
    done = import_list(acting(store), target=BOOKINGS, path=path)
    taken = [
        f"{one.day} {one.place} {one.start_time}–{one.end_time} {one.state} {one.approval_number} {one.cancel_by}"
        f" {one.fee} {one.note!r} {one.event_id == event}"
        for one in rows(store.database, Booking, order=("day", "start_time", "id"))
    ]
    assert_paper([done.message, *taken], "取り込んだあと")
    newer = [
        LISTED[0].replace("承認,第12号", "取消,第12号"),
        LISTED[-1].replace("1200", "2400").replace("午前", "午後"),
    ]
    path.write_text(HEAD + "\n".join(newer) + "\n", encoding="utf-8")
    assert_paper(said_of(preview_list(store, target=BOOKINGS, path=path)), "新しい一覧")
    few = "利用日,施設名,状態\n2026/9/24,みほん区民館,承認\n2026/9/30,みほん区民館,取消\n"
    path.write_text(few, encoding="utf-8")
    assert_paper(said_of(preview_list(store, target=BOOKINGS, path=path)), "部屋と時間のない一覧")


APPROVED = {"state": BookingState.APPROVED, "approved_on": date(2026, 8, 20)}
PLACE = {"venue": "みほん区民館", "room": "研修室", "venue_capacity": None, "facility": "", "venue_booked_on": None}
HOUSE = Venue(name="みほん区民館", room="研修室", capacity=40, facility="区立施設")


@pytest.mark.parametrize(
    ("event", "booking", "venue", "words"),
    [
        ({}, {}, None, ()),
        ({}, APPROVED, HOUSE, ("使用承認日", "定員 40人", "施設の区分 区立施設")),
        ({}, {"state": BookingState.APPROVED}, None, ()),
        ({}, {"approved_on": date(2026, 8, 20)}, HOUSE, ("定員 40人", "施設の区分 区立施設")),
        ({}, APPROVED | {"day": DAY + timedelta(days=1)}, None, ()),
        ({}, APPROVED | {"state": BookingState.CANCELLED}, HOUSE, ()),
        ({"venue": "", "room": ""}, APPROVED, None, ("会場 みほん区民館 研修室", "使用承認日")),
        ({"venue": "", "room": ""}, {"room": ""}, None, ("会場 みほん区民館",)),
        ({"room": ""}, {}, None, ("部屋 研修室",)),
        ({"room": ""}, {"room": ""}, None, ()),
        ({"room": "和室"}, APPROVED, HOUSE, ()),
        ({"venue": "よその館"}, APPROVED, HOUSE, ()),
        ({"venue_capacity": 10, "facility": "区立施設"}, APPROVED, HOUSE, ("使用承認日",)),
        ({"venue_booked_on": DAY}, APPROVED, replace(HOUSE, capacity=None, facility=""), ()),
    ],
)
def test_an_event_takes_over_from_a_booking_what_it_lacks_of_its_own_room_and_day(store, event, booking, venue, words):
    given = replace(the_event(store, add_lecture(store, DAY)), **PLACE | event)
    assert services.event_fill_words(given, replace(ROOM, **booking), venue) == words


def test_the_life_of_a_booking_is_said_step_by_step(store):
    event, said = add_lecture(store, DAY), []
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Event, event, venue_booked_on=None)

    def act(done):
        said.append(done.message)
        return done.id

    for wrong, says in (({"venue_name": " "}, "会場が書かれていません"), ({"end_time": "13:00"}, "終了が開始より前")):
        with pytest.raises(UserError, match=says):
            services.save_booking(acting(store), booking=replace(ROOM, **wrong))
    made = act(services.save_booking(acting(store), booking=replace(ROOM, event_id=event)))
    approved = replace(by_id(store.database, Booking, made), **APPROVED, cancel_by=date(2026, 9, 10))
    act(services.save_booking(acting(store), booking=approved, fill_event=True))
    assert the_event(store, event).venue_booked_on == date(2026, 8, 20)
    act(services.save_booking(acting(store), booking=replace(approved, approved_on=date(2026, 8, 21))))
    act(services.confirm_use(acting(store), booking_id=made))
    with pytest.raises(UserError, match="もう確認済"):
        services.confirm_use(acting(store), booking_id=made)
    with pytest.raises(UserError, match="利用日より前"):
        services.record_clearing(acting(store), booking_id=made, on=DAY - timedelta(days=1), who="係")
    act(services.record_clearing(acting(store), booking_id=made, on=DAY, who=" 係 "))
    other = act(services.save_booking(acting(store), booking=replace(ROOM, start_time="", end_time="", room="和室")))
    act(services.confirm_use(acting(store), booking_id=other))
    act(services.cancel_booking(acting(store), booking_id=made, reason=" 雨 "))
    with pytest.raises(UserError, match="もう取消"):
        services.cancel_booking(acting(store), booking_id=made)
    act(services.cancel_booking(acting(store), booking_id=other))
    act(services.remove_booking(acting(store), booking_id=other))
    kept = by_id(store.database, Booking, made)
    house = act(services.save_venue(acting(store), venue=HOUSE))
    act(services.save_venue(acting(store), venue=replace(HOUSE, id=house, capacity=30)))
    with pytest.raises(UserError, match="もう一覧にあります"):
        services.save_venue(acting(store), venue=HOUSE)
    act(services.remove_venue(acting(store), venue_id=house))
    done = [action for (action,) in store.database.execute("SELECT action FROM journal WHERE action LIKE '%会場%'")]
    assert_paper([*said, *done, f"{kept.note!r} {kept.cleared_on} {kept.cleared_by} {kept.state}"], "予約の言葉")


def test_the_texts_of_an_application_follow_its_event_and_what_does_not_fit_is_said(store):
    event = add_lecture(store, DAY)

    def paper():
        texts = services.application_passages(store, the_event(store, event), TODAY)
        scope = services.DocumentScope(event_id=event)
        halts = services.application_halts(store, scope, TODAY)
        return [*(f"{one.part}：{one.text}" for one in texts), *(f"止める：{one}" for one in halts)]

    before = paper()
    assert_paper(before, "予約の前の申請書")
    expect_people(store, event, 30)
    made = services.save_booking(
        acting(store), booking=replace(ROOM, event_id=event, venue_name="よその館", end_time="", purpose=" 講習 ")
    ).id
    second = replace(ROOM, event_id=event, start_time="09:00", end_time="10:00", purpose="相談")
    services.save_booking(acting(store), booking=second)
    assert_paper(changes(before, paper()), "時間のない予約")
    services.cancel_booking(acting(store), booking_id=made)
    assert_paper(changes(before, paper()), "取り消した予約")
    with store.change(action="中止", by=BY, now=NOW) as change:
        change.update(Event, event, status=EventStatus.CANCELLED)
    assert not any(line.startswith("止める") for line in paper())
    assert programme_of_event(store, the_event(store, event)).programme.fiscal_year == 2026


@pytest.mark.sample_year
def test_the_bookings_of_the_sample_year_say_where_they_stand_and_what_is_asked(store):
    day = SAMPLE_NOW.date()
    board = services.list_bookings(store, today=day, fiscal_year=2026)
    asked = services.booking_follow_ups(store.database, day)
    assert_paper(
        [
            *(
                f"{one.booking.day} {one.booking.place}　{one.state}　{one.event.full_title if one.event else ''}"
                f"　{one.next_step.name if one.next_step else ''}　{'・'.join(each.text for each in one.warnings)}"
                for one in board.rows
            ),
            *(f"{one.kind}　{one.text}" for one in board.warnings),
            f"予約なし：{'、'.join(one.full_title for one in board.events_without_booking)}",
            f"{len(board.events)}回・{len(board.venues)}会場・休日{len(board.holidays)}日",
            f"{min(board.holidays)}から{max(board.holidays)}",
            *(f"{one.label}　{one.detail}　{one.due}　{one.basis}　{one.rule}" for one in asked),
        ],
        f"{day}",
    )
    assert list(services.booking_follow_ups(store.database, day, event_id=10**6)) == []


@pytest.mark.parametrize(
    ("days", "state", "cancel_by", "held"),
    [
        (0, "承認", None, {}), (0, "承認", 10, {}), (0, "申請中", None, {}), (0, "仮予約", 10, {}),
        (1, "承認", 10, {}), (1, "承認", -1, {}), (0, "承認", 10, {"start_time": "12:00"}),
        (0, "承認", None, {"end_time": "17:01"}), (0, "承認", 10, {"status": EventStatus.CANCELLED}),
        (0, "申請中", None, {"status": EventStatus.CANCELLED}), (1, "取消", 10, {}), (-30, "承認", 10, {}),
    ],
)  # fmt: skip
def test_home_asks_for_each_room_what_is_still_to_be_done(store, days, state, cancel_by, held):
    """The event is on the 24th from 14 to 16 o'clock, the room is booked from 13 to 17 o'clock some days beside it."""
    event = add_lecture(store, DAY)
    until = TODAY + timedelta(days=cancel_by) if cancel_by is not None else None
    services.save_booking(
        acting(store),
        booking=replace(
            ROOM, event_id=event, day=DAY + timedelta(days=days), state=BookingState(state), cancel_by=until
        ),
    )
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Event, event, **held)
    found = services.booking_follow_ups(store.database, TODAY)
    assert found == services.booking_follow_ups(store.database, TODAY, event_id=event)
    name = f"{days}日 {state} 期限{cancel_by} {'・'.join(f'{key} {value}' for key, value in held.items())}"
    assert_paper([f"{one.label}　{one.detail}　{one.due}　{one.basis}　{one.rule}" for one in found], name)


def test_an_application_is_the_first_letter_until_rooms_are_booked_and_its_house_must_hold_everybody(store):
    event = add_lecture(store, DAY)
    scope = services.DocumentScope(event_id=event)
    assert services._revision(store, scope) == 1
    services.save_venue(acting(store), venue=replace(HOUSE, capacity=20))
    services.save_booking(acting(store), booking=replace(ROOM, event_id=event))
    for people, said in (
        (20, ()),
        (21, ("第1回 LINE講習会は21人の見込みで、9/24(木) みほん区民館 研修室の定員20人を超えます。",)),
    ):
        expect_people(store, event, people)
        assert services.application_halts(store, scope, TODAY) == said
    bare = replace(the_event(store, event), venue_capacity=0)
    assert booking_warnings([replace(ROOM, event_id=event)], [bare], [], {}, TODAY) == ()
