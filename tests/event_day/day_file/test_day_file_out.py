"""Taking one event out: one sealed file with what the door needs and nothing else, and its rows in the two ledgers."""

import shutil
from dataclasses import replace

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event_day.checkouts.services import MEDIUM, files_outside, list_checkouts, outside_words
from app.event_day.day_file.services.day_file_checkout import CARE_NOT_INCLUDED, check_out_day_file, preview_day_file
from app.event_day.day_file.services.day_file_opening import close_day_file, open_day_file
from app.event_day.reception.services import read_care, read_reception, receive
from app.history import services as history_services
from db.files import day_file, storage_errors
from db.records.events import Event
from db.records.protection import Checkout
from db.rows import by_id
from db.tables import documents, protection
from tests.support.day_files import (
    ADDRESS,
    BACK,
    CHECKER,
    MAIL,
    OTHER_TITLE,
    OUT,
    PASSWORD,
    PHONE,
    STRANGER,
    at_door,
    at_venue,
    came,
    take_out,
)
from tests.support.door_people import entries_by_name
from tests.support.next_undo import next_undo
from tests.support.years import BY


@pytest.fixture
def taken(store, event_id, tmp_path):
    return take_out(store, event_id, tmp_path)


def everything_in(day) -> str:
    """Every text of every table of the file, and of what it says about itself."""
    texts = [str(day.label)]
    for name in day.store.database.table_names():
        for row in day.store.database.query(f"SELECT * FROM [{name}]"):
            texts += [str(value) for value in row.values()]
    return "\n".join(texts)


def test_the_file_holds_the_one_event_and_none_of_what_the_door_does_not_need(taken, event_id):
    with at_venue(taken.path) as day:
        found = everything_in(day)
        tables = {
            name: day.store.database[name].count
            for name in day.store.database.table_names()
            if name not in ("_sqlite_migrations", "organisation_keys", "person_keys")
        }
        assert came(day.store, event_id) == set()
    for secret in (PHONE, MAIL, ADDRESS, STRANGER, OTHER_TITLE, "よその見本町会", "伝言", "二重の申込"):
        assert secret not in found
    for wanted in (
        "髙橋 見本子",
        "たかはし みほこ",
        "みほん若葉町会",
        "𠮷田 例男",
        "前方の席を希望",
        "前から2列目",
        "LINE講習会",
    ):
        assert wanted in found
    assert {name: count for name, count in tables.items() if count} == {
        "programmes": 1, "organisations": 3, "people": 6, "events": 1, "entries": 7, "tablets": 4, "tablet_loans": 4,
        "arrangements": 1,
    }  # fmt: skip


def test_the_bytes_on_the_disk_show_no_name_no_title_and_no_password(taken):
    data = taken.path.read_bytes()
    for text in ("髙橋", "みほん", "LINE", PASSWORD, "entries", "SQLite"):
        assert text.encode() not in data
        assert text.encode("utf-16-le") not in data


def test_without_its_content_a_care_is_still_told_but_not_what_it_is(store, event_id, tmp_path):
    made = take_out(store, event_id, tmp_path, with_care=False)
    with at_venue(made.path) as day:
        found = everything_in(day)
        row = next(row for row in read_reception(day.store, event_id=event_id).rows if row.name == "渡邉 例子")
        assert row.care_mark == "配慮"
        assert read_care(day.store, entry_id=row.entry_id) == CARE_NOT_INCLUDED
    for content in ("手話通訳", "聞こえにくい", "前から2列目"):
        assert content not in found
    assert "配慮" not in by_id(store.database, Checkout, made.id).contents


def test_both_ledgers_get_their_row_and_the_event_is_outside(store, event_id, taken):
    row = by_id(store.database, Checkout, taken.id)
    assert row.contents == "当日持出しファイル（第1回 LINE講習会　受付名簿7人・配慮の内容2人）"
    assert (row.taken_at, row.taken_by, row.approved_by, row.purpose) == (OUT, "見本 次郎", CHECKER, "受付")
    assert (row.medium, row.reference, row.returned_at) == (MEDIUM, "R8-講01-当日", None)
    assert "AES" in row.encryption
    logged = documents.outgoing_of_event(store.database, event_id)[-1]
    assert (logged.way, logged.personal, logged.file_name) == ("暗号化して保存", True, "R8-講01-当日.dkday")
    assert (logged.version, logged.format, logged.detail["件数"]) == (0, "dkday", "7")
    assert row.outgoing_id == logged.id
    outside = files_outside(store.database, event_id)
    assert [one.id for one in outside] == [row.id]
    assert outside_words(outside) == "9/24(木) 12:30 見本 次郎さんが持出し中"
    assert list_checkouts(store, now=BACK, event_id=event_id).open_count == 1
    assert PASSWORD not in str(list(store.database.query("SELECT * FROM journal")))


def test_taking_out_gives_the_numbers_of_the_printed_list(store, event_id, taken):
    numbers = {name: entry.number for name, entry in entries_by_name(store, event_id).items()}
    assert None not in numbers.values()
    with at_venue(taken.path) as day:
        assert {name: entry.number for name, entry in entries_by_name(day.store, event_id).items()} == numbers


def test_undo_of_the_event_does_not_reach_past_it(store, event_id, tmp_path):
    with store.change(action="備考を書いた", by=BY, now=OUT, subject="events", event_id=event_id) as change:
        change.update(Event, event_id, note="午後から")
    assert next_undo(store, by=BY) == "備考を書いた"
    take_out(store, event_id, tmp_path)
    with pytest.raises(UserError) as refused:
        history_services.undo(store, by=BY, now=OUT, event_id=event_id)
    assert "当日持出しファイルを作成した" in refused.value.todo


