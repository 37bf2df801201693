"""What is unusual about an event draft."""

from dataclasses import replace
from datetime import date

import pytest

from app.event.rules.event_checks import count_warnings, event_warnings
from app.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE, WITHIN_TOLERANCE
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event

LECTURE = Event(
    id=1,
    kind="講習会",
    form=EventForm.LECTURE,
    ordinal=1,
    subject="LINE講習会",
    event_date=date(2026, 10, 7),
    venue="みほん区民館",
    room="研修室",
    network="有",
    lecturer="見本 講師",
)
DISPATCH = Event(
    id=2,
    kind="派遣",
    form=EventForm.VISIT,
    subject="派遣",
    organisation_name="みほん町会",
    network="有",
    event_date=date(2026, 10, 15),
)
EXCHANGE = Event(
    id=3, kind="意見交換会", form=EventForm.EXCHANGE, subject="意見交換会", network="有", event_date=date(2026, 10, 29)
)


@pytest.fixture
def warn(lectures, dispatches, exchanges, programme, office_calendar):
    numbers = {each.kind: each for each in (lectures, dispatches, exchanges)}

    def check(event, **facts):
        return event_warnings(event, numbers[event.kind], programme, office_calendar, **facts)

    return check


def test_an_ordinary_event_of_each_kind_draws_no_warning(warn):
    for event in (LECTURE, DISPATCH, EXCHANGE):
        assert warn(event) == ()


def test_an_event_without_a_date_is_checked_for_the_rest(warn):
    (warning,) = warn(replace(LECTURE, event_date=None, network="無"))

    assert "インターネット環境がありません" in warning.text


def test_a_date_outside_the_window_asks_for_an_agreement(warn):
    (warning,) = warn(replace(LECTURE, event_date=date(2027, 1, 6)))

    assert warning.clause == "仕4(1)ア"
    assert warning.needs == AGREEMENT


def test_a_date_after_the_term_asks_about_a_change_of_contract(warn):
    found = warn(replace(DISPATCH, event_date=date(2027, 4, 1)))

    assert [(w.clause, w.needs) for w in found] == [("仕3", CONTRACT_CHANGE), ("仕4(2)ア", CONTRACT_CHANGE)]


def test_a_dispatch_whose_report_passes_the_term_asks_for_an_agreement_and_says_the_last_day_that_fits(warn):
    assert warn(replace(DISPATCH, event_date=date(2027, 3, 10))) == ()

    (warning,) = warn(replace(DISPATCH, event_date=date(2027, 3, 11)))

    assert (warning.clause, warning.needs) == ("仕3", AGREEMENT)
    assert "3/10(水)" in warning.text


def test_the_last_day_for_exchanges_is_a_sunday_and_says_so(warn):
    (warning,) = warn(replace(EXCHANGE, event_date=date(2027, 2, 14)))

    assert warning.text == "令和9年2月14日（日）は閉庁日（日曜日）です。会場と職員の体制を確かめてください。"
    assert warning.needs == ""


@pytest.mark.parametrize(("end", "count"), [("15:29", 1), ("15:30", 0), ("16:30", 0), ("16:31", 1)])
def test_an_event_is_neither_too_short_nor_too_long(warn, end, count):
    found = warn(replace(LECTURE, end_time=end))

    assert len(found) == count
    assert all((w.clause, w.needs) == ("仕4(1)オ", WITHIN_TOLERANCE) for w in found)


def test_an_event_that_ends_before_it_begins_is_seen(warn):
    (warning,) = warn(replace(LECTURE, end_time="13:00"))

    assert warning.text == "終了時刻 13:00 が開始時刻 14:00 より後になっていません。"


def lectures_on(days):
    return [replace(LECTURE, id=10 + n, event_date=date(2026, 11, day), venue="") for n, day in enumerate(days)]


def test_the_eighth_lecture_is_one_more_than_planned(warn):
    found = warn(LECTURE, others=lectures_on((2, 4, 5, 6, 9, 10, 11)))

    assert [w.text for w in found] == ["講習会が8回となり、仕様の全7回程度（仕様書4(1)ウ）を上回ります。"]
    assert found[0].needs == WITHIN_TOLERANCE


def test_a_number_that_cancelled_events_bear_too_is_told_from_how_many_there_are(warn):
    gone = replace(LECTURE, id=99, venue="", status=EventStatus.CANCELLED)
    (found,) = warn(replace(LECTURE, ordinal=9), others=[gone, *lectures_on((2, 4, 5, 6, 9, 10, 11))])
    assert found.text == "講習会が中止の1回を除いて8回となり、仕様の全7回程度（仕様書4(1)ウ）を上回ります。"


