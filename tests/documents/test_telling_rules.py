"""What was told is held against what is so now: changed since, made and not told, told, set aside, not made."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.documents.rules import (
    RETURNED,
    Matter,
    are_only_names,
    batch_key,
    compare_facts,
    current_batch,
    fact_changes,
    is_issued,
    matter_name,
    matter_statuses,
    organisation_spellings,
    returned_count,
    revision_in_key,
    sealed_ids,
    shown_fact,
    was_sent,
    with_earlier_words,
    with_names_seal,
    with_seal,
    without_people,
)
from db.records.documents import SET_ASIDE, Letter, Notification, Outgoing

AT = datetime(2026, 12, 1, 9, 0)
LATER = datetime(2026, 12, 2, 9, 0)


def matter(version=1, **facts):
    return Matter(key="人数", version=version, title=f"第{version}報", facts=facts, document_kind="参加人数連絡書")


def act(number=1, version=1, how="メール", at=AT, outgoing_id=None, **facts):
    return Notification(
        id=number,
        document_kind="参加人数連絡書",
        key="人数",
        version=version,
        facts=facts,
        told_on=at.date(),
        told_to="業務責任者",
        told_how=how,
        told_by="見本",
        by="見本",
        at=at,
        outgoing_id=outgoing_id,
    )


def left(number=1, at=AT, version=1, **facts):
    return Outgoing(
        id=number,
        document_kind="参加人数連絡書",
        reference="",
        version=version,
        format="pdf",
        way="そのまま保存",
        by="見本",
        at=at,
        facts={"人数": facts} if facts else {},
    )


def standings(*given):
    return [one.status for one in matter_statuses(*given)]


def test_what_was_saved_or_printed_is_made_and_not_told():
    now = matter(参加予定="14人")
    assert standings(now, [], [], []) == ["未作成"]
    assert standings(now, [], [], [left(参加予定="14人")]) == ["未通知"]
    assert standings(now, [], [act(outgoing_id=1, 参加予定="14人")], [left(参加予定="14人")]) == ["通知済"]


def test_what_was_told_has_changed_when_a_fact_of_it_is_no_longer_so():
    (line,) = matter_statuses(matter(参加予定="15人", 会場="A", 団体="9団体"), [], [act(参加予定="14人", 会場="A")], [])
    assert (line.status, [one.words for one in line.changed_facts]) == ("変更あり", ["参加予定 14人 → 15人"])
    assert [(one.name, one.difference) for one in line.compared_facts] == [("参加予定", "+1"), ("会場", "")]


def test_a_name_put_right_is_a_change_and_one_that_was_not_known_is_none():
    told = with_names_seal("1団体 2人", {4: ("見本町会", "高橋 花子"), 7: ("見本町会", "")})
    now = {4: ("見本町会", "髙橋 花子"), 7: ("見本町会", "見本 太郎")}
    assert [one.words for one in fact_changes({"宛先": told}, {"宛先": with_names_seal("1団体 2人", now)})] == [
        "宛先の名前が変わりました"
    ]
    renamed = {one: ("見本自治会", name) for one, (_, name) in now.items()}
    assert [
        one.renamed_count for one in fact_changes({"宛先": told}, {"宛先": with_names_seal("1団体 2人", renamed)})
    ] == [2], "a 団体 and a person: whoever comes from the 団体, its name is one"
    named = with_names_seal("1団体 2人", {4: ("見本町会", "高橋 花子"), 7: ("見本町会", "見本 太郎")})
    assert not fact_changes({"宛先": told}, {"宛先": named}), "氏名未定 was told without a name"
    assert fact_changes(
        {"宛先": told}, {"宛先": with_names_seal("1団体 2人", {4: ("新町会", "高橋 花子"), 7: ("新町会", "")})}
    )
    assert fact_changes({"宛先": told}, {"宛先": with_names_seal("1団体 1人", {4: ("見本町会", "高橋 花子")})})
    assert not fact_changes({"宛先": with_seal("1団体 2人", "4,7")}, {"宛先": named}), "as programs before kept it"
    assert fact_changes({"宛先": with_seal("1団体 2人", "4,8")}, {"宛先": named})
    both = with_earlier_words(named, with_seal("1団体 2人", "0f3c"))
    assert not fact_changes({"宛先": with_seal("1団体 2人", "0f3c")}, {"宛先": both}), (
        "as programs before kept the whole"
    )
    assert fact_changes({"宛先": with_seal("1団体 2人", "0f3d")}, {"宛先": both})
    assert [one.words for one in fact_changes({"宛先": with_earlier_words(told, "x")}, {"宛先": both})] == []
    assert fact_changes({"宛先": with_earlier_words(with_names_seal("1団体 2人", now), "x")}, {"宛先": both})
    assert "高橋" not in told


def test_what_was_not_told_is_not_compared_and_what_is_gone_has_changed():
    assert fact_changes({"会場": "A"}, {"会場": "A", "参加予定": "9人"}) == ()
    (gone,) = fact_changes({"必要な対応": "手話"}, {"必要な対応": ""})
    assert gone.words == "必要な対応 手話 → なし"
    numbers = [("15人", "14人"), ("9人", "12人"), ("14人", "14人"), ("14人", "15台"), ("14人", "")]
    compared = [compare_facts({"参加予定": one}, {"参加予定": other})[0] for one, other in numbers]
    assert [(one.difference, one.differs) for one in compared] == [
        ("−1", True), ("+3", True), ("", False), ("", True), ("", True),
    ]  # fmt: skip


def test_a_notice_is_for_its_own_version():
    told = [act(version=1, 版="第1版", 結果="再提出")]
    second = matter(version=2, 版="第2版", 結果="確認済")
    assert standings(second, [], told, []) == ["通知済", "未作成"]
    # The paper of the first version, saved once more or left from then, says nothing of the second.
    assert standings(second, [], told, [left(2, LATER, 版="第1版", 結果="再提出")]) == ["通知済", "未作成"]
    assert standings(second, [], told, [left(2, LATER, 版="第2版", 結果="確認済")]) == ["未通知", "通知済"]


def test_another_result_of_the_version_told_has_changed():
    assert standings(matter(版="第1版", 結果="確認済"), [], [act(版="第1版", 結果="再提出")], []) == ["変更あり"]


def test_a_draft_waits_beside_what_was_told_and_ends_the_change_once_it_is_told():
    now, draft = matter(参加予定="15人"), matter(version=2, 参加予定="15人")
    first = act(参加予定="14人")
    assert standings(now, [draft], [first], []) == ["未通知", "変更あり"]
    told = matter(version=2, 参加予定="15人")
    assert standings(told, [], [first, act(2, version=2, at=LATER, 参加予定="15人")], []) == ["通知済", "通知済"]


def test_a_paper_made_before_the_change_says_so():
    (line,) = matter_statuses(matter(会場="B"), [], [], [left(会場="A")])
    assert (line.status, line.is_outdated, line.facts) == ("未通知", True, {"会場": "A"})


def test_the_same_paper_saved_again_is_not_waiting_another_one_is():
    told = [act(outgoing_id=1, 会場="A")]
    assert standings(matter(会場="A"), [], told, [left(1, 会場="A"), left(2, LATER, 会場="A")]) == ["通知済"]
    assert standings(matter(会場="B"), [], told, [left(1, 会場="A"), left(2, LATER, 会場="B")]) == [
        "未通知",
        "変更あり",
    ]


def test_what_is_set_aside_comes_back_when_something_else_changes():
    told, aside = act(会場="A", 時間="10–12"), act(2, how=SET_ASIDE, at=LATER, 会場="B", 時間="10–12")
    assert standings(matter(会場="B", 時間="10–12"), [], [told, aside], []) == ["通知済", "見送り"]
    assert standings(matter(会場="B", 時間="13–15"), [], [told, aside], []) == ["変更あり"]


def test_what_was_told_stays_told_when_there_is_nothing_of_it_any_more():
    assert standings(None, [], [act(会場="A")], []) == ["通知済"]


def test_rows_from_before_facts_were_kept_count_from_the_day_it_stands_so():
    judged = Matter(
        key="資料:1", version=1, facts={"版": "第1版"}, document_kind="資料確認結果通知", since=date(2026, 12, 2)
    )
    assert standings(judged, [], [], [left(1, AT)]) == ["未作成"]
    assert standings(judged, [], [], [left(1, LATER)]) == ["未通知"]


def test_a_sealed_fact_changes_without_showing_what_it_holds():
    before, now = with_seal("17人", "ab"), with_seal("17人", "cd")
    assert shown_fact(before) == "17人"
    (one,) = fact_changes({"名簿": before}, {"名簿": now})
    assert one.words == "名簿が変わりました"
    assert shown_fact("2026-12-08") == "12/8(火)"


def test_what_an_earlier_program_told_in_its_own_words_has_not_changed():
    now = with_earlier_words("10:00–11:50", "10:00–12:00")
    assert shown_fact(now) == "10:00–11:50"
    assert fact_changes({"時間": "10:00–12:00"}, {"時間": now}) == ()
    assert fact_changes({"時間": now}, {"時間": "10:00–12:00"}) == ()
    assert standings(matter(時間=now), [], [act(時間="10:00–12:00", outgoing_id=1)], [left(2, LATER, 時間=now)]) == [
        "通知済"
    ]
    (before,) = compare_facts({"時間": "10:00–12:00"}, {"時間": now})
    assert (before.before, before.now) == ("10:00–12:00", "10:00–12:00")
    # What this program told is held to what it printed, and the earlier words excuse nothing else.
    (shorter,) = fact_changes({"時間": with_earlier_words("10:00–12:00", "10:00–12:00")}, {"時間": now})
    assert shorter.words == "時間 10:00–12:00 → 10:00–11:50"
    assert fact_changes({"時間": "09:00–12:00"}, {"時間": now})
    assert fact_changes({"時間": now}, {"時間": with_earlier_words("10:00–11:50", "10:00–12:10")}) == ()


@pytest.mark.parametrize(
    ("form", "state", "issued_on", "issued"),
    [
        ("事務連絡", "案", AT.date(), True), ("メール", "案", None, False), ("公文書", "施行", AT.date(), True),
        ("公文書", "決裁済", AT.date(), False), ("公文書", "施行", None, False),
    ],
)  # fmt: skip
def test_a_letter_went_to_somebody_once_it_is_issued_and_one_of_its_papers_was_told(form, state, issued_on, issued):
    letter = Letter(document_kind="決定通知", revision=2, form=form, state=state, issued_on=issued_on)
    papers = [left(ordinal, version=ordinal, 版="見本") for ordinal in (2, 1)]
    assert is_issued(letter) == issued
    assert was_sent(letter, papers, {"人数"}) == issued
    assert not was_sent(letter, papers[1:], {"人数"}), "that was the first letter"
    assert not was_sent(letter, papers, {"会場"})
    assert not is_issued(None)
    assert not was_sent(None, papers, {"人数"})
    keys = [batch_key("決定通知", number) for number in (1, 2, 3)]
    assert keys == ["決定通知", "決定通知／2", "決定通知／3"]
    assert [revision_in_key(key) for key in keys] == [1, 2, 3]


@pytest.mark.parametrize(
    ("not_notified", "in_none", "was_newest_sent", "people", "revision"),
    [
        ([], [], False, "甲乙丙", 2), ("乙", [], False, "乙", 2), ("乙", "乙", False, "乙", 2),
        ("乙", "丙", True, "丙", 3), ("乙", [], True, "乙", 2), ([], [], True, "甲乙丙", 2),
    ],
)  # fmt: skip
def test_after_a_letter_was_sent_only_who_is_in_none_gets_another(
    not_notified, in_none, was_newest_sent, people, revision
):
    given = {"not_notified": not_notified, "in_no_letter": in_none, "revision": 2, "newest_was_sent": was_newest_sent}
    assert current_batch("甲乙丙", **given) == ([*people], revision)


def test_whom_a_letter_did_not_reach_is_counted_while_nothing_else_has_changed():
    names = {4: ("見本町会", "高橋 花子"), 7: ("見本町会", "見本 太郎"), 9: ("", "")}
    told = with_names_seal("3人", names)
    came_back = without_people(told, f"3人{RETURNED}", [4, 9])
    assert (sealed_ids(told), sealed_ids(came_back), shown_fact(came_back)) == ({4, 7, 9}, {7}, f"3人{RETURNED}")
    changes = fact_changes({"宛先": came_back}, {"宛先": told})
    assert (returned_count(changes), [one.words for one in changes]) == (
        2,
        ["返戻の2人に、電話か同じ写しの再送で伝える"],
    )
    one_left = with_names_seal("2人", {number: names[number] for number in (4, 9)})
    (left,) = fact_changes({"宛先": came_back}, {"宛先": one_left})
    assert (left.words, left.changed_ids) == (changes[0].words, {4, 9}), "who withdrew meanwhile is no 返戻"
    (left,) = fact_changes({"宛先": came_back}, {"宛先": with_names_seal("0人", {})})
    assert (left.words, returned_count([left])) == (f"宛先 3人{RETURNED} → 0人", 0)
    more = fact_changes({"宛先": came_back, "会場": "A"}, {"宛先": told, "会場": "B"})
    renamed = fact_changes({"宛先": told}, {"宛先": with_names_seal("3人", names | {7: ("見本町会", "見本 次郎")})})
    assert [returned_count(one) for one in (more, renamed, ())] == [0, 0, 0]
    assert (renamed[0].renamed_count, renamed[0].changed_ids) == (1, {7})
    assert [are_only_names(one) for one in (renamed, more, ())] == [True, False, False]


def test_one_organisation_may_be_written_in_each_of_its_spellings():
    assert organisation_spellings("みほん　町会", ["みほん町会", "ほか町会"])[2:] == ("みほん町会",)
    assert organisation_spellings("", ["みほん町会"]) == ()
    assert fact_changes({"団体": "みほん　町会"}, {"団体": "みほん町会"}) == ()
    assert [matter_name("資料確認結果通知", one) for one in ("", "第2版")] == [
        "資料確認結果通知",
        "資料確認結果通知（第2版）",
    ]


def test_the_sum_of_a_name_has_six_digits_and_a_letter_that_is_issued_waits_until_it_is_told_or_set_aside():
    assert with_names_seal("1人", {1: (("甲", "乙", "甲", ""), "")}) == "1人 #1:33e358|71530d:"
    issued = replace(matter(会場="A"), issued_on=AT.date())
    assert standings(issued, [], [], []) == ["未通知"]
    assert standings(issued, [], [act(会場="A")], []) == ["通知済"]
    assert standings(issued, [], [act(how=SET_ASIDE, 会場="A")], []) == ["見送り"]
    assert standings(issued, [], [act(how=SET_ASIDE, 会場="B")], []) == ["未通知"]
    assert standings(issued, [], [act(version=2, 会場="A")], []) == ["未通知", "通知済"]


def test_a_right_letter_that_was_not_sent_leaves_the_letter_told_unless_more_has_changed():
    right = replace(left(2, LATER, 会場="B"), detail={"差替え": "1通　みほん町会　宛先の誤り"})
    assert standings(matter(会場="B"), [], [act(会場="A")], [right]) == ["未通知", "通知済"]
    assert standings(matter(会場="C"), [], [act(会場="A")], [right]) == ["未通知", "変更あり"]
    assert standings(matter(会場="B"), [], [act(会場="A"), act(2, at=LATER, 会場="B")], [right]) == ["通知済", "通知済"]
