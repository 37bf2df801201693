"""カレンダー（.ics): the entries of the sample year against its events and deadlines, read by another library."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import vobject

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.file_saving import SaveOptions, TargetExistsError
from app.documents.services.issued_copies import open_copy
from app.event.rules.event_warning import AGREEMENT
from app.event.services import event_moves
from app.event.services.calendar_entries import CalendarScope, read_calendar, save_calendar
from app.event.services.recruitment import tick_step
from app.event.services.tasks.deadlines import close_event_task, event_tasks, override_deadline
from app.event.services.tasks.task import STEP
from app.event.services.tasks.task_kind import TASK_KIND_BY_NAME
from app.history.services import undo
from app.year.dates.services import close_year_task, read_year_dates
from db.files.storage_errors import StorageProblem
from db.mapping import TABLE_OF
from db.records.documents import Outgoing, OutgoingWay
from db.records.events import CalendarEntry, Event, RecruitmentStep
from db.rows import by_id, rows
from tests.support.cancelling import cancel_event
from tests.support.sample import BY, NOW, acting, event_id
from tests.support.years import BY as ADDED_BY
from tests.support.years import NOW as TODAY
from tests.support.years import add_dispatch, add_lecture, started_year

pytestmark = pytest.mark.sample_year

LATER = datetime(2026, 12, 2, 10, 0)
YEAR = CalendarScope()
MORE = {"exception_reason": "団体の希望", "exception_kind": AGREEMENT}
"""An event beyond the number of the contract is added with a reason."""
TOKYO = timedelta(hours=9)


@dataclass
class Groupware:
    """A program that takes calendar files in: of one name it keeps what has the higher number, then what is newer."""

    held: dict[str, Any] = field(default_factory=dict)

    def take_in(self, data: bytes) -> dict[str, Any]:
        """Take a file in, and return its entries by name."""
        text = data.decode()
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), "RFC 5545, 3.1"
        assert text.endswith("END:VCALENDAR\r\n")
        entries = vobject.readOne(text).vevent_list
        found = {entry.uid.value: entry for entry in entries}
        assert len(found) == len(entries), "one name, one entry"
        for uid, entry in found.items():
            before = self.held.get(uid)
            if before is None or _age(entry) > _age(before):
                self.held[uid] = entry
        return found

    def standing(self) -> list[tuple[str, date | datetime]]:
        """Return what its user sees: title and beginning of everything that was not called off."""
        return sorted(
            ((one.summary.value, _start(one)) for one in self.held.values() if one.status.value != "CANCELLED"), key=str
        )


def _age(entry: Any) -> tuple[int, datetime]:
    return int(entry.sequence.value), entry.dtstamp.value


def _start(entry: Any) -> date | datetime:
    value = entry.dtstart.value
    if isinstance(value, datetime):
        assert value.utcoffset() == TOKYO
        return value.replace(tzinfo=None)
    return value


@pytest.fixture
def save(store, tmp_path):
    """Save a calendar file and return its bytes."""

    def saved(scope: CalendarScope = YEAR, *, now: datetime = NOW) -> bytes:
        path = tmp_path / "予定.ics"
        save_calendar(ActionContext(store, BY, now), scope=scope, options=SaveOptions(path=path, overwrite=True))
        return path.read_bytes()

    return saved


def as_planned(store, today: date) -> list[tuple[str, date | datetime]]:
    """Title and beginning of every event that takes place, with those of its open and done deadlines, by the rows."""
    found: list[tuple[str, date | datetime]] = []
    for event in rows(store.database, Event):
        if event.status == "中止" or event.event_date is None:
            continue
        clock = datetime.strptime(event.start_time, "%H:%M").time()
        found.append((event.full_title, datetime.combine(event.event_date, clock)))
    return found


def of_events(seen: list[tuple[str, date | datetime]]) -> list[tuple[str, date | datetime]]:
    return [one for one in seen if isinstance(one[1], datetime)]


def test_an_entry_says_when_it_changed_and_not_when_its_file_was_saved(store, save):
    """RFC 5545, 3.8.7.2: without METHOD, DTSTAMP is the moment of the last change; 3.8.4.3: then no ORGANIZER."""
    first = Groupware().take_in(save())
    moved = event_id(store, "講習会", 7)
    event_moves.move_event(
        ActionContext(store, BY, LATER), event_id=moved, new_date=date(2026, 12, 22), reason="会場の都合"
    )
    data = save(now=LATER)
    second = Groupware().take_in(data)
    third = Groupware().take_in(save(now=LATER + timedelta(days=3)))
    assert not {"METHOD", "ORGANIZER", "ATTENDEE"} & {
        line.split(":")[0].split(";")[0] for line in data.decode().split()
    }
    changed = {uid for uid in first if _age(second[uid]) > _age(first[uid])}
    assert second[next(iter(changed))].dtstamp.value == (LATER - TOKYO).replace(tzinfo=UTC)
    for uid in first.keys() - changed:
        assert second[uid].dtstamp.value == first[uid].dtstamp.value
    assert {uid: one.dtstamp.value for uid, one in third.items()} == {
        uid: one.dtstamp.value for uid, one in second.items()
    }


def test_a_moved_event_moves_in_a_calendar_that_held_it_and_a_cancelled_one_goes(store, save):
    groupware = Groupware()
    first = groupware.take_in(save())
    assert of_events(groupware.standing()) == sorted(as_planned(store, NOW.date()), key=str)
    before = {entry.summary.value: uid for uid, entry in first.items()}

    moved, cancelled, other = (event_id(store, "講習会", n) for n in (7, 6, 5))
    title = by_id(store.database, Event, moved).full_title
    event_moves.move_event(
        ActionContext(store, BY, LATER),
        event_id=moved,
        new_date=date(2026, 12, 22),
        reason="会場の都合",
        start_time="10:00",
        end_time="12:00",
    )
    cancel_event(store, event_id=cancelled, reason="大雪", by=BY, now=LATER)
    second = groupware.take_in(save(now=LATER))

    assert of_events(groupware.standing()) == sorted(as_planned(store, LATER.date()), key=str)
    assert (title, datetime(2026, 12, 22, 10, 0)) in groupware.standing()
    for event in rows(store.database, Event):
        if event.status != "中止" and event.event_date is not None:
            (entry,) = [one for one in groupware.held.values() if one.summary.value == event.full_title]
            ends = datetime.combine(event.event_date, datetime.strptime(event.end_time, "%H:%M").time())
            assert entry.dtend.value.replace(tzinfo=None) == ends, event.full_title
            assert entry.location.value == f"{event.venue} {event.room}".strip(), event.full_title
    assert before[title] in second, "the old entry itself"
    for event in rows(store.database, Event):
        mine = [(words, day) for words, day in groupware.standing() if words.endswith(f"　{event.full_title}")]
        names = [words.partition("】")[2] for words, _day in mine]
        assert len(names) == len(set(names)), "none is doubled"
        due = {
            (task.label, task.due)
            for task in event_tasks(store, event_id=event.id, today=LATER.date())
            if task.task == STEP or (task.task in TASK_KIND_BY_NAME and TASK_KIND_BY_NAME[task.task].due_rule)
        }
        assert due <= {(words.partition("】")[2].partition("　")[0], day) for words, day in mine}, event.full_title
        assert bool(mine) == (event.status != "中止")
    numbers = {uid: int(entry.sequence.value) for uid, entry in second.items()}
    assert set(numbers.values()) == {0, 1}
    assert {key for key in first if numbers.get(key) == 0} == {
        key for key in first if numbers.get(key) is not None and _said(first[key]) == _said(second[key])
    }
    untouched = by_id(store.database, Event, other).full_title
    assert {entry.sequence.value for entry in second.values() if untouched in entry.summary.value} == {"0"}
    called_off = next(entry for entry in second.values() if "【中止】第6回" in entry.summary.value)
    assert (called_off.status.value, called_off.sequence.value) == ("CANCELLED", "1")
    assert {entry.status.value for entry in second.values() if "取りやめ" in entry.summary.value} == {"CANCELLED"}

    event_moves.move_event(
        ActionContext(store, BY, LATER),
        event_id=moved,
        new_date=date(2026, 12, 18),
        reason="元の日に戻す",
        start_time="14:00",
        end_time="16:00",
    )
    third = groupware.take_in(save(now=LATER + timedelta(hours=1)))
    assert (title, datetime(2026, 12, 18, 14, 0)) in groupware.standing()
    assert third[before[title]].sequence.value == "2", "the number grows with each move, back as well"
    again = groupware.take_in(save(now=LATER + timedelta(hours=2)))
    assert {uid: entry.sequence.value for uid, entry in again.items()} == {
        uid: entry.sequence.value for uid, entry in third.items()
    }, "saved again without a change"


def _said(entry: Any) -> tuple[str, ...]:
    return tuple(
        str(entry.contents[name][0].value)
        for name in ("summary", "dtstart", "status", "location", "description")
        if name in entry.contents
    )


def test_every_deadline_of_an_event_and_of_the_year_stands_in_it_with_its_basis_and_the_alarms_of_the_settings(
    store, save
):
    lecture = event_id(store, "講習会", 7)
    own = Groupware().take_in(save(CalendarScope(event_id=lecture)))
    tasks = {task.label: task for task in event_tasks(store, event_id=lecture, today=NOW.date()) if task.rule}
    entries = {entry.summary.value.partition("】")[2].partition("　")[0]: entry for entry in own.values()}
    for label in (
        "参加人数を連絡する",
        "資料の確認を終える",
        "設問を協議して決める",
        "決定通知を出す",
        "参加者を決める",
    ):
        assert _start(entries[label]) == tasks[label].due, label
    notice = entries["参加人数を連絡する"]
    assert notice.summary.value.startswith("【期限】")
    assert notice.description.value.splitlines() == [
        "担当：区→受託者",
        "根拠：仕様書4(1)エ　5日前",
        "期限（暦どおり）：令和8年12月13日（日）",
        "期限（開庁日）：令和8年12月11日（金）",
        "目安日：令和8年12月11日（金）",
        "実施日：令和8年12月18日（金）",
    ]
    day = datetime(2026, 12, 11)
    assert [day + alarm.trigger.value for alarm in notice.valarm_list] == [
        datetime(2026, 12, 4, 9),
        datetime(2026, 12, 8, 9),
        datetime(2026, 12, 11, 9),
    ]
    near = entries["参加者を決める"]  # 12/3, two days ahead
    assert [datetime(2026, 12, 3) + alarm.trigger.value for alarm in near.valarm_list] == [datetime(2026, 12, 3, 9)]
    (event,) = [entry for entry in own.values() if isinstance(entry.dtstart.value, datetime)]
    assert event.location.value == "見本ほしぞら地域集会所 第1会議室"
    assert "根拠：仕様書4(1)ア、仕様書4(1)エ" in event.description.value
    assert _start(event) + event.valarm_list[0].trigger.value == datetime(2026, 12, 11, 9)

    ward = Groupware().take_in(save(CalendarScope(deadlines_only=True)))
    assert not [one for one in ward.values() if isinstance(one.dtstart.value, datetime)]
    assert {one.description.value.splitlines()[0] for one in ward.values() if one.status.value != "CANCELLED"} == {
        "担当：区",
        "担当：区→受託者",
        "担当：区・受託者",
    }
    of_year = {
        row.task.label: row.task.due for row in read_year_dates(store, today=NOW.date()).rows if "区" in row.task.owner
    }
    said = {one.summary.value.partition("】")[2]: _start(one) for one in ward.values()}
    assert of_year.items() <= said.items()
    assert next(one for one in ward.values() if one.summary.value == "【仮】支払を終える").status.value == "TENTATIVE"
    shared = {uid for uid, one in own.items() if uid in ward}
    assert shared, "the same thing has the same name in every file"


def test_no_name_of_anybody_stands_in_it(store, save):
    """Every value of every column of names in the sample year, and of every table's free text of people."""
    columns = {
        ("people", "name"),
        ("people", "furigana"),
        ("applications", "name"),
        ("applications", "furigana"),
        ("users", "display_name"),
        ("offices", "staff"),
        ("contractors", "representative"),
        ("contractors", "responsible"),
        ("events", "lecturer"),
        ("presentations", "presenter"),
        ("presentations", "addressed"),
        ("calls", "whom"),
        ("recruitment_steps", "done_by"),
        ("deadline_overrides", "by"),
        ("deadline_overrides", "reason"),
        ("task_closings", "by"),
        ("equipment_items", "checked_by"),
        ("contacts", "value"),
        ("dispatch_wishes", "signer"),
    }
    assert {table for table, _ in columns} <= set(TABLE_OF.values())
    override_deadline(
        acting(store),
        event_id=event_id(store, "講習会", 7),
        task="人数連絡",
        due=date(2026, 12, 10),
        reason="見本 花子さんが休むため",
    )
    names = {
        "".join(str(value).split())
        for table, column in columns
        for (value,) in store.database.execute(f"SELECT [{column}] FROM [{table}]").fetchall()
        if value
    } | {"見本花子", BY}
    assert len(names) > 150
    for scope in (
        CalendarScope(),
        CalendarScope(deadlines_only=True),
        CalendarScope(event_id=event_id(store, "派遣", 3)),
    ):
        text = "".join(re.sub(r"\r\n ", "", save(scope).decode()).split())
        assert [name for name in names if name in text] == []


