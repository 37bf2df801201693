"""Labels, window addresses, manuscripts, one file a letter: what surrounds the letters of an event."""

from dataclasses import replace

import pypdf
import pytest

from app.actions.user_error import UserError
from app.documents.blocks import Table
from app.documents.handout_blocks import HandoutItems, LabelSheet, NoticeBox
from app.documents.services import document_passages, documents
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.documents.services.issued_copies import open_copy
from app.events.letters.documents.address_labels import SIZES
from app.events.letters.services import letter_addressees, letter_documents, letter_page
from db import connection
from db.files import file_names
from db.keys import derive_keys
from db.records.documents import Notification, OutgoingWay, ReturnedLetter
from db.records.organisations import Organisation
from db.store import DATABASE_NAME, Store
from db.tables import documents as document_tables
from tests.support.letter_people import ADDRESS, LONG, LONGEST, TAKASAKI, YOSHIDA, Letters, read_letters
from tests.support.paper_words import cells_of, missing_words, pages_of
from tests.support.stores import DATA_KEY, made_by
from tests.support.years import BY, NOW, acting, add_dispatch, started_year

people = made_by(Letters, scope="module")


fresh = made_by(Letters)


def build(people: Letters, kind: str, **given):
    return letter_page.build_letters(people.store, event_id=people.event_id, kind=kind, now=NOW, **given)


def read(people: Letters, kind: str, now=NOW):
    return read_letters(people.store, event_id=people.event_id, kind=kind, now=now)


def set_option(people: Letters, kind: str, name: str, value: str) -> None:
    letter_addressees.set_letter_option(
        acting(people.store), event_id=people.event_id, kind=kind, name=name, value=value
    )


@pytest.mark.parametrize("size", SIZES)
def test_labels_hold_every_name_and_address_whole(fresh, size):
    set_option(fresh, "宛名ラベル", letter_addressees.SIZE, str(size))
    set_option(fresh, "宛名ラベル", letter_addressees.LABELS_FOR, letter_addressees.ALL_ORGANISATIONS)
    content = build(fresh, "宛名ラベル", start=size)
    sheet = next(block for block in content.blocks if isinstance(block, LabelSheet))
    assert (sheet.size, sheet.start) == (size, size)
    pages = pages_of(content)
    assert len(pages) == 2  # the first label is the last of its sheet
    assert LONG in pages[0]
    assert f"会長{YOSHIDA}様".replace(" ", "") in pages[0]
    assert "〒176-0012" in pages[0]
    assert ADDRESS.partition(" ")[2].replace("　", "") in pages[0]
    assert LONGEST in pages[1]
    assert "みほん川北町会御中" in pages[1]
    assert pages[0].count("親展") == 1
    assert pages[1].count("親展") == 2
    cells = cells_of(content)
    assert "176-0012" in cells
    assert ADDRESS.partition(" ")[2] in cells


def test_confidential_can_be_left_out_and_a_label_without_address_is_said(fresh):
    set_option(fresh, "宛名ラベル", letter_addressees.CONFIDENTIAL, "しない")
    set_option(fresh, "宛名ラベル", letter_addressees.LABELS_FOR, "落選通知")
    assert "親展" not in "".join(pages_of(build(fresh, "宛名ラベル")))
    page = read(fresh, "宛名ラベル")
    assert any("住所の登録がない宛先：みほん川北町会（1件）" in words for words in page.cautions)


def test_an_address_past_its_day_of_disposal_is_not_used(fresh):
    set_option(fresh, "宛名ラベル", letter_addressees.LABELS_FOR, "落選通知")
    later = read(fresh, "宛名ラベル", NOW.replace(year=2027, month=5))
    assert [one.address for one in read(fresh, "宛名ラベル").addressees] == ["練馬区みほん町1-2-3", ""]
    assert [one.address for one in later.addressees] == ["", ""]


def test_a_window_envelope_shows_code_and_address(fresh):
    set_option(fresh, "決定通知", letter_addressees.WINDOW, "する")
    content = build(fresh, "決定通知")
    assert missing_words(content) == []
    assert "〒176-0012" in pages_of(content)[0]


def test_the_letter_to_all_presidents_is_one_or_one_an_organisation(fresh):
    assert "各町会・自治会会長様" in pages_of(build(fresh, "会長あて案内文"))[0]
    assert not build(fresh, "会長あて案内文").personal
    missing = "会長名の登録がなく「御中」とする団体：みほん川北町会（1件）。"
    assert missing not in read(fresh, "会長あて案内文").cautions
    set_option(fresh, "会長あて案内文", letter_addressees.UNIT, "団体ごと")
    assert missing in read(fresh, "会長あて案内文").cautions
    content = build(fresh, "会長あて案内文")
    assert content.personal
    assert len(pages_of(content)) == 3


