"""What the papers of the day say, from the records of the sample year."""

import io
import re
from dataclasses import replace

import openpyxl
import pypdf
import pytest

from app.actions.user_error import UserError
from app.calendar.dates import long_date_plain
from app.commands.documents import kinds_for
from app.documents.blocks import FillLine, KeyValues, RosterList, Table
from app.documents.services import document_passages, documents
from app.documents.services.document_scope import DocumentScope
from app.event.services.agenda import set_agenda
from app.event.services.event_changes import duplicate_event, update_event
from app.event.services.event_drafts import draft_of
from app.event_day.day.documents import responsible_side
from app.event_day.day.services import day_document_content
from app.events.roster.services.roster import read_roster
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Entry, TableGroup
from db.records.venues import Venue
from db.rows import by_id
from db.tables import events, venues
from tests.support.sample import BY, NOW, acting


def built(world, kind: str, event: str = "L6"):
    return documents.build_document(world.store, event_id=world.events[event], kind=kind, now=NOW)


def text_of(world, kind: str, event: str = "L6") -> str:
    drawn = documents.render(built(world, kind, event), format="pdf")
    found = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(drawn.data)).pages)
    return re.sub(r"\s", "", found)


def table(content, name: str) -> Table:
    return next(block for block in content.blocks if isinstance(block, Table) and block.name == name)


def test_the_roster_holds_everybody_expected_with_number_reading_and_marks_only(world):
    event_id = world.events["L6"]
    first = read_roster(world.store, event_id=event_id).check_in_rows[0]
    with world.store.change(action="x", by=BY, now=NOW) as change:
        change.update(Entry, first.entry.id, care="車いすの席をお願いします", photo="不可", note="電話 03-0000-1234")
        change.update(Person, first.person.id, furigana="カメイ　カズコ")

    content = built(world, "受付名簿")
    lines = next(block for block in content.blocks if isinstance(block, RosterList)).lines
    mine = next(one for one in lines if one.entry_id == first.entry.id)
    assert [one.number for one in lines] == [str(number) for number in range(1, 15)]
    assert (mine.reading, mine.care, mine.no_photo) == ("かめい　かずこ", True, True)
    assert (content.personal, content.numbered_copies, content.header_right) == (
        True,
        2,
        "取扱注意（個人情報）　終了後回収",
    )
    text = text_of(world, "受付名簿")
    assert "車いす" not in text
    assert "03-0000" not in text
    assert "アンケート回収" not in text
    assert "うち氏名未定1人" in text


