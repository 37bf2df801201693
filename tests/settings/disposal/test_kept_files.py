"""Kept files whose day comes: hidden by the mark, erased by an erasing, healed back by nothing, kept anew when received
again."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services import backups
from app.data_folder.services.background_checks import BackgroundChecks
from app.documents.blocks import Photo, Photos
from app.documents.services import documents, stored_files
from app.documents.services.document_scope import DocumentScope
from app.documents.services.saved_outside import FOLDER_NOT_LOGGED, file_folder_detail, read_saved_outside
from app.history import services as history_services
from app.settings.contributions import disposal_follow_ups
from app.settings.disposal.services import disposal
from app.settings.disposal.services.due_rows import read_due
from app.submissions.reports.services import report_photos
from db import journal
from db.backups import backup, finish_erasing, restore
from db.erasing import erasings
from db.files import file_store
from db.mapping import TABLE_OF
from db.records.dispatches import DispatchRequest
from db.records.disposals import Disposal
from db.records.documents import StoredFile
from db.records.erasing import ErasedFile
from db.records.organisations import Organisation
from db.records.submissions.reports import Report, ReportPhoto
from db.records.venues import Venue
from db.redactions import REDACTED
from db.rows import rows
from db.tables import documents as table_of_papers
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, opened, opening, prepared_folder
from tests.support.erased import text_in
from tests.support.left_papers import outgoing
from tests.support.paper_words import said_by
from tests.support.stores import made_by

DAY = datetime(2027, 3, 24, 10, 0)
NEXT = DAY + timedelta(days=1)
END = date(2027, 3, 31)
SLIP, PICTURE, SHARED = b"%PDF-1.4 slip", b"\xff\xd8 picture", b"\xff\xd8 shared"
WHO = {"by": NAME, "now": DAY}


def keep(store, change, data, name):
    return stored_files.keep_file(store, change, data=data, name=name, now=NOW)


folder = made_by(lambda place: prepared_folder(place, _prepare))
"""A closed folder with the copy of a slip and two pictures, one of which stands in a 協議 too."""


def _prepare(place):
    store = opened(place)
    with store.change(action="受け付けた", by=NAME, now=NOW, subject="dispatches") as change:
        group = change.insert(Organisation(name="乙川町会"))
        slip = keep(store, change, SLIP, "丙田 希望票.pdf")
        change.insert(
            DispatchRequest(
                programme_id=1,
                organisation_id=group,
                received_on=NOW.date(),
                file_id=slip.id,
                file_name="丙田 希望票.pdf",
            )
        )
        report = change.insert(Report(event_id=1, way="作成", version=1, author="受託者", status="作成中"))
        one, other = keep(store, change, PICTURE, "写真1.jpg"), keep(store, change, SHARED, "写真2.jpg")
        for number, picture in enumerate((one, other), 1):
            change.insert(ReportPhoto(report_id=report, position=number, file_id=picture.id, scene="操作の様子"))
    closed(store)


@pytest.fixture
def store(folder):
    found = opened(folder, now=DAY)
    yield found
    if found.write_lock is not None and not found.read_only:
        closed(found, now=NEXT)


def due(store, today=date(2027, 3, 24)):
    return [(line.title, line.count, line.state, line.until) for line in read_due(store, today=today).lines]


def mark(store):
    lines = [line.id for line in read_due(store, today=DAY.date()).due_lines]
    return disposal.mark_for_erasing(ActionContext(store, **WHO), lines=lines, witness="立会 花子")


def erased(store, now=NEXT):
    said = disposal.erase_marked(store, now)
    return said, finish_erasing.finish(store, now=now)


def names(store):
    return {one.id: one.keyed_hash for one in rows(store.database, StoredFile)}


def test_they_fall_due_by_the_rule_of_their_kind_and_home_says_so(store):
    assert sorted(due(store)) == [("写真の元のデータ", 2, "due", END), ("派遣の希望票", 1, "due", END)]
    assert [(row.detail, row.due) for row in disposal_follow_ups(store.database, DAY.date())] == [("2種", END)]
    assert disposal_follow_ups(store.database, date(2027, 2, 1)) == []
    (broken,) = disposal_follow_ups(store.database, END + timedelta(days=1))
    assert broken.clause
    assert (
        "アドバイザー派遣希望票・派遣不採択通知・事例発表の承諾書に令和9年3月31日（水）までと書いてある"
        in broken.detail
    ), "each day with the papers that print it"
    assert {state for *_, state, _until in due(store, date(2027, 2, 1))} == {"later"}


def test_a_mark_hides_them_and_their_names_and_undo_brings_them_back(store):
    mark(store)
    assert {one.name for one in rows(store.database, StoredFile)} == {REDACTED}
    assert rows(store.database, DispatchRequest)[0].file_name == REDACTED
    with pytest.raises(stored_files.ErasedContent, match="保つ期間が終わった"):
        stored_files.read_file(store, 1)
    assert [one.data for one in report_photos.read_photos(store, report_id=1)] == [b"", b""]
    assert file_store.path_of(store.folder, names(store)[1]).exists(), "until a later day"
    assert backups.make_backup(store, now=DAY).notes == ()
    history_services.undo(store, by=NAME, now=DAY)
    assert stored_files.read_file(store, 1) == SLIP
    assert rows(store.database, ErasedFile) == []
    assert len(due(store)) == 2


def test_nothing_heals_back(folder, tmp_path):
    store = opened(folder, now=DAY)
    mark(store)
    closed(store, now=DAY)
    found = opening(folder, now=NEXT)
    store = found.store
    assert "印を付けたもの2種・3を消去しました。" in found.notes
    gone = names(store)
    assert [name for name in gone.values() if file_store.path_of(folder, name).exists()] == []
    assert all(file_store.path_of(folder / "backups", name).exists() for name in gone.values()), "older ones name them"
    assert "丙田" not in text_in(store)
    assert journal.check_chain(store.database, store.keys.chain) == []
    for days in (20, 40):
        BackgroundChecks().check_next(store, now=NEXT + timedelta(days=days))
        with pytest.raises(stored_files.ErasedContent):
            stored_files.read_file(store, 1)
    made = backup.read(backups.make_backup(store, now=NEXT + timedelta(days=41)).path)
    assert set(made.files) & set(gone.values()) == set()
    closed(store, now=NEXT + timedelta(days=41))
    assert [name for name in gone.values() if file_store.path_of(folder, name).exists()] == []

    oldest = sorted((folder / "backups").glob("0*"))[0]
    for number, replay in enumerate((True, False)):
        new = tmp_path / f"new{number}"
        back = restore.restore(oldest, to=new, secret=PASSWORD, owner=LOGIN, now=NEXT, replay=replay)
        assert [note for note in back.notes if "保管" in note] == []
        assert list(file_store.stored_files(new)) == []
        again = opened(new, now=NEXT)
        assert {one.keyed_hash for one in rows(again.database, ErasedFile) if one.gone} == set(gone.values())
        assert [len(one.files) for one in erasings(again.database)] == [3]
        closed(again, now=NEXT)


def test_the_same_content_received_again_is_kept_anew_also_after_a_restore(folder, tmp_path):
    store = opened(folder, now=DAY)
    mark(store)
    erased(store)
    with store.change(action="また受け取った", by=NAME, now=NEXT, subject="dispatches") as change:
        again = keep(store, change, SLIP, "再提出.pdf")
    assert stored_files.read_file(store, again.id) == SLIP
    assert len(rows(store.database, ErasedFile)) == 2
    closed(store, now=NEXT)
    oldest = sorted((folder / "backups").glob("0*"))[0]
    restore.restore(oldest, to=tmp_path / "new", secret=PASSWORD, owner=LOGIN, now=NEXT)
    back = opened(tmp_path / "new", now=NEXT)
    assert stored_files.read_file(back, again.id) == SLIP
    closed(back, now=NEXT)


def test_what_came_in_again_since_its_mark_stays_and_is_counted(store):
    mark(store)
    with store.change(action="また受け取った", by=NAME, now=DAY, subject="dispatches") as change:
        keep(store, change, PICTURE, "写真1.jpg")
    said, left = erased(store)
    assert said == ("印を付けたもの2種・2を消去しました。印を付けたあとで使われた1件は残しました。",)
    assert left == ()
    (pictures,) = rows(store.database, Disposal, kind="photos")
    assert (pictures.erased, pictures.stayed) == (1, 1)
    assert stored_files.read_file(store, 2) == PICTURE
    number = rows(store.database, Disposal, order="-id")[0].id
    scope = DocumentScope(fiscal_year=2026, item=number)
    said = said_by(documents.build_document(store, scope=scope, kind="廃棄の記録", now=NEXT))
    for words in ("写真の元のデータ", "派遣の希望票", "1枚", "印を付けたあとで使われた"):
        assert words in said, words


def test_a_file_that_stands_elsewhere_too_is_left_out(store):
    with store.change(action="案内図にした", by=NAME, now=DAY, subject="venues") as change:
        change.insert(Venue(name="みほん区民館", map_file_id=3))
    assert {what: count for what, count, *_ in due(store)}["写真の元のデータ"] == 1


def test_what_was_taken_out_or_replaced_before_falls_due_with_its_kind(store):
    """Nobody refers to such a file any more; what another kind let go of is none of these."""
    report_photos.remove_photo(ActionContext(store, **WHO), photo_id=1)
    with store.change(action="差し替えた", by=NAME, now=DAY, subject="dispatches") as change:
        again = keep(store, change, b"%PDF-1.4 again", "差替.pdf")
        change.update(DispatchRequest, 1, file_id=again.id, file_name="差替.pdf")
        place = change.insert(Venue(name="みほん区民館", map_file_id=keep(store, change, b"map", "案内図.jpg").id))
        change.update(Venue, place, map_file_id=None)
    assert sorted(due(store)) == [("写真の元のデータ", 2, "due", END), ("派遣の希望票", 2, "due", END)]
    assert {line.events_text for line in read_due(store, today=DAY.date()).lines} == {"", "講習会 2"}
    mark(store)
    history_services.undo(store, by=NAME, now=DAY)
    assert len(due(store)) == 2
    mark(store)
    erased(store)
    left = {path.name for path in file_store.stored_files(store.folder)}
    assert {one.name for one in rows(store.database, StoredFile) if one.keyed_hash in left} == {"案内図.jpg"}
    assert due(store) == due(store, NEXT.date())
    assert {state for *_, state, _until in due(store)} == {"erased"}
    with pytest.raises(UserError):
        history_services.undo(store, by=NAME, now=NEXT)


def test_every_column_that_keeps_a_file_is_known(store):
    keepers = {
        (table, key[3])
        for table in TABLE_OF.values()
        for key in store.database.execute(f"PRAGMA foreign_key_list([{table}])").fetchall()
        if key[2] == "stored_files"
    }
    assert set(table_of_papers.FILE_REFERENCES) == keepers


def test_a_report_prints_an_empty_frame_in_the_place_of_an_erased_picture(store):
    mark(store)
    erased(store)
    block = Photos(photos=(Photo(label="写真1", time="", scene="操作の様子", file_id=2),))
    (photo,) = report_photos._fill_picture(store, block).photos
    assert (photo.data, photo.scene) == (b"", "（保つ期間が終わり、写真を消しました）")


def test_the_record_lists_what_was_saved_outside_and_names_no_file(store):
    sheet = outgoing(
        "受付名簿",
        event_id=1,
        way="そのまま保存",
        personal=True,
        file_name="丙田さん.pdf",
        by=NAME,
        at=NOW,
        detail=file_folder_detail(Path("E:/名簿") / "丙田さん.pdf"),
    )
    with store.change(action="保存", by=NAME, now=NOW, subject="papers") as change:
        change.insert(sheet)
        change.insert(replace(sheet, document_kind="座席表", personal=False))
        change.insert(replace(sheet, document_kind="受付名簿", way="印刷"))
        change.insert(replace(sheet, way="暗号化して保存", detail={}))
    assert [(one.folder, one.is_encrypted) for one in read_saved_outside(store)] == [
        (FOLDER_NOT_LOGGED, True),
        (str(Path("E:/名簿")), False),
    ]
    mark(store)
    erased(store)
    scope = DocumentScope(fiscal_year=2026, item=rows(store.database, Disposal)[0].id)
    said = said_by(documents.build_document(store, scope=scope, kind="廃棄の記録", now=NEXT))
    for words in ("外に保存したもの", "2件　区が消したら", "名簿", "ファイルを消去"):
        assert words in said, words
    assert [word for word in ("丙田", "2つ目の場所") if word in said] == []


def test_a_scan_that_a_later_slip_needs_too_stays_until_the_later_day(store):
    """The same content is kept once: one scan may be the copy of two slips."""
    first = next(iter(rows(store.database, DispatchRequest)))
    later = date(2027, 9, 30)
    with store.change(action="受け付けた", by=NAME, now=NOW, subject="dispatches") as change:
        slip = keep(store, change, SLIP, "丙田 希望票2.pdf")
        assert slip.id == first.file_id
        second = change.insert(replace(first, id=0, file_name="丙田 希望票2.pdf", dispose_on=later))
    assert ("派遣の希望票", 1, "due", END) not in due(store)
    assert ("派遣の希望票", 1, "later", later) in due(store)

    mark(store)
    erased(store)

    assert file_store.read(store.folder, slip.keyed_hash, store.keys)[0] == "whole"
    assert {one.id: one.file_name for one in rows(store.database, DispatchRequest)}[second] == "丙田 希望票2.pdf"
    assert ("派遣の希望票", 1, "due", later) in due(store, later)


def test_home_speaks_of_no_file_that_the_page_does_not_offer(store):
    """A picture that a row of another purpose keeps is not erased, so nobody is asked to erase it."""
    mark(store)
    erased(store)
    with store.change(action="協議", by=NAME, now=NOW, subject="dispatches") as change:
        kept = keep(store, change, b"\xff\xd8 third", "写真3.jpg")
        report = next(iter(rows(store.database, Report)))
        change.insert(ReportPhoto(report_id=report.id, position=3, file_id=kept.id, scene="全景"))
        change.insert(Venue(name="みほん会館", map_file_id=kept.id))

    assert [line for line in due(store) if line[2] == "due"] == []
    assert disposal_follow_ups(store.database, DAY.date()) == []