def test_cancelled_events_and_the_event_itself_do_not_count(warn):
    others = lectures_on((2, 4, 5, 6, 9, 10))
    cancelled = replace(others[0], id=99, status=EventStatus.CANCELLED)

    assert warn(LECTURE, others=[*others, cancelled, LECTURE]) == ()


def test_a_third_exchange_breaks_a_strict_number(warn):
    others = [
        replace(EXCHANGE, id=31, event_date=date(2026, 11, 5)),
        replace(EXCHANGE, id=32, event_date=date(2026, 11, 6)),
    ]
    found = warn(EXCHANGE, others=others)

    assert [w.needs for w in found] == [CONTRACT_CHANGE, CONTRACT_CHANGE]
    assert "全2回（仕様書4(3)ウ）" in found[0].text
    assert "2日間（仕様書4(3)ア）" in found[1].text


def test_two_exchanges_on_one_day_are_one_day_only(warn):
    found = warn(EXCHANGE, others=[replace(EXCHANGE, id=31, start_time="10:00", end_time="12:00")])

    assert any("同じ日に2回あります" in w.text and w.needs == CONTRACT_CHANGE for w in found)


def test_as_many_on_one_day_as_the_contract_spreads_over_its_days_are_no_deviation(exchanges):
    six = replace(exchanges, planned=6, days=3)  # 3日間で6回
    days = [date(2026, 11, day) for day in (4, 4, 5, 5, 6, 6)]
    held = [replace(EXCHANGE, id=number, event_date=day) for number, day in enumerate(days, 1)]
    assert count_warnings(held, six) == ()
    moved = [*held[:-1], replace(held[-1], event_date=days[0])]
    assert ["同じ日に3回あります" in one.text for one in count_warnings(moved, six)] == [True]


def test_a_year_with_too_few_events_warns_only_when_it_is_complete(lectures, dispatches, exchanges):
    six = [LECTURE, *lectures_on((2, 4, 5, 6, 9))]

    assert count_warnings(six, lectures, final=False) == ()
    assert [w.needs for w in count_warnings(six, lectures)] == [WITHIN_TOLERANCE]
    assert [w.needs for w in count_warnings(six[:5], lectures)] == [AGREEMENT]
    assert [w.needs for w in count_warnings(six[:3], lectures)] == [CONTRACT_CHANGE]
    assert [w.needs for w in count_warnings([EXCHANGE], exchanges)] == [CONTRACT_CHANGE, CONTRACT_CHANGE]
    assert count_warnings(lectures_on((2, 4, 5, 6, 9, 10, 11)), lectures) == ()


def test_dispatches_are_counted_by_association_and_by_day(dispatches):
    def visit(number, name, day):
        return replace(DISPATCH, id=number, organisation_name=name, event_date=day)

    same_twice = [
        visit(1, "みほん東町会", date(2026, 10, 1)),
        visit(2, "みほん東町会", date(2026, 10, 2)),
        visit(3, "みほん西町会", date(2026, 10, 2)),
    ]
    texts = [w.text for w in count_warnings(same_twice, dispatches)]

    assert texts == [
        "派遣が2団体となり、仕様の3団体程度（仕様書4(2)ウ）を下回ります。",
        "派遣が2日間となり、仕様の3日間程度（仕様書4(2)ア）を下回ります。",
    ]
    four = [visit(n, f"みほん{n}町会", date(2026, 10, n)) for n in (1, 2, 5, 6)]
    assert [w.clause for w in count_warnings(four, dispatches, final=False)] == ["仕4(2)ウ", "仕4(2)ア"]


def test_the_same_room_at_the_same_time_is_a_clash(warn):
    other = replace(
        EXCHANGE, ordinal=1, event_date=LECTURE.event_date, venue="みほん区民館", start_time="15:00", end_time="17:00"
    )

    (same_room,) = warn(LECTURE, others=[replace(other, room="研修室")])
    (no_room_named,) = warn(LECTURE, others=[other])
    (other_room,) = warn(LECTURE, others=[replace(other, room="大会議室")])
    (later,) = warn(LECTURE, others=[replace(other, room="研修室", start_time="16:00", end_time="18:00")])

    assert same_room.text == "会場 みほん区民館が第1回 意見交換会（15:00から17:00まで）と重なっています。"
    assert no_room_named.text == same_room.text
    assert "同じ日に第1回 意見交換会" in other_room.text
    assert "同じ日に第1回 意見交換会" in later.text


def test_the_same_lecturer_at_the_same_time_is_a_clash(warn):
    other = replace(DISPATCH, event_date=LECTURE.event_date, lecturer="見本 講師", venue="みほん集会所")
    (warning,) = warn(LECTURE, others=[other])

    assert warning.text.startswith("講師 見本 講師が派遣 みほん町会")


