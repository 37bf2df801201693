"""その日の状態: the past equals a copy that was kept then, and what it says beside now."""

import re
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.calendar.office_days import DateProblem
from app.events.as_of import services as as_of_services
from app.events.as_of.rules import SAME, DueLine, StateWords, current_deadline_text, parse_moment
from app.events.as_of.services import as_of_scope, build_as_of, open_store_as_of, read_as_of
from app.events.roster.services import entry_changes
from db import connection, migrations
from db.backups import as_of
from db.journal_index import forget_journal
from db.keys import derive_keys
from db.records.accounts import RowChange
from db.records.documents import Notification
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Entry
from db.rows import by_id, rows
from db.store import Store
from db.tables import journal as table_of_journal
from tests.support import past_moments
from tests.support.in_full import times
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, event_id, sample_store
from tests.support.stores import DATA_KEY, made_by
from tests.support.years import add_lecture, expect_people, started_year
from tests.tables.test_3_to_17_step import ACTS_OLD

LATER = datetime(2026, 12, 1, 10, 0)
store = made_by(sample_store, scope="module")


def test_moments_equal_the_copies_kept_then(tmp_path):
    assert past_moments.run(tmp_path, moments=times(20, of=4), seed=7) == []


def test_what_changed_since_stands_beside_what_was(store):
    number = event_id(store, "講習会", 6)
    before = as_of.journal_headers(store.database)[-1].seq
    gone, late = [one for one in rows(store.database, Entry, event_id=number) if one.person_id is not None][:2]
    entry_changes.record_absence(ActionContext(store, BY, LATER), entry_id=gone.id, note="通院")
    with store.change(action="備考を直した", by=BY, now=LATER.replace(minute=20), event_id=number) as change:
        change.update(Entry, late.id, device="持参" if late.device != "持参" else "貸与", care="座席は前へ")
    view = read_as_of(store, event_id=number, seq=before, now=LATER.replace(hour=11))
    assert [(one.id, one.then, one.now) for one in view.changed_people] == [
        (gone.id, view.changed_people[0].then, "欠席連絡"),
        (late.id, view.changed_people[1].then, view.changed_people[1].then),
    ]
    assert "→" in view.changed_people[1].other_changes
    assert "座席" not in view.changed_people[1].other_changes
    counted = {one.label: one for one in view.counts}
    assert counted["参加予定"].now == counted["参加予定"].then - 1
    assert counted["参加予定"].difference == "−1人"
    assert not counted["申込"].is_changed
    assert [one.action for one in view.changes][-1] == "備考を直した"
    assert view.later_step == before + 1
    # The moment typed gives the same state as the step, and between both changes lies another.
    until = read_as_of(store, event_id=number, moment=LATER.replace(minute=10), now=LATER.replace(hour=11))
    assert (until.seq, [one.id for one in until.changed_people]) == (before + 1, [late.id])
    assert until.moment == LATER.replace(minute=10)
    newest = read_as_of(store, event_id=number, now=LATER.replace(hour=11))
    assert newest.seq == before + 1
    assert len(newest.changes) == 1
    assert [one.step_count for one in (view, newest)] == [before, before + 1], "each step up to it is counted"


def test_a_place_whose_person_was_replaced_has_changed_and_one_whose_name_was_corrected_has_not(tmp_path):
    store = sample_store(tmp_path)
    number = event_id(store, "講習会", 6)
    before = as_of.journal_headers(store.database)[-1].seq
    given, corrected = [one for one in rows(store.database, Entry, event_id=number) if one.person_id is not None][:2]
    with store.change(action="代わりの方にした", by=BY, now=LATER, event_id=number) as change:
        other = change.insert(Person(name="見本　かわり", furigana=""))
        change.update(Entry, given.id, person_id=other)
        change.update(Person, corrected.person_id, name="見本　あらため")
    view = read_as_of(store, event_id=number, seq=before, now=LATER.replace(hour=11))

    assert [one.id for one in view.changed_people] == [given.id]
    assert view.changed_people[0].name.endswith(" → 見本　かわり")
    (named,) = [one for one in view.people if one.id == corrected.id]
    assert named.name.endswith(" → 見本　あらため")


