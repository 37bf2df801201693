"""Typing paper sheets: purpose first, odd answers marked and never mended, every decision with its reason."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from app.actions.user_error import UserError
from app.surveys.data_entry import services as data_entry_services
from app.surveys.questions.services import surveys
from app.surveys.tally.services.survey_comparison import set_contractor_counts
from db.records.surveys import Answer, Question, ResponseDraft, SurveyResponse
from db.rows import by_id, rows
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, form_file, survey_of, type_sheets
from tests.support.years import BY

MANY = ("操作を教える人がいない", "役員の負担が増える", "個人情報の取扱いが不安", "後任への引継ぎが難しい")


def _sheets(store, event_id):
    return surveys.read_survey(store, event_id=event_id).responses


def test_entry_on_behalf_needs_the_number_of_the_agreement_and_says_who_counts(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey_id = survey_of(store, event_id).id
    with pytest.raises(UserError, match="協議の番号"):
        data_entry_services.save_purpose(acting(store), survey_id=survey_id, purpose="代行")

    data_entry_services.save_purpose(acting(store), survey_id=survey_id, purpose="代行", agreement=" R8-3 ")
    survey = survey_of(store, event_id)
    assert (survey.purpose, survey.counted_by) == ("代行（協議 R8-3）", "区（代行）")
    assert data_entry_services.purpose_of(survey) == ("代行", "R8-3")

    data_entry_services.save_purpose(acting(store), survey_id=survey_id, purpose="検算")
    survey = survey_of(store, event_id)
    assert (survey.purpose, survey.counted_by) == ("検算", "受託者")
    assert data_entry_services.purpose_of(survey) == ("検算", "")


def test_a_sheet_is_kept_under_its_number_once(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 2)
    survey_id = survey_of(store, event_id).id

    with pytest.raises(UserError, match="2枚目はもう入力されています"):
        data_entry_services.add_paper_response(acting(store), survey_id=survey_id, number=2, answers=answered())


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        (answered(satisfaction=Answer(chosen=("満足", "不満"))), "問2　選択が1つを超えています"),
        (answered(satisfaction=Answer(out_of_list=("読みとれない",))), "問2　読みとれません"),
        (answered(pace=Answer(out_of_list=("普通",))), "問4　「普通」は選択肢にありません"),
        (
            answered(useful=Answer(chosen=("講師の説明", "特になし"))),
            "問6　「特になし」とほかの選択肢が一緒に選ばれています",
        ),
        (answered(obstacles=Answer(chosen=("費用がかかる", "後任への引継ぎが難しい", "その他"), other="人手")), ""),
        (
            answered(
                obstacles=Answer(
                    chosen=("費用がかかる", "後任への引継ぎが難しい", "役員の負担が増える", "その他"), other="人手"
                )
            ),
            "問8　選択が3つを超えています",
        ),
        ({}, "すべての設問が無回答"),
    ],
)
def test_what_is_odd_about_a_sheet_is_said_by_question(tmp_path, answers, problem):
    store, event_id = fixed_survey(tmp_path)

    data_entry_services.add_paper_response(
        acting(store), survey_id=survey_of(store, event_id).id, number=1, answers=answers
    )

    assert _sheets(store, event_id)[0].problems == ((problem,) if problem else ())


def test_correcting_a_paper_sheet_clears_what_was_odd_and_asks_about_what_is_new(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    odd = answered(satisfaction=Answer(chosen=("満足", "不満")))
    made = data_entry_services.add_paper_response(
        acting(store), survey_id=survey_of(store, event_id).id, number=1, answers=odd
    )
    data_entry_services.decide_responses(acting(store), sheet_ids=(made.id,), counted=True, reason="")

    data_entry_services.change_response(acting(store), sheet_id=made.id, answers=answered())
    assert _sheets(store, event_id)[0].problems == ()

    newly_odd = answered(pace=Answer(out_of_list=("読みとれない",)))
    data_entry_services.change_response(acting(store), sheet_id=made.id, answers=newly_odd)
    assert surveys.read_survey(store, event_id=event_id).doubtful_responses[0].problems == ("問4　読みとれません",)


def test_an_online_answer_keeps_what_was_said_when_it_came_in_and_cannot_be_deleted(tmp_path):
    from app.surveys.answers.services.survey_import import import_survey

    store, event_id = fixed_survey(tmp_path)
    early = AFTER.replace(month=9, day=29)
    path = form_file(tmp_path / "回答.csv", store, event_id, [answered()], start=early)
    import_survey(acting(store), event_id=event_id, path=path)
    sheet = _sheets(store, event_id)[0]

    data_entry_services.change_response(
        acting(store), sheet_id=sheet.id, answers=answered(pace=Answer(chosen=("速い",)))
    )

    kept = by_id(store.database, SurveyResponse, sheet.id)
    assert kept is not None
    assert any("より前の回答" in problem for problem in kept.problems)
    with pytest.raises(UserError, match="オンラインの回答は削除できません"):
        data_entry_services.remove_responses(acting(store), sheet_ids=(sheet.id,))


def test_a_paper_sheet_typed_by_mistake_can_be_removed(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 1)

    data_entry_services.remove_responses(acting(store), sheet_ids=(_sheets(store, event_id)[0].id,))

    assert _sheets(store, event_id) == ()


def test_a_number_that_is_none_is_said_and_a_sheet_names_who_typed_it(tmp_path):
    asked = (Question(code="n", title="台数", type="NUM"),)

    assert data_entry_services.response_problems(asked, {"n": Answer(text="たくさん")}) == (
        "問1　「たくさん」は1つの数ではありません",
    )
    assert data_entry_services.response_problems(asked, {"n": Answer(text="読みとれない")}) == ("問1　読みとれません",)
    assert data_entry_services.response_problems(asked, {"n": Answer(text="１２台")}) == ()

    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 1)
    assert _sheets(store, event_id)[0].typed_by == BY


def test_two_typings_of_a_sheet_are_compared_in_words(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    questions = survey_of(store, event_id).questions
    second = answered(
        satisfaction=Answer(),
        useful=Answer(chosen=("操作の体験", "講師の説明", "その他"), other="交流"),
        pace=Answer(out_of_list=("読みとれない",)),
    )

    found = data_entry_services.answer_differences(questions, answered(), second)

    assert [(one.place, one.first, one.second) for one in found] == [
        (2, "満足", "無回答"),
        (4, "ちょうどよい", "読みとれない"),
        (6, "講師の説明、操作の体験", "講師の説明、操作の体験、その他（交流）"),
    ]
    assert data_entry_services.answer_differences(questions, answered(), answered()) == ()


def test_a_question_that_was_not_asked_is_said_so_and_is_no_difference_by_itself():
    asked = (
        Question(code="a", title="使っているか", type="SA", options=("はい", "いいえ")),
        Question(code="b", title="何に", type="SA", options=("連絡", "行事"), asked_of="a", asked_of_options=("はい",)),
    )
    no, yes = {"a": Answer(chosen=("いいえ",))}, {"a": Answer(chosen=("はい",))}

    assert [words for _place, _title, words in data_entry_services.response_answer_rows(asked, no)] == [
        "いいえ",
        "非該当",
    ]
    assert [one.question.code for one in data_entry_services.answer_differences(asked, no, yes)] == ["a"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(chosen=("費用", "人手")), ()),
        (Answer(chosen=("費用",), other="場所"), ()),
        (Answer(chosen=("費用", "その他"), other="場所"), ()),
        (Answer(chosen=("費用", "人手"), other="場所"), ("問1　選択が2つを超えています",)),
        (Answer(chosen=("費用", "人手", "その他"), other="場所"), ("問1　選択が2つを超えています",)),
        (Answer(chosen=("特になし",)), ()),
        (Answer(chosen=("特になし",), other="場所"), ("問1　「特になし」とほかの選択肢が一緒に選ばれています",)),
        (Answer(), ("すべての設問が無回答",)),
    ],
)
def test_a_written_other_counts_as_a_choice_of_its_own_unless_it_was_ticked_as_well(answer, said):
    asked = Question(
        code="hard",
        title="困ること",
        type="MA",
        options=("費用", "人手", "その他", "特になし"),
        has_other=True,
        max_select=2,
        exclusive_option="特になし",
    )
    assert data_entry_services.response_problems((asked,), {"hard": answer}) == said


@pytest.mark.parametrize(
    ("code", "answer", "reason", "words", "left"),
    [
        ("satisfaction", Answer(chosen=("満足",)), " 訂正の線 ", "問2　満足、不満 → 満足", 1),
        ("satisfaction", Answer(), "", "問2　満足、不満 → 無回答", 1),
        ("satisfaction", None, "", "問2　満足、不満 → 読みとれない", 1),
        ("obstacles", None, "", f"問8　{'、'.join(MANY)} → 「このまま数える」", 0),
    ],
)
def test_a_doubt_is_decided_at_its_question_and_the_first_reading_stays(tmp_path, code, answer, reason, words, left):
    store, event_id = fixed_survey(tmp_path)
    survey = survey_of(store, event_id)
    odd = answered(satisfaction=Answer(chosen=("満足", "不満")), obstacles=Answer(chosen=MANY))
    made = data_entry_services.add_paper_response(acting(store), survey_id=survey.id, number=1, answers=odd)
    draft = {"survey_id": survey.id, "number": 1, "sheet_id": made.id, "answers": odd, "answered": (), "place": 0}
    data_entry_services.save_draft(acting(store), **draft)
    before = by_id(store.database, SurveyResponse, made.id)
    given = {"sheet_id": made.id, "question_code": code, "answer": answer}
    if reason:
        with pytest.raises(UserError, match="選択肢を選ぶ理由"):
            data_entry_services.decide_answer(acting(store), **given, reason=" ")

    said = data_entry_services.decide_answer(acting(store), **given, reason=reason)

    place = words.split("　", 1)[0]
    assert said.message == f"紙の回答 1 枚目の{place}は、{words.rpartition(' → ')[2]}に決めました。"
    assert by_id(store.database, SurveyResponse, made.id) == replace(
        before,
        answers=odd | {code: odd[code] if answer is None else answer},
        problems=(before.problems[left],),
        extra={f"{place}のはじめの読み": "　".join(filter(None, (words, reason.strip(), f"{BY} 10/1(木)")))},
    )
    assert rows(store.database, ResponseDraft) == []
    for again in (code, "pace", "なし"):
        with pytest.raises(UserError, match="もうありません"):
            data_entry_services.decide_answer(acting(store), **given | {"question_code": again}, reason="理由")


@pytest.mark.parametrize(("numbers", "missing"), [((2, 3), (1,)), ((1, 2), ()), ((5, 1), (2, 3, 4)), ((), ())])
def test_the_numbers_without_a_sheet_begin_with_the_first(numbers, missing):
    sheets = [SurveyResponse(survey_id=1, source="紙", number=number) for number in numbers]
    assert data_entry_services.missing_response_numbers(sheets) == missing


def test_an_answer_is_said_in_words_with_what_is_no_option_but_without_the_other_twice():
    asked = Question(code="a", title="使いたいもの", type="MA", options=("地図", "その他"), has_other=True)
    chosen = ("地図", "写真", "その他")
    assert data_entry_services.answer_text(asked, Answer(chosen=chosen, other="動画")) == "地図、写真、その他（動画）"
    assert data_entry_services.answer_text(asked, Answer(chosen=chosen)) == "地図、写真、その他"
    without = Question(code="a", title="使いたいもの", type="MA", options=("地図",))
    assert data_entry_services.answer_text(without, Answer(chosen=("地図", "その他"))) == "地図、その他"


def test_a_sheet_without_a_number_is_none_of_those_that_have_one():
    sheets = [SurveyResponse(survey_id=1, source="紙", number=number) for number in (None, 3)]
    assert data_entry_services.missing_response_numbers(sheets) == (1, 2)


@pytest.mark.parametrize("kind", ["FA", "NUM"])
@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(), "無回答"), (Answer(text="　"), "無回答"), (Answer(text=" 12 "), "12"),
        (Answer(out_of_list=("十二",)), "十二"), (Answer(out_of_list=("十二", "読みとれない")), "十二、読みとれない"),
        (Answer(text="12", out_of_list=("十二",)), "12"),
    ],
)  # fmt: skip
def test_what_was_written_is_said_as_it_stands_else_what_could_not_be_read(kind, answer, said):
    assert data_entry_services.answer_text(Question(code="a", title="何年", type=kind), answer) == said


def test_sheets_that_were_received_are_one_or_more(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey_id = survey_of(store, event_id).id

    def received(count: int):
        return data_entry_services.set_papers_received(acting(store), survey_id=survey_id, count=count)

    for count in (0, -1):
        with pytest.raises(UserError, match="1枚以上"):
            received(count)
    assert survey_of(store, event_id).papers_received is None
    for count in (1, 12):
        assert received(count).message == f"受け取った用紙を{count}枚と記録しました。"
        assert survey_of(store, event_id).papers_received == count


def view_of(*numbers: int | None, received: int | None = None, again: tuple[int, ...] = ()):
    """Return what the rules of the next number look at: sheets (ids from 100), those received, ids typed twice."""
    sheets = [SurveyResponse(id=100 + (number or 0), survey_id=1, source="紙", number=number) for number in numbers]
    return SimpleNamespace(
        paper_responses=sheets,
        survey=SimpleNamespace(papers_received=received),
        second_entries=[SimpleNamespace(sheet_id=100 + number) for number in again],
    )


@pytest.mark.parametrize(
    ("view", "in_progress", "number"),
    [
        (None, (), 1), (view_of(), (), 1), (view_of(1, 2), (), 3), (view_of(1, 2), (3, 5), 6), (view_of(), (1,), 2),
        (view_of(1, 3), (), 4), (view_of(1, 3, received=4), (), 4), (view_of(1, 3, received=3), (), 2),
        (view_of(1, 4, received=3), (), 2), (view_of(1, 5, received=5), (2,), 3),
        (view_of(1, 3, received=3), (2,), 4), (view_of(1, 2, 3, received=3), (), 4),
        (view_of(2, received=3), (3,), 1),
    ],
)  # fmt: skip
def test_the_next_sheet_has_the_number_after_the_highest_until_all_came_then_one_that_was_passed_over(
    view, in_progress, number
):
    assert data_entry_services.next_new_number(view, numbers_in_progress=in_progress) == number


@pytest.mark.parametrize(
    ("view", "least", "in_progress", "number"),
    [
        (None, 1, (), None), (view_of(3, 1, 2), 1, (), 1), (view_of(3, 1, 2), 2, (), 2),
        (view_of(3, 1, 2), 2, (2,), 3), (view_of(3, 1, 2, again=(2,)), 2, (), 3),
        (view_of(3, 1, 2, again=(2, 3)), 2, (), None),
    ],
)  # fmt: skip
def test_the_next_sheet_to_be_typed_again_is_the_lowest_one_typed_once(view, least, in_progress, number):
    found = data_entry_services.next_second_number(view, min_number=least, numbers_in_progress=in_progress)
    assert found == number


def test_numbers_below_one_that_no_sheet_has_are_named_in_runs():
    view = view_of(2, 5)
    assert data_entry_services.unentered_below(view, 1, numbers_in_progress=()) == ()
    assert data_entry_services.unentered_below(view, 5, numbers_in_progress=(4,)) == (1, 3)
    assert data_entry_services.unentered_below(view, 8, numbers_in_progress=()) == (1, 3, 4, 6, 7)


def test_how_many_came_is_not_known_without_a_survey_or_a_record():
    assert data_entry_services.paper_response_total(None) is None
    assert data_entry_services.paper_response_total(SimpleNamespace(survey=None)) is None
    assert data_entry_services.paper_response_total(view_of()) is None
    assert data_entry_services.paper_response_total(view_of(received=12)) == 12


ODD, ODDER = "問1　「たくさん」は1つの数ではありません", "前に来た回答"
AS_OPTION = "問1の「多め」は「30」として数える"


@pytest.mark.parametrize(
    ("given", "text", "problems", "decision"),
    [
        ({"problems": (ODD,), "decision": "入れる"}, "たくさん", (ODD,), "入れる"),
        ({"problems": (ODD,), "decision": "入れる"}, "12", (), "入れる"),
        ({"problems": (), "decision": "入れる"}, "12", (), "入れる"),
        ({"problems": (), "decision": "入れる"}, "たくさん", (ODD,), ""),
        ({"problems": (), "decision": "2枚目", "counted": False}, "たくさん", (ODD,), "2枚目"),
        ({"problems": (ODDER,), "decision": "入れる", "source": "オンライン"}, "12", (ODDER,), "入れる"),
        ({"problems": (ODDER,), "decision": "入れる", "source": "オンライン"}, "たくさん", (ODDER, ODD), ""),
        ({"problems": (ODDER, ODD), "decision": "入れる", "source": "オンライン"}, "たくさん", (ODDER, ODD), "入れる"),
        ({"problems": (ODDER, AS_OPTION), "decision": "入れる", "source": "オンライン"}, "12", (ODDER,), "入れる"),
    ],
)
def test_a_sheet_that_counts_is_decided_again_where_a_correction_brings_a_new_doubt(given, text, problems, decision):
    asked = (Question(code="n", title="台数", type="NUM"),)
    response = SurveyResponse(**({"survey_id": 1, "source": "紙"} | given))
    answers = {"n": Answer(text=text)}
    assert data_entry_services.corrected_fields(response, asked, answers) == {
        "answers": answers,
        "problems": problems,
        "decision": decision,
    }


@pytest.mark.parametrize(
    ("counted", "reason", "kept"),
    [(True, "", "集計に入れる"), (True, " 別の人 ", "別の人"), (False, " 同じ人 ", "同じ人")],
)
def test_a_decision_is_kept_with_its_reason_or_in_its_own_words(tmp_path, counted, reason, kept):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 1)
    (sheet,) = _sheets(store, event_id)
    with pytest.raises(UserError, match="理由が必要"):
        data_entry_services.decide_responses(acting(store), sheet_ids=(sheet.id,), counted=False, reason=" ")
    said = data_entry_services.decide_responses(acting(store), sheet_ids=(sheet.id,), counted=counted, reason=reason)
    (found,) = _sheets(store, event_id)
    assert surveys.read_survey(store, event_id=event_id).counted_total == counted
    assert (found.counted, found.decision) == (counted, kept)
    assert said.message == f"紙の回答 1 枚目を「{'集計に入れる' if counted else '集計に入れない'}」にしました。"


def test_a_number_of_people_below_0_is_refused_and_a_question_without_numbers_is_not_kept(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    context, survey_id = acting(store), survey_of(store, event_id).id
    with pytest.raises(UserError, match="0より小さい"):
        set_contractor_counts(context, survey_id=survey_id, counts={"pace": {"速い": -1}})
    assert survey_of(store, event_id).contractor_counts == {}
    counts = {"pace": {"速い": 0, "遅い": 3}, "length": {}}
    set_contractor_counts(context, survey_id=survey_id, counts=counts)
    assert survey_of(store, event_id).contractor_counts == {"pace": {"速い": 0, "遅い": 3}}
