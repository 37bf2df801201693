"""What was issued stays: every way out keeps what left, before encryption, with its hash and who stands in it."""

import ast
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import document_saving, documents, issued_copies, list_export
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions, TargetExistsError
from app.documents.services.issued_copies import AGREES, NO_COPY, copy_words, open_copy
from app.event_day.day import documents as day_documents
from app.event_day.day.services import day_pack
from app.event_day.day.services.day_pack import PackChoice
from app.events.headcount import services as headcount_services
from app.events.headcount.services import mail_text
from app.events.materials.services import material_files
from app.events.roster.services.roster import read_roster
from app.history import services as history_services
from db.files import file_store
from db.files.storage_errors import Damaged, StorageProblem
from db.records.documents import OutgoingOrganisation, OutgoingWay, PrintUse, StoredFile
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.rows import by_id, rows
from db.tables import documents as paper_table
from tests.support.left_papers import outgoing
from tests.support.sample import BY, NOW, acting
from tests.support.trees import nodes_of

KIND = "参加人数連絡書"
APP = Path(__file__).parents[2] / "app"


def newest(world, count=1):
    return paper_table.all_outgoing(world.store.database)[:count]


def save(world, path, format="pdf", **how):  # noqa: A002
    return document_saving.save_document(
        acting(world.store),
        event_id=world.events["L6"],
        kind="受付名簿",
        format=format,
        options=SaveOptions(path=path, **how),
    )


def test_an_encrypted_file_has_two_hashes_and_the_copy_opens_without_its_password(world, tmp_path):
    saved = save(world, tmp_path / "名簿.pdf", way=OutgoingWay.ENCRYPTED, password="asagao himawari")
    (row,) = newest(world)
    copy = open_copy(world.store, outgoing_id=saved.id)
    assert row.sha256 == sha256(saved.path.read_bytes()).hexdigest() != row.copy_sha256
    assert sha256(copy.data).hexdigest() == row.copy_sha256
    assert copy.data.startswith(b"%PDF")
    assert b"/Encrypt" not in copy.data
    assert (copy.agrees, copy.agreement_words, copy.form) == (True, AGREES, "pdf")


def test_a_workbook_is_kept_as_it_left(world, tmp_path):
    saved = save(world, tmp_path / "名簿.xlsx", format="xlsx", reason="見本")
    copy = open_copy(world.store, outgoing_id=saved.id)
    assert copy.data == saved.path.read_bytes()
    assert zipfile.is_zipfile(BytesIO(copy.data))


def test_the_people_and_organisations_of_a_copy_are_those_that_stand_in_it(world, tmp_path):
    save(world, tmp_path / "名簿.pdf", reason="見本")
    (row,) = newest(world)
    inside = paper_table.people_of_copy(world.store.database, row.id)
    door = read_roster(world.store, event_id=world.events["L6"]).check_in_rows
    assert {one.entry.person_id for one in door} - {None} <= set(inside)
    assert set(inside) < {row_id for row_id, _name in paper_table.names_of_people(world.store.database)}
    assert {one.entry.organisation_id for one in door} - {None} <= set(
        paper_table.organisations_of_copy(world.store.database, row.id)
    )


def test_a_list_a_pack_and_a_received_file_keep_their_copies(world, tmp_path):
    given = {"by": BY, "now": NOW}
    listed = list_export.export_list(
        ActionContext(world.store, **given),
        title="一覧",
        columns=("氏名",),
        rows=(("見本",),),
        options=SaveOptions(path=tmp_path / "一覧.xlsx", way=OutgoingWay.ENCRYPTED, password="asagao himawari"),
        personal=True,
    )
    assert zipfile.is_zipfile(BytesIO(open_copy(world.store, outgoing_id=listed.id).data))
    contents = day_pack.build_pack(
        world.store,
        event_id=world.events["L6"],
        choices=(PackChoice(kind=day_documents.AGENDA_KIND, copies=2),),
        now=NOW,
    )
    drawn = day_pack.draw_pack(contents=contents, excel=True)
    day_pack.save_pack_file(
        ActionContext(world.store, **given), drawn=drawn, options=SaveOptions(path=tmp_path / "一式.pdf", reason="見本")
    )
    assert [open_copy(world.store, outgoing_id=row.id).data for row in newest(world, 2)] == [
        drawn.documents[0].pdf,
        drawn.data,
    ]
    day_pack.note_pack_print(ActionContext(world.store, **given), drawn=drawn, use=PrintUse.COPY)
    assert [(row.print_use, open_copy(world.store, outgoing_id=row.id).agrees) for row in newest(world, 2)] == [
        ("控え用", True),
        ("控え用", True),
    ]