@pytest.mark.parametrize(
    ("lecturers", "is_one"),
    [
        (("見本 講師", "講師　見本"), True), (("見本　太郎", "見本太郎先生"), True),
        (("見本 太郎・仮名 花子", "仮名花子（受託者）"), True),
        (("髙見本 太郎", "高見本太郎 様"), True), (("見本 太郎", "見本 次郎"), False), (("", ""), False),
    ],
)  # fmt: skip
def test_a_lecturer_is_the_same_in_any_writing_and_among_others(warn, lecturers, is_one):
    one, two = (replace(DISPATCH, event_date=LECTURE.event_date, lecturer=name) for name in lecturers)
    clash = [row.text for row in warn(one, others=[replace(two, id=99, venue="みほん集会所")]) if "講師" in row.text]
    assert bool(clash) == is_one


def test_every_group_has_a_facilitator(warn):
    assert warn(replace(EXCHANGE, groups=4, facilitators=4)) == ()
    (few,) = warn(replace(EXCHANGE, groups=4, facilitators=3))
    (unknown,) = warn(replace(EXCHANGE, groups=4))

    assert few.text == "4班に対しファシリテーターが3人です。各班に1人が要ります（仕様書4(3)カ）。"
    assert few.clause == "仕4(3)カ"
    assert "まだありません" in unknown.text
    assert warn(replace(LECTURE, groups=4)) == ()


def test_a_room_too_small_and_a_wrong_headcount_are_seen(warn):
    (small,) = warn(replace(LECTURE, venue_capacity=8))
    (few,) = warn(LECTURE, expected=7)
    both = warn(replace(LECTURE, venue_capacity=20), expected=25)

    assert "定員8人は、仕様の人数（10人から）を下回ります" in small.text
    assert few.clause == "仕4(1)エ"
    assert len(both) == 2


def test_of_a_building_where_another_room_has_the_internet_only_the_room_is_asked(warn):
    other = replace(LECTURE, id=9, room="多目的会議室", event_date=date(2026, 9, 30))
    here = replace(LECTURE, network="不明")
    (asked,) = warn(here, others=[other])
    assert asked.text == (
        "みほん区民館のインターネット環境は「有」と分かっています。"
        "この部屋でも使えるかを、確かめてください（仕様書4(1)ク）。"
    )
    assert asked.is_unknown_yet
    for elsewhere in (replace(other, venue="ほかの区民館"), replace(other, network="無")):
        (asked,) = warn(here, others=[elsewhere])
        assert "まだ確かめられていません" in asked.text


def test_the_network_is_the_wards_at_its_venues_and_the_contractors_at_a_dispatch(warn):
    (lecture,) = warn(replace(LECTURE, network="無"))
    (dispatch,) = warn(replace(DISPATCH, network="無"))
    (unknown,) = warn(replace(DISPATCH, network="不明", venue="みほん集会所", fee_payer="団体"))
    assert warn(replace(DISPATCH, network="不明")) == (), "nobody has chosen a venue yet"

    assert lecture.needs == AGREEMENT
    assert "受託者がモバイルルーターなどを用意します（仕様書4(2)ク）" in dispatch.text
    assert dispatch.needs == ""
    assert "まだ確かめられていません" in unknown.text


def test_a_place_of_others_or_a_fee_that_is_not_the_wards_is_named_and_settled_by_an_agreement(warn):
    assert warn(replace(LECTURE, facility="区立施設", fee_payer="区")) == ()
    place, fee = warn(replace(LECTURE, facility="その他の施設", fee_payer="受託者"))
    assert (place.clause, place.needs, fee.clause, fee.needs) == ("仕4(1)イ", AGREEMENT, "仕4(1)イ", AGREEMENT)
    assert "区立施設ではありません" in place.text
    assert "使用料の負担が受託者" in fee.text
    assert [one.clause for one in warn(replace(EXCHANGE, fee_payer="団体"))] == ["仕4(3)イ"]
    assert warn(replace(DISPATCH, facility="その他の施設", fee_payer="団体")) == (), "of a 派遣 the clause says nothing"


def test_who_pays_for_the_place_of_a_dispatch_is_asked_until_it_is_said(warn):
    (asked,) = warn(replace(DISPATCH, venue="みほん会館"))
    assert (asked.clause, asked.is_unknown_yet, asked.needs) == ("仕4(2)イ", True, "")
    assert warn(replace(DISPATCH, venue="みほん会館", fee_payer="無料")) == ()
    assert warn(replace(LECTURE, venue="みほん区民館")) == (), "of the others the clause says it"
