"""How one number in several places stands to ours, how it comes about, and what a difference comes from."""

from dataclasses import replace
from datetime import date

import pytest

from app.documents.event_facts import CopyFacts, EventFacts, PeopleFacts, ResponseFacts
from app.programme.intake import preset
from app.year_end.consistency import rules as consistency_rules
from app.year_end.consistency.rules import NumberSource
from db.records.event_form import EventForm
from db.records.roster import Entry
from db.records.submissions.reports import AcceptedDifference

PEOPLE = PeopleFacts(applied=20, decided=18, expected=17, expected_organisations=12, attended=17, absent=2, walk_ins=1)
FACTS = EventFacts(
    id=5,
    kind="講習会",
    year_kind=preset().kinds[0],
    form=EventForm.LECTURE,
    ordinal=5,
    subject="LINE講習会",
    start_time="14:00",
    end_time="16:00",
    people=PEOPLE,
    responses=ResponseFacts(distributed=18, paper=11, online=5, rate="94.1"),
)
REPORT = NumberSource(
    key="届いた報告書", title="届いた報告書 第1版", values={"出席": "18", "回収率": ""}, pages={"出席": "1"}
)
NOTICES = (
    NumberSource(key="人数連絡", title="人数連絡 第1報", day=date(2026, 11, 10), own=True, values={"参加予定": "18"}),
    NumberSource(key="人数連絡", title="人数連絡 第2報", day=date(2026, 11, 13), own=True, values={"参加予定": "17"}),
)


def stands(ours, places, kept=()):
    return {
        row.name: [f"{cell.status}{cell.reason}{cell.acceptance_id or ''}" for cell in row.cells]
        for row in consistency_rules.compare_numbers(ours, places, kept)
    }


def test_a_number_is_the_same_older_missing_or_a_contradiction():
    places = (replace(NOTICES[0]), REPORT)
    assert stands({"参加予定": "17", "出席": "17", "回収率": "94.1", "申込": "20"}, places) == {
        "参加予定": ["古い紙", "載らない"],
        "出席": ["載らない", "食い違い"],
        "回収率": ["載らない", "記載なし"],
        "申込": ["載らない", "載らない"],
    }
    assert stands({"出席": ""}, (REPORT,)) == {"出席": ["区の記録なし"]}


def test_a_reason_counts_only_while_both_numbers_are_those_of_then():
    kept = AcceptedDifference(
        id=7,
        event_id=1,
        number="出席",
        place=REPORT.key,
        ours="17",
        theirs="18",
        reason="数え方",
        by="",
        kept_on=date(2026, 12, 1),
    )
    assert stands({"出席": "17"}, (REPORT,), (kept,)) == {"出席": ["理由あり数え方7"]}
    assert stands({"出席": "16"}, (REPORT,), (kept,)) == {"出席": ["食い違い"]}
    settled = replace(REPORT, settled={"出席": "白紙1枚を含む"})
    assert stands({"出席": "17"}, (settled,)) == {"出席": ["理由あり白紙1枚を含む"]}


@pytest.mark.parametrize(
    ("value", "same"), [("18人", "18"), ("１８", "18"), ("94.1％", "94.1"), ("2・9・0", "2・9・0"), ("1,250人", "1250")]
)
def test_units_and_width_make_no_difference(value, same):
    assert consistency_rules.comparable(value) == same


def test_every_number_comes_about_by_a_sum():
    def words(name):
        return consistency_rules.arithmetic_words(name, FACTS, announced_absent=1, substitutes=0, unmarked=0)

    assert words("参加予定") == "決定 18−欠席連絡 1＝17人（うち代理 0人）"
    assert words("出席") == "決定 18−欠席 2＋当日受付 1＝17人"
    assert words("欠席") == "欠席連絡 1＋当日欠席 1＝2人"
    assert words("回収") == "紙 11＋オンライン 5＝16件"
    assert words("回収率") == "回収 16÷出席 17＝94.1％"
    assert words("申込") == ""
    people = replace(FACTS.people, absent=1)
    open_one = consistency_rules.arithmetic_words(
        "出席", replace(FACTS, people=people), announced_absent=1, substitutes=0, unmarked=1
    )
    assert open_one == "決定 18−欠席 1−未確認 1＋当日受付 1＝17人"


