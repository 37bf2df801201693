"""What is said of a set of questions before it is agreed, and what keeps it from being kept at all."""

from dataclasses import replace
from datetime import datetime

import pytest

from app.surveys.questions.intake import default_questionnaire
from app.surveys.questions.rules import (
    address_fault,
    address_warnings,
    assign_codes,
    check_questions,
    duplicate_question,
    first_question_fault,
    move_question,
    new_code,
    replace_question,
    reused_code,
)
from db.records.event_form import EventForm
from db.records.surveys import Question

NOW = datetime(2026, 12, 1, 10, 45, 30)
ROLE = Question(code="role", title="町会・自治会での役割", type="SA", options=("会長", "副会長", "会員"))
AGE = Question(code="age", title="年代", type="SA", options=("60代以下", "70代", "80代以上"))
CONTENT = Question(
    code="s",
    title="全体の満足度",
    type="SA",
    role="satisfaction",
    options=("とても満足", "満足", "どちらともいえない", "不満", "とても不満"),
    positive=("とても満足", "満足"),
)
TOOLS = Question(
    code="m", title="使いたいもの", type="MA", options=("LINE", "電子回覧板", "特になし"), exclusive_option="特になし"
)


def said(*questions, people=15):
    return [finding.text for finding in check_questions((CONTENT, *questions), people=people)]


@pytest.mark.parametrize("form", [EventForm.LECTURE, EventForm.EXCHANGE])
def test_nothing_is_said_of_the_questions_that_come_with_the_program(form):
    assert check_questions(default_questionnaire(form).questions, people=15) == ()


def test_role_and_age_together_are_told_while_few_answer():
    assert said(ROLE, AGE) == ["問2で役割を、問3で年代を聞いています。"]
    assert said(ROLE, AGE, people=None) == ["問2で役割を、問3で年代を聞いています。"]
    assert said(ROLE, AGE, people=30) == []
    assert said(ROLE) == said(AGE) == []
    why = check_questions((CONTENT, ROLE, AGE), people=15)[0].why
    assert "回答する人は15人の見込み" in why
    assert "1人に絞られ" in why


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("速い", "やや速い", "ちょうどよい", "遅い"), "「ちょうどよい」の前が2段階、後が1段階"),
        (("速い", "やや速い", "ちょうどよい", "やや遅い", "遅い"), ""),
        (("とても満足", "満足", "どちらともいえない", "不満", "わからない"), "前が2段階、後が1段階"),
        (("よくわかった", "だいたいわかった", "あまりわからなかった", "まったくわからなかった"), ""),
        (("会長", "副会長", "会員"), ""),
    ],
)
def test_a_scale_has_as_many_steps_on_both_sides(options, words):
    found = said(Question(code="x", title="進む速さ", type="SA", options=options))
    assert [text for text in found if words and words in text] == found
    assert bool(found) == bool(words)


def test_more_positive_steps_than_others_are_told():
    steps = ("とても使いたい", "使いたい", "少し使いたい", "使いたくない")
    one = Question(code="x", title="使いたいですか", type="SA", options=steps, positive=steps[:3], role="intent")
    assert said(one) == ["問2は、足す選択肢が3段階、反対の側が1段階です。"]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (replace(TOOLS, max_select=5), "5つまで選べますが、選択肢は3つ"),
        (replace(TOOLS, max_select=1), "1つまでしか選べません"),
        (replace(TOOLS, title="使いたいもの（２つまで）"), "文は「２つまで」ですが、選べる数は上限なし"),
        (
            replace(TOOLS, title="使いたいもの（いくつでも）", max_select=2),
            "文は「いくつでも」ですが、選べる数は2つまで",
        ),
        (replace(TOOLS, exclusive_option=None), "「特になし」を、ほかと一緒に選べます"),
        (
            replace(CONTENT, code="s2", title="講師の満足度", role=None, positive=()),
            "足して示す選択肢が選ばれていません",
        ),
        (replace(CONTENT, code="s2"), "どちらも満足度の設問"),
        (replace(TOOLS, options=("LINE", "L INE")), "空白だけが違う選択肢"),
        (replace(TOOLS, options=("LINE", "ほかの町会・自治会の役員から聞いた使い方や注意することの例")), "長すぎます"),
        (replace(ROLE, options=("会長", "その他")), "書く欄がありません"),
        (Question(code="n", title="お名前", type="FA"), "個人が分かること"),
        (Question(code="n", title="電話番号を書いてください", type="FA"), "個人が分かること"),
        (Question(code="n", title="所属の団体名", type="FA"), "団体や支部"),
        (
            Question(code="n", title="アドバイザー派遣を希望しますか", type="SA", options=("はい", "いいえ")),
            "派遣の希望",
        ),
        (replace(TOOLS, options=("山田先生の説明", "配布資料")), "「山田先生」とあります"),
        (Question(code="n", title="あ" * 61, type="FA"), "61字"),
    ],
)
def test_what_would_not_count_well_or_tells_who_answered_is_said(question, words):
    found = said(question)
    assert len(found) == 1, found
    assert words in found[0]


