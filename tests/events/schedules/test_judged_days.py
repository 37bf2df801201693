"""Every candidate day by case, on the contract of the year: what is said of it and which days are offered instead."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.calendar.office_days import OfficeCalendar
from app.events.schedules import rules
from app.events.schedules.rules import JudgingContext, LoadItem, judge_events, week_loads_of
from app.programme.intake import preset
from db.records.event_form import EventForm
from db.records.events import Event, EventStatus
from db.records.venues import Booking, BookingState
from tests.support.paper_lines import assert_paper

YEAR = preset()
TODAY = date(2026, 10, 1)
GROUND = JudgingContext(
    programme=replace(YEAR.programme, contract_date=date(2026, 7, 31)),
    numbers={one.kind: one for one in YEAR.kinds},
    calendar=OfficeCalendar(),
    today=TODAY,
)


def event(day, kind="講習会", number=1, **values):
    form = {"講習会": EventForm.LECTURE, "派遣": EventForm.VISIT, "意見交換会": EventForm.EXCHANGE}[kind]
    given = {"start_time": "14:00", "end_time": "16:00", "venue": "みほん区民館", "room": "研修室"} | values
    return Event(id=number, programme_id=1, kind=kind, form=form, ordinal=number, subject=kind, event_date=day, **given)


def judged(*events, **ground):
    """Say what is found of the first of some events: its deadlines, its week, its remarks and the days offered."""
    found = judge_events(events, replace(GROUND, **ground))[0]
    due = (found.material, found.headcount, found.report)
    days = "・".join(f"{one.task} {one.effective_date:%m/%d}" for one in due if one is not None)
    load = f"週 {found.load.monday:%m/%d} {found.load.total}件" if found.load else "週なし"
    return [
        f"{days}　{load}",
        *(f"{one.weight}：{one.text}　{one.clause}{'　変えられない' * one.is_refused}" for one in found.remarks),
        *(f"提案 {one:%Y-%m-%d}（{'月火水木金土日'[one.weekday()]}）" for one in found.suggested_days),
    ]


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        ("講習会", date(2026, 8, 31)), ("講習会", date(2026, 9, 1)), ("講習会", date(2026, 9, 30)), ("講習会", TODAY),
        ("講習会", date(2026, 10, 29)), ("講習会", date(2026, 12, 25)), ("講習会", date(2026, 12, 26)),
        ("講習会", date(2026, 11, 17)), ("講習会", date(2026, 11, 23)),
        ("派遣", date(2027, 3, 10)), ("派遣", date(2027, 3, 11)), ("派遣", date(2027, 3, 31)),
        ("派遣", date(2027, 4, 1)), ("派遣", date(2026, 7, 31)), ("派遣", date(2026, 8, 1)),
        ("意見交換会", date(2027, 2, 14)), ("意見交換会", date(2027, 2, 15)), ("意見交換会", date(2027, 1, 5)),
        ("意見交換会", TODAY + timedelta(weeks=16)), ("意見交換会", TODAY + timedelta(weeks=16, days=1)),
    ],
)  # fmt: skip
def test_a_day_is_judged_by_the_periods_of_the_contract_and_the_calendar(kind, day):
    assert_paper(judged(event(day, kind)), f"{kind} {day}")


DAY = date(2026, 12, 8)


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("つぎの日", [event(DAY + timedelta(1), number=2)]),
        ("同じ週の前後", [event(date(2026, 12, 11), number=2), event(date(2026, 12, 7), "派遣", 3)]),
        ("前の週の日曜", [event(date(2026, 12, 6), number=2)]),
        ("同じ日", [event(DAY, number=2, start_time="10:00", end_time="14:00")]),
        ("同じ時間", [event(DAY, number=2, start_time="15:59", end_time="18:00")]),
        ("中止", [event(DAY, number=2, status=EventStatus.CANCELLED)]),
        ("日なし", [event(None, number=2)]),
    ],
)
def test_other_events_of_the_draft_and_outside_it_are_seen(name, others):
    inside = judged(event(DAY), *others)
    assert_paper(inside, name)
    assert judged(event(DAY), others=tuple(one for one in others if one.status.counts)) == inside


def test_a_week_is_busy_from_five_items_on():
    near = [event(date(2026, 12, 22), number=2), event(date(2026, 12, 15), "派遣", 3)]
    near.append(event(date(2026, 11, 9), number=4))
    assert_paper(judged(event(DAY), *near), "4件まで")
    assert_paper(judged(event(DAY), *near, event(date(2026, 11, 17), "派遣", 5)), "5件から")


BOOKED = Booking(id=1, venue_name="みほん区民館", room="研修室", day=DAY, start_time="15:00", end_time="17:00")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("重なる", {"purpose": "総会"}), ("前に終わる", {"start_time": "12:00", "end_time": "14:00"}),
        ("後に始まる", {"start_time": "16:00", "end_time": "18:00"}), ("終日", {"start_time": "", "end_time": ""}),
        ("終わりなし", {"end_time": ""}), ("取消", {"state": BookingState.CANCELLED}), ("自分の", {"event_id": 1}),
        ("ほかの回の", {"event_id": 2}), ("ほかの部屋", {"room": "第2和室"}), ("部屋なし", {"room": ""}),
        ("ほかの日", {"day": DAY + timedelta(1)}),
    ],
)  # fmt: skip
def test_somebody_elses_booking_of_the_room_is_said(name, values):
    assert_paper(judged(event(DAY), bookings=(replace(BOOKED, **values),))[1:], f"予約 {name}")


def test_a_room_that_is_taken_is_offered_on_no_day_and_a_new_event_has_no_booking_of_its_own():
    booked = tuple(replace(BOOKED, day=DAY + timedelta(number)) for number in range(-30, 10))
    assert_paper(judged(event(DAY), bookings=booked), "ずっと予約")
    assert_paper(judged(event(DAY, number=0), bookings=(replace(BOOKED, event_id=0),))[1:], "新しい回")


def test_what_is_over_or_has_begun_is_said_no_more():
    past = event(date(2026, 9, 24))
    assert_paper(judged(event(date(2026, 10, 2))), "募集の前")
    assert_paper(judged(event(date(2026, 10, 2)), events_recruiting=frozenset({1})), "募集を始めた")
    assert_paper(judged(past), "過ぎた日")
    assert_paper(judged(replace(past, status=EventStatus.HELD)), "実施済")
    for one in (replace(past, status=EventStatus.CANCELLED), replace(past, event_date=None)):
        assert judged(one) == ["　週なし"]


def test_weeks_are_counted_from_the_first_item_to_the_last():
    days = (("実施", 6), ("実施", 7), ("資料確認", 7), ("人数連絡", 13), ("報告書", 13), ("報告書", 28))
    weeks = week_loads_of([LoadItem(day=date(2026, 12, day), kind=kind) for kind, day in days], GROUND.calendar)
    assert [(f"{one.monday:%m/%d}", one.counts, one.words, one.has_closed_weekday) for one in weeks] == [
        ("11/30", (1, 0, 0, 0), "区 1", False), ("12/07", (1, 1, 1, 1), "区 3・報告書 1", False),
        ("12/14", (0, 0, 0, 0), "", False), ("12/21", (0, 0, 0, 0), "", False),
        ("12/28", (0, 0, 0, 1), "報告書 1", True),
    ]  # fmt: skip
    assert week_loads_of([], GROUND.calendar) == ()


def test_the_usual_days_of_a_ward_lie_on_open_days_of_the_year_and_the_next():
    found = rules.usual_ward_days(3, 2026, GROUND.calendar)
    assert_paper([f"{one.day} {one.title}　{one.owner}　{one.basis}" for one in found], "例の行")
    accounts = replace(GROUND.programme, id=3, accounts_due=date(2027, 5, 14))
    assert rules.accounts_row(GROUND.programme, TODAY) is None
    row = rules.accounts_row(accounts, TODAY)
    assert (row.id, row.programme_id, row.title, row.owner, row.day, row.basis, row.done_on) == (
        0, 3, "会計の締切", "会計課", date(2027, 5, 14), "契約の「会計の締切」", TODAY,
    )  # fmt: skip
    titles = ("会計の締切", " 会計締切（支払）", "会計の締めきり", "一般会計の締切")
    assert [rules.is_accounts_title(one) for one in titles] == [True, True, False, False]
