"""Bookings: their life, what they hand to the event, what does not fit, and the day to give a room back."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import document_saving, notification
from app.documents.services.file_saving import SaveOptions
from app.event.rules.event_venue import is_same_place
from app.event.services import event_view
from app.event.services.event_changes import update_event
from app.event.services.event_drafts import draft_of
from app.event.services.event_moves import move_event
from app.event.services.recruitment import VENUE_STEP
from app.events.calls.services import calls
from app.events.calls.services.calls import decide_change
from app.history import services as history_services
from app.home.today.services import home
from app.registers.venues import services as venues_services
from app.registers.venues.rules import booking_steps, can_confirm_use, do_overlap, next_open_step, use_note_hint
from db.records.calls import DecisionKind
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.programme import Programme
from db.records.venues import Booking, Venue
from db.rows import by_id
from db.tables.events import recruitment_steps
from tests.support.cancelling import cancel_event
from tests.support.years import BY, NOW, acting, add_dispatch, add_lecture, expect_people, the_event

TODAY = NOW.date()
DAY = date(2026, 9, 24)
APPLICATION = "会場使用・減免申請書"


def booking(**given) -> Booking:
    return Booking(
        **{"venue_name": "みほん区民館", "room": "研修室", "day": DAY, "start_time": "13:00", "end_time": "17:00"}
        | given
    )


def save(store, *, fill=False, **given) -> int:
    return venues_services.save_booking(acting(store), booking=booking(**given), fill_event=fill).id


def board(store):
    return venues_services.list_bookings(store, today=TODAY, fiscal_year=2026)


def kinds(store):
    return sorted(one.kind for one in board(store).warnings)


def test_a_venue_has_one_entry_for_each_room_and_stays_while_it_is_booked(store):
    hall = venues_services.save_venue(acting(store), venue=Venue(name="みほん区民館", room="研修室", capacity=24)).id
    with pytest.raises(UserError, match="もう一覧にあります"):
        venues_services.save_venue(acting(store), venue=Venue(name="みほん区民館", room="研修室"))
    saved = save(store)
    assert by_id(store.database, Booking, saved).venue_id == hall
    with pytest.raises(UserError, match="予約があります"):
        venues_services.remove_venue(acting(store), venue_id=hall)
    venues_services.remove_booking(acting(store), booking_id=saved)
    venues_services.remove_venue(acting(store), venue_id=hall)
    assert venues_services.list_venues(store) == ()


def test_a_booking_hands_the_event_only_what_it_lacks(store):
    event_id = add_lecture(store, DAY)
    with store.change(action="会場なし", by="準備", now=NOW, subject="events") as change:
        change.update(Event, event_id, venue="", room="", venue_booked_on=None, venue_capacity=None)
    venues_services.save_venue(acting(store), venue=Venue(name="みほん区民館", room="研修室", capacity=24))
    row = booking(event_id=event_id, reserved_on=date(2026, 7, 1), state="承認", approved_on=date(2026, 7, 8))
    hall = Venue(name="みほん区民館", room="研修室", capacity=24)
    assert venues_services.event_fill_words(the_event(store, event_id), row, hall) == (
        "会場 みほん区民館 研修室",
        "使用承認日",
        "定員 24人",
    )
    venues_services.save_booking(acting(store), booking=row, fill_event=True)
    event = the_event(store, event_id)
    assert (event.venue, event.room, event.venue_capacity, event.venue_booked_on) == (
        "みほん区民館", "研修室", 24, date(2026, 7, 8),
    )  # fmt: skip
    other = booking(event_id=event_id, venue_name="みほん第二区民館")
    assert venues_services.event_fill_words(event, other, None) == ()
    venues_services.save_booking(acting(store), booking=other, fill_event=True)
    assert the_event(store, event_id) == event


@pytest.mark.parametrize(
    "given",
    [
        {"state": "仮予約", "reserved_on": date(2026, 7, 1)},
        {"state": "申請中", "reserved_on": date(2026, 7, 1), "applied_on": date(2026, 7, 2)},
        {"state": "承認", "reserved_on": date(2026, 7, 1)},
        {"state": "承認", "approved_on": date(2026, 7, 8), "day": DAY + timedelta(days=1)},
    ],
)
def test_only_the_day_of_an_approval_for_its_own_day_becomes_the_use_approval_of_an_event(store, given):
    event_id = add_lecture(store, DAY)
    with store.change(action="承認なし", by="準備", now=NOW, subject="events") as change:
        change.update(Event, event_id, venue="みほん区民館", room="研修室", venue_booked_on=None)
    row = booking(event_id=event_id, **given)
    assert "使用承認日" not in venues_services.event_fill_words(the_event(store, event_id), row, None)
    venues_services.save_booking(acting(store), booking=row, fill_event=True)
    assert the_event(store, event_id).venue_booked_on is None


@pytest.mark.parametrize("way", ["booking", "form"])
def test_the_approval_of_a_moved_event_completes_the_step_that_asks_for_it(store, way):
    event_id = add_lecture(store, DAY)
    move_event(acting(store), event_id=event_id, new_date=DAY + timedelta(days=7), reason="講師の都合")
    event = the_event(store, event_id)
    if way == "booking":
        given = {"venue_name": event.venue, "room": event.room, "day": event.event_date}
        save(store, fill=True, event_id=event_id, state="承認", approved_on=date(2026, 8, 27), **given)
    else:
        draft = replace(draft_of(event), venue_booked_on=date(2026, 8, 27))
        update_event(acting(store), event_id=event_id, draft=draft)
    assert the_event(store, event_id).venue_booked_on == date(2026, 8, 27)
    steps = [one for one in recruitment_steps(store.database, event_id) if one.name == VENUE_STEP]
    assert [one.done_on for one in steps] == [date(2026, 8, 27)]


def test_another_room_of_the_same_venue_and_a_cancelled_booking_fill_nothing(store):
    event_id = add_lecture(store, DAY)
    with store.change(action="定員なし", by="準備", now=NOW, subject="events") as change:
        change.update(Event, event_id, venue="みほん区民館", room="研修室", venue_booked_on=None, venue_capacity=None)
    venues_services.save_venue(acting(store), venue=Venue(name="みほん区民館", room="第2和室", capacity=30))
    before = the_event(store, event_id)
    for row in (booking(event_id=event_id, room="第2和室"), booking(event_id=event_id, state="取消")):
        assert venues_services.event_fill_words(before, row, None) == ()
        venues_services.save_booking(acting(store), booking=row, fill_event=True)
        assert the_event(store, event_id) == before


def test_an_event_without_a_booking_is_named_and_a_dispatch_is_not(store):
    add_lecture(store, DAY)
    add_dispatch(store)
    found = board(store)
    assert [one.kind for one in found.warnings] == ["予約なし"]
    assert [event.kind for event in found.events_without_booking] == ["講習会"]


def test_double_rooms_are_named_on_both_and_another_room_or_a_cancelled_one_is_no_clash(store):
    event_id = add_lecture(store, DAY)
    save(store, event_id=event_id)
    assert kinds(store) == []
    second = save(store, event_id=event_id, start_time="16:00", end_time="18:00")
    assert [kind for kind in kinds(store) if kind == "重なり"] == ["重なり", "重なり"]
    venues_services.cancel_booking(acting(store), booking_id=second, reason="重複のため")
    assert kinds(store) == []
    save(store, event_id=event_id, room="会議室")
    assert "重なり" not in kinds(store)
    save(store, event_id=event_id, room="", start_time="", end_time="")
    assert kinds(store).count("重なり") == 4


def test_another_day_too_few_seats_and_a_cancelled_event_are_named(store):
    event_id = add_lecture(store, DAY)
    expect_people(store, event_id, 20, 9)
    venues_services.save_venue(acting(store), venue=Venue(name="みほん区民館", room="研修室", capacity=24))
    saved = save(store, event_id=event_id, day=date(2026, 9, 25))
    assert kinds(store) == ["定員", "日の違い"]
    venues_services.save_booking(
        acting(store), booking=replace(by_id(store.database, Booking, saved), day=DAY, start_time="14:30")
    )
    assert kinds(store) == ["定員", "時間の違い"]
    save(store, day=date(2026, 10, 1))
    assert "実施回なし" in kinds(store)
    calls.decide_change(
        acting(store),
        event_id=event_id,
        kind=DecisionKind.CANCELLATION,
        decided_at=NOW,
        decided_by="課長",
        reason="大雨",
    )
    assert kinds(store) == ["中止", "実施回なし"]


def test_the_life_of_a_booking_goes_step_by_step(store):
    row = booking(reserved_on=date(2026, 7, 1))
    assert next_open_step(row, TODAY).name == "申請"
    row = replace(row, state="承認", approval_number="第12号", approved_on=date(2026, 7, 10), reduction="免除")
    assert next_open_step(row, TODAY).name == "備品・鍵"
    row = replace(row, equipment="マイク", key_note="当日 窓口", cancel_by=date(2026, 9, 10))
    assert next_open_step(row, TODAY).name == "取消期限"
    steps = {step.name: step.words for step in booking_steps(row, TODAY)}
    assert steps["承認"] == "第12号 7/10(金)"
    assert next_open_step(replace(row, use_confirmed_on=TODAY), TODAY).name == "片付け"
    assert next_open_step(replace(row, use_confirmed_on=TODAY, cleared_on=DAY), TODAY) is None


def asked(store):
    """What home asks for about rooms."""
    shown = home.read_home(store, today=TODAY)
    return [row for row in (*shown.rows, *shown.later_rows) if row.link.action == "会場の予約を決める"]


def test_a_room_is_to_be_applied_for_a_month_before_and_then_its_approval_is_awaited(store, tmp_path):
    event_id = add_lecture(store, date(2026, 10, 31))
    made = save(store, event_id=event_id, day=date(2026, 10, 31))

    def now():
        return [(row.task.task, row.task.due, row.task.detail) for row in asked(store)]

    place = "みほん区民館 研修室 10/31(土)"
    assert now() == [("会場の使用申請", date(2026, 9, 30), place)]
    assert "アプリの目安" in asked(store)[0].task.deadline.basis
    told = {"told_on": TODAY, "told_to": "館の窓口", "told_how": "電話", "words": "窓口で申請した"}
    document_saving.save_document(
        acting(store),
        event_id=event_id,
        kind=APPLICATION,
        format="pdf",
        options=SaveOptions(path=tmp_path / "申請.pdf"),
    )
    notification.notify(acting(store), event_id=event_id, key=APPLICATION, **told)
    assert now() == [("会場の承認待ち", TODAY + timedelta(days=14), place)], "the 申請書 handed in is the application"
    late = save(store, event_id=event_id, venue_name="べつの会館", room="大ホール")
    assert ("会場の使用申請", "べつの会館 大ホール 9/24(木)") in [(task, detail) for task, _due, detail in now()]
    venues_services.remove_booking(acting(store), booking_id=late)
    known = by_id(store.database, Booking, made)
    applied = replace(known, state="申請中", applied_on=date(2026, 8, 3))
    venues_services.save_booking(acting(store), booking=applied)
    assert now() == [("会場の承認待ち", date(2026, 8, 17), place)], "what is noted of the room itself goes before it"
    venues_services.save_booking(acting(store), booking=replace(applied, state="承認"))
    assert now() == []


def test_a_room_that_is_used_is_still_to_be_applied_for_and_one_of_an_event_that_is_off_is_not(store):
    used = save(store, cancel_by=date(2026, 9, 10))
    assert sorted(row.task.task for row in asked(store)) == ["会場の使用申請", "会場の取消期限"]
    venues_services.confirm_use(acting(store), booking_id=used)
    assert [row.task.task for row in asked(store)] == ["会場の使用申請"]
    venues_services.save_booking(acting(store), booking=replace(by_id(store.database, Booking, used), state="承認"))
    assert asked(store) == []
    event_id = add_lecture(store, DAY)
    save(store, event_id=event_id, state="申請中")
    assert [row.task.due for row in asked(store)] == [date(2026, 8, 24)], "no day of the application is known"
    with store.change(action="中止", by=BY, now=NOW) as change:
        change.update(Event, event_id, status=EventStatus.CANCELLED)
    assert asked(store) == []


def test_the_day_to_give_a_room_back_stands_in_the_list_and_goes_when_it_is_settled(store):
    event_id = add_lecture(store, DAY)

    def rows():
        return [row.task.detail for row in asked(store)]

    saved = save(store, event_id=event_id, state="承認", cancel_by=date(2026, 9, 10))
    loose = save(store, room="会議室", day=date(2026, 10, 20), state="承認", cancel_by=date(2026, 9, 30))
    assert rows() == ["みほん区民館 研修室 9/24(木)", "みほん区民館 会議室 10/20(火)"]
    venues_services.confirm_use(acting(store), booking_id=saved)
    assert rows() == ["みほん区民館 会議室 10/20(火)"]
    venues_services.cancel_booking(acting(store), booking_id=loose)
    assert rows() == []


@pytest.mark.parametrize(
    "note", ["12/1に館へ電話、使うことを確認する（まだ）", "使うことを確認していない", "使うことを確認"]
)
def test_words_in_a_note_settle_nothing_and_are_named_until_somebody_does(store, note):
    saved = save(store, state="承認", cancel_by=date(2026, 9, 10), note=note)
    (row,) = board(store).rows
    assert [one.is_done for one in row.steps if one.name == "取消期限"] == [False]
    assert [one.task.task for one in asked(store)] == ["会場の取消期限"]
    assert "確認した日の記録はありません" in use_note_hint(row.booking, TODAY)
    venues_services.confirm_use(acting(store), booking_id=saved)
    settled = by_id(store.database, Booking, saved)
    assert (settled.use_confirmed_on, settled.note) == (TODAY, note)
    assert (asked(store), use_note_hint(settled, TODAY)) == ([], "")
    with pytest.raises(UserError, match="もう確認済です"):
        venues_services.confirm_use(acting(store), booking_id=saved)


def test_a_room_is_cleared_on_its_day_or_later(store):
    saved = save(store)
    with pytest.raises(UserError, match="利用日より前"):
        venues_services.record_clearing(acting(store), booking_id=saved, on=date(2026, 9, 23), who="見本")
    venues_services.record_clearing(
        ActionContext(store, BY, datetime(2026, 9, 24, 17)), booking_id=saved, on=DAY, who="見本"
    )
    assert board(store).rows[0].state == "片付け済"


def test_a_booking_of_no_event_may_be_tied_later_and_an_event_that_is_gone_is_refused(store):
    saved = save(store)
    with pytest.raises(UserError):
        venues_services.save_booking(
            acting(store), booking=replace(by_id(store.database, Booking, saved), event_id=999)
        )
    event_id = add_lecture(store, DAY)
    venues_services.save_booking(
        acting(store), booking=replace(by_id(store.database, Booking, saved), event_id=event_id)
    )
    assert board(store).rows[0].event.id == event_id
    assert event_view.read_event(store, event_id=event_id, today=TODAY).event.id == event_id


APPROVED_ON = date(2026, 8, 5)


def approved(store, **given):
    """Return an event and the booking that was approved for it, handed over to it."""
    event_id = add_lecture(store, DAY)
    move_event(acting(store), event_id=event_id, new_date=DAY + timedelta(days=7), reason="講師の都合")
    event = the_event(store, event_id)
    place = {"venue_name": event.venue, "room": event.room, "day": event.event_date}
    made = save(store, fill=True, event_id=event_id, state="承認", approved_on=APPROVED_ON, **place | given)
    assert the_event(store, event_id).venue_booked_on == APPROVED_ON
    return event_id, made


def approval(store, event_id):
    """Return the 使用承認日 of the event, when its step was done, and its line of 準備の状態."""
    (step,) = [one for one in recruitment_steps(store.database, event_id) if one.name == VENUE_STEP]
    shown = event_view.read_event(store, event_id=event_id, today=TODAY).preparation
    line = next(one for one in shown if one.label == "会場の使用承認")
    return the_event(store, event_id).venue_booked_on, step.done_on, line.is_done


@pytest.mark.parametrize("way", ["button", "form", "deleted", "no approval", "other day", "other event"])
def test_the_use_approval_of_an_event_goes_with_the_booking_that_gave_it(store, way):
    event_id, made = approved(store)
    context, known = acting(store), by_id(store.database, Booking, made)
    changed = {
        "form": {"state": "取消"},
        "no approval": {"state": "申請中"},
        "other day": {"day": DAY + timedelta(days=8)},
        "other event": {"event_id": None},
    }
    if way == "button":
        result = venues_services.cancel_booking(context, booking_id=made)
    elif way == "deleted":
        result = venues_services.remove_booking(context, booking_id=made)
    else:
        result = venues_services.save_booking(context, booking=replace(known, **changed[way]))
    assert result.message.endswith("第1回 LINE講習会の使用承認日（8/5(水)）も消しました。")
    assert approval(store, event_id) == (None, None, False)
    assert ("予約なし" in kinds(store)) == (way in ("button", "form", "deleted", "other event"))


def test_the_use_approval_of_an_event_stays_while_another_booking_gives_it_and_follows_a_corrected_day(store):
    event_id, made = approved(store)
    context, known = acting(store), by_id(store.database, Booking, made)
    again = save(store, **{**vars(known), "id": 0, "start_time": "09:00", "end_time": "12:00"})
    assert venues_services.cancel_booking(context, booking_id=again).message.endswith("を取消にしました。")
    save(store, **{**vars(known), "id": 0, "room": "控室", "approved_on": None, "state": "仮予約"})
    corrected = replace(known, approved_on=date(2026, 8, 6))
    assert (
        "使用承認日（8/5(水)）を8/6(木)に変えました" in venues_services.save_booking(context, booking=corrected).message
    )
    assert approval(store, event_id) == (date(2026, 8, 6), date(2026, 8, 6), True)
    # Typed by hand on another day: the place is given back all the same.
    update_event(context, event_id=event_id, draft=replace(draft_of(the_event(store, event_id)), venue_booked_on=TODAY))
    venues_services.cancel_booking(context, booking_id=made)
    assert approval(store, event_id) == (None, None, False)


def test_a_use_approval_whose_booking_is_cancelled_in_a_list_is_named_and_prepares_nothing(store):
    event_id, made = approved(store)
    with store.change(action="取り込み", by=BY, now=NOW, subject="bookings") as change:
        change.update(Booking, made, state="取消")
    assert not approval(store, event_id)[2]
    assert [one.text for one in board(store).warnings] == [
        "10/1(木) 第1回 LINE講習会の会場の予約は取消になっています。使用承認日（8/5(水)）が残っています。"
    ]
    again = save(store, event_id=event_id, venue_name="みほん区民館", day=DAY + timedelta(days=7))
    assert "予約なし" not in kinds(store)
    assert the_event(store, event_id).venue == "みほん区民館"
    assert not approval(store, event_id)[2], "a new booking is not approved by the day of the old one"
    known = by_id(store.database, Booking, again)
    save(store, **{**vars(known), "state": "承認", "approved_on": TODAY})
    assert approval(store, event_id)[2]


def test_a_room_that_was_confirmed_is_to_be_given_back_once_its_event_moves_to_another_day(store):
    event_id = add_lecture(store, DAY)
    made = save(store, event_id=event_id, state="承認", cancel_by=date(2026, 9, 10))
    context = acting(store)
    venues_services.confirm_use(context, booking_id=made)

    def asked():
        return [one.label for one in venues_services.booking_follow_ups(store.database, TODAY, event_id=event_id)]

    assert asked() == []
    move_event(context, event_id=event_id, new_date=DAY + timedelta(days=7), reason="台風")
    assert asked() == ["会場の予約を直す"]
    venues_services.confirm_use(context, booking_id=made)
    assert asked() == []
    for _ in range(2):
        history_services.undo(store, by=BY, now=NOW)
    assert asked() == []


def test_one_place_in_another_spelling_is_the_same_room_for_double_bookings_and_for_its_event(store):
    save(store, room="第１会議室")
    save(store, room="第1会議室", venue_name="みほん　区民館")
    assert kinds(store).count("重なり") == 2
    event_id = add_lecture(store, DAY + timedelta(days=1))
    with store.change(action="会場", by=BY, now=NOW, subject="events") as change:
        change.update(Event, event_id, venue="みほん区民館", room="研修室1", venue_booked_on=None)
    given = {"venue_name": "みほん　区民館", "room": "研修室１", "state": "承認", "approved_on": date(2026, 7, 8)}
    save(store, fill=True, event_id=event_id, day=DAY + timedelta(days=1), **given)
    assert the_event(store, event_id).venue_booked_on == date(2026, 7, 8)
    assert "会場の違い" not in kinds(store)
    twin = replace(the_event(store, event_id), id=0, venue="みほん 区民館", room="研修室１")
    assert is_same_place(twin, the_event(store, event_id))


@pytest.mark.parametrize(
    ("rooms", "overlaps"),
    [
        (("第1・2会議室", "第１会議室"), True), (("第1・2会議室", "第12会議室"), False),
        (("第1・2会議室", "第3会議室"), False),
        (("第1〜3会議室", "第二会議室"), True), (("会議室1・2", "会議室2"), True), (("研修室（全面）", "研修室"), True),
        (("全館", "和室"), True), (("大・小会議室", "小会議室"), True), (("和室・調理室", "調理室"), True),
        (("第1会議室 第2会議室", "第2会議室"), True), (("2階 第1会議室", "2階第1会議室"), True),
        (("3-2教室", "32教室"), False), (("会議室（1）", "会議室（2）"), False), (("301・302", "302"), True),
    ],
)  # fmt: skip
def test_rooms_overlap_by_what_they_name(rooms, overlaps):
    assert do_overlap(*(Booking(day=DAY, venue_name="みほん区民館", room=one) for one in rooms)) == overlaps


def test_a_room_for_an_event_of_the_next_year_is_not_said_to_belong_to_none(store):
    made = add_lecture(store, DAY)
    with store.change(action="つぎの年度", by=BY, now=NOW, subject="programme") as change:
        following = change.insert(Programme(fiscal_year=2027, title="つぎの事業", term_end=date(2028, 3, 31)))
        event_id = change.insert(replace(the_event(store, made), id=0, programme_id=following))
        change.update(Event, event_id, event_date=date(2027, 4, 20), venue="みほん区民館", room="研修室")
    save(store, event_id=event_id, day=date(2027, 4, 20))
    assert "実施回なし" not in kinds(store)
    save(store, event_id=event_id, day=date(2027, 4, 21))
    assert "日の違い" in kinds(store)


def test_a_room_whose_hours_do_not_hold_the_event_stands_on_home_until_it_is_put_right(store):
    event_id = add_lecture(store, DAY)
    made = save(store, event_id=event_id, state="承認", cancel_by=date(2026, 9, 10))

    def asked():
        found = venues_services.booking_follow_ups(store.database, TODAY, event_id=event_id)
        return [(one.label, one.detail) for one in found]

    assert [label for label, _detail in asked()] == ["会場の使用を決める"]
    move_event(acting(store), event_id=event_id, new_date=DAY, start_time="18:00", end_time="20:00", reason="都合")
    assert asked() == [
        ("会場の予約を直す", "みほん区民館 研修室 9/24(木) 13:00–17:00 の予約のまま（実施は 18:00–20:00）")
    ]
    known = by_id(store.database, Booking, made)
    save(store, **{**vars(known), "start_time": "17:00", "end_time": "21:00"})
    assert [label for label, _detail in asked()] == ["会場の使用を決める"]


def test_slots_of_one_room_hold_an_event_together_and_another_room_beside_them_need_not(store):
    event_id = add_lecture(store, DAY)
    event = the_event(store, event_id)
    assert (event.start_time, event.end_time) == ("14:00", "16:00")
    place = {"event_id": event_id, "state": "承認"}
    first = save(store, **place, start_time="13:00", end_time="15:00")
    assert "時間の違い" in kinds(store)
    save(store, **place, start_time="15:00", end_time="17:00")
    save(store, **place, room="控室", start_time="12:00", end_time="13:00")
    assert "時間の違い" not in kinds(store)
    found = venues_services.booking_follow_ups(store.database, TODAY, event_id=event_id)
    assert found == []
    venues_services.cancel_booking(acting(store), booking_id=first)
    assert kinds(store).count("時間の違い") == 2


def test_a_booking_of_the_old_day_without_a_last_day_can_be_confirmed_as_home_says(store):
    event_id = add_lecture(store, DAY)
    made = save(store, event_id=event_id, state="承認", day=DAY + timedelta(days=1))
    (asked,) = venues_services.booking_follow_ups(store.database, TODAY, event_id=event_id)
    assert "「使うことを確認」を押すまで残ります" in asked.basis
    (row,) = board(store).rows
    assert can_confirm_use(row.booking, TODAY, row.warnings)
    said = venues_services.confirm_use(acting(store), booking_id=made).message
    assert said == "使うことを確認しました。"
    assert venues_services.booking_follow_ups(store.database, TODAY, event_id=event_id) == []


def test_a_room_that_was_confirmed_is_to_be_given_back_once_its_event_is_cancelled(store):
    event_id = add_lecture(store, DAY)
    made = save(store, event_id=event_id, state="承認", cancel_by=date(2026, 9, 10))
    context = acting(store)
    venues_services.confirm_use(context, booking_id=made)

    def asked():
        return [one.label for one in venues_services.booking_follow_ups(store.database, TODAY, event_id=event_id)]

    assert asked() == []
    cancel_event(store, event_id=event_id, reason="台風", by=BY, now=NOW)
    assert asked() == ["会場の使用を決める"]
    history_services.undo(store, by=BY, now=NOW)
    assert asked() == []


@pytest.mark.parametrize("kind", ["延期", "日時の変更"])
def test_a_room_that_was_confirmed_is_to_be_given_back_once_its_day_is_given_up(store, kind):
    event_id = add_lecture(store, DAY)
    made = save(store, event_id=event_id, state="承認", cancel_by=date(2026, 9, 10))
    context = acting(store)
    venues_services.confirm_use(context, booking_id=made)

    def asked():
        return [one.label for one in venues_services.booking_follow_ups(store.database, TODAY, event_id=event_id)]

    given = {"kind": kind, "decided_at": NOW, "decided_by": "課長"}
    decide_change(context, event_id=event_id, reason="台風", **given)
    assert asked() == ["会場の使用を決める"]
    venues_services.confirm_use(context, booking_id=made)
    decide_change(context, event_id=event_id, reason="台風のため", **given)
    assert asked() == [], "the reason was put right, and the room is used all the same"


@pytest.mark.parametrize(
    ("known", "lacks"),
    [
        ({}, "出典と使用の許可"), ({"map_source": "区で作成"}, "使用の許可"), ({"map_permission": "区の著作"}, "出典"),
        ({"map_source": "区で作成", "map_permission": "区の著作"}, ""),
    ],
)  # fmt: skip
def test_a_map_is_printed_once_its_author_and_its_permission_are_known(known, lacks):
    venue = Venue(name="見本区民館", map_station="見本台駅", **known)
    assert venues_services.map_problem(venue).partition("の地図は、")[2].partition("が会場")[0] == lacks
    printed = venues_services.permitted_map(venue)
    assert (printed.building if printed else None) == (None if lacks else "見本区民館")
    assert venues_services.map_problem(Venue(name="見本区民館")) == ""