def test_a_title_or_a_place_that_names_somebody_is_left_out_and_said(store, save):
    lecture = event_id(store, "講習会", 7)
    person = next(name for (name,) in store.database.execute("SELECT name FROM people").fetchall() if len(name) > 3)
    held = by_id(store.database, Event, lecture)
    with store.change(action="書き換え", by=BY, now=NOW) as change:
        change.update(Event, held.id, subject=f"{person}さんに聞く会", room=f"{person}様方")
    found = read_calendar(store, scope=CalendarScope(event_id=lecture), today=NOW.date())
    assert "名称か会場に人の名前があるため、その部分を入れません。" in found.words
    text = re.sub(r"\r\n ", "", save(CalendarScope(event_id=lecture)).decode())
    assert person not in text
    assert "SUMMARY:講習会" in text
    assert "【期限】人数連絡" in text


def test_what_is_planned_no_more_is_called_off_and_what_has_no_date_is_said(store, save):
    groupware = Groupware()
    undated = add_dispatch(store, None, **MORE)
    added = by_id(store.database, Event, add_lecture(store, date(2027, 1, 28), subject="地図アプリ講習会", **MORE))
    groupware.take_in(save())
    contents = read_calendar(store, scope=YEAR, today=NOW.date())
    assert contents.words == (
        f"実施回{contents.event_count}件と期限{contents.deadline_count}件が入ります。"
        "日程の決まっていない1件（派遣 みほん若葉町会）は入りません。"
    )
    seen = [words for words, _day in groupware.standing()]
    assert not [words for words in seen if "みほん若葉町会" in words]
    mine = [words for words in seen if added.full_title in words]
    assert len(mine) > 10

    # Whoever added it takes it back: it is in no row any more, and in the calendars that took it in.
    undo(store, by=ADDED_BY, now=LATER)
    event_moves.move_event(ActionContext(store, BY, LATER), event_id=undated, new_date=date(2027, 1, 26), reason="決定")
    close_year_task(
        ActionContext(store, BY, LATER), programme_id=1, task="出納閉鎖", closed_on=LATER.date(), reason="済んだ"
    )
    closing = next(
        one
        for one in rows(store.database, RecruitmentStep, event_id=event_id(store, "講習会", 7))
        if one.name == "受付締切"
    )
    tick_step(ActionContext(store, BY, LATER), step_id=closing.id)
    after = read_calendar(store, scope=YEAR, today=LATER.date())
    assert (after.withdrawn, after.undated) == (len(mine), ())
    assert f"中止・取りやめ{len(mine)}件があります。" in after.words
    groupware.take_in(save(now=LATER))
    seen = [words for words, _day in groupware.standing()]
    assert not [words for words in seen if added.full_title in words]
    assert [words for words in seen if words.endswith("みほん若葉町会") and "【" not in words]
    assert [words for words in seen if words.startswith("【済】受付締切　第7回")]
    assert "【済】出納閉鎖" in seen
    assert read_calendar(store, scope=YEAR, today=LATER.date()).withdrawn == 0, "said once"