def test_a_letter_a_person_goes_to_each_alone(fresh):
    set_option(fresh, "決定通知", letter_addressees.UNIT, "1人ごと")
    page = read(fresh, "決定通知")
    assert [one.person for one in page.addressees] == [YOSHIDA, TAKASAKI, ""]
    pages = pages_of(build(fresh, "決定通知"))
    assert len(pages) == 3
    assert TAKASAKI.replace(" ", "") not in pages[0]


def test_an_honorific_is_a_setting_and_unknown_ones_are_refused(fresh):
    set_option(fresh, "決定通知", letter_addressees.HONORIFIC, "殿")
    assert f"会長{YOSHIDA}殿".replace(" ", "") in pages_of(build(fresh, "決定通知"))[0]
    with pytest.raises(UserError, match="することはできません"):
        set_option(fresh, "決定通知", letter_addressees.HONORIFIC, "君")


def test_a_setting_leaves_the_letter_a_formal_one(fresh):
    set_option(fresh, "決定通知", letter_addressees.HONORIFIC, "殿")
    letter = read(fresh, "決定通知").row.letter
    assert letter is not None
    assert letter.form == "公文書"


def test_a_manuscript_counts_its_characters_against_the_room(fresh):
    set_option(fresh, "区報原稿", letter_addressees.LIMIT, "30")
    assert any("目安を超えています" in words for words in read(fresh, "区報原稿").cautions)
    assert "字超過）" in "".join(pages_of(build(fresh, "区報原稿")))
    with pytest.raises(UserError, match="字数として読めません"):
        set_option(fresh, "区報原稿", letter_addressees.LIMIT, "たくさん")


FULL_FLYER = (
    ("日時", "令和8年12月21日（月）\n午後2時から午後4時まで\n（受付　午後1時30分から）"),
    ("会場", "桜台地域集会所"),
    ("内容", "活用事例の紹介、比較、メリットおよびデメリットの説明、\n運用上の注意点、操作体験、質問・個別相談"),
    ("講師", "みほん会社　講師"),
    ("対象", "区内の町会・自治会の役員・会員の方"),
    ("定員", "20人程度（申込みが多いときは、抽選、\n先着順または区の調整により決定します）"),
    ("参加費", "無料"),
    (
        "持ち物",
        "筆記用具、\nLINEを使える状態にしたスマートフォンまたはタブレット\n（お持ちでない方には、タブレットをお貸しします）",
    ),
    ("配慮", "手話、要約筆記、車いすの席、大きい字の資料などは、\nお申込みのときに。過ぎてもご相談ください。"),
)


def test_a_flyer_is_set_closer_before_how_to_apply_goes_to_a_second_page(people):
    content = build(people, "募集チラシ")
    [items] = [one for one in content.blocks if isinstance(one, HandoutItems)]
    full = replace(items, rows=FULL_FLYER, large=(0,))
    contact = NoticeBox(
        title="問合せ先", text="みほん課みほん係\n担当　みほん\n電話　03-0000-0000　　FAX　03-0000-0001", size=13
    )
    how = NoticeBox(title="申込方法", text="参加申込書に記入し、令和8年12月4日（金）までに、" * 2, size=13)
    head = content.blocks[: content.blocks.index(items)]
    assert len(pages_of(replace(content, blocks=(*head, full, how, contact)))) == 1


def test_flyer_and_form_stand_on_one_page_each(people):
    assert len(pages_of(build(people, "募集チラシ"))) == 1
    form = pages_of(build(people, "参加申込書"))
    assert len(form) == 1
    for words in ("参加者3", "個人情報の取扱い", "までに消去し", "最長で", "申込期限", "必要な配慮"):
        assert words in form[0]


def test_each_letter_in_a_file_of_its_own_whole_or_none(people, tmp_path):
    contents = letter_page.build_each(people.store, event_id=people.event_id, kind="落選通知", now=NOW)
    drawn = letter_documents.render_each(contents, format="pdf")
    given = {"event_id": people.event_id, "kind": "落選通知", "drawn": drawn}
    with pytest.raises(UserError, match="個人情報"):
        letter_documents.save_each(acting(people.store), options=SaveOptions(path=tmp_path / "a"), **given)
    saved = letter_documents.save_each(
        acting(people.store),
        options=SaveOptions(path=tmp_path / "a", way=OutgoingWay.ENCRYPTED, password="asagao himawari"),
        **given,
    )
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert saved.files == len(files) == 2
    assert files[0].endswith(f"-01-{LONGEST}.pdf")
    assert pypdf.PdfReader(tmp_path / "a" / files[0]).is_encrypted
    *each, row = document_tables.outgoing_of_event(people.store.database, people.event_id)[:3]
    assert (row.way, row.pages, row.personal) == ("暗号化して保存", 2, True)
    assert row.detail == {"ファイル数": "2", "保存した場所": str(tmp_path / "a")}
    assert sorted(one.file_name for one in each) == files
    assert {(one.pages, one.detail["一式"]) for one in each} == {(1, "a")}
    assert [open_copy(people.store, outgoing_id=one.id).data for one in reversed(each)] == [one.data for one in drawn]
    with pytest.raises(UserError, match="もうあります"):
        letter_documents.save_each(
            acting(people.store), options=SaveOptions(path=tmp_path / "a", reason="見本"), **given
        )


