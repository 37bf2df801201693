"""The search over everything: groups, what was also looked for, and which part of a text was matched."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace as Facts

import pytest

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.documents.services.saved_outside import file_folder_detail
from app.events.agreements import services as agreements_services
from app.events.agreements.services import attach_file
from app.home.today.services import global_search
from app.home.today.services.global_search import search_everything
from app.ledgers.services.ledger import LEDGERS
from app.main_window.action_routes import route_to
from app.registers.register.services.organisations import (
    create_organisation,
    delete_organisation,
    save_contact,
    update_organisation,
)
from app.registers.register.services.people import add_person, update_person
from app.registers.register.services.search import matched_spans, other_spellings
from db.name_key import name_key
from db.records.agreements import Agreement, Homework
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Person
from db.records.roster import Entry
from db.records.venues import Venue
from db.records.year.proposal import Evidence, Issue
from db.rows import rows
from tests.support.left_papers import outgoing
from tests.support.sample import BY, event_id, sample_store

WHO = {"by": BY, "now": datetime(2026, 12, 1, 9, 5)}


def who(store) -> ActionContext:
    return ActionContext(store, BY, WHO["now"])


def renamed(store, before: Organisation, name: str) -> int:
    """A 団体 that was entered under one name and has another now."""
    made = create_organisation(who(store), organisation=before).id
    update_organisation(who(store), organisation=replace(before, id=made, name=name))
    return made


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = sample_store(tmp_path_factory.mktemp("search"))
    first = create_organisation(who(made), organisation=Organisation(branch="第99支部", name="検索髙台自治会")).id
    for name, furigana, role in (
        ("髙梁　恵子", "たかはり　けいこ", "会計"),
        ("高梁 勝", "たかはり まさる", "副会長"),
        ("タカハリ", "", "会長"),
    ):
        person = add_person(who(made), name=name, furigana=furigana, organisation_id=first, role=role).id
        save_contact(who(made), contact=Contact(person_id=person, value="03-0000-5678", purpose="通知の送付"))
    typed = add_person(who(made), name="高梁恵", furigana="").id
    update_person(who(made), person_id=typed, name="髙梁　恵", furigana="", note="")
    with made.change(action="控え", **WHO) as change:
        change.insert(
            outgoing(
                "参加人数連絡書",
                event_id=event_id(made, "講習会", 2),
                reference="R8-講2-人数-1",
                way="そのまま保存",
                file_name="第2回 人数連絡.pdf",
                detail=file_folder_detail(Path("/kamogawa/デジ活デスク/人数連絡.pdf")),
                by=BY,
                at=WHO["now"],
            )
        )
    yield made
    made.database.conn.close()


def groups(store, text):
    return {group.title: group for group in search_everything(store, text=text).groups}


def test_people_come_first_then_those_in_kana_only_then_records_then_what_to_do(store):
    found = search_everything(store, text="高梁")
    assert [group.title for group in found.groups] == ["人", "団体の役員・連絡先", "書類・記録", "すること"]
    people, officers, records, todo = found.groups
    assert [item.title for item in people.items] == ["髙梁　恵子", "高梁 勝", "髙梁　恵"]
    assert people.items[0].detail.startswith("検索髙台自治会（第99支部）・会計")
    assert [(item.title, item.detail) for item in officers.items] == [
        ("検索髙台自治会", "会長　タカハリ　様　ふりがなだけの登録")
    ]
    assert "「高梁恵」→「髙梁　恵」に直す" in records.items[0].title
    assert [item.title for item in todo.items] == ["人の一覧を「高梁」で絞り込む", "「高梁」を新しい人として加える"]
    assert found.other_spellings == ("髙", "たかはり")


def test_who_telephones_is_found_in_the_list_of_the_next_event_they_come_to(store):
    today = WHO["now"].date()
    (person,) = [row for row in rows(store.database, Person) if row.name == "髙梁　恵子"]
    ahead = sorted(
        (
            row
            for row in rows(store.database, Event, status=EventStatus.PLANNED)
            if row.event_date and row.event_date >= today
        ),
        key=lambda row: row.event_date,
    )[:2]
    past = next(row for row in rows(store.database, Event) if row.event_date and row.event_date < today)
    assert "参加の予定" not in {group.title for group in search_everything(store, text="髙梁", today=today).groups}
    with store.change(action="名簿", **WHO) as change:
        ids = [
            change.insert(Entry(event_id=event.id, person_id=person.id, state=state))
            for event, state in ((ahead[1], "補欠"), (ahead[1], "申込"), (past, "決定"), (ahead[0], "決定"))
        ]
    found = next(
        group for group in search_everything(store, text="髙梁", today=today).groups if group.title == "参加の予定"
    )
    assert [item.link for item in found.items] == [
        ActionLink(action="参加者", event_id=ahead[0].id, entry_id=ids[3]),
        ActionLink(action="参加者", event_id=ahead[1].id, entry_id=ids[1]),
    ]
    assert found.items[0].title.startswith("髙梁　恵子　")
    assert ahead[0].full_title in found.items[0].title
    with store.change(action="名簿", **WHO) as change:
        for row_id in ids:
            change.delete(Entry, row_id)


def test_events_and_papers_are_found_by_their_words(store):
    found = groups(store, "LINE 第2回")
    assert [item.title for item in found["実施回"].items] == ["第2回 LINE講習会"]
    assert found["実施回"].items[0].link == ActionLink(action="実施回", event_id=event_id(store, "講習会", 2))
    paper = groups(store, "人数連絡 LINE")["書類・記録"].items[0]
    assert (paper.title, route_to(paper.link).screen_name) == ("参加人数連絡書　第2回 人数連絡.pdf", "event")
    assert paper.detail == f"12/1(火) {BY}　第2回 LINE講習会　第1版 PDF（控えなし）"
    assert "書類・記録" not in groups(store, "kamogawa"), "the folder is the same for every paper of a PC"


def test_a_day_of_another_year_says_its_year_and_each_event_is_found_with_it(store):
    def seconds(text, today):
        found = search_everything(store, text=text, today=today)
        return [item.title + item.detail for group in found.groups if group.title == "実施回" for item in group.items]

    assert "R8 9/30(水)" in seconds("LINE講習会", date(2028, 6, 1))[0] + seconds("LINE講習会", date(2028, 6, 1))[-1]
    assert all("R8" not in one for one in seconds("9/30", date(2026, 12, 1)))
    assert seconds("R9 2/3", date(2027, 2, 1)) == seconds("2/3", date(2027, 2, 1)) != []


def test_every_paper_is_found_by_its_name_says_where_it_is_made_and_is_nobody_s_name(store, project_folder):
    """All names of the table, on the sample year: made or not, each first, and no person is made of one."""
    text = (project_folder / "docs" / "papers.md").read_text(encoding="utf-8")
    lines = [line for line in text.partition("## How")[0].splitlines() if line.startswith("| ")][2:]
    names = [line.strip("|").split("|")[0].strip() for line in lines]
    assert len(names) > 100
    ledgers = {one.title for one in LEDGERS}
    later = 0
    for name in names:
        result = search_everything(store, text=name, today=WHO["now"].date())
        found = {group.title: group for group in result.groups}
        item = found["帳票"].items[0]
        assert item.title == name
        assert item.detail
        assert item.link is not None
        if item.link.action in ("帳票", "年度の帳票") and name not in ledgers:
            assert result.groups[0].title in ("帳票", "すること"), "but for a place of that very name"
        route = route_to(item.link)
        if "まだ作成できません" in item.detail:
            later += 1
            assert item.detail.endswith("。"), f"{name} does not say why"
        elif item.link.action == "帳票":
            assert route.arguments["kind"] == name
        offered = [one.title for group in result.groups for one in group.items if one.creates_record]
        assert offered == [], name
    assert later, "some can't be made yet"
    assert any(one.creates_record for one in groups(store, "原")["すること"].items), (
        "a surname that stands in 区報原稿 too"
    )
    for part in ("宛名ラベ", "宛名"):
        offered = [one.title for group in groups(store, part).values() for one in group.items if one.creates_record]
        assert offered == [], "part of a name is none either"
    for more, name in (("決定通知書", "決定通知"), ("受付名簿 印刷", "受付名簿"), ("席札を作る", "席札")):
        found = groups(store, more)
        assert found["帳票"].items[0].title == name
        assert not any(one.creates_record for group in found.values() for one in group.items), more


def test_a_paper_that_left_leads_to_where_it_is_made_else_to_its_copy():
    def link(event=None, organisation=None, *, copy=False):
        row = Facts(id=7, has_copy=copy, organisation_id=organisation, document_kind="控え")
        found = global_search._document_link(row, event)
        return found and (found.event_id, found.organisation_id, found.kind, found.copy)

    assert link(Facts(id=3), 5, copy=True) == (3, None, "控え", 7)
    found = [link(organisation=number, copy=copy) for number in (5, None) for copy in (True, False)]
    assert found == [(None, 5, "控え", 7), (None, 5, "控え", None), (None, None, None, 7), None]


def test_a_telephone_number_finds_people_and_offers_no_new_person(store):
    found = groups(store, "03-0000-5678")
    assert found["人"].total == 3
    assert [item.title for item in found["すること"].items] == ["人の一覧を「03-0000-5678」で絞り込む"]


def test_a_name_of_an_organisation_offers_a_new_organisation(store):
    items = groups(store, "見つからない町会")["すること"].items
    assert [(item.title, route_to(item.link).arguments) for item in items] == [
        ("「見つからない町会」を新しい団体として加える", {"add": "団体", "name": "見つからない町会"})
    ]
    assert search_everything(store, text=" ").groups == ()


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("髙橋 恵子", "高橋", ["髙橋"]),
        ("葛󠄀西　葛󠄀子", "葛", ["葛󠄀", "葛󠄀"]),
        ("𠮷﨑　正", "吉崎", ["𠮷﨑"]),
        ("佐々木", "佐佐木", ["佐々木"]),
        ("Nguyễn Thị Hà", "nguyen", ["Nguyễn"]),
        ("０９０－0000－1234", "00001234", ["0000－1234"]),
        ("田中", "高橋", []),
    ],
)
def test_the_matched_part_is_marked_as_it_stands_there(text, typed, marked):
    spans = matched_spans(text, (name_key(typed),))
    assert [text[first:last] for first, last in spans] == marked


def test_what_was_also_looked_for_is_said_once():
    assert other_spellings("高橋", ["髙橋 恵子", "髙橋 勝", "高橋"], ("たかはし",)) == ("髙", "たかはし")
    assert other_spellings("たかはし", ["髙橋"], ()) == ()


def test_materials_are_found_by_a_word_of_their_title_and_actions_by_what_people_call_them(store):
    found = search_everything(store, text="スライド", today=WHO["now"].date())
    first = found.groups[0]
    assert first.title == "資料"
    assert first.items[0].detail.startswith("第6回 Instagram講習会")
    assert route_to(first.items[0].link).screen_name == "turns"
    coming = event_id(store, "講習会", 6)
    for words, action, arguments in (
        ("日付を変える", "日付を変える", {"tab": "概要", "act": "move"}),
        ("延期", "日付を変える", {"tab": "概要", "act": "move"}),
        ("受付を開く", "受付を開く", {}),
        ("元に戻す", "履歴を見る・元に戻す", {}),
    ):
        item = search_everything(store, text=words, today=WHO["now"].date()).groups[0].items[0]
        assert (item.title, item.detail) == (action, "第6回 Instagram講習会（2回目）")
        assert route_to(item.link).arguments == {"event_id": coming, **arguments}


def test_a_record_is_found_by_its_homework_and_by_the_name_of_its_file(store):
    record = next(one for one in rows(store.database, Agreement) if one.content and one.settled_on is not None)
    task = Homework(programme_id=1, agreement_id=record.id, text="駐輪場の管理者に確かめる")
    agreements_services.save_homework(who(store), homework=task)
    attach_file(who(store), agreement_id=record.id, data=b"%PDF", name="下見の見取図.pdf")
    for words in ("駐輪場の管理者", "見取図"):
        (found,) = [
            group
            for group in search_everything(store, text=words, today=WHO["now"].date()).groups
            if any(item.link.agreement_id == record.id for item in group.items)
        ]
        assert [item.link.agreement_id for item in found.items] == [record.id]


@pytest.mark.parametrize("words", ["スライド", "見本　未登録", "高梁", "みほんあおぞら町会"])
def test_to_enter_something_new_is_never_what_comes_first(store, words):
    items = [
        item for group in search_everything(store, text=words, today=WHO["now"].date()).groups for item in group.items
    ]
    assert [item.creates_record for item in items] == sorted(item.creates_record for item in items)
    assert items[-1].creates_record


def test_what_is_to_be_done_is_nobody_to_be_entered(store):
    for words in ("日付を変える", "日付を変えたい"):
        found = search_everything(store, text=words, today=WHO["now"].date())
        assert not any(item.creates_record for group in found.groups for item in group.items)


def test_a_former_name_is_found_however_much_was_done_since(store):
    made = renamed(store, Organisation(branch="第98支部", name="旧称なごり町会"), "新称みらい自治会")
    for number in range(410):
        with store.change(action=f"ほかの作業{number}", barrier=True, **WHO):
            pass
    (item,) = groups(store, "旧称ナゴリ")["書類・記録"].items
    assert "「旧称なごり町会」→「新称みらい自治会」に直す" in item.title
    assert item.link == ActionLink(action="団体", organisation_id=made)
    delete_organisation(who(store), organisation_id=made)
    assert "書類・記録" not in groups(store, "旧称ナゴリ")


def test_the_whole_former_name_finds_the_organisation_as_it_is_called_now_and_offers_no_double(store):
    made = renamed(store, Organisation(branch="第97支部", name="もとの名町会"), "いまの名自治会")
    found = groups(store, "もとの名町会")
    (item,) = found["団体の役員・連絡先"].items
    assert (item.title, item.detail) == ("いまの名自治会", "旧称 もとの名町会　第97支部　登録 0人")
    assert item.link == ActionLink(action="団体", organisation_id=made)
    assert next(iter(found)) == "団体の役員・連絡先"
    assert not any(one.creates_record for group in found.values() for one in group.items)
    (item,) = groups(store, "いまの名自治会")["団体の役員・連絡先"].items
    assert "旧称" not in item.detail
    delete_organisation(who(store), organisation_id=made)


def test_evidence_and_issues_of_the_proposal_are_found_by_their_words(store):
    issue = rows(store.database, Issue)[0]
    (found,) = [group for group in search_everything(store, text=issue.text).groups if group.title == "提案書の根拠"]
    assert found.items[0].title == f"課題①　{issue.text}"
    assert route_to(found.items[0].link).screen_name == "proposal"
    evidence = rows(store.database, Evidence)[-1]
    (found,) = [
        group for group in search_everything(store, text=evidence.source).groups if group.title == "提案書の根拠"
    ]
    held = [item.link.evidence_id for item in found.items]
    assert evidence.id in held
    assert held == sorted(held, reverse=True)
    assert all(name_key(evidence.source) in name_key(item.detail) for item in found.items)


def test_an_event_says_how_many_people_came_or_are_expected(store):
    found = groups(store, "LINE")["実施回"].items + groups(store, "ホームページ")["実施回"].items
    said = {one.link.event_id: one.detail.split("　")[-1] for one in found}
    for one in rows(store.database, Event, id=sorted(said)):
        mine = rows(store.database, Entry, event_id=one.id)
        if one.status == "実施済":
            came = sum(row.attendance == "出席" and row.state in ("申込", "決定") for row in mine)
            assert said[one.id] == f"出席 {came}人"
        elif mine and one.status == "予定":
            assert said[one.id].startswith(("申込 ", "辞退を除く申込 ", "参加予定 "))
    assert any(words.startswith("出席 ") for words in said.values())
    assert any(words.startswith(("申込 ", "辞退を除く申込 ", "参加予定 ")) for words in said.values())


@pytest.mark.parametrize(
    ("text", "day"),
    [("10/1", None), ("R8 10/1", None), ("10月1日", None), ("10/15", 15), ("１０／１５", 15), ("10月15日", 15)],
)
def test_a_whole_typed_day_is_no_beginning_of_another_one(store, text, day):
    found = search_everything(store, text=text, today=date(2026, 12, 1)).groups
    on = [
        rows(store.database, Event, id=item.link.event_id)[0].event_date
        for one in found
        if one.title == "実施回"
        for item in one.items
    ]
    assert on == ([date(2026, 10, day)] if day else [])


def test_a_typed_day_means_what_takes_place_on_it_before_what_was_changed_since(store):
    found = search_everything(store, text="10/15", today=date(2026, 12, 1))
    assert [group.title for group in found.groups][:2] == ["実施回", "変更"]
    assert found.groups[0].items[0].title == "第3回 Instagram講習会"


def test_a_venue_is_found_by_any_of_its_texts_and_opened_in_the_list(store):
    venue = rows(store.database, Venue)[0]
    with store.change(action="会場", **WHO) as change:
        change.update(Venue, venue.id, access="検索坂から徒歩9分")
    by_name = groups(store, venue.name)["会場"].items
    assert venue.id in {one.link.venue_id for one in by_name}
    [found] = groups(store, "検索坂")["会場"].items
    assert (found.detail, found.link) == ("行き方：検索坂から徒歩9分", ActionLink("会場・予約", venue_id=venue.id))
    assert route_to(found.link).arguments == {"venue_id": venue.id}


@pytest.mark.parametrize(("file", "allowed"), [("phrases.tsv", 2), ("phrases_of_newcomers.tsv", 8)])
def test_what_a_newcomer_types_leads_to_the_place_among_the_first_three(store, file, allowed):
    lines = (Path(__file__).parent / file).read_text(encoding="utf-8").splitlines()
    missed = []
    for phrase, places in (line.split("\t") for line in lines):
        found = search_everything(store, text=phrase, today=WHO["now"].date())
        items = [one for group in found.groups for one in group.items if not one.creates_record]
        if not {one.title for one in items[:3]} & set(places.split("|")):
            missed.append((phrase, [one.title for one in items[:3]]))
    assert len(lines) >= 60
    assert len(missed) <= allowed, missed


@pytest.mark.parametrize("name", ["小林", "大野", "見田"])
def test_a_name_is_no_wish_because_of_one_of_its_signs(store, name):
    found = groups(store, name)
    acts = [item.title for item in found["すること"].items if not item.creates_record] if "すること" in found else []
    assert [one for one in acts if name not in one] == []


def test_somebody_is_found_by_what_is_asked_of_him(store):
    person = groups(store, "見本")["人"].items[0].title
    assert groups(store, f"{person.replace('　', '')}さんの電話番号")["人"].items[0].title == person


def test_what_the_contract_asks_for_is_found_with_its_clause(store):
    item = groups(store, "受託者へは参加人数だけ")["守ること"].items[0]
    assert item.detail == "仕様書4エ　参加人数連絡書「参加予定人数」"