def test_a_second_file_has_a_name_of_its_own_and_never_replaces_the_first(store, event_id, taken, tmp_path):
    before = taken.path.read_bytes()
    offer = preview_day_file(store, event_id=event_id)
    assert offer.file_stem == "R8-講01-当日-2"
    assert len(offer.files_outstanding) == 1
    rows = len(protection.checkouts(store.database))
    with pytest.raises(UserError, match="もうあります"):
        _take(store, event_id, taken.path)
    assert taken.path.read_bytes() == before
    assert len(protection.checkouts(store.database)) == rows


def _take(store, event_id, path, **values):
    row = Checkout(contents="", taken_at=OUT, taken_by="見本", approved_by="係長", purpose="受付", destination="会場")
    given = {"password": PASSWORD, "checkout": row, "with_care": True} | values
    return check_out_day_file(ActionContext(store, BY, OUT), event_id=event_id, path=path, **given)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"password": "短い"}, "12文字以上"),
        ({"checkout": {"approved_by": ""}}, "承認者"),
        ({"checkout": {"taken_by": " "}}, "持ち出した者"),
    ],
)
def test_what_is_missing_is_refused_before_anything_is_written(store, event_id, tmp_path, values, told):
    if "checkout" in values:
        whole = Checkout(contents="", taken_at=OUT, taken_by="見", approved_by="係", purpose="受付", destination="会場")
        values = {"checkout": replace(whole, **values["checkout"])}
    with pytest.raises(UserError, match=told):
        _take(store, event_id, tmp_path / "a.dkday", **values)
    assert not (tmp_path / "a.dkday").exists()
    assert protection.checkouts(store.database) == []


def test_no_room_to_write_leaves_neither_file_nor_rows(store, event_id, tmp_path):
    with pytest.raises(storage_errors.StorageProblem):
        _take(store, event_id, tmp_path / "missing" / "a.dkday")
    assert protection.checkouts(store.database) == []


def test_a_wrong_password_says_so_any_number_of_times_and_leaves_the_file_alone(taken):
    before = taken.path.read_bytes()
    for _time in range(3):
        with pytest.raises(storage_errors.WrongPassword, match="パスワードが違います"):
            open_day_file(taken.path, password="ちがう言葉をならべてみる")
    assert taken.path.read_bytes() == before
    close_day_file(open_day_file(taken.path, password=PASSWORD))


def test_a_file_that_is_open_is_not_opened_twice(taken):
    with at_venue(taken.path), pytest.raises(storage_errors.Locked, match="別の画面"):
        open_day_file(taken.path, password=PASSWORD)


def test_damage_anywhere_is_said_and_never_half_read(taken, tmp_path, event_id):
    with at_venue(taken.path) as day:
        for row in read_reception(day.store, event_id=event_id).waiting[:3]:
            receive(ActionContext(day.store, **at_door(day)), entry_id=row.entry_id)
    data = taken.path.read_bytes()
    copy = tmp_path / "copy.dkday"
    for at in (20, 300, 900, len(data) // 2, len(data) - 4000):
        spoilt = bytearray(data)
        spoilt[at] ^= 0x40
        copy.write_bytes(spoilt)
        with pytest.raises(storage_errors.StorageProblem) as told:
            open_day_file(copy, password=PASSWORD)
        assert "壊れて" in str(told.value) or "ではありません" in str(told.value)
        assert copy.read_bytes() == bytes(spoilt)


@pytest.mark.parametrize("data", [b"", b"x", b"PK\x03\x04 a workbook", b"DKDAY", b"DKDAY\r\n\x01\x00\x00\xff\xff"])
def test_any_other_file_is_refused_in_words(tmp_path, data):
    path = tmp_path / "other.dkday"
    path.write_bytes(data)
    with pytest.raises(storage_errors.StorageProblem) as told:
        open_day_file(path, password=PASSWORD)
    assert "当日持出しファイル" in told.value.happened
    assert path.read_bytes() == data


def test_a_file_that_is_not_there_or_made_by_a_newer_program_is_said(tmp_path, taken):
    with pytest.raises(storage_errors.MissingData, match="見つかりません"):
        open_day_file(tmp_path / "nothing.dkday", password=PASSWORD)
    newer = tmp_path / "newer.dkday"
    newer.write_bytes(day_file.new_file({"version": 999, "label": {}, "rows": {}}, password=PASSWORD).data)
    with pytest.raises(storage_errors.NewerData, match="新しい版"):
        open_day_file(newer, password=PASSWORD)


def test_a_copy_of_the_file_is_the_file(taken, tmp_path, event_id):
    copy = tmp_path / "写し.dkday"
    shutil.copyfile(taken.path, copy)
    with at_venue(copy) as day:
        assert len(read_reception(day.store, event_id=event_id).rows) == 7


@pytest.mark.parametrize(
    ("ends", "back"), [("16:00", (17, 15)), ("16:30", (17, 30)), ("20:30", (21, 30)), ("", (17, 15))]
)
def test_a_file_is_due_back_an_hour_after_an_event_in_the_evening(store, event_id, ends, back):
    with store.change(action="終了", by=BY, now=OUT, subject="events") as change:
        change.update(Event, event_id, end_time=ends)
    assert preview_day_file(store, event_id=event_id).due_back_at == OUT.replace(hour=back[0], minute=back[1])