def test_a_sum_that_does_not_add_up_to_a_typed_number_is_not_shown():
    def words(name, facts, **given):
        return consistency_rules.arithmetic_words(
            name, facts, **{"announced_absent": 1, "substitutes": 0, "unmarked": 0} | given
        )

    typed = replace(FACTS, people=replace(PEOPLE, attended=11, absent=0))
    assert (words("出席", typed), words("欠席", typed)) == ("", "")
    assert words("欠席", replace(FACTS, people=replace(PEOPLE, absent=1))) == "欠席連絡 1＋当日欠席 0＝1人"
    alone = replace(FACTS, people=replace(PEOPLE, absent=1, walk_ins=None))
    assert words("出席", alone) == "決定 18−欠席 1＋当日受付 0＝17人"
    sheets = replace(FACTS.responses, attended=17, fixed_on=date(2026, 12, 1))
    assert words("回収率", replace(typed, responses=sheets)) == "回収 16÷確定時の出席 17＝94.1％"


@pytest.mark.parametrize("unknown", ["attended", "absent"])
def test_those_who_came_are_no_sum_while_they_or_those_who_stayed_away_are_not_counted(unknown):
    facts = replace(FACTS, people=replace(PEOPLE, **{unknown: None}))
    assert consistency_rules.arithmetic_words("出席", facts, announced_absent=1, substitutes=0, unmarked=0) == ""


@pytest.mark.parametrize(
    ("number", "value", "words"),
    [
        ("出席", "18", "人数連絡 第1報（11/10）の人数と同じです。人数連絡 第2報（11/13）で17人に変わっています。"),
        ("出席", "16", "当日受付の1人を除いた数と同じです。"),
        ("出席", "20", "申込の人数と同じです。"),
        ("回収率", "88.9", "配布した18枚で割った数と同じです。"),
        ("回収", "11", "紙だけの数と同じです。オンラインの5件が入っていません。"),
        ("出席", "99", ""),
    ],
)
def test_what_a_difference_probably_comes_from_is_said(number, value, words):
    ours = consistency_rules.own_numbers(FACTS, {})
    found = consistency_rules.likely_cause(number, value, FACTS, ours, NOTICES)
    assert found == (f"「{value}」は、{words}" if words else "")


def test_numbers_of_one_side_that_do_not_go_together_are_named():
    many = replace(FACTS, responses=ResponseFacts(paper=21, rate="123.5"))
    assert [one.key for one in consistency_rules.sum_inconsistencies(many, None)] == ["回収＞出席"]
    devices = replace(FACTS, people=replace(PEOPLE, own_devices=12, lent_devices=8))
    assert [one.key for one in consistency_rules.sum_inconsistencies(devices, None)] == ["端末＞参加予定"]
    report = NumberSource(
        key="届いた報告書", title="届いた報告書", values={"出席": "18", "回収": "16", "回収率": "94.1"}
    )
    (wrong,) = consistency_rules.sum_inconsistencies(FACTS, report)
    assert wrong.words == "報告書の中で、回収16件÷出席18人は88.9％です。"
    assert (
        consistency_rules.sum_inconsistencies(
            FACTS, replace(report, values={"出席": "18", "回収": "16", "回収率": "88.9"})
        )
        == ()
    )


def test_what_nobody_counted_is_no_number_and_copies_are_known_once_somebody_is_expected():
    def ours(name, **facts):
        return consistency_rules.own_numbers(replace(FACTS, **facts), {})[name]

    copies = {"people": 17, "spare": 3}
    assert ours(consistency_rules.COPIES, copies=CopyFacts(**copies)) == "20"
    assert ours(consistency_rules.COPIES, copies=CopyFacts(people=0, spare=3)) == ""
    assert ours("参加予定", people=replace(PEOPLE, expected=0)) == ""
    assert ours("参加予定", people=replace(PEOPLE, expected=1)) == "1"
    assert ours("出席", people=replace(PEOPLE, attended=0)) == "0"
    assert ours("出席", people=replace(PEOPLE, attended=None)) == ""
    assert ours("回収", responses=ResponseFacts(paper=1, rate="5.9")) == "1"
    assert ours("回収率", responses=ResponseFacts(paper=1, rate="5.9")) == "5.9"
    for nothing in (ResponseFacts(rate="0.0"), None):
        assert (ours("回収", responses=nothing), ours("回収率", responses=nothing)) == ("", "")


def test_an_own_number_that_is_not_there_yet_is_empty_and_a_recorded_0_is_a_number():
    def own(**people: int | None) -> dict[str, str]:
        return consistency_rules.own_numbers(replace(FACTS, people=replace(PEOPLE, **people)), {"満足": "80.0"})

    empty = PeopleFacts()
    nothing = consistency_rules.own_numbers(replace(FACTS, people=empty, responses=None), {})
    assert set(nothing.values()) == {""}
    recorded = own(attended=0, absent=0, attended_organisations=0)
    assert (recorded["出席"], recorded["欠席"], recorded["満足"]) == ("0", "0", "80.0")
    assert (own()["参加予定"], own()[consistency_rules.GROUPS_EXPECTED]) == ("17", "12")
    lent = consistency_rules.LENT
    assert own(lent_devices=3)[lent] == "3"
    assert own(lent_devices=0)[lent] == "0"
    assert own(lent_devices=0, unknown_devices=2)[lent] == "", "not everybody was asked"
    assert own(lent_devices=3, expected=0)[lent] == ""