def test_no_sign_in_the_name_of_an_organisation_makes_its_file_a_forbidden_one(fresh, tmp_path):
    with fresh.store.change(action="名前を直した", by=BY, now=NOW, subject="organisations") as change:
        for row in fresh.store.database.execute("SELECT id FROM organisations WHERE name = ?", [LONGEST]).fetchall():
            change.update(Organisation, row[0], name="みほん会/第1支部 .")
    contents = letter_page.build_each(fresh.store, event_id=fresh.event_id, kind="落選通知", now=NOW)
    drawn = letter_documents.render_each(contents, format="pdf")
    letter_documents.save_each(
        acting(fresh.store),
        options=SaveOptions(path=tmp_path / "a", reason="見本"),
        event_id=fresh.event_id,
        kind="落選通知",
        drawn=drawn,
    )

    assert [file_names.flaw(path.name) for path in (tmp_path / "a").iterdir()] == ["", ""]
    assert any(path.stem.endswith("-みほん会／第1支部") for path in (tmp_path / "a").iterdir())


def test_a_file_that_cannot_be_written_takes_the_others_back(people, tmp_path):
    contents = letter_page.build_each(people.store, event_id=people.event_id, kind="落選通知", now=NOW)
    drawn = letter_documents.render_each(contents, format="pdf")
    before = document_tables.all_outgoing(people.store.database)
    blocked = tmp_path / "b"
    blocked.mkdir()
    (blocked / f"{contents[1].file_stem}.pdf").mkdir()
    with pytest.raises(Exception):  # noqa: B017, PT011 - what the system says of a folder in the way differs
        letter_documents.save_each(
            acting(people.store),
            event_id=people.event_id,
            kind="落選通知",
            drawn=drawn,
            options=SaveOptions(path=blocked, overwrite=True, reason="見本"),
        )
    assert [path.name for path in blocked.iterdir()] == [f"{contents[1].file_stem}.pdf"]
    assert document_tables.all_outgoing(people.store.database) == before


def test_a_dispatch_recruits_nobody_but_is_decided(tmp_path):
    store = started_year(tmp_path)
    event = add_dispatch(store)
    kinds = [row.kind for row in read_library(store, event_id=event, today=NOW.date()).rows]
    assert "募集チラシ" not in kinds
    assert "決定通知" in kinds
    store.database.conn.close()


def test_texts_survive_closing_the_folder(fresh):
    document_passages.set_passage(
        acting(fresh.store), event_id=fresh.event_id, kind="募集チラシ", part="見出し", text="𠮷田さんと学ぶLINE"
    )
    fresh.close()
    keys = derive_keys(DATA_KEY)
    fresh.store = Store(
        folder=fresh.store.folder,
        database=connection.connect(fresh.store.folder / DATABASE_NAME, keys.pages),
        keys=keys,
        login_id="sample",
    )
    assert "𠮷田さんと学ぶLINE" in pages_of(build(fresh, "募集チラシ"))[0]


def test_the_check_sheet_has_every_envelope_once_with_what_goes_into_it_and_who_sent_one_back(fresh):
    kind = "封入・宛名の突合せ表"
    set_option(fresh, "宛名ラベル", letter_addressees.LABELS_FOR, letter_addressees.ALL_ORGANISATIONS)
    document_passages.set_passage(
        acting(fresh.store),
        scope=DocumentScope(event_id=fresh.event_id),
        kind=kind,
        part="同封物",
        text="決定通知、地図",
    )
    told = {"event_id": fresh.event_id, "document_kind": "決定通知", "told_on": NOW.date(), "told_to": "", "key": "x"}
    with fresh.store.change(action="返戻", by=BY, now=NOW) as change:
        act = change.insert(Notification(**told, told_how="郵送", told_by=BY, by=BY, at=NOW))
        back = {"returned_on": NOW.date(), "reason": "宛所不明", "by": BY}
        change.insert(ReturnedLetter(notification_id=act, event_id=fresh.event_id, addressee=LONG, **back))
    content = documents.build_document(fresh.store, scope=DocumentScope(event_id=fresh.event_id), kind=kind, now=NOW)
    (table,) = (block for block in content.blocks if isinstance(block, Table))
    labels = build(fresh, "宛名ラベル")
    (sheet,) = (block for block in labels.blocks if isinstance(block, LabelSheet))
    assert len(table.rows) == len(sheet.labels) > 1
    assert [row[0] for row in table.rows] == [str(number) for number in range(1, len(table.rows) + 1)]
    assert {row[3] for row in table.rows} == {"決定通知、地図"}
    assert [row[1].endswith("（前に返戻）") for row in table.rows] == [LONG in row[1] for row in table.rows]
    assert content.personal
    assert f"{len(table.rows)}通" in "".join(pages_of(content))