def test_the_file_of_the_deadlines_of_the_ward_calls_off_none_of_the_contractor(store, save):
    """It never held them; calendars that take it in showed things called off that they had not heard of."""
    add_lecture(store, date(2027, 1, 28), subject="地図アプリ講習会", **MORE)
    year = {entry.uid.value: entry for entry in Groupware().take_in(save()).values()}
    ward = set(Groupware().take_in(save(CalendarScope(deadlines_only=True))))
    undo(store, by=ADDED_BY, now=LATER)
    after = Groupware().take_in(save(CalendarScope(deadlines_only=True), now=LATER))
    gone = {uid for uid, entry in after.items() if entry.status.value == "CANCELLED"}
    assert gone
    assert gone <= ward
    owners = {year[uid].description.value.splitlines()[0] for uid in ward}
    assert owners <= {"担当：区", "担当：区→受託者", "担当：区・受託者"}
    assert {uid for uid, entry in year.items() if entry.description.value.startswith("担当：区")} == ward


def test_a_file_that_is_refused_or_fails_leaves_no_trace(store, tmp_path):
    scope, path = CalendarScope(), tmp_path / "a.ics"
    before = len(rows(store.database, Outgoing))
    with pytest.raises(UserError, match="暗号化できません"):
        save_calendar(
            acting(store),
            scope=scope,
            options=SaveOptions(path=path, way=OutgoingWay.ENCRYPTED, password="correct horse"),
        )
    path.write_text("x", encoding="utf-8")
    with pytest.raises(TargetExistsError):
        save_calendar(acting(store), scope=scope, options=SaveOptions(path=path))
    with pytest.raises(StorageProblem):
        save_calendar(acting(store), scope=scope, options=SaveOptions(path=tmp_path / "none" / "a.ics"))
    assert (len(rows(store.database, Outgoing)), rows(store.database, CalendarEntry)) == (before, [])
    assert path.read_text(encoding="utf-8") == "x"

    save_calendar(acting(store), scope=scope, options=SaveOptions(path=path, overwrite=True))
    (row,) = [one for one in rows(store.database, Outgoing) if one.document_kind == "カレンダー"]
    assert (row.format, row.personal, row.detail["範囲"]) == ("ics", False, "年度")
    assert open_copy(store, outgoing_id=row.id).data == path.read_bytes()
    assert row.sha256 == sha256(path.read_bytes()).hexdigest()