def test_a_deadline_that_moved_shows_both_days_and_days_left_are_no_change(store):
    number = event_id(store, "講習会", 7)
    before = as_of.journal_headers(store.database)[-1].seq
    event = by_id(store.database, Event, number)
    assert event is not None
    assert event.event_date is not None
    with store.change(action="日を移した", by=BY, now=LATER, event_id=number) as change:
        change.update(Event, number, event_date=date(2026, 12, 22))
    view = read_as_of(store, event_id=number, seq=before, now=LATER)
    assert view.event is not None
    assert view.event.event_date == event.event_date
    assert "12月22日" in view.head_now
    assert "12月22日" not in view.head_then
    report = next(one for one in view.deadlines if one.label == "実施報告書の提出")
    assert report.is_changed
    assert " → " in report.due_words
    quiet = read_as_of(store, event_id=event_id(store, "講習会", 6), moment=NOW, now=LATER.replace(day=4))
    open_then = [one for one in quiet.deadlines if one.then.text != one.now.text and not one.is_changed]
    assert open_then, "days passed, and nothing else: such a line is not tinted"
    assert all(current_deadline_text(one) != SAME for one in open_then), "but that days passed is said"


def test_a_deadline_that_became_late_since_does_not_say_that_its_state_is_the_same():
    due = {"label": "資料の確認", "owner": "区", "basis": "", "due_words": "11/24(火)", "is_changed": False}
    line = DueLine(**due, then=StateWords(text="あと3日", style="open"), now=StateWords(text="5日超過", style="late"))
    assert current_deadline_text(line) == "5日超過"
    late = DueLine(**due, then=StateWords(text="2日超過", style="late"), now=StateWords(text="5日超過", style="late"))
    assert current_deadline_text(late) == "5日超過　（状態は同じ）"


def test_no_day_after_now_is_a_past(tmp_path):
    store = sample_store(tmp_path)
    number = event_id(store, "講習会", 6)
    with store.change(action="時計の進んだPCで直した", by=BY, now=LATER.replace(day=9), event_id=number) as change:
        change.update(Event, number, room="別の部屋")
    ahead = as_of.journal_headers(store.database)[-1].seq
    assert read_as_of(store, event_id=number, now=LATER).seq < ahead
    assert read_as_of(store, event_id=number, seq=ahead, now=LATER).moment == LATER


def test_before_the_event_was_there_and_before_the_records_begin(store):
    number = event_id(store, "講習会", 1)
    assert read_as_of(store, event_id=number, seq=3, now=LATER).event is None
    early = read_as_of(store, event_id=number, moment=datetime(2025, 4, 1, 9, 0), now=LATER)
    assert early.is_too_early
    assert early.seq == 1
    assert early.earlier_step is None
    assert early.known_from == datetime(2026, 8, 3, 9, 0)


def test_nothing_is_written_and_the_past_is_closed(store):
    before = as_of.journal_headers(store.database)[-1]
    with open_store_as_of(store, 20) as then:
        database = then.database
        assert then.read_only
        assert database.execute("PRAGMA database_list").fetchall()[0][2] == ""
    with pytest.raises(Exception, match="closed"):
        database.execute("SELECT 1")
    assert as_of.journal_headers(store.database)[-1] == before


def test_what_was_erased_ends_the_past(store):
    store.database.execute("SAVEPOINT erased")
    store.database.execute("UPDATE journal SET payload = '' WHERE seq = 12")
    forget_journal(store.database)  # an earlier program did it: it stands so when the folder is opened
    try:
        view = read_as_of(store, event_id=1, seq=5, now=LATER)
        assert (view.seq, view.is_too_early) == (12, True)
        assert "消しました" in view.known_from_reason
        said = said_by(build_as_of(store, as_of_scope(view), LATER))
        assert "に情報を消した（" in said
        assert "組み立てない" in said
        assert not re.search(r"(です|ます|ません|ました|ください)[。）]", said), "a record of the house speaks plainly"
        with pytest.raises(UserError, match="組み立てられません"), open_store_as_of(store, 11):
            pass
    finally:
        store.database.execute("ROLLBACK TO erased")
        store.database.execute("RELEASE erased")
        forget_journal(store.database)


def test_rows_of_a_shape_that_nobody_knows_are_refused_with_a_sentence(store):
    with store.change(action="知らない形", by=BY, now=LATER) as change:
        old = {"id": 901, "no_such_column": 1}
        change.rows.append(RowChange(table="venues", row_id=901, before=old, after=None))
    last = as_of.journal_headers(store.database)[-1].seq
    with pytest.raises(UserError, match="組み立てられません"), open_store_as_of(store, last - 1):
        pass


