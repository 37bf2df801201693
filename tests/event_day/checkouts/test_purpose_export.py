"""A list for a purpose holds its own columns and nothing else, and leaves its rows behind."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.file_saving import SaveOptions
from app.event_day.checkouts import services as checkouts_services
from app.event_day.checkouts.rules import PURPOSES
from app.event_day.day_file.services.day_file_checkout import preview_day_file
from app.history import services as history_services
from db.records.documents import OutgoingWay
from db.records.events import Event
from db.records.organisations import Contact, Person
from db.records.protection import Checkout
from db.records.roster import Entry
from db.rows import rows
from db.tables import documents, protection
from tests.support.called_people import GROUPS, fill_roster
from tests.support.years import BY, add_lecture

NOW = datetime(2026, 9, 23, 15)
NAMES = [name for _group, _phone, people in GROUPS for name in people]


@pytest.fixture
def event_id(store):
    made = add_lecture(store, date(2026, 9, 24))
    fill_roster(store, made, now=NOW)
    with store.change(action="名簿", by="準備", now=NOW, subject="entries") as change:
        change.update(Entry, 1, care="介助犬と来る", photo="不可", number=1, device="貸与")
        change.insert(Contact(person_id=1, value="03-0000-0777", purpose="中止・変更の連絡"))
    return made


def sheet(store, event_id, purpose):
    return checkouts_services.read_purpose_list(store, event_id=event_id, purpose=purpose, now=NOW)


def everything(found):
    return "\n".join("\t".join(row) for row in (found.columns, *found.rows))


def filled(**given):
    return Checkout(
        **{"contents": "", "taken_at": NOW, "taken_by": BY, "approved_by": "見本 係長", "destination": "みほん区民館"}
        | given
    )


def export(store, event_id, path, purpose="受付用", checkout=None, **how):
    return checkouts_services.export_for_purpose(
        ActionContext(store, BY, NOW),
        event_id=event_id,
        purpose=purpose,
        checkout=checkout,
        options=SaveOptions(**{"path": path, "reason": "庁内の印刷に使う"} | how),
    )


@pytest.mark.parametrize("purpose", [one.name for one in PURPOSES])
def test_a_purpose_names_people_only_when_it_says_so_and_care_never_leaves_in_words(store, event_id, purpose):
    found = sheet(store, event_id, purpose)
    text = everything(found)
    assert any(name in text for name in NAMES) == found.purpose.names_people
    assert ("03-0000-0777" in text) == ("電話番号" in found.purpose.personal_data)
    assert "介助犬" not in text
    assert {len(row) for row in found.rows} == {len(found.columns)}


@pytest.mark.parametrize("purpose", ["受付用", "名札用"])
def test_a_reading_is_stored_as_typed_and_leaves_in_hiragana_as_on_paper(store, event_id, purpose):
    person = next(one for one in rows(store.database, Person) if one.name == "渡邉 見本子")
    with store.change(action="ふりがな", by=BY, now=NOW, subject="people") as change:
        change.update(Person, person.id, furigana="ﾜﾀﾅﾍﾞ ﾐﾎﾝｺ")
    assert "渡邉 見本子\tわたなべ みほんこ\t" in everything(sheet(store, event_id, purpose))


def test_numbers_for_the_contractor_hold_neither_names_nor_groups(store, event_id):
    made = sheet(store, event_id, "人数連絡用")
    numbers = ("17人", "11団体", "未確認", "1台", "16人", "1件")
    titles = ("参加予定人数", "団体数", "持参する端末", "貸与する端末", "端末　未確認", "配慮の必要な方")
    assert made.rows == tuple(zip(titles, numbers, strict=True))
    assert not any(group in everything(made) for group, _phone, _people in GROUPS)


def test_within_the_ward_those_who_applied_are_counted_without_walk_ins_and_substitutes(store, event_id):
    at_the_door = Entry(event_id=event_id, organisation_name="みほん当日会", state="決定", attendance="出席")
    with store.change(action="当日", by=BY, now=NOW, subject="entries") as change:
        change.insert(replace(at_the_door, walk_in=True))
        change.insert(replace(at_the_door, substitute_for=1))
    counted = {row[0]: row[2:] for row in sheet(store, event_id, "区内報告用").rows}
    assert counted == {name: (f"{len(people)}人", "0人") for name, _phone, people in GROUPS} | {
        "みほん当日会": ("0人", "2人")
    }


def test_a_door_list_that_leaves_writes_the_log_and_the_ledger_in_one_step(store, event_id, tmp_path):
    path = tmp_path / "受付用.xlsx"
    done = export(store, event_id, path, checkout=filled(copies=2))
    row = protection.checkouts(store.database)[0]
    assert row.contents == "受付用の一覧（17人分：氏名・ふりがな・役職・配慮の有無・撮影の可否）"
    assert (row.purpose, row.destination, row.copies, row.outgoing_id) == ("受付用", "みほん区民館", 2, done.id)
    logged = documents.outgoing_of_event(store.database, event_id)[0]
    assert (logged.personal, logged.detail["範囲"]) == (True, "17人　用途 受付用")
    cells = [str(cell.value) for line in load_workbook(path).active.iter_rows() for cell in line if cell.value]
    assert "渡邉 見本子" in cells
    with pytest.raises(UserError):
        history_services.undo(store, by=BY, now=NOW)


def test_nothing_leaves_while_the_ledger_is_not_complete(store, event_id, tmp_path):
    path = tmp_path / "受付用.xlsx"
    with pytest.raises(UserError, match="承認者"):
        export(store, event_id, path, checkout=filled(approved_by=""))
    with pytest.raises(UserError, match="暗号化の方法"):
        export(store, event_id, path, checkout=filled(medium="USBメモリ"))
    with pytest.raises(UserError, match="個人情報を含む一覧"):
        export(store, event_id, path, reason="", checkout=filled())
    assert not path.exists()
    assert protection.checkouts(store.database) == []
    export(
        store,
        event_id,
        path,
        way=OutgoingWay.ENCRYPTED,
        password="みほんのとても長いあいことば",
        reason="",
        checkout=filled(medium="USBメモリ"),
    )
    assert protection.checkouts(store.database)[0].encryption == checkouts_services.ENCRYPTED


def test_numbers_leave_no_row_in_the_ledger_even_when_one_is_handed_over(store, event_id, tmp_path):
    export(store, event_id, tmp_path / "人数.xlsx", purpose="人数連絡用", checkout=filled())
    assert protection.checkouts(store.database) == []
    assert not documents.outgoing_of_event(store.database, event_id)[0].personal


def test_what_was_exported_is_open_until_it_is_back(store, event_id, tmp_path):
    export(store, event_id, tmp_path / "名札.xlsx", purpose="名札用", checkout=filled())
    found = checkouts_services.list_checkouts(store, now=NOW, event_id=event_id)
    assert (found.open_count, found.rows[0].event_title) == (1, "第1回 LINE講習会")
    checkouts_services.record_return(
        ActionContext(store, BY, NOW),
        checkout_id=found.rows[0].id,
        returned_at=NOW,
        checked_by="見本 係長",
        disposed=True,
    )
    assert checkouts_services.list_checkouts(store, now=NOW).rows[0].state == checkouts_services.DISPOSED


@pytest.mark.parametrize(
    ("ends", "now", "back"),
    [
        ("16:00", NOW, datetime(2026, 9, 24, 17, 15)),
        ("20:30", NOW, datetime(2026, 9, 24, 21, 30)),
        ("20:30", datetime(2026, 9, 24, 21, 45), datetime(2026, 9, 24, 23, 59)),
        ("20:30", datetime(2026, 9, 28, 9), datetime(2026, 9, 28, 17, 15)),
    ],
    ids=["in office hours", "in the evening", "taken out late", "days after the event"],
)
def test_what_leaves_for_an_event_is_not_overdue_while_that_is_on(store, event_id, ends, now, back):
    with store.change(action="終了", by="準備", now=now, subject="events") as change:
        change.update(Event, event_id, end_time=ends)
    row = checkouts_services.blank_checkout(sheet(store, event_id, "受付用"), taken_by=BY, now=now)
    assert row.due_back_at == back
    if now == NOW:
        assert preview_day_file(store, event_id=event_id).due_back_at == back


@pytest.mark.parametrize("purpose", [one.name for one in PURPOSES if one.row_unit == "people"])
def test_the_people_said_to_leave_are_the_rows_of_the_list(store, event_id, purpose):
    with store.change(action="名簿", by="準備", now=NOW, subject="entries") as change:
        change.insert(Entry(event_id=event_id, state="決定"))
        change.update(Entry, 2, absent_told_at=NOW)
    found = sheet(store, event_id, purpose)
    assert found.words == f"{len(found.rows)}人"


def test_an_unknown_purpose_is_refused_with_those_there_are(store, event_id):
    with pytest.raises(UserError, match="受付用、名札用"):
        sheet(store, event_id, "なにか")


def test_the_row_to_fill_in_knows_where_it_goes_and_when_it_is_back(store, event_id):
    row = checkouts_services.blank_checkout(sheet(store, event_id, "受付用"), taken_by=BY, now=NOW)
    assert (row.destination, row.purpose, row.medium) == ("みほん区民館", "受付用", "紙")
    assert row.due_back_at == datetime(2026, 9, 24, 17, 15)
    assert (
        checkouts_services.blank_checkout(sheet(store, event_id, "中止連絡用"), taken_by=BY, now=NOW).destination == ""
    )
