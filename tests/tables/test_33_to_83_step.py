"""Folders from before the migrations 33 to 83: what was there stays, and what is new is filled as it should be."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from app.ledgers.rules import TYPED_IN, LedgerColumn, LedgerNames, build_book
from app.programme.intake import preset
from db import migrations
from db.mapping import to_row
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchRequest
from db.records.documents import KeptPaper, Notification
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.ledgers import LedgerRow
from db.records.organisations import Subsidy
from db.records.programme import EventKind, Programme
from db.records.protection import Checkout
from db.records.schedules import WardDay
from db.records.submissions.received import ReceivedPaper
from db.records.surveys import EventSurvey
from db.records.venues import Booking, Venue
from db.rows import by_id, row, rows
from tests.support.old_shapes import a_year, before_step, insert, put

pytestmark = pytest.mark.nightly


# A folder from before: what was granted stays, and 会計の締切 stands in the contract alone, whichever of the two was
# typed.

TITLE, EXAMPLE = "会計の締切（支払の起案）", "例の日付。区の通知で確かめて直す"
APRIL = "2027-04-16"


@pytest.mark.parametrize(
    ("typed", "basis", "done", "due", "left"),
    [
        (None, "会計課の通知", None, date(2027, 4, 16), []),
        (None, EXAMPLE, None, None, []),
        (APRIL, "会計課の通知", None, date(2027, 4, 16), []),
        ("2027-05-14", EXAMPLE, None, date(2027, 5, 14), []),
        ("2027-05-14", "係で決めた", None, date(2027, 5, 14), ["支払の起案"]),
        (None, "会計課の通知", "2027-04-10", date(2027, 4, 16), ["支払の起案"]),
    ],
)
def test_one_day_of_the_accounts_is_left(typed, basis, done, due, left):
    database = before_step("subsidies")
    a_year(database, accounts_due=typed)
    database.execute(
        "INSERT INTO ward_days (id, programme_id, title, day, basis, done_on) VALUES (3, 1, ?, ?, ?, ?), (4, "
        "1, '予算要求', '2026-10-09', '', NULL)",
        [TITLE, APRIL, basis, done],
    )
    insert(database, "subsidies", id=5, organisation_id=9, fiscal_year=2026, amount=30000)
    migrations.migrate(database)
    assert database.execute("SELECT accounts_due FROM programmes").fetchone()[0] == (due.isoformat() if due else None)
    assert [one.title for one in rows(database, WardDay, order="id")] == [*left, "予算要求"]
    assert rows(database, Subsidy) == [Subsidy(id=5, organisation_id=9, fiscal_year=2026, amount=30000)]


# A folder from before 事例発表: nothing in it changes, and a row of the new kind is kept whole.


def test_a_folder_from_before_takes_the_step_and_allows_nothing_by_itself():
    database = before_step("_presentations")
    insert(database, "contacts", id=4, kind="電話", value="03", purpose="連絡", event_id=9, note="見本")
    migrations.migrate(database)
    assert database.execute("SELECT note FROM contacts").fetchall() == [("見本",)]
    insert(database, "presentations", id=1, event_id=9, organisation_name="見本町会")
    row = database.execute(
        "SELECT answer, use_handout + use_report + use_web + use_report_photo + use_web_photo + pictured_agree"
        " + tell_number FROM presentations"
    ).fetchone()
    assert tuple(row) == ("", 0)


def test_what_led_to_a_row_of_somebody_else_leads_nowhere_after_the_step():
    database = before_step("presentation_pointers")
    ours = "事例発表者への中止・変更の連絡と打合せ"
    for contact, event, purpose in ((1, 9, ours), (2, 8, ours), (3, 9, "連絡"), (4, None, "決定通知の送付")):
        insert(database, "contacts", id=contact, kind="電話", value="03", purpose=purpose, event_id=event, note="見本")
    insert(database, "materials", id=1, event_id=9, position=1, title="資料")
    for one, (contact, material) in enumerate(((1, 1), (2, None), (3, 7), (4, None), (5, None)), start=1):
        database.execute(
            "INSERT INTO presentations (id, event_id, organisation_name, contact_id, material_id, presenter)"
            " VALUES (?, 9, '見本町会', ?, ?, '仮森')",
            [one, contact, material],
        )
    migrations.migrate(database)
    found = database.execute("SELECT contact_id, material_id, presenter FROM presentations ORDER BY id").fetchall()
    assert [tuple(row) for row in found] == [(1, 1, "仮森"), *((None, None, "仮森") for _ in range(4))]


# The step of the 件: what came as 第2版 of a kind of which each paper stands by itself was a paper of its own.


def test_papers_of_before_stand_by_themselves_and_what_was_told_of_them_is_still_known():
    made = before_step(40)
    for row_id, kind, programme, event, version in (
        (1, "物品持込許可申請書", 1, None, 1),
        (2, "物品持込許可申請書", 1, None, 2),
        (3, "提案書", 1, None, 1),
        (4, "提案書", 1, None, 2),
        (5, "実施報告書の数字", None, 4, 2),
    ):
        which = {"id": row_id, "kind": kind, "programme_id": programme, "event_id": event, "version": version}
        insert(made, "received_papers", **which, received_on="2026-11-30", points="{}", status="区が確認中")
    for row_id, kind in ((1, "物品持込許可申請書"), (2, "提案書")):
        told = {"told_on": "2026-12-01", "told_to": "受託者", "told_how": "メール", "at": "2026-12-01T09:00:00"}
        which = {"document_kind": "修正の依頼", "key": f"修正の依頼:{kind}", "version": 2, "facts": "{}"}
        insert(made, "acts", id=row_id, programme_id=1, **which, **told)
    migrations.migrate(made)

    found = {one.id: (one.matter, one.version) for one in rows(made, ReceivedPaper)}
    assert found == {1: (1, 1), 2: (2, 1), 3: (0, 1), 4: (0, 2), 5: (0, 2)}
    assert [(one.key, one.version) for one in rows(made, Notification, order="id")] == [
        ("修正の依頼:物品持込許可申請書:2", 1),
        ("修正の依頼:提案書", 2),
    ]


# A folder from before 施設の区分, 区の指定日 and 使用料の負担: nothing is said of its events and places.


def test_events_and_places_of_before_say_nothing_of_whose_they_are():
    database = before_step("venue_terms")
    insert(database, "events", id=5, programme_id=1, kind="講習会", status="予定", venue="みほん区民館", tools="[]")
    insert(database, "venues", id=3, name="みほん区民館")
    migrations.migrate(database)
    event, venue = row(database, Event, id=5), row(database, Venue, id=3)
    assert event is not None
    assert venue is not None
    assert (event.venue, event.facility, event.venue_named_on, event.fee_payer) == ("みほん区民館", "", None, "")
    assert (venue.name, venue.facility) == ("みほん区民館", "")


# The step of the rows that came by a form: of a row of before it is not known, and it stays 手入力.


def test_rows_of_before_stay_typed_by_hand():
    database = before_step(51)
    database.execute(
        "INSERT INTO ledger_rows (programme_id, ledger, number, cells, by, at)"
        " VALUES (1, 'lessons', 1, '{\"what\": \"教育\"}', '見本', '2026-09-01T09:00:00')"
    )
    migrations.migrate(database)
    (kept,) = rows(database, LedgerRow)
    assert (kept.received_on, kept.cells) == (None, {"what": "教育"})
    book = build_book(
        (LedgerColumn("what", "内容"),), typed_rows=[kept], derived=(), notes=(), numbers=(), names=LedgerNames()
    )
    assert [(line.made_by, line.is_typed) for line in book.lines] == [(TYPED_IN, True)]


# The step of the paper sheets received: a count that the ward typed is none of the contractor's numbers.

_TALLY = {"": {"紙": 7, "オンライン": 5}, "joy": {"満足": 9}}


def test_a_count_of_sheets_that_the_ward_typed_is_no_tally_of_the_contractor():
    database = before_step(52)
    for row_id, counted_on, counts in (
        (1, None, {"": {"紙": 8}}),
        (2, None, _TALLY),
        (3, "2026-10-07", {"": {"紙": 6}}),
        (4, None, {}),
    ):
        tally = {"counted_by": "受託者", "counted_on": counted_on, "contractor_counts": json.dumps(counts)}
        insert(database, "event_surveys", id=row_id, event_id=row_id, questions="[]", **tally)
    migrations.migrate(database)

    found = {one.id: (one.papers_received, one.contractor_counts) for one in rows(database, EventSurvey)}
    assert found == {1: (8, {}), 2: (7, _TALLY), 3: (6, {"": {"紙": 6}}), 4: (None, {})}


# The step of the day on which the use of a room was confirmed: only the program's own lines fill the column.


@pytest.mark.parametrize(
    ("used_on", "note", "confirmed_on", "left"),
    [
        ("2026-12-08", "12/1(火) 使うことを確認", date(2026, 12, 1), ""),
        ("2027-02-10", "R9 2/4(木) 使うことを確認", date(2027, 2, 4), ""),
        # Told in December of a room in January: the year of the line is the one before.
        ("2027-01-20", "鍵は窓口\n12/1(火) 使うことを確認\n11/2(月) 備品を変えた", date(2026, 12, 1), "鍵は窓口\n11/2(月) 備品を変えた"),
        ("2026-12-08", "11/30(月) 使うことを確認\n12/1(火) 使うことを確認", date(2026, 11, 30), ""),
        # Not the program's own words, another weekday, a day after the day of use, a year where there is none.
        ("2026-12-08", "12/1に館へ電話、使うことを確認する（まだ）", None, None),
        ("2026-12-08", "使うことを確認していない", None, None),
        ("2026-12-08", "12/1(水) 使うことを確認", None, None),
        ("2026-12-08", "12/1(火) 使うことを確認した", None, None),
        ("2026-12-08", " 12/1(火) 使うことを確認", None, None),
        ("2026-12-08", "12/15(火) 使うことを確認", None, None),
        ("2026-12-08", "R8 12/1(火) 使うことを確認", None, None),
        ("2026-12-08", "2/31(火) 使うことを確認", None, None),
        ("2027-02-10", "2/4(木) 使うことを確認", None, None),
        ("2026-12-08", "", None, None),
    ],
)  # fmt: skip
def test_a_whole_line_of_the_program_fills_the_column_and_any_other_stays(used_on, note, confirmed_on, left):
    database = before_step("use_confirmed")
    insert(database, "bookings", id=7, venue_name="みほん区民館", day=used_on, state="仮予約", note=note)
    migrations.migrate(database)
    (row,) = rows(database, Booking)
    assert (row.use_confirmed_on, row.note) == (confirmed_on, note if left is None else left)


# The step of what a decision in a hurry is told by: only the program's own lines fill the columns.

FIELDS = ("before_time", "told_time", "before_place", "substitute", "taken_back", "reason_seen")
BEFORE = "令和8年9月10日（木）　午後2時から午後4時まで"


@pytest.mark.parametrize(
    ("note", "filled", "left"),
    [
        (f"もとの日時：{BEFORE}", {"before_time": BEFORE}, ""),
        ("もとの日時：日程未定\n理由の文：確認済", {"before_time": "日程未定", "reason_seen": True}, ""),
        (f"知らせた日時：{BEFORE}\nもとの会場：みほん区民館　研修室1", {"told_time": BEFORE, "before_place": "みほん区民館　研修室1"}, ""),
        ("振替日：10月1日（木）：午後2時から", {"substitute": "10月1日（木）：午後2時から"}, ""),
        ("取消：11/2(月) 9:05 見本 花子", {"taken_back": "11/2(月) 9:05 見本 花子"}, ""),
        ("取消：R9 2/4(木) もとの日時に戻した", {"taken_back": "R9 2/4(木) もとの日時に戻した"}, ""),
        # The first of two of one name, as it was read; lines of others stay, in their order.
        ("覚え\n振替日：一\n課長へ：済\n振替日：二", {"substitute": "一"}, "覚え\n課長へ：済\n振替日：二"),
        # Not the program's own shapes.
        ("取消：まだ", {}, None),
        ("取消を考える\n振替日は未定", {}, None),
        ("もとの日時：9月10日", {}, None),
        ("理由の文：これから", {}, None),
        (" 振替日：10月1日", {}, None),
        ("振替日：", {}, None),
        ("", {}, None),
    ],
)  # fmt: skip
def test_a_whole_line_of_the_program_fills_its_column_and_any_other_stays(note, filled, left):
    database = before_step("_change_decisions")
    insert(database, "change_decisions", id=3, event_id=1, kind="延期", decided_at="2026-09-01T09:00", note=note)
    migrations.migrate(database)
    (row,) = rows(database, ChangeDecision)
    assert {name: getattr(row, name) for name in FIELDS if getattr(row, name)} == filled
    assert row.note == (note if left is None else left)


# The step of when a 当日持出しファイル was brought back: words of exactly the program's shape fill the column.

BACK = "2026-09-24T17:05"
MEDIUM = "ノートPC／USB"


@pytest.mark.parametrize(
    ("note", "medium", "returned", "told"),
    [
        ("9/24(木) 17:05　受付の記録を名簿に戻した（12件）", MEDIUM, BACK, True),
        ("鍵付き　R9 2/4(木) 9:05　受付の記録を名簿に戻した（0件）　番号の変わった方 8番→10番", MEDIUM, BACK, True),
        (
            "9/24(木) 17:05　受付の記録を名簿に戻した（12件）　ファイルは消去できず、手で消す必要があります",
            MEDIUM,
            BACK,
            True,
        ),
        ("受付の記録を名簿に戻したかは、まだ見ていない", MEDIUM, BACK, False),
        ("受付の記録を名簿に戻した（12件）", MEDIUM, BACK, False),
        ("9/24(木) 17:05　受付の記録を名簿に戻した（12件）はず", MEDIUM, BACK, False),
        ("9/24(木) 17:05　受付の記録を名簿に戻した（12件）", "紙", BACK, False),
        ("9/24(木) 17:05　受付の記録を名簿に戻した（12件）", MEDIUM, None, False),
    ],
)
def test_words_of_the_program_alone_say_that_a_file_was_brought_back(note, medium, returned, told):
    database = before_step("brought_back")
    given = {"taken_at": "2026-09-24T09:00", "returned_at": returned, "medium": medium, "note": note}
    insert(database, "takeouts", id=7, copies=1, **given)
    migrations.migrate(database)
    (row,) = rows(database, Checkout)
    assert (row.merged_at, row.note) == (datetime.fromisoformat(BACK) if told else None, note)


# A folder from before the form of an event: each kind and each event has the one that its name stood for.


def test_kinds_and_events_of_before_get_the_form_that_their_name_stood_for():
    database = before_step("event_forms")
    for number, kind in enumerate(("講習会", "派遣", "意見交換会"), start=1):
        insert(database, "events", id=number, programme_id=1, kind=kind, status="予定", tools="[]")
        dates = {"window_start": "2026-09-01", "window_end": "2026-12-25"}
        insert(database, "kind_numbers", id=number, programme_id=1, kind=kind, **dates)
    migrations.migrate(database)
    forms = [EventForm.LECTURE, EventForm.VISIT, EventForm.EXCHANGE]
    assert [one.form for one in rows(database, Event)] == forms
    assert [one.form for one in rows(database, EventKind)] == forms
    assert [one.id for one in rows(database, Event, form=EventForm.VISIT)] == [2]
    assert to_row(rows(database, Event)[1])["form"] == "派遣"


# A folder from before the names of a kind: each kind holds what its name stood for, and the year its clauses.


def test_kinds_of_before_get_what_the_definition_of_their_year_says():
    database = before_step("event_kinds")
    known = preset()
    put(database, "programmes", replace(known.programme, id=1))
    for number, kind in enumerate(known.kinds, start=1):
        put(database, "kind_numbers", replace(kind, id=number))
    unknown = replace(known.kinds[0], id=4, kind="個別相談会", clause_people="第4条")
    put(database, "kind_numbers", unknown)
    put(database, "offices", replace(known.office, id=1, programme_id=1))
    put(database, "programmes", replace(known.programme, id=2, fiscal_year=2027, title="令和9年度 出前講座委託"))
    visit = replace(known.kinds[1], id=5, programme_id=2, planned_unit="町内会")
    put(database, "kind_numbers", visit)
    migrations.migrate(database)
    found = rows(database, EventKind, order="id")
    # Since then the definition says these otherwise.
    later = [{name: getattr(one, name) for name in ("ward_supplies", "surveys_online")} for one in known.kinds]
    assert [replace(one, id=0, **since) for one, since in zip(found, later, strict=False)] == list(known.kinds)
    assert row(database, Programme, id=1) == replace(known.programme, id=1, retention=())
    other = found[3]
    assert (other.title, other.name, other.sign, other.lecturer) == ("個別相談会", "個別相談会", "個", "講師")
    assert (other.report_items, other.clause_item, other.position) == (known.kinds[0].report_items, "", 7)
    assert (found[4].counted, found[4].steps) == ("団体", known.kinds[1].steps)
    assert (found[4].recruitment, found[4].follow_up_months) == ("回ごと", ()), "only 練馬区 did so in 令和8年度"


# A folder from before the phases: a visit names its request, and bears the word of one that ended.

VISIT = {"kind": "派遣", "form": EventForm.VISIT, "subject": "派遣", "organisation_id": 5, "programme_id": 1}


@pytest.mark.parametrize(
    ("requests", "request_id", "status"),
    [
        ((), None, "予定"),
        (((None, ""),), 1, "予定"),
        (((None, "取下げ"),), 1, "取下げ"),
        (((None, "取下げ"), (None, "不採択")), 2, "不採択"),
        (((None, "不採択"), (None, "")), 2, "予定"),
        (((9, "決定"), (None, "取下げ")), 1, "予定"),
        (((8, "決定"), (None, "取下げ")), 2, "取下げ"),
        (((8, "取下げ"),), None, "予定"),
    ],
)
def test_a_visit_of_before_names_its_request_and_bears_its_word(requests, request_id, status):
    database = before_step("life_of_an_event")
    put(database, "events", Event(id=9, **VISIT))
    put(database, "events", Event(id=10, **VISIT | {"organisation_id": 6}))
    for number, (event_id, outcome) in enumerate(requests, start=1):
        about = {"programme_id": 1, "organisation_id": 5, "event_id": event_id, "outcome": outcome}
        put(database, "dispatch_wishes", DispatchRequest(id=number, received_on=date(2026, 8, number), **about))
    migrations.migrate(database)
    visit, other = by_id(database, Event, 9), by_id(database, Event, 10)
    assert (visit.request_id, visit.status) == (request_id, status)
    assert (other.request_id, other.status) == (None, "予定")


# A folder from before kept letters: what left last before the 施行 is the copy, else first after it, or there is none.


def left(at, *, event=7, kind="決定通知", version=1, form="pdf", way="印刷", copy=True, withdraws=None):
    return at, event, kind, version, form, way, copy, withdraws


@pytest.mark.parametrize(
    ("logged", "found", "source"),
    [
        ((left("2026-11-24T10:00"), left("2026-11-25T09:00"), left("2026-11-26T09:00")), [2], "移行"),
        ((left("2026-11-20T10:00"), left("2026-11-26T09:00"), left("2026-11-27T09:00")), [2], "移行（施行後の写し）"),
        ((left("2026-11-25T09:00", way="そのまま保存"), left("2026-11-25T09:00", way="そのまま保存")), [1, 2], "移行"),
        (
            (left("2026-11-24T10:00"), left("2026-11-25T09:00"), left("2026-11-25T10:00", way="取消", withdraws=2)),
            [1],
            "移行",
        ),
        ((left("2026-11-20T10:00"),), [], ""),
        ((left("2026-11-25T09:00", form="xlsx"),), [], ""),
        ((left("2026-11-25T09:00", copy=False), left("2026-11-25T09:00", event=8)), [], ""),
        ((left("2026-11-25T09:00", version=2), left("2026-11-25T09:00", kind="開催通知")), [], ""),
    ],
)
def test_the_copy_of_a_letter_that_left(logged, found, source):
    database = before_step("kept_papers")
    letter = {"event_id": 7, "document_kind": "決定通知", "revision": 1, "document_number": "391"}
    for row_id, state in ((1, "施行"), (2, "決裁済")):
        dates = {"decided_on": "2026-11-24", "issued_on": "2026-11-25"}
        insert(database, "letters", id=row_id, form="公文書", state=state, **letter, **dates)
    for number, (at, event, kind, version, form, way, copy, withdraws) in enumerate(logged, start=1):
        insert(database, "stored_files", id=number, keyed_hash=f"k{number}", name="x.pdf", size=1, pages=3)
        file = number if copy and way != "取消" else None
        paper = {"event_id": event, "document_kind": kind, "version": version, "format": form, "way": way, "pages": 3}
        its_copy = {"copy_file_id": file, "copy_sha256": f"sum{number}", "withdraws": withdraws}
        insert(database, "outgoing", id=number, **paper, at=f"{at}:00", detail="{}", **its_copy)
    migrations.migrate(database)
    kept = rows(database, KeptPaper, order="position")
    assert [one.file_id for one in kept] == found
    assert {one.source for one in kept} == ({source} if source else set())
    assert all((one.letter_id, one.sha256, one.pages) == (1, f"sum{one.file_id}", 3) for one in kept)