@pytest.mark.nightly
def test_the_past_of_an_older_shape_takes_the_same_steps(tmp_path):
    keys = derive_keys(DATA_KEY)
    database = connection.connect(tmp_path / "old.db", keys.pages, create=True)
    migrations.migrate(database, upto=12)
    database.execute("PRAGMA foreign_keys = OFF")
    store = Store(folder=tmp_path, database=database, keys=keys, login_id="old")
    event, told, *_rest = ACTS_OLD.strip().split("\n")
    with store.change(action="人数を連絡した", by=BY, now=NOW) as change:
        for table, statement in (("events", event), ("headcount_notices", told)):
            database.execute(statement)
            (row,) = database.query(f"SELECT * FROM {table}")
            change.rows.append(RowChange(table=table, row_id=row["id"], before=None, after=row))
    kept = as_of.journal_headers(database)[-1].seq
    with store.change(action="取り消した", by=BY, now=NOW) as change:
        change.restore("headcount_notices", 1, None)
    migrations.migrate(database)
    shape = f"データを新しい版の形にした（第12版から第{migrations.NEWEST}版）"
    with store.change(action=shape, by=BY, now=NOW, subject="shape", barrier=True) as change:
        for table, row_id, image, row in table_of_journal.rows_unlike_journal(database):
            change.rows.append(RowChange(table=table, row_id=row_id, before=dict(image) if image else None, after=row))
    with open_store_as_of(store, kept) as then:
        assert then.database.execute("SELECT people FROM headcount_notices").fetchall() == [(14,)]
        # The step of that shape made an act of the telling; it does so again.
        assert [act.told_to for act in rows(then.database, Notification)] == ["業務責任者　見本 花子"]
        assert migrations.version_of(then.database) == migrations.NEWEST
    assert not rows(database, Notification)
    database.conn.close()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9/25 17:00", datetime(2026, 9, 25, 17, 0, 59, 999999)),
        ("９／２５　１７：００", datetime(2026, 9, 25, 17, 0, 59, 999999)),
        ("令和8年9月25日（金）17:00 時点", datetime(2026, 9, 25, 17, 0, 59, 999999)),
        ("R8.9.25 午後5時", datetime(2026, 9, 25, 17, 0, 59, 999999)),
        ("2026-09-25T17:00", datetime(2026, 9, 25, 17, 0, 59, 999999)),
        ("9/25", datetime(2026, 9, 25, 23, 59, 59, 999999)),
        ("1/8", datetime(2027, 1, 8, 23, 59, 59, 999999)),
        ("16:30", datetime(2026, 11, 30, 16, 30, 59, 999999)),
    ],
)
def test_a_moment_is_typed_in_any_usual_form(typed, meant):
    assert parse_moment(typed, 2026, shown_moment=datetime(2026, 11, 30, 9, 0)) == meant


@pytest.mark.parametrize("typed", ["", "きのう", "9/31 17:00", "9/25 27:00", "9/25（月）"])
def test_what_is_no_moment_gets_a_sentence(typed):
    with pytest.raises(DateProblem):
        parse_moment(typed, 2026)


def test_numbers_that_were_unknown_then_and_now_are_left_out_and_those_known_since_stand_there(tmp_path):
    store = started_year(tmp_path)
    before = as_of.journal_headers(store.database)[-1].seq
    number = add_lecture(store)
    expect_people(store, number, 9, 8)
    view = read_as_of(store, event_id=number, seq=before, now=LATER)
    assert view.event is None
    counted = {one.label: (one.then, one.now) for one in view.counts}
    assert counted == {"参加予定": (None, 17), "参加予定の団体": (None, 2)}, "nobody applied, was told of or came yet"


@pytest.mark.parametrize(
    ("then", "now", "shown"),
    [
        (None, None, []),
        (None, 0, ["申込"]),
        (0, None, ["申込"]),
        (0, 0, ["申込"]),
        (0, 2, ["申込", "貸与タブレット"]),
        (2, 0, ["申込", "貸与タブレット"]),
        (None, 2, ["申込", "貸与タブレット"]),
        (2, 2, ["申込", "貸与タブレット"]),
    ],
)
def test_no_tablets_then_and_now_are_no_line_and_no_applications_are_one(monkeypatch, then, now, shown):
    monkeypatch.setattr(as_of_services, "event_counts", lambda state: state)
    unknown = dict.fromkeys(as_of_services._UNITS)
    lines = as_of_services._count_lines(
        unknown | {"申込": then, "貸与タブレット": then}, unknown | {"申込": now, "貸与タブレット": now}
    )
    assert [line.label for line in lines] == shown
    assert {(line.then, line.now) for line in lines} <= {(then, now)}