@pytest.mark.parametrize(
    ("values", "differs"),
    [
        ({"出席": "17"}, False),
        ({"出席": "１７"}, False),
        ({"出席": "18"}, True),
        ({"出席": ""}, False),
        ({"決定": "18"}, False),
        ({"参加予定": "18"}, False),
        ({"出席": "17", "申込": "21"}, True),
    ],
)
def test_a_place_disagrees_where_both_have_a_number_and_it_is_another(values, differs):
    place = replace(REPORT, values=values)
    assert consistency_rules.disagrees(place, {"出席": "17", "参加予定": "", "申込": "20"}) == differs


@pytest.mark.parametrize(
    ("is_notified", "said"),
    [(True, "連絡した人数 17＋予備 3＝20部"), (False, "参加予定（人数連絡の前） 17＋予備 3＝20部")],
)
def test_copies_say_whether_the_contractor_knows_for_how_many_they_are(is_notified, said):
    facts = replace(FACTS, copies=CopyFacts(people=17, spare=3, is_notified=is_notified))
    words = consistency_rules.arithmetic_words(
        consistency_rules.COPIES, facts, announced_absent=0, substitutes=0, unmarked=0
    )
    assert words == said


@pytest.mark.parametrize("name", ["出席", "回収"])
def test_no_cause_is_named_where_nobody_walked_in_and_nothing_was_answered(name):
    facts = replace(FACTS, people=replace(PEOPLE, walk_ins=None), responses=None)
    for value in ("1", "16"):
        assert consistency_rules.likely_cause(name, value, facts, {"出席": "17"}, ()) == ""


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ({}, (("出席", "記録なし"),)),
        ({"attended": 0}, ()),
        ({"attended": 9, "used_lent": 4, "used_own": 5}, ()),
        ({"attended": 9, "used_lent": 4, "used_own": 3}, (("当日の端末", "7台以上（2人 未確認）"),)),
        ({"attended": 9, "used_lent": 0, "used_own": 0}, (("当日の端末", "未確認（9人）"),)),
        ({"attended": 9, "used_lent": 4}, ()),
    ],
)
def test_what_is_not_known_of_an_event_that_was_held_is_named(people, said):
    facts = replace(FACTS, people=PeopleFacts(**people))
    found = consistency_rules.unknown_counts(facts, held=True)
    assert [words for _name, words in found] == [words for _name, words in said]
    assert consistency_rules.unknown_counts(facts, held=False) == ()


@pytest.mark.parametrize(
    ("lent_to", "said"),
    [
        (set(), None),
        ({1, 2}, None),
        ({1}, "1台（貸与で出席し行のない方 1人）"),
        ({1, 2, 3}, None),
        ({1, 2, 9}, "3台（出席でない方 1台）"),
        ({1, 9}, "2台（出席でない方 1台、貸与で出席し行のない方 1人）"),
    ],
)
def test_tablets_are_lent_to_those_who_came_and_need_one(lent_to, said):
    attendees = [
        Entry(id=1, event_id=5, device="貸与"),
        Entry(id=2, event_id=5, device="貸与"),
        Entry(id=3, event_id=5),
    ]
    found = consistency_rules.loan_inconsistencies(lent_to, attendees)
    assert [one.sources for one in found] == (
        [(("受付（出席・貸与）", "2人"), ("貸与タブレット貸出返却簿", said))] if said else []
    )


@pytest.mark.parametrize(("returned", "keys"), [(16, []), (17, []), (18, ["回収＞出席"])])
def test_as_many_answers_as_people_are_no_contradiction(returned, keys):
    facts = replace(FACTS, responses=ResponseFacts(paper=returned - 5, online=5))
    assert [one.key for one in consistency_rules.sum_inconsistencies(facts, None)] == keys
    unknown = replace(facts, people=replace(PEOPLE, attended=None))
    assert consistency_rules.sum_inconsistencies(unknown, None) == ()
    assert consistency_rules.sum_inconsistencies(replace(FACTS, responses=None), None) == ()


@pytest.mark.parametrize(("own", "keys"), [(8, []), (9, []), (10, ["端末＞参加予定"])])
def test_as_many_devices_as_people_are_no_contradiction(own, keys):
    facts = replace(FACTS, people=replace(PEOPLE, own_devices=own, lent_devices=8))
    assert [one.key for one in consistency_rules.sum_inconsistencies(facts, None)] == keys
