"""People and 団体 are found by any spelling, and stand there as they were registered."""

from datetime import datetime

import pytest

from app.registers.register.services.search import find_organisations, find_people, matched_spans, search_keys
from db.name_key import name_key
from db.records.organisations import Contact, Organisation, Person
from tests.support.stores import new_store

NOW = datetime(2026, 12, 1, 9, 0)
PEOPLE = (
    ("髙橋　恵子", "たかはし　けいこ", "会計"),
    ("高橋 勝", "たかはし まさる", ""),
    ("タカハシ", "", "会長"),
    ("渡邉　正", "わたなべ　ただし", "会長"),
    ("渡辺 みほ", "わたなべ みほ", ""),
    ("渡邊　一", "ワタナベ　ハジメ", ""),
    ("齋藤　実", "さいとう　みのる", ""),
    ("斉藤　實", "ｻｲﾄｳ ﾐﾉﾙ", ""),
    ("𠮷﨑　葛󠄀子", "よしざき　かつこ", ""),
    ("Nguyễn Thị Hà", "グエン ティ ハー", "会員"),
    ("佐々木　髙志", "ささき　たかし", ""),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = new_store(tmp_path_factory.mktemp("search"))
    with made.change(action="登録", by="見本", now=NOW) as change:
        first = change.insert(
            Organisation(branch="第4支部", name="見本若葉野町会", furigana="みほんわかばのちょうかい")
        )
        second = change.insert(
            Organisation(branch="", name="見本つつじケ丘自治会", furigana="みほんつつじがおかじちかい")
        )
        change.insert(Contact(organisation_id=second, kind="電話", value="03-0000-7788"))
        change.insert(Contact(organisation_id=first, kind="住所", value="みほん区つつじ町9-8-7"))
        for number, (name, furigana, role) in enumerate(PEOPLE):
            person = change.insert(
                Person(organisation_id=(first, second)[number % 2], name=name, furigana=furigana, role=role)
            )
            change.insert(Contact(person_id=person, kind="電話", value=f"０９０－0000－12{number:02d}"))
    yield made
    made.database.conn.close()


def names(store, text, limit=20):
    return [hit.person.name for hit in find_people(store, text=text, limit=limit)]


@pytest.mark.parametrize("typed", ["高橋", "髙橋", "たかはし", "タカハシ", "ﾀｶﾊｼ", "　髙橋 "])
def test_every_spelling_of_takahashi_finds_all_of_them(store, typed):
    assert set(names(store, typed)) == {"髙橋　恵子", "高橋 勝", "タカハシ"}


@pytest.mark.parametrize("typed", ["渡辺", "渡邊", "渡邉", "わたなべ", "ﾜﾀﾅﾍﾞ"])
def test_every_spelling_of_watanabe_finds_all_of_them(store, typed):
    assert set(names(store, typed)) == {"渡邉　正", "渡辺 みほ", "渡邊　一"}


@pytest.mark.parametrize("typed", ["斉藤", "齋藤", "斎藤", "齊藤", "さいとう", "斉藤 実"])
def test_every_spelling_of_saito_finds_all_of_them(store, typed):
    assert set(names(store, typed)) == {"齋藤　実", "斉藤　實"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("吉崎", "𠮷﨑　葛󠄀子"), ("葛子", "𠮷﨑　葛󠄀子"), ("nguyen", "Nguyễn Thị Hà"), ("ぐえん", "Nguyễn Thị Hà"),
        ("佐佐木", "佐々木　髙志"), ("髙橋恵子", "髙橋　恵子"), ("090-0000-1204", "渡辺 みほ"),
        ("09000001204", "渡辺 みほ"), ("０９０－００００－１２０４", "渡辺 みほ"), ("00001204", "渡辺 みほ"),
        ("つつじヶ丘 わたなべ 正", "渡邉　正"), ("第4支部 髙橋", "髙橋　恵子"),
    ],
)  # fmt: skip
def test_one_is_found_by_rare_letters_digits_and_several_words(store, typed, found):
    assert names(store, typed) == [found]


def test_what_is_found_stands_there_as_it_was_registered(store):
    hit = find_people(store, text="吉崎", limit=1)[0]
    assert hit.person.name == "𠮷﨑　葛󠄀子"
    assert hit.affiliation == "見本若葉野町会（第4支部）"


def test_a_name_whose_beginning_was_typed_comes_first_then_the_register(store):
    assert names(store, "たか") == ["髙橋　恵子", "高橋 勝", "タカハシ", "佐々木　髙志"]
    assert names(store, "高") == ["髙橋　恵子", "高橋 勝", "佐々木　髙志"]


def test_a_name_in_kana_only_is_said_to_be_found_by_its_reading(store):
    assert [hit.is_found_by_reading for hit in find_people(store, text="高橋", limit=9)] == [False, False, True]


def test_nothing_typed_or_only_marks_finds_nobody(store):
    assert search_keys(" 　・- ") == ()
    assert find_people(store, text="・", limit=5) == ()
    assert find_organisations(store, text="", limit=5) == ()


def test_organisations_are_found_by_name_reading_branch_and_their_telephone(store):
    for typed in ("若葉野", "ﾜｶﾊﾞﾉ", "第４支部", "みほん わかば"):
        assert [hit.organisation.name for hit in find_organisations(store, text=typed)] == ["見本若葉野町会"]
    for typed in ("つつじヶ丘", "0000-7788"):
        assert [(hit.organisation.name, hit.people_count) for hit in find_organisations(store, text=typed)] == [
            ("見本つつじケ丘自治会", 5)
        ]


def test_who_bears_the_name_comes_before_who_is_found_by_an_address(store):
    found = [hit.organisation.name for hit in find_organisations(store, text="つつじ", limit=2)]
    assert found == ["見本つつじケ丘自治会", "見本若葉野町会"]
    assert [hit.organisation.name for hit in find_organisations(store, text="つつじ", limit=1)] == found[:1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("03ー0000ー1234", "03-0000-1234"),
        ("ハットリ", "ﾊﾂﾄﾘ"),
        ("みづほ", "みずほ"),
        ("㐂久", "喜久"),
        ("髙槗", "高橋"),
    ],
)
def test_two_spellings_have_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("竹内", "竺内"), ("叶", "葉"), ("大阪", "大坂"), ("高", "高田")])
def test_different_names_keep_different_keys(one, other):
    assert name_key(one) != name_key(other)


def test_what_was_found_is_marked_with_its_combining_mark_and_no_further():
    assert matched_spans("か\u3099くせい会", search_keys("が")) == ((0, 2),)


@pytest.mark.parametrize(
    ("text", "typed", "spans"),
    [
        ("髙橋 恵子", "高橋", ((0, 2),)), ("髙橋 恵子", "高橋 恵子", ((0, 2), (3, 5))),
        ("髙橋 恵子", "恵", ((3, 4),)), ("髙橋 恵子", "子", ((4, 5),)), ("髙橋 恵子", "橋恵", ((1, 4),)),
        ("髙橋 恵子", "渡辺", ()), ("髙橋 恵子", "", ()), ("", "高橋", ()), ("みほんみほん会", "みほん", ((0, 6),)),
        ("みほん会みほん", "ミホン", ((0, 3), (4, 7))), ("ああああ", "あああ", ((0, 4),)),
        ("つつじか\u3099", "つつじが", ((0, 5),)), ("つつじか\u3099丘", "丘", ((5, 6),)),
    ],
)  # fmt: skip
def test_what_was_typed_is_marked_wherever_it_stands_in_the_name_as_it_is_written(text, typed, spans):
    assert matched_spans(text, search_keys(typed)) == spans