def test_the_roster_as_a_workbook_has_name_and_reading_in_columns_of_their_own(world):
    drawn = documents.render(built(world, "受付名簿"), format="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(drawn.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "氏名" in row)
    assert head[:6] == ["No", "受付", "団体", "支部", "氏名", "ふりがな"]
    names = [row[4] for row in rows[rows.index(head) + 1 :]][:14]
    lines = next(block for block in drawn.content.blocks if isinstance(block, RosterList)).lines
    assert [name or "" for name in names] == [one.name for one in lines]


def test_the_agenda_counts_its_clock_from_setting_up_to_clearing_and_names_only_the_two_sides(world):
    event_id = world.events["L6"]
    items = events.agenda(world.store.database, event_id)
    second = replace(items[1], owner="講師　見本")
    set_agenda(acting(world.store), event_id=event_id, items=[items[0], second, *items[2:]])

    content = built(world, "当日進行表・機材チェック表")
    rows = table(content, "進行").rows
    assert [row[0] for row in rows][:3] == ["13:00", "13:30", "14:00"]
    assert rows[-2][:3] == ("16:00", "", "終了（本体 120分）")
    assert {row[3] for row in rows} <= {"区", "受託者", "区・受託者", ""}
    text = text_of(world, "当日進行表・機材チェック表")
    assert "講師見本" not in text
    for words in ("当日責任者", "AEDの場所1階の受付", "避難経路", "119番・110番", "資料の配布（受託者）"):
        assert words in text
    (foot,) = [one for one in content.blocks if isinstance(one, FillLine) and "AED" in str(one)]
    assert [room for _, room, _ in foot.parts] == [0, 0, 34], "nobody is asked for what the list of venues knows"

    where = "1階の受付の左手、職員の通用口の手前の赤い箱。夜間と休館の日は警備員室に声をかけて出してもらう（台車の隣）"
    with world.store.change(action="x", by=BY, now=NOW, subject="venues") as change:
        for venue in venues.venues(world.store.database):
            change.update(Venue, venue.id, aed=where if venue.aed else "")
    assert where in text_of(world, "当日進行表・機材チェック表")


def test_a_person_of_the_contractor_stands_as_its_side():
    sides = dict.fromkeys(("受託者", "講師", "講師、補助"), "受託者") | {"区": "区", "区・受託者": "区・受託者", "": ""}
    assert {owner: responsible_side(owner) for owner in sides} == sides


def test_equipment_names_its_owner_and_the_tablets_their_number(world):
    rows = table(built(world, "当日進行表・機材チェック表"), "機材").rows

    assert ("貸与タブレット端末", "8＋予備2", "区") in [row[1:4] for row in rows]
    assert ("受付名簿", "2部", "区") in [row[1:4] for row in rows]
    assert ("配布資料、アンケート用紙", "16部", "受託者") in [row[1:4] for row in rows]


def test_the_collation_shows_its_arithmetic_and_its_steps_only_where_the_ward_prints(world):
    content = built(world, "配布資料チェック表")
    needed = dict(next(block for block in content.blocks if isinstance(block, KeyValues)).rows)
    assert needed["必要部数"].startswith("16部　＝　参加予定 14人　＋　予備 2部（2部と10％（1.4→2部）の大きいほう）")
    assert needed["印刷・帳合い"] == "受託者"
    handed = table(content, "配布資料").rows
    assert [row[1] for row in handed] == [
        "次第", "講習資料「Instagramの投稿と注意点」", "操作手順書", "アンケート用紙", "計（1人分）",
    ]  # fmt: skip
    assert handed[1][3:7] == ("26", "両面", "13", "16")
    # The questionnaire has no pages yet: the sum is a least number.
    assert handed[-1][3:6] == ("37以上", "", "19以上")
    assert not any(isinstance(block, Table) and block.name == "作業の確認" for block in content.blocks)

    day_document_content.set_day_option(
        acting(world.store), event_id=world.events["L6"], option="資料を区で印刷する", on=True
    )
    assert len(table(built(world, "配布資料チェック表"), "作業の確認").rows) == 6


def test_the_witness_sheet_is_one_page_and_takes_over_what_is_known(world):
    planned = documents.render(built(world, "実施確認票"), format="pdf")
    held = text_of(world, "実施確認票", "L1")

    assert planned.pages == 1
    assert "立会職員（区）" in held
    result = events.result(world.store.database, world.events["L1"])
    assert f"{result.attended}人" in held
    assert "特記事項" in held


def test_table_cards_belong_to_an_exchange_and_name_nobody_unless_chosen(world):
    event_id = world.events["E1"]
    with world.store.change(action="x", by=BY, now=NOW) as change:
        present = {group.number for group in read_roster(world.store, event_id=event_id).groups}
        if 1 not in present:
            change.insert(TableGroup(event_id=event_id, number=1, facilitator="見本　進行"))
        for row in read_roster(world.store, event_id=event_id).rows[:3]:
            change.update(Entry, row.entry.id, group_number=1)
    somebody = next(
        row.name
        for row in read_roster(world.store, event_id=event_id).check_in_rows
        if row.entry.group_number == 1 and row.person
    )

    plain = built(world, "班札", "E1")
    assert plain.personal is False
    assert re.sub(r"\s", "", somebody) not in text_of(world, "班札", "E1")
    day_document_content.set_day_option(acting(world.store), event_id=event_id, option="班札に名簿を載せる", on=True)
    assert built(world, "班札", "E1").personal is True
    assert re.sub(r"\s", "", somebody) in text_of(world, "班札", "E1")
    assert "班札" not in kinds_for(world.store, event_id=world.events["L6"])


def test_tags_have_room_for_those_who_just_come(world):
    tags = built(world, "名札").blocks[0].tags

    assert len(tags) % 10 == 0
    assert sum(not tag.name for tag in tags) >= 3
    assert all("（見本）" in tag.event for tag in tags)


def test_a_roster_without_people_says_where_to_go(world):
    with pytest.raises(UserError, match="名簿に載る参加者がまだいません"):
        built(world, "受付名簿", "E2")


def test_a_name_too_long_for_its_paper_is_named_and_nothing_is_cut(world):
    event_id = world.events["L6"]
    person = next(row.person for row in read_roster(world.store, event_id=event_id).check_in_rows if row.person)
    with world.store.change(action="x", by=BY, now=NOW) as change:
        change.update(Person, person.id, name="みほん" * 20)

    with pytest.raises(UserError, match=r"「(みほん){13}み…（60字）」が長く、受付名簿の欄に入りません"):
        documents.render(built(world, "受付名簿"), format="pdf")


def test_who_came_gets_a_certificate_where_the_event_gives_them(world):
    store, event_id = world.store, world.events["L1"]
    assert "受講証" not in kinds_for(store, event_id=event_id)
    with pytest.raises(UserError):
        built(world, "受講証", "L1")
    given = draft_of(by_id(store.database, Event, event_id))
    update_event(acting(store), event_id=event_id, draft=replace(given, certificates=True), original=given)
    came = [row for row in read_roster(store, event_id=event_id).check_in_rows if row.entry.attendance == "出席"]
    content = built(world, "受講証", "L1")
    assert (len(content.blocks), content.personal) == (len(came), True)
    assert {one.name for one in content.blocks} == {row.name for row in came}
    assert len({one.number for one in content.blocks}) == len(came)
    drawn = documents.render(content, format="pdf")
    assert drawn.pages == len(came), "each is a page of its own"
    first = re.sub(r"\s", "", pypdf.PdfReader(io.BytesIO(drawn.data)).pages[0].extract_text())
    for words in ("受講証", "受講されたことを証します", "事例紹介講習会", content.blocks[0].sender, "様"):
        assert re.sub(r"\s", "", words) in first
    # Made whenever, it bears the day of the event; its words and its day can be put otherwise.
    assert {one.date for one in content.blocks} == {long_date_plain(given.event_date)}
    for part, text in (("文", "所定の講習を修了されたことを証します。"), ("日付", "令和8年9月30日")):
        document_passages.set_passage(
            acting(store), scope=DocumentScope(event_id=event_id), kind="受講証", part=part, text=text
        )
    worded = built(world, "受講証", "L1").blocks[0]
    assert (worded.title, worded.sentence, worded.date) == (
        "受講証", "所定の講習を修了されたことを証します。", "令和8年9月30日"
    )  # fmt: skip
    # Whoever was marked absent afterwards gets none, nor a place without a name.
    with store.change(action="x", by=BY, now=NOW) as change:
        change.update(Entry, came[0].entry.id, attendance="欠席")
        change.update(Entry, came[1].entry.id, person_id=None)
    assert {one.name for one in built(world, "受講証", "L1").blocks} == {row.name for row in came[2:]}
    with store.change(action="x", by=BY, now=NOW) as change:
        for row in came:
            change.update(Entry, row.entry.id, attendance="")
    with pytest.raises(UserError, match="出席を記録した方がまだいません"):
        built(world, "受講証", "L1")


def test_a_meeting_gives_a_certificate_of_taking_part_and_a_copy_of_the_event_gives_it_too(world):
    store, event_id = world.store, world.events["E1"]
    given = draft_of(by_id(store.database, Event, event_id))
    update_event(acting(store), event_id=event_id, draft=replace(given, certificates=True), original=given)
    assert built(world, "受講証", "E1").blocks[0].title == "参加証"
    copied = duplicate_event(acting(store), event_id=event_id).id
    assert by_id(store.database, Event, copied).certificates
