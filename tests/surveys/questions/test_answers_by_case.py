"""How an answer to a question is counted, case by case, and how a question and its numbers are written."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.surveys.questions.rules import (
    answer_rows,
    compare_versions,
    one_decimal,
    options_without_other,
    other_option_of,
    percent,
    printed_number,
    printed_title,
    row_names,
    sum_label_of,
    was_asked,
    who_counted,
)
from app.surveys.tally.rules import CountedOption, QuestionTally, correction_words, mean, median, plain_number
from db.records.surveys import Answer, EventSurvey, Question
from tests.support.paper_lines import assert_says

ONE = Question(code="one", title="1つ", type="SA", options=("A", "B"))
MANY = replace(ONE, code="many", type="MA")
OTHER = replace(ONE, options=("A", "B", "その他（書く）"), has_other=True)
MANY_OTHER = replace(OTHER, code="many", type="MA")


def test_an_answer_stands_in_its_rows_and_nowhere_else():
    answers = [
        Answer(), Answer(chosen=("A",)), Answer(chosen=("B", "A")), Answer(chosen=("C",)), Answer(chosen=("A", "C")),
        Answer(out_of_list=("D",)), Answer(other="書いた"), Answer(chosen=("A",), other="書いた"),
        Answer(chosen=("その他（書く）",)), Answer(chosen=("その他（書く）", "A")),
        Answer(chosen=("その他（書く）",), other="書いた"),
        Answer(chosen=("A",), out_of_list=("D",)),
    ]  # fmt: skip
    said = []
    for name, question in (("SA", ONE), ("MA", MANY), ("SA他", OTHER), ("MA他", MANY_OTHER)):
        for answer in answers:
            rows = answer_rows(question, answer)
            told = "・".join([*answer.chosen, answer.other and f"（{answer.other}）", *answer.out_of_list])
            signs = (("他", rows.has_other), ("外", rows.is_outside), ("空", rows.is_empty))
            marks = "".join(f"　{sign}" for sign, is_so in signs if is_so)
            names = "・".join(row_names(question, answer))
            said.append(f"{name}　{told or '－'}　→　{names}{marks}　{'・'.join(rows.unlisted)}")
    assert_says(
        [one.rstrip("　") for one in said],
        """
        SA　－　→　無回答　空
        SA　A・　→　A
        SA　B・A・　→　選択肢にない回答　外　2つ以上を選んだ回答
        SA　C・　→　選択肢にない回答　外　C
        SA　A・C・　→　A　C
        SA　・D　→　選択肢にない回答　外　D
        SA　（書いた）　→　選択肢にない回答　外　書いた
        SA　A・（書いた）　→　A　書いた
        SA　その他（書く）・　→　選択肢にない回答　外　その他（書く）
        SA　その他（書く）・A・　→　A　その他（書く）
        SA　その他（書く）・（書いた）　→　選択肢にない回答　外　その他（書く）・書いた
        SA　A・・D　→　A　D
        MA　－　→　無回答　空
        MA　A・　→　A
        MA　B・A・　→　A・B
        MA　C・　→　選択肢にない回答　外　C
        MA　A・C・　→　A・選択肢にない回答　外　C
        MA　・D　→　選択肢にない回答　外　D
        MA　（書いた）　→　選択肢にない回答　外　書いた
        MA　A・（書いた）　→　A・選択肢にない回答　外　書いた
        MA　その他（書く）・　→　選択肢にない回答　外　その他（書く）
        MA　その他（書く）・A・　→　A・選択肢にない回答　外　その他（書く）
        MA　その他（書く）・（書いた）　→　選択肢にない回答　外　その他（書く）・書いた
        MA　A・・D　→　A・選択肢にない回答　外　D
        SA他　－　→　無回答　空
        SA他　A・　→　A
        SA他　B・A・　→　選択肢にない回答　外　2つ以上を選んだ回答
        SA他　C・　→　選択肢にない回答　外　C
        SA他　A・C・　→　A　C
        SA他　・D　→　選択肢にない回答　外　D
        SA他　（書いた）　→　その他（書く）　他
        SA他　A・（書いた）　→　選択肢にない回答　外　2つ以上を選んだ回答
        SA他　その他（書く）・　→　その他（書く）　他
        SA他　その他（書く）・A・　→　選択肢にない回答　外　2つ以上を選んだ回答
        SA他　その他（書く）・（書いた）　→　その他（書く）　他
        SA他　A・・D　→　A　D
        MA他　－　→　無回答　空
        MA他　A・　→　A
        MA他　B・A・　→　A・B
        MA他　C・　→　選択肢にない回答　外　C
        MA他　A・C・　→　A・選択肢にない回答　外　C
        MA他　・D　→　選択肢にない回答　外　D
        MA他　（書いた）　→　その他（書く）　他
        MA他　A・（書いた）　→　A・その他（書く）　他
        MA他　その他（書く）・　→　その他（書く）　他
        MA他　その他（書く）・A・　→　A・その他（書く）　他
        MA他　その他（書く）・（書いた）　→　その他（書く）　他
        MA他　A・・D　→　A・選択肢にない回答　外　D
        """,
    )


def test_who_was_asked_follows_the_whole_branch():
    parent = replace(OTHER, code="p")
    child = replace(ONE, code="c", asked_of="p", asked_of_options=("A", "その他（書く）"))
    grandchild = replace(ONE, code="g", asked_of="c", asked_of_options=("B",))
    whole = (parent, child, grandchild)
    yes, no, wrote = Answer(chosen=("A",)), Answer(chosen=("B",)), Answer(other="書いた")
    assert was_asked(parent, {}, whole)
    assert [was_asked(child, {"p": one}, whole) for one in (yes, no, wrote, Answer())] == [True, False, True, False]
    assert [was_asked(child, {"p": one}) for one in (yes, no, wrote)] == [True, False, False]
    assert was_asked(grandchild, {"p": yes, "c": no}, whole)
    assert not was_asked(grandchild, {"p": no, "c": no}, whole), "who was not asked before is not asked now"
    assert not was_asked(grandchild, {"p": yes, "c": yes}, whole)
    assert not was_asked(child, {}, whole)
    own = replace(child, asked_of="c", asked_of_options=("A",))
    assert was_asked(own, {"c": yes}, (own,)), "a branch on itself ends"


def test_other_is_the_option_that_says_so_and_no_other():
    assert [other_option_of(replace(ONE, options=options)) for options in (
        ("A", "その他"), ("A", "その他（具体的に）"), ("A", "その他: "), ("その他の役員", "A"), ("A",),
    )] == ["その他", "その他（具体的に）", "その他: ", "その他", "その他"]  # fmt: skip
    assert options_without_other(OTHER) == ("A", "B")
    assert options_without_other(replace(OTHER, has_other=False)) == OTHER.options
    summed = replace(ONE, positive=("A",))
    assert [sum_label_of(replace(summed, role=role)) for role in ("satisfaction", "understanding", "intent", None)] == [
        "満足計", "肯定計", "肯定計", "肯定計",
    ]  # fmt: skip
    assert sum_label_of(ONE) == ""


@pytest.mark.parametrize(
    ("title", "code", "number", "printed"),
    [
        ("Q3 満足度", "x", "問3", "満足度"), ("問４．満足度", "x", "問４", "満足度"), ("満足度", "Q5", "問5", "満足度"),
        ("満足度", "s2609", "問7", "満足度"), ("問題はありますか", "x", "問7", "問題はありますか"),
        ("Q3", "x", "問3", "Q3"),
        ("問1 問2 の続き", "x", "問1", "問2 の続き"),
    ],
)  # fmt: skip
def test_a_number_is_printed_once(title, code, number, printed):
    question = replace(ONE, title=title, code=code)
    assert (printed_number(question, 7), printed_title(question)) == (number, printed)


def test_numbers_are_rounded_half_up_and_written_without_zeros():
    assert [percent(*one) for one in ((1, 0), (1, -1), (0, 3), (1, 8), (3, 3))] == [
        "0.0",
        "0.0",
        "0.0",
        "12.5",
        "100.0",
    ]
    assert [one_decimal(Decimal(one)) for one in ("0.05", "0.04", "1.25", "-0.05")] == ["0.1", "0.0", "1.3", "-0.1"]
    values = [Decimal(one) for one in ("1", "2", "4", "10")]
    assert (mean(values), mean(values[:1]), mean([])) == ("4.3", "1.0", "")
    assert [median(values[:count]) for count in range(5)] == ["", "1", "1.5", "2", "3"]
    assert median([Decimal("2.25"), Decimal("2.25")]) == "2.25"
    assert median([Decimal("3"), Decimal("1"), Decimal("2")]) == "2"
    assert [plain_number(Decimal(one)) for one in ("3.0", "3.50", "0", "100", "0.00")] == ["3", "3.5", "0", "100", "0"]


def test_who_counted_is_said_once_it_is_known():
    survey = EventSurvey(event_id=1, title="アンケート", questions=(ONE,))
    found = [
        survey, replace(survey, contractor_counts={"one": {"A": 1}}), replace(survey, counted_on=date(2026, 10, 1)),
        replace(survey, counted_by="区（代行）"), replace(survey, counted_by="区（代行）", freeze_note="直した"),
        replace(survey, freeze_note="直した"),
    ]  # fmt: skip
    assert_says(
        [f"{who_counted(one)}{correction_words(one)}" for one in found],
        """
        記録なし
        受託者
        受託者
        区（代行）
        区（代行）
        記録なし、確定後に区が訂正
        """,
    )


def test_rows_stand_in_the_order_of_print():
    question = Question(
        code="m",
        title="使う",
        type="MA",
        options=("A", "B", "C", "特になし"),
        exclusive_option="特になし",
        has_other=True,
    )

    def option(number: int, text: str, count: int, kind: str = "option") -> CountedOption:
        return CountedOption(number=number, text=text, count=count, percent=percent(count, 40), kind=kind)

    options = (option(1, "A", 3), option(2, "B", 9), option(3, "C", 3), option(4, "特になし", 20, "exclusive"))
    many = QuestionTally(question=question, base=40, options=options, other_count=2, outside_count=1, no_answer=5)
    single = replace(many, question=replace(question, type="SA"), outside_count=0)
    part = replace(many, base=30, options=(option(1, "A", 2), option(2, "B", 0)), other_count=0, outside_count=0)
    both = replace(many, channels=(part, replace(part, base=10, no_answer=1)))
    named = replace(single, question=replace(question, type="SA", options=("A", "その他", "B")))
    said = [
        f"{name}　{row.number}　{row.text}　{row.count}　{row.percent}　{row.kind}　{row.paper}　{row.online}"
        for name, tally in (("複数", many), ("単一", single), ("紙とオンライン", both), ("その他が前", named))
        for row in tally.rows()
    ]
    assert_says(
        said,
        """
        複数　2　B　9　22.5　option　None　None
        複数　1　A　3　7.5　option　None　None
        複数　3　C　3　7.5　option　None　None
        複数　5　その他　2　5.0　other　None　None
        複数　4　特になし　20　50.0　exclusive　None　None
        複数　0　選択肢にない回答　1　2.5　outside　None　None
        複数　0　無回答　5　12.5　none　None　None
        単一　1　A　3　7.5　option　None　None
        単一　2　B　9　22.5　option　None　None
        単一　3　C　3　7.5　option　None　None
        単一　4　特になし　20　50.0　exclusive　None　None
        単一　5　その他　2　5.0　other　None　None
        単一　0　無回答　5　12.5　none　None　None
        紙とオンライン　2　B　9　22.5　option　0　0
        紙とオンライン　1　A　3　7.5　option　2　2
        紙とオンライン　3　C　3　7.5　option　0　0
        紙とオンライン　5　その他　2　5.0　other　0　0
        紙とオンライン　4　特になし　20　50.0　exclusive　0　0
        紙とオンライン　0　選択肢にない回答　1　2.5　outside　0　0
        紙とオンライン　0　無回答　5　12.5　none　5　1
        その他が前　1　A　3　7.5　option　None　None
        その他が前　2　B　9　22.5　option　None　None
        その他が前　3　C　3　7.5　option　None　None
        その他が前　4　特になし　20　50.0　exclusive　None　None
        その他が前　2　その他　2　5.0　other　None　None
        その他が前　0　無回答　5　12.5　none　None　None
        """,
    )
    assert [replace(many, base=base).is_reference_only for base in (29, 30)] == [True, False]


def test_versions_say_where_a_question_stood_and_what_was_asked_otherwise():
    number = Question(code="n", title="人数", type="NUM", unit="人")
    old = (ONE, replace(MANY, max_select=2), number, replace(OTHER, code="o"))
    cases = [
        old, old[::-1], (replace(ONE, max_select=1), *old[1:]), (ONE, replace(MANY, max_select=None), *old[2:]),
        (*old[:2], replace(number, unit="団体"), old[3]), (*old[:2], replace(number, unit="人", title="何人"), old[3]),
        (*old[:3], replace(old[3], has_other=False)), (*old[:3], replace(old[3], options=("B", "A", "その他（書く）"))),
        (replace(ONE, type="MA"), *old[1:]), (replace(ONE, positive=("A",)), *old[1:]), old[1:],
        (replace(ONE, exclusive_option="B"), *old[1:]), (replace(ONE, asked_of="n", asked_of_options=("A",)), *old[1:]),
    ]  # fmt: skip
    said = []
    for place, new in enumerate(cases, 1):
        for one in compare_versions(old, new):
            if one.change != "同じ" or one.old_place != one.new_place:
                comparable = "比べられる" if one.is_comparable else "比べられない"
                differing = "・".join(one.differences)
                said.append(
                    f"{place}　{one.code}　{one.old_place}→{one.new_place}　{one.change}　{comparable}　{differing}"
                )
    assert_says(
        [one.rstrip("　") for one in said],
        """
        2　o　4→1　同じ　比べられる
        2　n　3→2　同じ　比べられる
        2　many　2→3　同じ　比べられる
        2　one　1→4　同じ　比べられる
        4　many　2→2　聞き方を変更　比べられない　2つまで→いくつでも
        5　n　3→3　聞き方を変更　比べられない　単位「人」→「団体」
        6　n　3→3　文だけ変更　比べられる　設問文「人数」→「何人」
        9　one　1→1　聞き方を変更　比べられない　単一回答→複数回答
        11　many　2→1　同じ　比べられる
        11　n　3→2　同じ　比べられる
        11　o　4→3　同じ　比べられる
        11　one　1→0　廃止　比べられない
        13　one　1→1　聞き方を変更　比べられない　聞く相手　全員→「A」の方
        """,
    )


@pytest.mark.parametrize(
    ("people", "base", "printed"),
    [(5, 16, "31.3"), (1, 16, "6.3"), (1, 3, "33.3"), (2, 3, "66.7"), (0, 5, "0.0"), (5, 5, "100.0"), (0, 0, "0.0")],
)
def test_percentages_are_rounded_half_up(people, base, printed):
    assert percent(people, base) == printed


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_percentage_is_never_further_than_half_a_step_from_the_truth(people, base):
    exact = Fraction(100 * people, base)
    difference = Fraction(percent(people, base)) - exact

    assert Fraction(-1, 20) < difference <= Fraction(1, 20)
