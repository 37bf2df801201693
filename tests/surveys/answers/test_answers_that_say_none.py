"""Cells of a survey that answer nothing, or more than その他: 無回答 is none, a choice is one, unsure is asked."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.surveys.answers.intake.survey_file import read_survey_file
from app.surveys.questions.intake import load_questionnaire
from db.records.surveys import Answer, Question
from tests.support.answer_files import write_csv

REPORTS = Path(__file__).parents[2] / "fixtures" / "reports"
TOOLS = Question(
    code="Q3", title="使いたいツール", type="MA", options=("LINE", "Instagram", "電子回覧板"), has_other=True
)
HAPPY = Question(code="Q2", title="満足度", type="SA", options=("満足", "普通", "不満"), has_other=True)
WORDS = Question(code="Q5", title="ご意見", type="FA")


def answers(tmp_path, cells, question=TOOLS):
    rows = [["タイムスタンプ", question.title], *(["2026/09/30 16:00:00", cell] for cell in cells)]
    found = read_survey_file(write_csv(tmp_path / "回答.csv", rows), (question,))
    return [row.answers[question.code] for row in found.rows]


def test_choices_parted_by_blanks_are_choices_and_no_other(tmp_path):
    asked = json.loads(next(REPORTS.glob("s00_*")).read_text(encoding="utf-8"))
    questions = tuple(
        Question(**{key: tuple(value or ()) if key == "options" else value for key, value in one.items()})
        for one in asked
    )
    found = read_survey_file(next(REPORTS.glob("s02_*")), questions)
    chosen = [option for row in found.rows for option in row.answers["Q3"].chosen]
    assert sorted(chosen) == ["Instagram", "LINE", "特にない", "電子回覧板"]
    assert [row.answers["Q3"].other for row in found.rows] == ["", "", ""]


@pytest.mark.parametrize("word", ["無回答", "NA", "-", "n/a", "－", "未回答", "（無回答）"])
@pytest.mark.parametrize("question", [TOOLS, HAPPY, WORDS])
def test_a_word_for_no_answer_is_no_answer(tmp_path, word, question):
    assert answers(tmp_path, [word], question) == [Answer()]


def test_a_word_for_no_answer_that_can_be_chosen_is_chosen(tmp_path):
    asked = Question(code="Q1", title="答え", type="SA", options=("はい", "無回答"))
    assert answers(tmp_path, ["無回答"], asked) == [Answer(chosen=("無回答",))]


@pytest.mark.parametrize("cell", ["はい", "いいえ", "特になし"])
@pytest.mark.parametrize("question", [TOOLS, HAPPY])
def test_a_bare_answer_is_asked_about_and_is_no_other(tmp_path, cell, question):
    assert answers(tmp_path, [cell], question) == [Answer(out_of_list=(cell,))]


def test_other_takes_only_what_holds_no_known_choice(tmp_path):
    assert answers(tmp_path, ["LINE 電子回覧板 ちらし", "ちらし", "電子回覧板 LINE"]) == [
        Answer(out_of_list=("LINE 電子回覧板 ちらし",)),
        Answer(other="ちらし"),
        Answer(chosen=("電子回覧板", "LINE")),
    ]


def test_what_stands_in_the_column_of_other_and_says_none_is_no_other(tmp_path):
    rows = [["タイムスタンプ", TOOLS.title, "その他の内容"], ["2026/09/30 16:00:00", "LINE", "特になし"]]
    found = read_survey_file(write_csv(tmp_path / "回答.csv", rows), (TOOLS,))
    assert found.rows[0].answers["Q3"] == Answer(chosen=("LINE",))


@pytest.mark.parametrize(("yes", "no"), [("Y", "N"), ("Yes", "No"), ("TRUE", "FALSE"), ("○", "×")])
def test_one_column_for_each_choice_takes_yes_and_no_in_any_words(tmp_path, yes, no):
    rows = [
        ["タイムスタンプ", "使いたいツール［LINE］", "使いたいツール［Instagram］", "使いたいツール［電子回覧板］"],
        ["2026/09/30 16:00:00", yes, no, no],
        ["2026/09/30 16:01:00", no, no, yes],
    ]
    found = read_survey_file(write_csv(tmp_path / "回答.csv", rows), (TOOLS,))
    assert [row.answers["Q3"] for row in found.rows] == [Answer(chosen=("LINE",)), Answer(chosen=("電子回覧板",))]
    assert found.problems == ()


def test_without_a_questionnaire_a_number_with_and_without_its_words_is_one_step(tmp_path):
    cells = ["5", "４", "5 とても満足", "3", "4"]
    rows = [["タイムスタンプ", "講習会の満足度"], *(["2026/09/30 16:00:00", cell] for cell in cells)]
    found = read_survey_file(write_csv(tmp_path / "回答.csv", rows), None)
    (asked,) = found.questions
    assert asked.options == ("1", "2", "3", "4", "5 とても満足")
    assert [row.answers[asked.code].chosen for row in found.rows] == [
        ("5 とても満足",),
        ("4",),
        ("5 とても満足",),
        ("3",),
        ("4",),
    ]


def test_without_a_questionnaire_a_word_for_no_answer_is_no_choice(tmp_path):
    cells = ["満足", "普通", "無回答", "満足", "NA", "－", "普通"]
    rows = [["タイムスタンプ", "講習会はいかがでしたか"], *(["2026/09/30 16:00:00", cell] for cell in cells)]
    found = read_survey_file(write_csv(tmp_path / "回答.csv", rows), None)
    (asked,) = found.questions
    assert "無回答" not in asked.options
    assert [bool(row.answers[asked.code].chosen) for row in found.rows] == [True, True, False, True, False, False, True]


def test_an_answer_without_a_time_of_sending_is_named_where_the_others_have_one(tmp_path):
    rows = [["タイムスタンプ", TOOLS.title], *(["2026/09/30 16:00:00", "LINE"] for _ in range(3)), ["", "LINE"]]
    found = read_survey_file(write_csv(tmp_path / "回答.csv", rows), (TOOLS,))
    assert [(one.row, one.code) for one in found.warnings if one.code == "timestamp_blank"] == [(4, "timestamp_blank")]


def test_a_second_column_of_a_question_with_answers_in_both_is_asked_about(tmp_path):
    rows = [["タイムスタンプ", TOOLS.title, TOOLS.title], *(["2026/09/30 16:00:00", "LINE", "Instagram"] for _ in "ab")]
    found = read_survey_file(write_csv(tmp_path / "回答.csv", rows), (TOOLS,))
    assert {one.row for one in found.problems if one.code == "doubled_column"} == {1, 2}


def test_numbers_of_choices_and_all_but_one_are_asked_about_and_are_no_other(tmp_path):
    asked = ["1,2", "①③", "4", "LINE以外", "LINEは使わない", "全部"]
    assert [one.other for one in answers(tmp_path, asked)] == [""] * len(asked)
    assert all(one.out_of_list for one in answers(tmp_path, asked))
    assert [one.other for one in answers(tmp_path, ["YouTube", "LINEの電話"])] == ["YouTube", "LINEの電話"]


def test_a_choice_with_a_word_beside_it_is_no_other(tmp_path):
    asked = ["LINE（家族のみ）", "ほとんどLINE", "電子回覧板を検討中", "LINE？", "ライン", "電子回欄板", "電子回覧"]
    assert [(one.other, bool(one.out_of_list)) for one in answers(tmp_path, asked)] == [("", True)] * len(asked)
    assert answers(tmp_path, ["満足。", "普通！"], HAPPY) == [Answer(chosen=("満足",)), Answer(chosen=("普通",))]


def test_a_slip_in_a_choice_and_a_denial_beside_an_exclusive_choice_are_no_other(tmp_path):
    choices = replace(TOOLS, options=("LINE", "ホームページ", "電子回覧板", "特になし"), exclusive_option="特になし")
    found = answers(
        tmp_path, ["ホームぺージ", "電子回覧版", "どれも使わない", "LINE とホームページ", "YouTube"], choices
    )
    assert [one.chosen for one in found] == [("ホームページ",), (), (), ("LINE", "ホームページ"), ()]
    assert [(one.other, bool(one.out_of_list)) for one in found[1:]] == [("", True)] * 2 + [
        ("", False),
        ("YouTube", False),
    ]


@pytest.mark.parametrize("number", ["n18", "q05"])
def test_what_a_survey_of_people_says_comes_out_or_is_asked(number):
    path, asked = next(REPORTS.glob(f"{number}_*.csv")), next(REPORTS.glob(f"{number}_*.json"))
    found = read_survey_file(path, load_questionnaire(asked).questions)
    doubtful = {one.row for one in found.problems}
    if number == "q05":
        assert doubtful == {2, 3, 4, 6}
        return
    assert doubtful == {2, 3, 4, 5}
    chosen = [row.answers["Q2"] for row in found.rows]
    assert (chosen[0].chosen, chosen[5].chosen, chosen[6].other) == (("LINE", "電子回覧板"), ("特になし",), "YouTube")