def test_an_event_without_a_date_has_no_calendar(store, tmp_path):
    undated = add_dispatch(store, None, **MORE)
    for step in rows(store.database, RecruitmentStep, event_id=undated):
        assert step.due is None
    with pytest.raises(UserError, match=r"カレンダーに入れる予定がありません。実施日が決まっていません。"):
        save_calendar(
            acting(store), scope=CalendarScope(event_id=undated), options=SaveOptions(path=tmp_path / "a.ics")
        )
    assert not (tmp_path / "a.ics").exists()


def test_a_calendar_is_named_by_what_it_holds(store):
    lecture = by_id(store.database, Event, event_id(store, "講習会", 7))
    scopes = (YEAR, CalendarScope(deadlines_only=True), CalendarScope(event_id=lecture.id))
    assert [read_calendar(store, scope=scope, today=NOW.date()).name for scope in scopes] == [
        "デジ活デスク　令和8年度",
        "デジ活デスク　令和8年度　区の期限",
        f"デジ活デスク　{lecture.full_title}",
    ]


def test_the_file_of_one_event_says_of_each_deadline_what_that_of_the_year_says(tmp_path):
    """What was closed by hand was 済 in the file of the year and rang on in that of its event."""
    small, today = started_year(tmp_path / "small"), TODAY.date()
    lecture = add_lecture(small, date(2026, 9, 24))
    done = {"task": "資料案の受領", "closed_on": today, "reason": "打合せで受け取った"}
    close_event_task(ActionContext(small, BY, TODAY), event_id=lecture, **done)

    def said(scope):
        found = read_calendar(small, scope=scope, today=today).entries
        return {row.key: (entry.summary, entry.day, entry.status, entry.alarm_days) for row, entry in found}

    own = said(CalendarScope(event_id=lecture))
    draft = ("【済】資料（案）の提出　第1回 LINE講習会", date(2026, 9, 3), "CONFIRMED", ())
    assert own[f"実施回:{lecture}:資料案の受領"] == draft
    assert own.items() <= said(YEAR).items()


