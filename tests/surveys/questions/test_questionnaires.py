"""The questionnaires that come with the program keep the field's rules; a broken file is refused in words."""

import json

import pytest

from app.foreign_files.intake_refusal import IntakeRefusal
from app.surveys.questions.intake import default_questionnaire, load_questionnaire
from db.records.event_form import EventForm


@pytest.fixture(params=[EventForm.LECTURE, EventForm.EXCHANGE])
def questionnaire(request):
    return default_questionnaire(request.param)


def test_it_asks_about_ten_things_and_nobodys_data(questionnaire):
    titles = "".join(question.title for question in questionnaire.questions)

    assert 9 <= len(questionnaire.questions) <= 11
    assert not any(question.personal for question in questionnaire.questions)
    assert not any(word in titles for word in ("氏名", "名前", "電話", "メール", "住所", "性別", "派遣"))


def test_it_asks_the_role_or_the_age_but_not_both(questionnaire):
    titles = "".join(question.title for question in questionnaire.questions)

    assert ("役割" in titles) != ("年代" in titles)


def test_every_scale_is_balanced_and_the_three_sums_are_there(questionnaire):
    roles = {question.role: question for question in questionnaire.questions if question.role}

    assert set(roles) == {"satisfaction", "understanding", "intent"}
    for question in questionnaire.questions:
        if question.positive:
            assert len(question.options) == 5
            assert question.positive == question.options[:2]
            assert question.options[2] == "どちらともいえない"


def test_multiple_answers_offer_something_else_and_nothing(questionnaire):
    for question in questionnaire.questions:
        if question.type == "MA":
            assert question.options[-2:] == ("その他", "特になし")
            assert question.exclusive_option == "特になし"
            assert question.has_other


def test_the_codes_are_words_that_never_need_to_change(questionnaire):
    codes = [question.code for question in questionnaire.questions]

    assert len(set(codes)) == len(codes)
    assert all(code.isalpha() and code.islower() for code in codes)


def test_a_plain_list_of_questions_is_read(tmp_path):
    path = tmp_path / "質問票.json"
    entries = [
        {
            "code": "Q1",
            "title": "満足度",
            "type": "SA",
            "options": ["満足", "不満"],
            "positive": ["満足"],
            "role": None,
        },
        {"code": "Q2", "title": "感想", "type": "FA", "options": None, "max_select": None, "has_other": False},
    ]
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")

    questions = load_questionnaire(path).questions

    assert [(question.code, question.type, question.options) for question in questions] == [
        ("Q1", "SA", ("満足", "不満")),
        ("Q2", "FA", ()),
    ]


GOOD = {"code": "Q1", "title": "満足度", "type": "SA", "options": ["満足", "不満"]}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "1行目"), ("[]", "設問の一覧"), ('{"questions": 3}', "設問の一覧"), ("[3]", "1番目"),
        (json.dumps([{**GOOD, "type": "XX"}]), "種類「XX」"), (json.dumps([{**GOOD, "options": []}]), "選択肢"),
        (json.dumps([{**GOOD, "options": ["満足", "満足"]}]), "同じ選択肢"),
        (json.dumps([{**GOOD, "positive": ["とても満足"]}]), "「とても満足」が選択肢にありません"),
        (json.dumps([{**GOOD, "max_select": 0}]), "max_select"), (json.dumps([{**GOOD, "role": "joy"}]), "role"),
        (json.dumps([GOOD, GOOD]), "「Q1」が2つ"), (json.dumps([{**GOOD, "title": ""}]), "文（title）"),
    ],
)  # fmt: skip
def test_a_broken_questionnaire_is_refused_with_its_place(tmp_path, content, words):
    path = tmp_path / "質問票.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(IntakeRefusal, match="質問票のファイルを読めません") as refusal:
        load_questionnaire(path)

    assert words in str(refusal.value)