def test_what_is_as_long_or_as_many_as_may_be_is_not_told():
    within = replace(TOOLS, options=("あ" * 26, *map(str, range(14))))
    assert said(within) == []
    assert ["16あります" in one for one in said(replace(within, options=(*within.options, "15")))] == [True]
    asked = [Question(code=f"q{number}", title=f"感想{number}", type="FA") for number in range(12)]
    assert ["問あります" in "".join(said(*asked[:count])) for count in (11, 12)] == [False, True]
    address = "https://example.jp/".ljust(600, "a")
    assert ["長すぎ" in address_fault(one) for one in (address, f"{address}a")] == [False, True]


@pytest.mark.parametrize(
    "title", ["講師の説明", "皆さんの意見", "町会・自治会での役割", "団体で使いたいツール", "名前の付け方"]
)
def test_ordinary_words_are_not_taken_for_persons(title):
    assert said(Question(code="x", title=title, type="FA", note="お名前は書かないでください。")) == []


def test_a_set_without_satisfaction_is_told():
    assert [one.text for one in check_questions((ROLE,), people=15)] == ["満足度を聞く設問がありません。"]


# codes


def test_a_code_is_never_given_twice_not_even_after_a_question_was_deleted():
    first = new_code(NOW, ())
    assert first == "s261201104530"
    assert new_code(NOW, (first,)) == first + "a"
    fresh = (replace(ROLE, code=""), replace(AGE, code=""), CONTENT)
    coded = assign_codes(fresh, now=NOW, used_codes=(first,))
    assert [one.code for one in coded] == [first + "a", first + "b", "s"]


def test_a_branch_to_a_new_question_follows_the_code_it_gets():
    asked = replace(ROLE, code="*1")
    branch = Question(code="*2", title="どの役か", type="FA", asked_of="*1", asked_of_options=("会長",))
    first, second = assign_codes((asked, branch), now=NOW, used_codes=())
    assert second.asked_of == first.code


def test_the_code_of_another_question_is_found_and_a_question_taken_over_is_not():
    other = {"role": (ROLE,)}
    assert reused_code((), (replace(AGE, code="role"),), other) == replace(AGE, code="role")
    assert reused_code((), (ROLE,), other) is None
    assert reused_code((), (replace(ROLE, title="役割"),), other) is None
    # A question of the set itself keeps its code, however it is changed.
    assert reused_code((ROLE,), (replace(ROLE, title="別", options=("あ", "い")),), other) is None


# editing and what a set must have


def test_rewording_an_option_carries_the_branches_along():
    branch = Question(code="b", title="いつから", type="FA", asked_of="role", asked_of_options=("会長", "会員"))
    reworded = replace(ROLE, options=("会長（代表）", "副会長", "会員"))
    assert replace_question((ROLE, branch), reworded)[1].asked_of_options == ("会長（代表）", "会員")
    swapped = replace(ROLE, options=("会員", "副会長", "会長"))
    assert replace_question((ROLE, branch), swapped)[1].asked_of_options == ("会長", "会員")


def test_moving_and_doubling_keep_every_code_and_make_no_second_sum():
    questions = (ROLE, CONTENT, TOOLS)
    assert [one.code for one in move_question(questions, "m", 0)] == ["m", "role", "s"]
    copy = duplicate_question(questions, "s")[2]
    assert (copy.code, copy.title, copy.role, copy.positive) == ("", "全体の満足度（複製）", None, ())


@pytest.mark.parametrize(
    ("questions", "words"),
    [
        ((Question(code="b", title="いつから", type="FA", asked_of="role", asked_of_options=("会長",)), ROLE),
            "前にない設問"),
        ((ROLE, Question(code="b", title="いつから", type="FA", asked_of="role")), "聞く相手が選ばれていません"),
        ((ROLE, Question(code="b", title="いつ", type="FA", asked_of="role", asked_of_options=("監事",))), "「監事」"),
        ((replace(ROLE, options=("会長", " ")),), "空の選択肢"),
        ((replace(TOOLS, max_select=0),), "選べる数が0"),
    ],
)  # fmt: skip
def test_a_branch_points_back_to_options_that_are_there(questions, words):
    fault = first_question_fault(questions)
    assert fault is not None
    assert words in fault.happened


# the address


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://forms.gle/abc def", "空白や改行"),
        ("forms.gle/abc", "https:// で始まります"),
        ("https://example.jp/" + "a" * 700, "長すぎて"),
    ],
)
def test_an_address_that_no_browser_opens_is_not_kept(address, words):
    assert words in address_fault(address)
    assert address_warnings(address) == ()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://docs.google.com/forms/d/1AbC/edit", "編集または集計の画面"),
        ("https://docs.google.com/forms/d/e/1F/viewform?usp=pp_url&entry.12=a", "回答があらかじめ入った"),
        ("https://example.jp/ｆorm", "「ｆ」があります"), ("https://forms.gle/abc。", "終わりが「。」"),
        ("http://example.jp/form", "http:// で始まる"), ("https://example.jp/" + "a" * 200, "QRコードが細かく"),
    ],
)  # fmt: skip
def test_an_odd_address_is_told(address, words):
    assert address_fault(address) == ""
    assert any(words in text for text in address_warnings(address))


def test_an_ordinary_address_is_fine():
    assert address_warnings("https://forms.gle/MiHon12345abcde") == ()
    assert address_fault("") == ""
