"""Changes of a small year as they are read: every row, the counts by day and person, and what undoing one does."""

from datetime import date, datetime, timedelta

import pytest

from app.history.services import last_action, undo_entry
from app.home.changes.services import count_changes, event_name, read_change, read_changes, week_of
from db.records.documents import SET_ASIDE
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.programme import Programme
from db.records.roster import Entry
from tests.support.left_papers import notification, outgoing
from tests.support.paper_lines import assert_paper
from tests.support.years import BY, add_lecture

MONDAY = datetime(2026, 9, 7, 9)
OTHER = "見本 花子"


def act(store, words, at, *records, by=BY, subject="events", event=None, **rows_changed):
    """Do one thing and return its number: records are added, rows changed, or deleted where no fields are given."""
    with store.change(action=words, by=by, now=at, subject=subject, event_id=event) as change:
        for one in records:
            change.insert(one)
        for record, row_id, fields in rows_changed.values():
            change.update(record, row_id, **fields) if fields else change.delete(record, row_id)
    return last_action(store)


@pytest.fixture
def week(store):
    """What two clerks did from Sunday to Wednesday, of an event, of a 団体, of people and of the year."""
    event = add_lecture(store)
    sunday, tuesday, wednesday = (MONDAY + timedelta(days=days) for days in (-1, 1, 2))
    group = Organisation(name="みほん町会", branch="第1支部")
    act(store, "団体を加えた", sunday.replace(hour=23), group, subject="organisations")
    act(
        store,
        "人を加えた",
        MONDAY.replace(hour=0),
        Person(name="若葉　一郎", organisation_id=1),
        subject="participants",
    )
    act(store, "年度の名称を変えた", MONDAY, subject="programme", by=OTHER, one=(Programme, 1, {"title": "見本の事業"}))
    entries = [Entry(event_id=event, organisation_id=1, role=f"{number}") for number in range(5)]
    act(store, f"{event_name(store, event_id=event)}：5人を加えた", tuesday, *entries, subject="roster", event=event)
    fields = {"room": "和室", "venue": "みほん館", "start_time": "13:30", "end_time": "15:30"}
    act(store, "会場と時間を変えた", tuesday, event=event, by=OTHER, one=(Event, event, fields))
    act(
        store,
        "保存した",
        tuesday,
        outgoing("受付名簿", event_id=event, by=BY, at=tuesday),
        subject="papers",
        event=event,
    )
    states = {f"e{one}": (Entry, one, {"role": "会長"}) for one in range(1, 5)} | {"e5": (Entry, 5, {})}
    act(store, "役職を直した", wednesday, subject="roster", event=event, **states)
    act(store, "部屋を変えた", wednesday, event=event, one=(Event, event, {"room": "洋室"}))
    act(store, "人を消した", wednesday, subject="organisations", one=(Person, 1, {}))
    return event


def said(rows):
    told = []
    for one in rows:
        where = one.link and (one.link.organisation_id or one.link.event_id or "")
        link = f"→{one.link.action} {where}" if one.link else ""
        marks = f"{one.kind}{'（戻した）' * one.is_undone}{'控え' * (one.outgoing_id is not None)}"
        told.append(f"{one.at:%m-%d %H:%M} {one.by}｜{one.location}｜{one.words}｜{one.summary}｜{marks}{link}")
    return told


@pytest.mark.parametrize(("since", "today"), [(9, 9), (8, 9), (7, 8), (7, 7), (6, 7), (7, 6), (10, 10)])
def test_changes_are_counted_by_day_and_person_from_a_day_on(store, week, since, today):
    first, day = date(2026, 9, since), date(2026, 9, today)
    found = read_changes(store, since=first, today=day)
    counts = (found.count_today, found.count_yesterday, found.count_this_week, found.count_left)
    told = [str(counts), "、".join(found.people)]
    told += [f"{day} {words}　{dict(found.tally[day])}" for day, words in found.counts_by_person().items()]
    assert_paper([*told, *(f"{one.at:%m-%d} {one.words}" for one in found.rows)], f"{first}から {day}")
    assert count_changes(store, since=first) == len(found.rows)
    newest = read_changes(store, since=first, today=day, limit=2)
    assert (newest.rows, newest.count_left) == (found.rows[:2], max(0, len(found.rows) - 2))