def test_what_a_file_holds_and_what_changed_since_is_counted_apart_for_events_and_deadlines(tmp_path):
    small = started_year(tmp_path / "small")
    moved, cancelled = (add_lecture(small, date(2026, 9, day)) for day in (24, 29))
    add_lecture(small, None, subject="講習会（内容は協議中）")
    today = TODAY.date()

    def counts(scope: CalendarScope = YEAR) -> tuple[int, int, int, int]:
        found = read_calendar(small, scope=scope, today=today)
        assert len(found.entries) == found.event_count + found.deadline_count + found.withdrawn
        return found.event_count, found.deadline_count, found.changed, found.withdrawn

    events, deadlines, *later = counts()
    assert (events, later) == (2, [0, 0])
    assert deadlines > 20
    assert counts(CalendarScope(event_id=moved))[0] == 1
    assert counts(CalendarScope(deadlines_only=True))[0] == 0
    assert read_calendar(small, scope=YEAR, today=today).undated == ("講習会（内容は協議中）",)
    save_calendar(ActionContext(small, BY, TODAY), scope=YEAR, options=SaveOptions(path=tmp_path / "予定.ics"))
    assert counts() == (events, deadlines, 0, 0)

    event_moves.move_event(
        ActionContext(small, BY, TODAY), event_id=moved, new_date=date(2026, 9, 25), reason="会場の都合"
    )
    after = counts()
    assert after[0] == events
    assert after[2] > 1, "the event and the deadlines that are counted from its day"
    assert after[3] == 0
    of_one = counts(CalendarScope(event_id=cancelled))
    cancel_event(small, event_id=cancelled, reason="大雪", by=BY, now=TODAY)
    assert counts() == (1, after[1] - of_one[1], after[2], 1 + of_one[1])