def test_a_paper_only_looked_at_is_not_kept(world):
    before = sorted(path.name for path in file_store.stored_files(world.store.folder))
    documents.render_document(world.store, event_id=world.events["L6"], kind="受付名簿", format="pdf", now=NOW)
    assert sorted(path.name for path in file_store.stored_files(world.store.folder)) == before


def test_a_row_from_before_copies_were_kept_says_so(world, tmp_path):
    saved = save(world, tmp_path / "名簿.pdf", reason="見本")
    world.store.database.execute("UPDATE outgoing SET copy_file_id = NULL, copy_sha256 = NULL")
    assert copy_words(newest(world)[0]) == NO_COPY
    with pytest.raises(UserError, match=NO_COPY):
        open_copy(world.store, outgoing_id=saved.id)


def test_a_copy_that_is_not_what_the_log_says_is_told_in_a_clear_sentence(world, tmp_path):
    saved = save(world, tmp_path / "名簿.pdf", reason="見本")
    world.store.database.execute("UPDATE outgoing SET copy_sha256 = 'ff' WHERE id = ?", [saved.id])
    copy = open_copy(world.store, outgoing_id=saved.id)
    assert not copy.agrees
    assert copy.agreement_words.startswith("控えの内容が、出したときの記録と一致しません。")
    (row,) = newest(world)
    record = by_id(world.store.database, StoredFile, row.copy_file_id)
    file_store.path_of(world.store.folder, record.keyed_hash).write_bytes(b"altered")
    with pytest.raises(Damaged, match="書き換えられています"):
        open_copy(world.store, outgoing_id=saved.id)


def test_neither_a_row_nor_a_reference_stays_where_the_paper_could_not_be_written(world, tmp_path):
    rows = newest(world, 1000)
    files = list(world.store.database.query("SELECT * FROM stored_files"))
    (tmp_path / "名簿.pdf").write_bytes(b"there")
    with pytest.raises(TargetExistsError):
        save(world, tmp_path / "名簿.pdf", reason="見本")
    assert newest(world, 1000) == rows
    assert list(world.store.database.query("SELECT * FROM stored_files")) == files


def test_nothing_leaves_where_its_copy_cannot_be_kept(world, tmp_path):
    """The place of kept files is no folder: no paper, no row, and a sentence."""
    folder = world.store.folder / file_store.FOLDER_NAME
    folder.rename(world.store.folder / "elsewhere")
    folder.write_bytes(b"")
    rows = newest(world, 1000)
    with pytest.raises(StorageProblem):
        save(world, tmp_path / "名簿.pdf", reason="見本")
    assert newest(world, 1000) == rows
    assert not (tmp_path / "名簿.pdf").exists()


def test_the_copy_of_the_same_received_file_is_kept_once(world):
    before = len(list(file_store.stored_files(world.store.folder)))
    row = world.store.database.execute("SELECT id FROM material_versions WHERE file_id IS NOT NULL").fetchone()
    if row is not None:
        material_files.save_version_copy(
            acting(world.store), version_id=row[0], options=SaveOptions(path=world.store.folder.parent / "控え.pdf")
        )
    assert len(list(file_store.stored_files(world.store.folder))) == before


def test_every_module_that_makes_a_row_of_the_log_writes_it_with_its_copy():
    """No way out beside the one that keeps the copy: who names a row of the log calls ``log_outgoing``."""
    makes, keeps, inserts = set(), set(), []
    for path in APP.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "Outgoing" not in text and "log_outgoing" not in text:
            continue
        for node in nodes_of(path):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name == "Outgoing":
                makes.add(path.name)
            if name == "log_outgoing":
                keeps.add(path.name)
            if name == "insert" and any(
                isinstance(one, ast.Call) and "Outgoing(" in ast.unparse(one) for one in node.args
            ):
                inserts.append(path.name)
    assert makes
    assert makes <= keeps
    assert inserts == []


