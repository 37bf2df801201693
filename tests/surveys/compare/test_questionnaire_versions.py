"""Two versions of a questionnaire: the same question by its code, comparable while only words changed."""

from dataclasses import replace

import pytest

from app.surveys.compare.rules import ComparisonSource, asked_questions, compare_sources
from app.surveys.questions.rules import compare_versions
from app.surveys.tally.rules import count_responses
from db.records.surveys import Question

FIRST = Question(code="a", title="満足度", type="SA", options=("満足", "不満"))
MANY = Question(code="b", title="使うもの", type="MA", options=("LINE", "その他"), has_other=True)
TEXT = Question(code="c", title="感想", type="FA")
NUMBER = Question(code="d", title="何人", type="NUM", unit="人")
SET = (FIRST, MANY, TEXT, NUMBER)


def standing(new, old=SET):
    return {row.code: (row.change, row.is_comparable) for row in compare_versions(old, new)}


def test_the_same_set_is_the_same_wherever_its_questions_stand():
    assert set(standing(SET).values()) == {("同じ", True)}
    assert standing((TEXT, FIRST, NUMBER, MANY)) == standing(SET)


@pytest.mark.parametrize(
    ("question", "expected", "words"),
    [
        (replace(FIRST, title="全体の満足度"), ("文だけ変更", True), "設問文「満足度」→「全体の満足度」"),
        (replace(FIRST, note="1つ"), ("文だけ変更", True), "説明「なし」→「1つ」"),
        (replace(FIRST, options=("不満", "満足")), ("同じ", True), "選択肢の順が変わった"),
        (replace(FIRST, options=("満足", "普通", "不満")), ("選択肢を変更", False), "選択肢「普通」が加わった"),
        (replace(MANY, options=("LINE",), has_other=False), ("選択肢を変更", False), "選択肢「その他」がなくなった"),
        (replace(MANY, max_select=2), ("聞き方を変更", False), "いくつでも→2つまで"),
        (replace(FIRST, type="MA"), ("聞き方を変更", False), "単一回答→複数回答"),
        (replace(NUMBER, unit="世帯"), ("聞き方を変更", False), "単位「人」→「世帯」"),
        (replace(TEXT, asked_of="a", asked_of_options=("不満",)), ("聞き方を変更", False), "全員→「不満」の方"),
    ],
)
def test_what_changed_decides_whether_it_can_be_compared(question, expected, words):
    new = tuple(question if one.code == question.code else one for one in SET)
    row = next(row for row in compare_versions(SET, new) if row.code == question.code)
    assert (row.change, row.is_comparable) == expected
    assert words in "".join(row.differences)


def test_new_and_dropped_questions_stand_with_their_numbers():
    rows = {row.code: row for row in compare_versions(SET, (FIRST, Question(code="e", title="速さ", type="FA")))}
    assert (rows["e"].change, rows["e"].old_place, rows["e"].new_place) == ("新設", 0, 2)
    assert (rows["b"].change, rows["b"].old_place, rows["b"].new_place) == ("廃止", 2, 0)
    assert list(rows) == ["a", "e", "b", "c", "d"]


@pytest.mark.parametrize(
    "question",
    [
        FIRST, replace(FIRST, title="別の文"), replace(FIRST, options=("満足", "普通", "不満")),
        replace(FIRST, options=("不満", "満足")), replace(MANY, max_select=2), replace(MANY, has_other=False),
        replace(MANY, options=("LINE", "その他（具体的に）")), replace(MANY, asked_of="a", asked_of_options=("満足",)),
    ],
)  # fmt: skip
def test_the_comparison_of_the_totals_judges_the_same(question):
    """What is called comparable here is compared there, and nothing else."""
    new = tuple(question if one.code == question.code else one for one in (FIRST, MANY))
    sources = [
        ComparisonSource(
            label="前", response_count=0, questions=asked_questions(count_responses((FIRST, MANY), ()).questions)
        ),
        ComparisonSource(label="今", response_count=0, questions=asked_questions(count_responses(new, ()).questions)),
    ]
    counted = {one.code: one.is_comparable for one in compare_sources(sources)}
    assert {row.code: row.is_comparable for row in compare_versions((FIRST, MANY), new)} == counted
