"""The search over everything: groups, what was also looked for, and which part of a text was matched."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.asked import Asked
from app.main_window.ways import way_to
from app.subjects.home.services.search_everything import search_everything
from app.subjects.register.services.organisations import create_organisation, save_contact
from app.subjects.register.services.people import add_person, update_person
from app.subjects.register.services.search import matched_spans, spellings_beside
from db.name_key import name_key
from db.records.organisations import Contact, Organisation
from db.records.papers import Outgoing
from tests.support.sample import BY, event_id, sample_store

WHO = {"by": BY, "now": datetime(2026, 12, 1, 9, 5)}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = sample_store(tmp_path_factory.mktemp("search"))
    first = create_organisation(made, organisation=Organisation(branch="第99支部", name="検索髙台自治会"), **WHO).id
    for name, furigana, role in (
        ("髙梁　恵子", "たかはり　けいこ", "会計"),
        ("高梁 勝", "たかはり まさる", "副会長"),
        ("タカハリ", "", "会長"),
    ):
        person = add_person(made, name=name, furigana=furigana, organisation_id=first, role=role, **WHO).id
        save_contact(made, contact=Contact(person_id=person, value="03-0000-5678", purpose="通知の送付"), **WHO)
    typed = add_person(made, name="高梁恵", furigana="", **WHO).id
    update_person(made, person_id=typed, name="髙梁　恵", furigana="", note="", **WHO)
    with made.change(action="控え", **WHO) as change:
        change.insert(
            Outgoing(
                event_id=event_id(made, "講習会", 2), document_kind="参加人数連絡書", reference="R8-講2-人数-1", version=1,
                format="pdf", way="そのまま保存", file_name="第2回 人数連絡.pdf", by=BY, at=WHO["now"],
            )
        )  # fmt: skip
    yield made
    made.database.conn.close()


def groups(store, text):
    return {group.title: group for group in search_everything(store, text=text).groups}


def test_people_come_first_then_those_in_kana_only_then_records_then_what_to_do(store):
    found = search_everything(store, text="高梁")
    assert [group.title for group in found.groups] == ["人", "団体の役員・連絡先", "書類・記録", "すること"]
    people, officers, records, todo = found.groups
    assert [item.title for item in people.items] == ["髙梁　恵子", "高梁 勝", "髙梁　恵"]
    assert people.items[0].second.startswith("検索髙台自治会（第99支部）・会計")
    assert [(item.title, item.second) for item in officers.items] == [
        ("検索髙台自治会", "会長　タカハリ　様　ふりがなだけの登録")
    ]
    assert "「高梁恵」→「髙梁　恵」に直す" in records.items[0].title
    assert [item.title for item in todo.items] == ["「高梁」を新しい人として加える", "人の一覧を「高梁」で絞り込む"]
    assert found.also == ("髙", "たかはり")


def test_events_and_papers_are_found_by_their_words(store):
    found = groups(store, "LINE 第2回")
    assert [item.title for item in found["実施回"].items] == ["第2回 LINE講習会"]
    assert found["実施回"].items[0].asked == Asked(what="実施回", event_id=event_id(store, "講習会", 2))
    paper = groups(store, "人数連絡 LINE")["書類・記録"].items[0]
    assert (paper.title, way_to(paper.asked).place) == ("参加人数連絡書　第2回 人数連絡.pdf", "documents")
    assert paper.second == f"12/1(火) {BY}　第2回 LINE講習会　第1版 PDF（控えなし）"


def test_a_telephone_number_finds_people_and_offers_no_new_person(store):
    found = groups(store, "03-0000-5678")
    assert found["人"].total == 3
    assert [item.title for item in found["すること"].items] == ["人の一覧を「03-0000-5678」で絞り込む"]


def test_a_name_of_an_organisation_offers_a_new_organisation(store):
    items = groups(store, "見つからない町会")["すること"].items
    assert [(item.title, way_to(item.asked).arguments) for item in items] == [
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
    assert spellings_beside("高橋", ["髙橋 恵子", "髙橋 勝", "高橋"], ("たかはし",)) == ("髙", "たかはし")
    assert spellings_beside("たかはし", ["髙橋"], ()) == ()
