"""What was told is held against what is so now: changed since, made and not told, told, set aside, not made."""

from datetime import date, datetime

from app.documents.rules import (
    Matter,
    compare_facts,
    fact_changes,
    matter_statuses,
    shown_fact,
    with_earlier_words,
    with_names_seal,
    with_seal,
)
from db.records.documents import SET_ASIDE, Notification, Outgoing

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
        "宛先の名前が変わりました（1件）"
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
    assert compare_facts({"参加予定": "15人"}, {"参加予定": "14人"})[0].difference == "−1"


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
