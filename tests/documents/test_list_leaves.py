"""A list leaves whole or not at all, never over another file, never in the clear without a reason, always logged."""

from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import msoffcrypto
import openpyxl
import pytest

from app.actions.user_error import UserError
from app.documents.services import document_saving
from app.documents.services.file_saving import SaveOptions, TargetExistsError
from app.documents.services.list_export import export_list, list_file_name
from app.history import services as history_services
from app.programme import services as programme_services
from app.submissions.reports.services import reports
from db.files import storage_errors
from db.records.documents import Outgoing, OutgoingWay
from db.rows import by_id
from tests.support.history_lines import list_history
from tests.support.next_undo import next_undo
from tests.support.sample import BY, NOW, acting
from tests.support.stores import made_by
from tests.support.world import World

PASSWORD = "うみかぜと見本の鍵は長い12"
COLUMNS = ("団体", "人数")
ROWS = (("見本髙﨑町会", "2"), ("𠮷田自治会", "3"))
world = made_by(World, scope="module")


def export(world: World, path, how=None, **more):
    given = {"title": "見本の一覧", "columns": COLUMNS, "rows": ROWS, "personal": False} | more
    return export_list(acting(world.store), options=SaveOptions(path=path, **how or {}), **given)


def cells(data: bytes) -> list[object]:
    book = openpyxl.load_workbook(BytesIO(data))
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_file_holds_the_rows_and_the_log_holds_its_hash(world, tmp_path):
    saved = export(world, tmp_path / "一覧.xlsx", words="2件（「町会」で絞り込み）")

    data = saved.path.read_bytes()
    assert {"見本髙﨑町会", "𠮷田自治会", 2, 3} <= set(cells(data))
    row = document_saving.list_outgoing(world.store)[0]
    assert (row.document_kind, row.version, row.format, row.way) == ("見本の一覧", 0, "xlsx", "そのまま保存")
    assert (row.file_name, row.by, row.at, row.event_id) == ("一覧.xlsx", BY, NOW, None)
    assert row.sha256 == sha256(data).hexdigest()
    assert row.detail == {"件数": "2", "範囲": "2件（「町会」で絞り込み）", "保存した場所": str(tmp_path)}
    assert (saved.can_undo, saved.message) == (False, "「一覧.xlsx」を保存しました。")
    assert list(tmp_path.iterdir()) == [saved.path]


def test_the_history_names_the_list_and_undo_of_its_event_stops_there(world, tmp_path):
    reports.write_chapter(acting(world.store), report_id=world.report("L5"), key="所感", text="一")
    export(world, tmp_path / "all.xlsx")
    assert next_undo(world.store, by=BY) == "報告書「所感」を記入"
    export(world, tmp_path / "a.xlsx", event_id=world.events["L5"])

    newest = list_history(world.store, limit=1)[0]
    assert newest.action == "「見本の一覧」をExcelに出力"
    with pytest.raises(UserError, match="Excelに出力"):
        history_services.undo(world.store, by=BY, now=NOW)


def test_the_list_of_an_event_is_logged_with_it_and_named_by_its_sign(world, tmp_path):
    event_id = world.events["L6"]
    saved = export(world, tmp_path / "b.xlsx", event_id=event_id)

    assert document_saving.list_outgoing(world.store, event_id=event_id)[0].id == saved.id
    assert "令和8年12月8日（火）　第6回 Instagram講習会（2回目）" in cells(saved.path.read_bytes())
    assert list_file_name(world.store, title="見本の一覧", event_id=event_id, now=NOW) == "R8-講06-見本の一覧-20261201"
    assert list_file_name(world.store, title="見本の一覧", now=NOW) == "R8-見本の一覧-20261201"


def test_a_list_that_names_people_asks_for_a_password_or_a_reason(world, tmp_path):
    path = tmp_path / "c.xlsx"
    before = document_saving.list_outgoing(world.store)
    with pytest.raises(UserError, match="個人情報を含む一覧"):
        export(world, path, how={"reason": "　"}, personal=True)
    with pytest.raises(UserError, match="12文字以上"):
        export(world, path, how={"way": OutgoingWay.ENCRYPTED, "password": "みじかい"}, personal=True)
    assert document_saving.list_outgoing(world.store) == before
    assert not path.exists()

    export(world, path, how={"reason": "受託者へ手渡すため"}, personal=True)
    row = document_saving.list_outgoing(world.store)[0]
    assert (row.personal, row.reason) == (True, "受託者へ手渡すため")


def test_an_encrypted_list_opens_with_its_password_only(world, tmp_path):
    saved = export(world, tmp_path / "d.xlsx", how={"way": OutgoingWay.ENCRYPTED, "password": PASSWORD}, personal=True)

    data = saved.path.read_bytes()
    assert "町会".encode() not in data
    with pytest.raises(Exception, match=r"zip|Zip"):
        openpyxl.load_workbook(BytesIO(data))
    opened = BytesIO()
    locked = msoffcrypto.OfficeFile(BytesIO(data))
    locked.load_key(password=PASSWORD)
    locked.decrypt(opened)
    assert "見本髙﨑町会" in cells(opened.getvalue())
    row = document_saving.list_outgoing(world.store)[0]
    assert row.way == "暗号化して保存"
    assert PASSWORD not in repr(row)


def test_a_file_that_is_there_stays_unless_replacing_was_asked_for(world, tmp_path):
    path = tmp_path / "e.xlsx"
    path.write_bytes(b"mine")
    before = document_saving.list_outgoing(world.store)
    with pytest.raises(TargetExistsError):
        export(world, path)
    assert path.read_bytes() == b"mine"
    assert document_saving.list_outgoing(world.store) == before

    export(world, path, {"overwrite": True})
    assert path.read_bytes().startswith(b"PK")


def test_a_folder_that_is_gone_leaves_neither_a_file_nor_a_row_in_the_log(world, tmp_path):
    before = document_saving.list_outgoing(world.store)
    with pytest.raises(storage_errors.StorageProblem):
        export(world, tmp_path / "ない" / "f.xlsx")
    assert document_saving.list_outgoing(world.store) == before
    assert list(tmp_path.iterdir()) == []


def test_a_very_long_text_goes_on_in_the_next_row_and_nothing_is_cut(world, tmp_path):
    long = "区が確かめた。" * 5_000
    saved = export(world, tmp_path / "g.xlsx", rows=((long, "1"),))
    assert long in "".join(text for text in cells(saved.path.read_bytes()) if isinstance(text, str))


def test_what_no_workbook_can_hold_is_refused_in_words_and_leaves_nothing(world, tmp_path):
    whole = programme_services.read_programme(world.store).programme
    programme_services.change_programme(acting(world.store), programme=replace(whole, title="見本" * 150))
    with pytest.raises(UserError, match="長さを超えています") as refused:
        export(world, tmp_path / "k.xlsx")
    assert "PDF" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []
    programme_services.change_programme(acting(world.store), programme=whole)


def test_an_event_that_is_gone_is_said_so(world, tmp_path):
    with pytest.raises(UserError, match="見つかりません"):
        export(world, tmp_path / "h.xlsx", event_id=9999)


def test_the_sum_is_no_row_of_the_count(world, tmp_path):
    saved = export(world, tmp_path / "i.xlsx", rows=(*ROWS, ("計　2団体", "5")), total=True)
    assert by_id(world.store.database, Outgoing, saved.id).detail["件数"] == "2"
