"""A small year as home shows and the search finds it: the days around events, and what a search leads to."""

from datetime import date, timedelta

import pytest

from app.events.calls.services.calls import decide_change
from app.home.today.services.document_search import matching_documents
from app.home.today.services.global_search import search_everything
from app.home.today.services.home import count_due, read_home
from app.home.today.services.week_sheet import read_week
from app.registers.register.services.search import search_keys
from db.records.event_status import EventStatus
from db.records.events import Event, EventResult
from db.records.organisations import Organisation, Person
from db.records.roster import Attendance, Entry
from db.rows import rows
from tests.home.today.test_year_as_read import led
from tests.support.paper_lines import assert_paper
from tests.support.years import BY, NOW, acting, add_dispatch, add_lecture

THURSDAY, FRIDAY, MONDAY = date(2026, 9, 24), date(2026, 9, 25), date(2026, 9, 28)


@pytest.fixture
def year(store):
    """Events on a Thursday (held), Friday, Monday and in October, one cancelled and a visit without a day."""
    held, friday, monday, october, gone = (
        add_lecture(store, day, subject=f"{day:%m%d}の会")
        for day in (THURSDAY, FRIDAY, MONDAY, date(2026, 10, 8), date(2026, 9, 17))
    )
    visit = add_dispatch(store, None)
    with store.change(action="用意", by=BY, now=NOW, subject="events") as change:
        change.update(Event, held, status=EventStatus.HELD)
        change.update(Event, gone, status=EventStatus.CANCELLED)
        change.insert(EventResult(event_id=held, attended=9))
        group = change.insert(Organisation(name="みほん町会", branch="第1支部", furigana="ミホン"))
        names = ("斉藤　一", "齊藤　二", "齋藤　三", "斎藤　四", "サイトウ")
        readings = ("さいとう　はじめ", "さいとう　じ", "さいどう　さん", "さいとう　よん", "")
        people = [
            change.insert(Person(name=name, furigana=reading, role="会長", organisation_id=group))
            for name, reading in zip(names, readings, strict=True)
        ]
        for event, person, more in (
            (held, 0, {"attendance": Attendance.PRESENT}), (friday, 0, {"state": "決定"}),
            (october, 0, {"words": "孫と写真を送りたい"}), (monday, 1, {"state": "辞退"}),
            (gone, 0, {"state": "決定"}), (visit, 2, {}),
        ):  # fmt: skip
            change.insert(Entry(event_id=event, person_id=people[person], organisation_id=group, **more))
    return store


LATER = date(2027, 3, 1)
ASKED = [
    (text, THURSDAY) for text in ("斎藤", "さいとう", "みほん", "写真", "9/25", "出欠を入れる", "中止", "あおば自治会")
]
ASKED += [("斎藤", None), ("受付名簿", None), ("出欠を入れる", LATER)]
ASKED += [("電話の申込", THURSDAY), ("電話の申込", LATER), ("報告書を開く", date(2026, 9, 27)), ("日程", THURSDAY)]


@pytest.mark.parametrize(("text", "today"), ASKED)
def test_a_small_year_is_found(year, text, today):
    found = search_everything(year, text=text, today=today)
    told = ["・".join(found.other_spellings)]
    for group in found.groups:
        told.append(f"■{group.title} {group.total}")
        told += [f"{one.title}｜{one.detail}｜{led(one.link)}{'＋' * one.creates_record}" for one in group.items]
    assert_paper(told, f"「{text}」 {today or '日を問わず'}")


NAMES = ("受付名簿", "団体の記録", "実施報告書", "情報授受簿", "アンケート中間集計", "派遣決定通知", "復元の点検記録")


@pytest.mark.parametrize("name", NAMES)
def test_a_document_leads_to_where_it_is_made_or_to_what_is_missing(year, name):
    events = rows(year.database, Event, order=("event_date", "id"))
    told = []
    for day in (THURSDAY, LATER):
        found = matching_documents(year, keys=search_keys(name), events=events, today=day)
        told += [f"{day} {found.total}{'＝' * found.is_exact_match}"]
        told += [f"{one.name}｜{one.words}｜{led(one.link)}" for one in found.shown]
    assert_paper(told, f"書類「{name}」")


@pytest.fixture
def changed(year):
    """The same with a morning on Friday, another event of that day put off and one of Monday without its place."""
    morning, put_off, moved = (
        add_lecture(year, day, subject=name)
        for day, name in ((FRIDAY, "朝の会"), (FRIDAY, "延びた会"), (MONDAY, "移る会"))
    )
    with year.change(action="時間", by=BY, now=NOW, subject="events") as change:
        change.update(Event, morning, start_time="10:00", end_time="12:00")
    for event, kind in ((put_off, "延期"), (moved, "会場の変更")):
        given = {"kind": kind, "decided_at": NOW, "decided_by": "課長", "reason": "台風のため"}
        decide_change(acting(year), event_id=event, **given)
    return year


@pytest.mark.parametrize("day", [THURSDAY, FRIDAY, FRIDAY + timedelta(days=1), MONDAY, date(2026, 10, 8)])
def test_the_days_around_events_say_what_comes(changed, day):
    home, week = read_home(changed, today=day), read_week(changed, today=day)
    coming = [one for one in (home.next_event, *home.days) if one is not None]
    told = ["｜".join(str(value) for value in vars(one).values() if isinstance(value, str)) for one in coming]
    told += [f"{one.event_id}{led(one.check_in)}" for one in home.days]
    told += ["｜".join(one.cells).replace("\n", " / ") for one in week.events]
    assert_paper([str(home.counts), *told], f"{day}")
    assert count_due(changed, today=day) == home.counts["期限超過"] + home.counts["今日"]


@pytest.mark.parametrize(
    ("day", "there"),
    [(date(2026, 9, 19), 0), (date(2026, 9, 20), 1), (date(2026, 10, 3), 1), (date(2026, 10, 4), 0)],
)
def test_the_page_of_the_morning_has_this_week_and_next_from_sunday_to_saturday(store, day, there):
    add_lecture(store, day)
    assert len(read_week(store, today=THURSDAY).events) == there
