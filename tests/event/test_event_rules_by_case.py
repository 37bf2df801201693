"""What the rules of an event say by case: its timetable, its equipment, its people, its numbers in the year."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.event.rules import agenda, equipment, event_checks, expected_attendance
from app.event.services import expected_counts
from app.event.services.event_view import _contractor_duties
from app.programme.intake import preset
from db.records.event_form import EventForm
from db.records.events import AgendaItem, EquipmentItem, Event, EventStatus
from db.records.participants import ExpectedCount
from db.records.programme import Side, VisitStep
from db.records.roster import (
    Arrangement,
    ArrangementKind,
    Entry,
    EntryState,
    Selection,
    SelectionLine,
    SelectionMethod,
)
from db.records.venues import Network
from db.rows import rows
from tests.support.paper_lines import assert_paper
from tests.support.view_lines import view_lines
from tests.support.years import BY, NOW, add_lecture, expect_people, the_event

YEAR = preset()
LECTURE, VISIT, EXCHANGE = YEAR.kinds
OWN = replace(LECTURE, content=("開会", "操作体験", "相談"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("講習会", LECTURE), ("派遣", VISIT), ("意見交換会", EXCHANGE),
        ("講習会・用紙なし", replace(LECTURE, has_survey=False)),
        ("講習会・内容なし", replace(LECTURE, content=())), ("意見交換会・内容なし", replace(EXCHANGE, content=())),
        ("講習会・貸さない", replace(LECTURE, lends_devices=False, material_period="", ward_supplies=())),
        ("講習会・自分の内容", OWN), ("講習会・90分", replace(LECTURE, minutes=90)),
        ("講習会・30分", replace(LECTURE, minutes=30)),
        ("講習会・14分", replace(LECTURE, minutes=14)), ("派遣・用紙あり", replace(VISIT, has_survey=True)),
        ("派遣・時間どおり", replace(VISIT, minutes_strict=True)),
        ("派遣・自分の内容", replace(VISIT, content=OWN.content)),
        ("派遣・段階なし", replace(VISIT, steps=(VisitStep.CONSULTATION,), follow_up_months=())),
        ("意見交換会・用紙なし", replace(EXCHANGE, has_survey=False, minutes=100)),
    ],
)  # fmt: skip
def test_a_timetable_begins_with_the_content_of_its_contract(name, kind):
    items = agenda.default_agenda(kind)
    said = [f"{one.minutes}　{one.title}　{one.form}　{one.owner}　{one.uses}" for one in items]
    said.append(f"合計{agenda.total_minutes(items)}　{agenda.leaves_rest(kind)}{agenda.has_usual_content(kind)}")
    said += agenda.agenda_remarks(kind, items, "14:00", "16:00")
    assert_paper(said, name)
    assert agenda.is_unchanged_example(kind, items)
    assert not agenda.is_unchanged_example(kind, [*items, AgendaItem(event_id=0, position=99, minutes=5, title="追加")])


def lines(*minutes, title="説明"):
    return [AgendaItem(event_id=0, position=number, minutes=one, title=title) for number, one in enumerate(minutes)]


def test_a_timetable_is_held_against_the_time_that_was_booked():
    said = []
    for kind, name in (
        (LECTURE, "講習会"),
        (replace(LECTURE, question_time="", clause_minutes=""), "質問なし"),
        (VISIT, "派遣"),
    ):
        for items in ([], lines(None), lines(120), lines(121), lines(119), lines(90), lines(120, title="個別相談")):
            for agreed in (False, True):
                found = agenda.agenda_remarks(kind, items, "14:00", "16:00", agreed=agreed)
                said.append(f"{name} {agenda.total_minutes(items)}分{'（協議済）' * agreed}：{'／'.join(found)}")
    assert_paper(said, "進行と時間")
    lengths = [agenda.timetable_length("14:00", "16:00", lines(one)) for one in (0, 89, 90, 91, 150)]
    assert lengths == [120, 120, 90, 91, 150]
    assert agenda.timetable_end("22:00", "23:30", lines(120)) == "00:00"
    timed = agenda.clock_times("13:50", lines(10, None, 65))
    assert [(one.start, one.end) for one in timed] == [("13:50", "14:00"), ("", ""), ("14:00", "15:05")]
    before = agenda.clock_times_before("14:00", agenda.setting_up_items())
    assert [(one.start, one.end, one.item.title) for one in before] == [
        ("13:00", "13:30", "集合、会場設営、機材の動作確認"),
        ("13:30", "14:00", "受付（区）、資料の配布（受託者）"),
    ]
    alone = agenda.setting_up_items(replace(LECTURE, material_period=""))
    assert [one.title for one in alone] == ["集合、会場設営、機材の動作確認", "受付（区）"]
    assert [(one.minutes, one.title) for one in agenda.clearing_items()] == [(30, "撤収、忘れ物および数の確認")]
    settled = [(0, False), (120, False), (119, False), (121, True)]
    assert [agenda.is_length_settled(one, 120, agreed=agreed, rest_left=False) for one, agreed in settled] == [
        False, True, False, True,
    ]  # fmt: skip
    left = [agenda.is_length_settled(one, 120, agreed=False, rest_left=True) for one in (119, 120, 121)]
    assert left == [True, True, False]


@pytest.mark.parametrize(
    "kind", [LECTURE, VISIT, EXCHANGE, replace(VISIT, clause_equipment="", name="訪問")], ids=lambda one: one.name
)
def test_equipment_is_brought_by_the_side_of_the_contract(kind):
    said = []
    at_organisation = kind.form.at_organisation
    for network in Network if at_organisation else [Network.UNKNOWN]:
        for given in [{}] if at_organisation else ({}, {"hands_on": False}, {"lent_devices": 5}):
            found = equipment.default_equipment(kind, network=network, **given)
            items = (f"{one.name} {one.quantity} {one.owner} {one.note}" for one in found)
            said.append(f"{network}{given}：{'、'.join(items)}")
            said += equipment.equipment_remarks(kind, found, network)[:1]
    wrong = [
        EquipmentItem(event_id=0, position=0, name=name, quantity="1", owner=owner, agreement=agreed)
        for name in ("タブレット", "模造紙", "マイク", "ルータ", "延長コード")
        for owner in (Side.WARD, Side.CONTRACTOR)
        for agreed in ("", "12/1")
    ]
    said += equipment.equipment_remarks(kind, wrong, Network.ABSENT)
    said += [f"協議済：{one}" for one in equipment.equipment_remarks(kind, wrong, agreed=True)]
    for items in ([], wrong[2:4]):
        for agreed in (False, True):
            side = equipment.tablet_side(kind, items, agreed=agreed)
            said.append(f"{side}　{equipment.tablet_remark(kind, items, 3, agreed=agreed)}")
            assert equipment.tablet_remark(kind, items, 0, agreed=agreed) == ""
    said.append(f"{equipment.network_clause(kind)}　{equipment.consumables_of(kind)}")
    assert_paper(said, f"機材 {kind.name}")


def test_a_number_of_things_follows_groups_and_people():
    def counted(quantity, groups=4, people=20):
        item = EquipmentItem(event_id=0, position=0, name="付箋", quantity=quantity, owner=Side.WARD)
        return equipment.counted_quantity(item, groups=groups, people=people)

    given = ("班の数", "班の数+予備2枚", "班の数＋予備10", "人数分", "3", " 人数分 ", "班の数くらい")
    assert [counted(one) for one in given] == ["4", "6枚", "14", "20人分", "3", "20人分", "4くらい"]
    assert [counted(one, None, 0) for one in given[:4]] == ["班の数", "班の数+予備2枚", "班の数＋予備10", "人数分"]


def event(day=None, kind="講習会", **values):
    forms = {"講習会": EventForm.LECTURE, "派遣": EventForm.VISIT, "意見交換会": EventForm.EXCHANGE}
    return Event(programme_id=1, kind=kind, form=forms[kind], subject="回", event_date=day, **values)


def test_too_few_events_are_a_shortage_as_the_window_closes():
    middle, end = event_checks.middle_of_window(LECTURE), LECTURE.window_end
    assert middle == date(2026, 10, 28)
    held = [event(date(2026, 9, 10)), event(date(2026, 9, 24)), event(date(2026, 10, 8))]
    coming = [event(date(2026, 12, 8)), event(date(2026, 12, 18))]
    off = [event(date(2026, 11, 3), status=EventStatus.CANCELLED), event(None), event(date(2026, 11, 5), "派遣")]
    days = (middle - timedelta(1), middle, end - timedelta(13), end - timedelta(12), end, end + timedelta(1))
    said = []
    for name, given in (
        ("なし", []),
        ("3回", [*held, *off]),
        ("5回", [*held, *coming]),
        ("6回", [*held, *coming, held[0]]),
    ):
        said += [f"{name} {day}：{event_checks.shortage_words(given, LECTURE, day)}" for day in days]
    visits = [event(date(2026, 10, 1), "派遣", organisation_name=one) for one in ("みほん会", "みほん会", "ほか会")]
    said += [event_checks.shortage_words(visits[:number], VISIT, date(2027, 2, 1)) for number in (0, 1, 2, 3)]
    for given in (
        [],
        held,
        [*held, *held],
        [*held, *held, held[0]],
        [*held, *held, *coming],
        [*held, *held, *held, *held],
    ):
        found = event_checks.count_warnings(given, LECTURE)
        said.append(f"{len(given)}回：{[(one.text, one.needs, one.clause, one.is_about_year) for one in found]}")
        assert event_checks.count_warnings(given, LECTURE, final=False) == (found if len(given) > 7 else ())
    exchanges = [event(date(2026, 10, 1), "意見交換会"), event(date(2026, 10, 1), "意見交換会")]
    said += [one.text for one in event_checks.count_warnings(exchanges, EXCHANGE)]
    assert_paper(said, "回数")


def test_people_are_held_against_the_contract_and_the_room():
    strict = replace(LECTURE, people_strict=True)
    said = [f"{expected_attendance.accepted_people_range(one)}" for one in (LECTURE, VISIT, strict)]
    for name, kind in (("講習会", LECTURE), ("派遣", VISIT), ("程度なし", strict)):
        for people in (7, 8, 9, 10, 12, 13, 14, 15, 20, 21, 24, 25):
            found = expected_attendance.people_warnings(kind, people, venue_capacity=24)
            said.append(f"{name} {people}人：{'／'.join(f'{one.text}{one.needs}{one.clause}' for one in found)}")
    assert_paper(said, "人数")
    rooms = [expected_attendance.default_capacity(LECTURE, one) for one in (None, 19, 20, 21)]
    assert rooms == [20, 19, 20, 20]
    asked = ["席", "席", "手配を確認中", "拡大資料1部、手配を確認中", ""]
    words = expected_attendance.care_words(asked)
    assert words == "席（2件）、拡大資料1部、手配を確認中 2件（お願いするときは改めて連絡）"
    assert [expected_attendance.requested_care(one) for one in (words, "席", "")] == [
        "席（2件）、拡大資料1部",
        "席",
        "",
    ]


def test_expected_numbers_come_from_the_roster_or_as_typed_and_places_from_the_last_choice(store):
    lecture = add_lecture(store, date(2026, 9, 24))
    other = add_lecture(store, date(2026, 10, 1))
    expect_people(store, lecture, 5, 4)

    def shown():
        found = expected_counts.expected_by_event(store.database, [the_event(store, one) for one in (lecture, other)])
        for number in (lecture, other):
            alone = expected_counts.expected_of_event(store.database, the_event(store, number))
            assert alone == found.get(number, [])
        return [
            f"{place}　{expected_counts.current_capacity(store.database, the_event(store, number))}人　"
            + "／".join(view_lines(found.get(number, []), "id", "event_id"))
            for place, number in (("第1回", lecture), ("第2回", other))
        ]

    said = shown()
    with store.change(action="用意", by=BY, now=NOW) as change:
        first = change.insert(Entry(event_id=lecture, state=EntryState.CHOSEN, organisation_name="みほん会", care="席"))
        change.insert(Entry(event_id=lecture, state=EntryState.WITHDRAWN, organisation_name="みほん会"))
        change.insert(Arrangement(event_id=lecture, entry_id=first, kind=ArrangementKind.SEAT, content="前"))
    said += ["名簿あり", *shown()]
    line = SelectionLine(entry_id=first, order=1, result="決定")
    for name, capacity, method, why in (
        ("選んだ", 18, SelectionMethod.FIRST_COME, "先着"),
        ("手で変えた", 3, SelectionMethod.WARD, expected_counts.MANUAL_CHANGE),
        ("区の調整", 17, SelectionMethod.WARD, "区の調整"),
    ):  # fmt: skip
        with store.change(action="選んだ", by=BY, now=NOW) as change:
            given = replace(line, why=why)
            change.insert(
                Selection(event_id=lecture, method=method, capacity=capacity, lines=(given,), by=BY, made_at=NOW)
            )
        said += [name, *shown()]
    with store.change(action="狭い部屋", by=BY, now=NOW) as change:
        change.update(Event, lecture, venue_capacity=12, count_source="入力")
        change.update(Event, other, venue_capacity=None)
    said += ["狭い部屋・手入力", *shown()]
    assert_paper(said, "参加予定と定員")
    assert len(rows(store.database, ExpectedCount)) == 2


def test_the_contractors_work_of_the_day_is_what_the_contract_asks_for():
    class Records:
        def __init__(self, needed):
            self.materials_needed = needed

    cases = [(needed, replace(LECTURE, has_survey=survey)) for needed in (True, False) for survey in (True, False)]
    assert [[(one.label, one.clause, one.words) for one in _contractor_duties(Records(*[a]), b)] for a,
        b in cases] == [
        [("印刷・配布・回収・集計", "仕4(1)キ・ケ", "当日／報告書とともに")],
        [("資料の印刷・配布", "仕4(1)キ", "当日")],
        [("用紙の印刷・配布・回収・集計", "仕4(1)ケ", "当日／報告書とともに")], [],
    ]  # fmt: skip