def test_what_was_told_is_kept_as_a_text_and_stays_when_the_telling_is_taken_back(world):
    store = world.store
    notice = headcount_services.make_headcount_notice(acting(store), event_id=world.events["L6"]).id
    headcount_services.mark_headcount_notified(
        acting(store), notice_id=notice, notified_to="見本 花子", notified_how="電話"
    )
    (row,) = newest(world)
    text = open_copy(store, outgoing_id=row.id).data.decode()
    assert (row.document_kind, row.way, row.format, row.detail["相手"]) == ("人数連絡", "連絡", "txt", "見本 花子")
    assert text == mail_text(store, event_id=world.events["L6"], change=False, now=NOW)

    history_services.undo(store, by=BY, now=NOW)
    taken, told = newest(world, 2)
    assert (taken.way, taken.withdraws, taken.copy_file_id) == ("取消", told.id, None)
    assert open_copy(store, outgoing_id=told.id).data.decode() == text
    history_services.redo(store, by=BY, now=NOW)
    assert open_copy(store, outgoing_id=told.id).agrees
    assert [row.way for row in newest(world, 3)] == ["連絡", "取消", "連絡"]


def test_a_copied_text_is_kept_and_counts_as_no_paper(world):
    issued_copies.note_copied_text(
        acting(world.store),
        scope=DocumentScope(event_id=world.events["L6"]),
        kind="参加人数連絡書の文",
        text="12人です。",
    )
    (row,) = newest(world)
    assert (row.way, open_copy(world.store, outgoing_id=row.id).data) == ("コピー", "12人です。".encode())
    with pytest.raises(UserError, match="文がありません"):
        issued_copies.note_copied_text(acting(world.store), scope=DocumentScope(), kind="文", text=" ")


def test_a_name_inside_the_name_of_the_place_is_not_of_the_copy(world, tmp_path):
    place = by_id(world.store.database, Event, world.events["L6"]).venue
    with world.store.change(action="登録", by=BY, now=NOW, subject="organisation") as change:
        inside = change.insert(Organisation(branch="", name=place[2:6], furigana=""))
        someone = change.insert(Person(organisation_id=inside, name=place[3:5], furigana="", role=""))
    save(world, tmp_path / "名簿.pdf", reason="見本")
    (row,) = newest(world)
    assert inside not in paper_table.organisations_of_copy(world.store.database, row.id)
    assert someone not in paper_table.people_of_copy(world.store.database, row.id)


def test_a_guard_is_asked_about_what_leaves_and_not_about_what_was_said(store, event, monkeypatch):
    asked = []
    guard = lambda _store, row, text: asked.append((row.reference, text()))  # noqa: E731
    monkeypatch.setattr(issued_copies, "OUTGOING_GUARDS", [guard])
    with store.change(action="出した", by=BY, now=NOW, event_id=event) as change:
        for reference, more in (("甲", {}), ("乙", {"content": "名簿"}), ("丙", {"happened": True})):
            row = outgoing("連絡", by=BY, at=NOW, event_id=event, reference=reference)
            issued_copies.log_outgoing(store, change, row, copy="本文", **more)
    assert asked == [("甲", "本文"), ("乙", "名簿")]
    left = paper_table.all_outgoing(store.database)
    assert {open_copy(store, outgoing_id=row.id).data for row in left} == {"本文".encode()}


def test_what_left_says_what_it_is_about_for_whom_and_which_group_is_in_it(store, event):
    with store.change(action="団体", by=BY, now=NOW) as change:
        group, _other = (change.insert(Organisation(name=name)) for name in ("みほん若葉町会", "みほん青葉町会"))
    for about in (event, None):
        given = {"title": "参加者名簿", "count": "14人", "fiscal_year": 2026}
        issued_copies.note_copied_list(acting(store), event_id=about, **given)
    scope, text = DocumentScope(organisation_id=group), "みほん若葉町会へ伝える文"
    for to in ("受託者　見本", ""):
        issued_copies.note_copied_text(acting(store), scope=scope, kind="電話の文", text=text, to=to)
    left = paper_table.all_outgoing(store.database)[::-1]
    about = by_id(store.database, Event, event).full_title
    words = [issued_copies.scope_words(store, row) for row in left]
    assert words == [about, "令和8年度", "みほん若葉町会", "みほん若葉町会"]
    assert [issued_copies.recipient_kind(row) for row in left] == ["", "", "受託者", ""]
    assert [(row.personal, row.detail) for row in left[:2]] == [(True, {"件数": "14人"})] * 2
    named = [
        [one.organisation_id for one in rows(store.database, OutgoingOrganisation, outgoing_id=row.id)] for row in left
    ]
    assert named == [[], [], [group], [group]]