def test_every_row_says_where_what_and_leads_there(store, week):
    everything = read_changes(store, since=date(2026, 9, 6), today=date(2026, 9, 9), saved=True)
    assert_paper(said(everything.rows), "すべて")
    of_event = read_changes(store, since=date.min, today=date(2026, 9, 9), event_id=week)
    assert_paper(said(of_event.rows), "1つの回")
    assert {one.event_id for one in of_event.rows} == {week}


def test_what_has_no_place_of_its_own_is_of_the_first_table_that_was_written(store):
    left = outgoing("受付名簿", programme_id=1, by=BY, at=MONDAY)
    number = act(
        store, "前の版の操作", MONDAY, left, Person(name="若葉　一郎"), Organisation(name="みほん町会"), subject="前"
    )
    found = read_change(store, seq=number, by=BY, today=MONDAY.date()).row
    assert (found.location, found.words) == ("参加者", "前の版の操作")


def test_undoing_one_says_what_goes_back_and_what_stays(store, week):
    told = []
    rows = read_changes(store, since=date(2026, 9, 6), today=date(2026, 9, 9)).rows
    for one in rows:
        found = read_change(store, seq=one.seq, by=one.by, today=date(2026, 9, 9))
        told += [f"■{one.words}　{found.undo_verb}　{found.undo_problem}", *found.undo_effects]
        told += [f"{each.row_name}　{each.field}　{each.before}→{each.after}" for each in found.parts]
    assert_paper(told, "元に戻すと")


def test_what_was_told_since_is_said_of_the_last_telling_that_stands(store, week):
    number = act(store, "題名を変えた", MONDAY, event=week, one=(Event, week, {"subject": "あらた"}))

    def tell(kind, at, how="メール", **more):
        given = {"event_id": week, "key": kind, "told_on": at.date(), "told_to": f"{kind}の人", "told_how": how}
        act(store, "伝えた", at, notification(kind, by=BY, at=at, **given | more), subject="papers", event=week)

    def effects():
        return read_change(store, seq=number, by=BY, today=date(2026, 9, 9)).undo_effects[-1]

    tell("前の紙", MONDAY - timedelta(minutes=1))
    tell("同じ時の紙", MONDAY)
    assert "伝えています" not in effects()
    tell("見送った紙", MONDAY + timedelta(minutes=1), how=SET_ASIDE)
    assert "伝えています" not in effects()
    for minutes, kind in ((2, "参加人数連絡書"), (3, "変更通知")):
        tell(kind, MONDAY + timedelta(minutes=minutes))
    assert effects() == (
        "9/7(月) に変更通知の人へ「変更通知」を伝えています。内容が変わるときは、変更の連絡がもう一度要ります。"
    )


def test_what_was_taken_back_since_does_not_stay_and_three_others_are_named(store, week):
    number = act(store, "部屋を直した", MONDAY + timedelta(days=3), event=week, one=(Event, week, {"room": "広間"}))
    later = MONDAY + timedelta(days=4)

    def effects():
        return [
            one for one in read_change(store, seq=number, by=BY, today=later.date()).undo_effects if "あとの" in one
        ]

    assert effects() == []
    named = ("「一」", "「二」「一」", "「三」「二」「一」", "「四」「三」「二」ほか1件")
    for place, (words, expected) in enumerate(zip("一二三四", named, strict=True)):
        done = act(store, words, later, event=week, one=(Event, week, {"end_time": f"16:0{place}"}))
        assert effects() == [f"あとの変更{expected}は残ります。"]
    undo_entry(store, seq=done, by=BY, now=later)
    assert effects() == ["あとの変更「三」「二」「一」は残ります。"]
    assert event_name(store, event_id=99) == ""


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2026, 9, 6), date(2026, 8, 31)),
        (date(2026, 9, 7), date(2026, 9, 7)),
        (date(2026, 9, 13), date(2026, 9, 7)),
    ],
)
def test_a_week_begins_on_monday(day, monday):
    assert week_of(day) == monday


@pytest.mark.parametrize(("length", "verb"), [(23, f"名称を {'あ' * 23} に戻す"), (24, "これだけを元に戻す")])
def test_a_short_field_is_named_on_the_button_and_a_long_one_is_not(store, length, verb):
    event = add_lecture(store, subject="あ" * length)
    number = act(store, "題名を変えた", MONDAY, event=event, one=(Event, event, {"subject": "い"}))
    assert read_change(store, seq=number, by=BY, today=MONDAY.date()).undo_verb == verb
