"""準備の状態: which lines there are, which are done and what they say."""

from dataclasses import replace
from datetime import date

import pytest

from app.event.rules.agenda import LENGTH_TOPIC
from app.event.rules.care_needs import CareCount
from app.event.rules.preparation import count_done, is_prepared
from app.event.services.agreements import QUESTIONS_TOPIC
from app.event.services.event_preparation import preparation_of
from app.event.services.event_records import EventRecords, MaterialRecords, read_event_records
from app.event.services.tasks.deadlines import read_event_year
from app.event.services.tasks.task_completion import DAY_DOCUMENTS
from db.records.agreements import Agreement
from db.records.documents import Notification
from db.records.event_form import EventForm
from db.records.events import AgendaItem, EquipmentItem
from db.records.submissions.materials import Material, MaterialVersion
from db.records.surveys import EventSurvey
from tests.support.stores import made_by
from tests.support.years import BY, NOW, add_lecture, expect_people, started_year, tell_people

TODAY = date(2026, 9, 16)
CHECKED = date(2026, 9, 15)


def material(number: int, result: str | None = "確認済") -> MaterialRecords:
    version = MaterialVersion(
        id=number,
        material_id=number,
        version=1,
        received_on=date(2026, 9, 7),
        result=result,
        result_on=date(2026, 9, 8 + number) if result else None,
    )
    return MaterialRecords(material=Material(id=number, event_id=1, position=number, title="資料"), versions=(version,))


def items_of_equipment(total: int, checked: int) -> tuple[EquipmentItem, ...]:
    return tuple(
        EquipmentItem(event_id=1, position=one, name=f"品{one}", checked_on=CHECKED if one < checked else None)
        for one in range(total)
    )


def agreement(topic: str, settled_on: date | None) -> Agreement:
    return Agreement(event_id=1, topic=topic, content="内容", asked_on=CHECKED, settled_on=settled_on)


store = made_by(started_year, scope="module")


@pytest.fixture(scope="module")
def event_id(store):
    made = add_lecture(store)
    expect_people(store, made, 12)
    tell_people(store, made)
    return made


@pytest.fixture(scope="module")
def year(store, event_id):
    return read_event_year(store, event_id, TODAY)


@pytest.fixture(scope="module")
def lecture(store, event_id) -> EventRecords:
    found = read_event_records(store, event_id)
    steps = [replace(one, done_on=date(2026, 9, 11)) if one.name == "決定通知" else one for one in found.steps]
    return replace(
        found,
        event=replace(found.event, venue_booked_on=date(2026, 4, 20)),
        steps=tuple(steps),
        materials=(material(1), material(2)),
        equipment=items_of_equipment(6, 6),
        agenda=(AgendaItem(event_id=event_id, position=0, minutes=120, title="体験"),),
        agreements=(),
        notices=(),
        notifications=(),
    )


def words_of(records, year) -> dict[str, tuple[bool, str]]:
    return {item.label: (item.is_done, item.state_word) for item in preparation_of(records, year)}


def test_a_lecture_on_its_way_has_five_of_eight(lecture, year):
    items = preparation_of(lecture, year)

    assert [(item.label, item.is_done, item.state_word, item.due) for item in items] == [
        ("会場の使用承認", True, "4/20(月) 済", None),
        ("決定通知の施行", True, "9/11(金) 済", date(2026, 9, 11)),
        ("資料の確認", True, "9/10(木) 確認済", date(2026, 9, 10)),
        ("機材の手配", True, "6品目", date(2026, 9, 18)),
        ("当日進行表", True, "120分", None),
        ("アンケートの設問", False, "未了", date(2026, 9, 17)),
        ("参加人数の連絡", False, "未了", date(2026, 9, 18)),
        ("当日資料一式", False, "未了", date(2026, 9, 18)),
    ]
    assert count_done(items) == (5, 8)
    assert not is_prepared(items)


def finished(records, store, event_id):
    known = read_event_records(store, event_id)
    day_documents = Notification(
        event_id=event_id,
        document_kind=DAY_DOCUMENTS,
        key=DAY_DOCUMENTS,
        told_on=TODAY,
        told_how="手渡し",
        told_to="受託者",
        told_by=BY,
        by=BY,
        at=NOW,
    )
    return replace(
        records,
        agreements=(agreement(QUESTIONS_TOPIC, TODAY),),
        survey=EventSurvey(event_id=event_id, title="アンケート", online_url="https://example.invalid/"),
        notices=known.notices,
        notifications=(*known.notifications, day_documents),
    )


def test_everything_done_is_prepared_unless_something_is_still_discussed(lecture, year, store, event_id):
    ready = finished(lecture, store, event_id)
    assert is_prepared(preparation_of(ready, year))
    offline = words_of(replace(ready, survey=None), year)
    assert offline["オンラインの回答"] == (False, "回答の場所がありません")

    open_ones = [agreement(topic, None) for topic in ("機材", "内容")]
    talked = replace(ready, agreements=(*ready.agreements, agreement(LENGTH_TOPIC, TODAY), *open_ones))
    items = preparation_of(talked, year)
    assert not is_prepared(items)
    assert (items[-1].label, items[-1].state_word) == ("協議の事項", "協議中 機材、内容")
    settled = preparation_of(replace(ready, agreements=(*ready.agreements, agreement("機材", TODAY))), year)
    assert is_prepared(settled)
    assert len(settled) == len(items)


def test_each_kind_has_the_lines_that_fit_it(lecture, year):
    visit = replace(lecture.event, form=EventForm.VISIT, extra_materials=False)
    dispatch = words_of(replace(lecture, event=visit, kind=replace(lecture.kind, has_survey=False), materials=()), year)
    talk = replace(lecture.event, form=EventForm.EXCHANGE, groups=4, facilitators=3)
    exchange = words_of(replace(lecture, event=talk), year)

    assert "事前ヒアリング" in dispatch
    assert "アンケートの設問" not in dispatch
    assert "資料の確認" not in dispatch
    assert exchange["班とファシリテーター"] == (False, "4班・3人")
    assert len(exchange) == 9


def test_half_done_lines_say_how_far_they_are(lecture, year):
    longer = (AgendaItem(event_id=1, position=0, minutes=130, title="体験"),)
    words = words_of(
        replace(lecture, materials=(material(1), material(2, None)), equipment=items_of_equipment(6, 4), agenda=longer),
        year,
    )
    assert words["資料の確認"] == (False, "あと1点")
    assert words["機材の手配"] == (False, "あと2品目")
    assert words["当日進行表"] == (False, "10分超過")

    talk = replace(lecture.event, form=EventForm.EXCHANGE, groups=None)
    words = words_of(replace(lecture, event=talk, materials=(), equipment=(), agenda=()), year)
    assert (words["資料の確認"][1], words["機材の手配"][1], words["当日進行表"][1]) == ("受領前", "未着手", "未着手")
    assert words["班とファシリテーター"] == (False, "未了")


def test_the_line_of_care_is_there_only_when_somebody_needs_it_and_keeps_the_event_open(lecture, year):
    assert "配慮の手配" not in words_of(lecture, year)
    needed = replace(lecture, care=CareCount(people=2, settled=1))
    assert words_of(needed, year)["配慮の手配"] == (False, "あと1人")
