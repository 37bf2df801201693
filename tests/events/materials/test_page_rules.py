"""Which pages of two versions belong together, what is a running head, and which rights hold a handout back."""

from datetime import date

import pytest

from app.events.materials.rules import (
    OPEN,
    STATES,
    PageFeatures,
    is_page_number,
    page_likeness,
    page_pairs,
    rights_blocking_printing,
    rights_blocking_reuse,
    running_lines,
    state_words,
    without_digits,
)
from db.records.submissions.materials import RightAnswer, UsageRight


def page(words, dots=(0, 0), image_hash=""):
    return PageFeatures(number=1, words=words, image_hash=image_hash or f"{words}{dots}", thumbnail=bytes(dots))


@pytest.mark.parametrize(
    ("first", "second", "likeness"),
    [
        (page("甲", (0, 9), "a"), page("乙", (255, 0), "a"), 1),
        (page("", (0, 0)), page("", (255, 255)), 0),
        (page("", (255, 0)), page("", (255, 255)), 0.5),
        (page("", (0, 0), "a"), page("", (0, 0), "b"), 0.99),
        (page("", (), "a"), page("", (), "b"), 0.99),
        (page("甲乙", (0, 0), "a"), page("甲乙", (0, 0), "b"), 0.99),
        (page("甲乙", (0, 0), "a"), page("甲乙", (255, 0), "b"), 0.85),
        (page("甲乙", (0, 0)), page("甲丙", (0, 0)), 0.65),
        (page("甲乙", (0, 0)), page("丙丁", (0, 0)), 0.3),
        (page("甲", (0, 0)), page("", (0, 0)), 0.3),
        (page("", (0, 0)), page("甲", (0, 0)), 0.3),
        (page("甲乙丙丁", (10, 20)), page("甲乙丙戊", (20, 10)), 0.7 * 0.75 + 0.3 * (1 - 20 / 510)),
    ],
)
def test_pages_are_alike_by_words_and_dots(first, second, likeness):
    assert page_likeness(first, second) == page_likeness(second, first) == pytest.approx(likeness)


WORDS = {
    "一": "はじめに　本日の流れ", "二": "電源を入れる・切る", "三": "文字を入力してみましょう",
    "弐": "電源を入れる・消す", "四": "困ったときの連絡先〇〇",
}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("", "", ""), ("", "一", "-1"), ("一", "", "1-"), ("一二三", "一二三", "11 22 33"),
        ("一二三", "一三", "11 2- 32"), ("一三", "一二三", "11 -2 23"), ("一二三", "一弐三", "11 22 33"),
        ("一二", "三四", "1- 2- -1 -2"), ("一二", "二一", "-1 12 2-"), ("二二", "二", "1- 21"), ("二", "弐二", "-1 12"),
        ("二", "二弐", "11 -2"), ("一二三四", "四一二三", "-1 12 23 34 4-"), ("二", "四", "1- -1"),
    ],
)  # fmt: skip
def test_pages_of_two_versions_are_paired_in_order_and_none_is_left_out(old, new, pairs):
    found = page_pairs([page(WORDS[one]) for one in old], [page(WORDS[one]) for one in new])
    said = [f"{one.old or '-'}{one.new or '-'}" for one in found]
    assert sorted(said) == sorted(pairs.split())
    for side in (0, 1):
        numbers = [int(one[side]) for one in said if one[side] != "-"]
        assert numbers == sorted(numbers)


def test_a_line_on_three_and_most_pages_is_a_running_head():
    def pages(*times):
        return [
            ["本文", *(f"{'甲乙丙'[which]} {at}" for which, count in enumerate(times) if at < count)] for at in range(5)
        ]

    assert running_lines(pages(3, 2, 5)) == {"本文", "甲 #", "丙 #"}
    assert running_lines([["頭", "頭"], ["頭"]]) == frozenset()
    assert running_lines([["頭", ""]] * 3) == {"頭"}
    assert running_lines([["頭"]] * 3 + [["別"]] * 2) == {"頭"}
    assert running_lines([["頭"]] * 3 + [["別"]] * 3) == frozenset()
    assert (without_digits(" 第12章３節 "), without_digits("章")) == ("第#章#節", "章")
    assert [is_page_number(one, 4) for one in ("4", "- 4 -", "4 / 10", "p.4", "(4)", "4ページ", "5", "第4", "4-5")] == [
        True, True, True, True, True, True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("reason", ["", " ", "口頭で確認"])
@pytest.mark.parametrize("right", UsageRight)
@pytest.mark.parametrize("place", [None, *range(4)])
def test_the_last_two_answers_hold_back_until_a_reason_is_written(right, place, reason):
    given = (
        {}
        if place is None
        else {right: RightAnswer(state=STATES[right][place], reason=reason, on=date(2026, 9, 1), by="")}
    )
    holds = (right,) if place in (2, 3) and not reason.strip() else ()
    assert rights_blocking_printing(given) == (() if right.is_reuse else holds)
    unasked = () if right.is_reuse and given else (UsageRight.REUSE,)
    assert rights_blocking_reuse(given) == (*holds, *unasked)
    said = STATES[right][place] if place is not None else "未確認"
    assert f"{right} {said}" in state_words(given).split("・")
    assert state_words(given).count("未確認") == 3 - len(given)
    assert STATES[right][2] == OPEN
