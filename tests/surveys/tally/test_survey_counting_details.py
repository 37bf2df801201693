"""Counting in detail: chained branches, one row for every single answer, paper beside online, numbers in classes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.surveys.questions.rules import row_names, was_asked
from app.surveys.tally.documents import tally_chart
from app.surveys.tally.rules import MAX_VALUES, count_responses, is_in_classes, printed_rows, tally_answers
from db.records.surveys import Answer, Question, SurveyResponse

USED = Question(code="used", title="使っていますか", type="SA", options=("はい", "いいえ", "その他"), has_other=True)
WHAT = Question(
    code="what", title="何を", type="SA", options=("LINE", "HP"), asked_of="used", asked_of_options=("はい", "その他")
)
WHY = Question(
    code="why", title="なぜ", type="MA", options=("便利", "安い"), asked_of="what", asked_of_options=("LINE",)
)
ALL = (USED, WHAT, WHY)


def _ticks(*chosen, **more):
    return Answer(chosen=chosen, **more)


def test_who_was_not_asked_the_first_question_of_a_chain_is_not_asked_the_last():
    sheets = [
        {"used": _ticks("はい"), "what": _ticks("LINE"), "why": _ticks("便利")},
        {"used": _ticks("いいえ"), "what": _ticks("LINE"), "why": _ticks("安い")},
    ]

    _used, what, why = tally_answers(ALL, sheets)

    assert (what.base, what.not_asked_count) == (1, 1)
    assert (why.base, why.not_asked_count, [row.count for row in why.options]) == (1, 1, [1, 0])


def test_a_branch_of_the_other_option_asks_also_who_only_wrote_the_text():
    assert was_asked(WHAT, {"used": Answer(other="たまに")}, ALL)


def test_two_ticks_at_the_question_of_a_branch_choose_nothing_there():
    assert not was_asked(WHAT, {"used": _ticks("はい", "いいえ")}, ALL)


ANSWERS = st.builds(
    lambda chosen, other, strange: Answer(chosen=tuple(chosen), other=other, out_of_list=tuple(strange)),
    st.lists(st.sampled_from(["はい", "いいえ", "その他", "昔の選択肢"]), unique=True, max_size=3),
    st.sampled_from(["", "ほかの答え"]),
    st.lists(st.sampled_from(["読みとれない", "普通"]), unique=True, max_size=1),
)


@given(st.lists(ANSWERS, max_size=12))
def test_every_single_answer_stands_in_exactly_one_row(answers):
    (counted,) = tally_answers([USED], [{"used": answer} for answer in answers])

    assert sum(row.count for row in counted.rows()) == counted.base == len(answers)
    assert all(len(row_names(USED, answer)) == 1 for answer in answers)


def _sheet(source, **answers):
    return SurveyResponse(survey_id=1, source=source, answers=answers)


def test_paper_and_online_stand_beside_every_row_and_add_up_to_it():
    sheets = [
        _sheet("紙", used=_ticks("はい")),
        _sheet("紙"),
        _sheet("オンライン", used=_ticks("はい")),
        _sheet("オンライン", used=Answer(out_of_list=("普通",))),
    ]

    (counted,) = count_responses([USED], sheets).questions

    assert [(row.number, row.text, row.count, row.paper, row.online) for row in counted.rows()] == [
        (1, "はい", 2, 1, 1),
        (2, "いいえ", 0, 0, 0),
        (3, "その他", 0, 0, 0),
        (0, "選択肢にない回答", 1, 0, 1),
        (0, "無回答", 1, 1, 0),
    ]


def test_where_all_answered_the_same_way_nothing_is_told_apart():
    (counted,) = count_responses([USED], [_sheet("紙", used=_ticks("はい"))]).questions

    assert [row.paper for row in counted.rows()] == [None] * 4


HOURS = Question(code="hours", title="世帯数", type="NUM", unit="世帯")


def _numbers(*written):
    return tally_answers([HOURS], [{"hours": Answer(text=str(one))} for one in written])[0]


def test_few_values_of_a_number_are_printed_one_by_one_with_their_unit():
    chart = tally_chart(_numbers(120, 300, 300, ""))

    assert [(row.text, row.count) for row in chart.rows] == [("120世帯", 1), ("300世帯", 2), ("無回答", 1)]
    assert "平均240世帯、" in chart.note.replace("240.0", "240")


def test_many_values_of_a_number_are_printed_in_classes_of_one_width():
    assert not is_in_classes(_numbers(*range(MAX_VALUES)))
    counted = _numbers(*range(100, 100 + 10 * (MAX_VALUES + 1), 10), 450)

    rows = printed_rows(counted)

    assert [row.text for row in rows][:3] == ["100～149", "150～199", "200～249"]
    assert [row.text for row in rows][-2:] == ["450～499", "無回答"]
    assert sum(row.count for row in rows) == counted.base
    assert "同じ幅に区切って数えた" in tally_chart(counted).note


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (range(13), ["0～1", "2～3", "4～5", "6～7", "8～9", "10～11", "12～13", "無回答"]),
        (range(-6, 7), ["-6～-5", "-4～-3", "-2～-1", "0～1", "2～3", "4～5", "6～7", "無回答"]),
        ((*range(12), 100), [*(f"{n}～{n + 19}" for n in range(0, 120, 20)), "無回答"]),
        ((*range(12), 95), [*(f"{n}～{n + 9}" for n in range(0, 100, 10)), "無回答"]),
        ((*(f"1.{n}" for n in range(10)), 2, 3, 4), ["1以上2未満", "2以上3未満", "3以上4未満", "4以上5未満", "無回答"]),
        ((*range(12), "30.5"), ["0以上5未満", "5以上10未満", "10以上15未満", "15以上20未満", "20以上25未満",
                                "25以上30未満", "30以上35未満", "無回答"]),
    ],
)  # fmt: skip
def test_a_class_of_a_number_names_its_first_and_last_whole_number_or_its_bounds(values, texts):
    counted = _numbers(*values)
    rows = printed_rows(counted)
    assert [row.text for row in rows] == texts
    assert sum(row.count for row in rows) == len(values)
    assert {row.number for row in rows if row.kind == "option"} == {row.number for row in counted.options} == {0}


def test_a_class_says_how_many_answered_on_paper_and_how_many_online():
    written = [*enumerate(range(100, 100 + 10 * (MAX_VALUES + 1), 10)), (1, 101)]
    answers = tuple(
        SurveyResponse(
            survey_id=1,
            source="オンライン" if place % 2 else "紙",
            number=number,
            answers={"hours": Answer(text=str(value))},
        )
        for number, (place, value) in enumerate(written, 1)
    )
    (counted,) = count_responses((HOURS,), answers).questions

    first = printed_rows(counted)[0]

    assert (first.text, first.count, first.paper, first.online) == ("100～119", 3, 1, 2)


@given(st.lists(st.integers(-40, 900), min_size=13, max_size=60, unique=True))
def test_classes_lose_nobody(values):
    counted = _numbers(*values)
    rows = [row for row in printed_rows(counted) if row.kind == "option"]

    assert sum(row.count for row in rows) == len(values)
    assert len(rows) <= 11
