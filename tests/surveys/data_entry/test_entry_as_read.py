"""A pile of sheets from the first draft to the last decision: what every act says, what is kept and what comes next."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from app.actions.user_error import UserError
from app.surveys.data_entry import services
from app.surveys.data_entry.rules import choice_for_key, choice_keys, sent_at_words
from db.records.accounts import User
from db.records.surveys import (
    Answer,
    EventSurvey,
    Question,
    QuestionType,
    ResponseDraft,
    ResponseSource,
    SecondEntry,
    SurveyResponse,
)
from db.rows import by_id, rows
from tests.support.paper_lines import assert_paper
from tests.support.years import BY, NOW, acting, add_lecture

ONE = Question(code="a", title="満足度", type=QuestionType.ONE, options=("満足", "不満"))
MANY = Question(
    code="b", title="使うもの", type=QuestionType.SEVERAL, options=("LINE", "Zoom", "なし"), max_select=2,
    has_other=True, exclusive_option="なし",
)  # fmt: skip
WHY = Question(
    code="c", title="なぜ", type=QuestionType.ONE, options=("安い",), asked_of="b", asked_of_options=("LINE",)
)
COUNT = Question(code="d", title="人数", type=QuestionType.NUMBER, unit="人")
WORDS = Question(code="e", title="ご意見", type=QuestionType.TEXT)
QUESTIONS = (ONE, MANY, WHY, COUNT, WORDS)
GOOD = {"a": Answer(chosen=("満足",)), "b": Answer(chosen=("LINE",)), "c": Answer(chosen=("安い",))}


@pytest.fixture
def survey(store):
    event = add_lecture(store)
    with store.change(action="用意", by=BY, now=NOW, subject="surveys") as change:
        return change.insert(EventSurvey(event_id=event, title="", questions=QUESTIONS))


def put(store, survey, *records):
    with store.change(action="用意", by=BY, now=NOW, subject="surveys") as change:
        return [change.insert(SurveyResponse(survey_id=survey, **one)) for one in records]


def kept(store):
    found = rows(store.database, SurveyResponse, order="id")
    return [
        "｜".join((f"{one.number} {one.typed_by}", *one.problems, one.decision, f"{one.counted}", *one.extra.values()))
        for one in found
    ]


def test_every_act_on_a_pile_says_what_was_done_and_a_saved_sheet_is_no_draft_any_more(store, survey):
    context, said = acting(store), []

    def draft(number, **more):
        given = {"answers": GOOD, "answered": ("a",), "place": 1, "typist": ""} | more
        return services.save_draft(context, survey_id=survey, number=number, **given).id

    def drafts():
        return [(one.number, one.second, one.sheet_id) for one in rows(store.database, ResponseDraft, order="id")]

    said.append(services.set_papers_received(context, survey_id=survey, count=1).message)
    with pytest.raises(UserError, match="1枚以上"):
        services.set_papers_received(context, survey_id=survey, count=0)
    for purpose, more in (("検算", {}), ("代行", {"agreement": " R8-3 "}), ("検算", {})):
        said.append(services.save_purpose(context, survey_id=survey, purpose=purpose, **more).message)
    for number in (1, 2):
        draft(number)
    first = services.add_paper_response(context, survey_id=survey, number=1, answers=GOOD)
    assert drafts() == [(2, False, 0)]
    odd = GOOD | {"a": Answer(out_of_list=("読みとれない",))}
    second = services.add_paper_response(context, survey_id=survey, number=2, answers=odd)
    assert drafts() == []
    for number, more in ((2, {"sheet_id": second.id}), (2, {"second": True}), (1, {"sheet_id": first.id})):
        draft(number, **more)
    said += [first.message, services.change_response(context, sheet_id=second.id, answers=GOOD).message]
    assert drafts() == [(2, True, 0), (1, False, first.id)]
    again = services.add_second_entry(context, survey_id=survey, number=2, answers=odd, typist="別の人")
    assert drafts() == [(1, False, first.id)]
    said.append(again.message)
    said.append(services.settle_second_entry(context, entry_id=again.id, choices={"a": services.SECOND}).message)
    said.append(services.discard_draft(context, draft_id=draft(9)).message)
    one = services.decide_answer(context, sheet_id=second.id, question_code="a", answer=None)
    said += [one.message, *kept(store)]
    for ids, counted, reason in (([first.id, second.id], False, " 白紙 "), ([first.id], True, "")):
        done = services.decide_responses(context, sheet_ids=ids, counted=counted, reason=reason)
        said.append(done.message)
    said += [*kept(store), services.remove_responses(context, sheet_ids=[first.id, second.id]).message]
    assert (rows(store.database, SurveyResponse), rows(store.database, SecondEntry)) == ([], [])
    assert_paper(said, "用紙の束")


@pytest.mark.parametrize(
    ("code", "answer", "reason"),
    [("a", None, ""), ("a", Answer(chosen=("不満",)), " 訂正線 "), ("a", Answer(), ""), ("b", None, ""),
     ("b", Answer(chosen=("LINE",)), "二重線"), ("d", Answer(text="3"), "書き添え")],
)  # fmt: skip
@pytest.mark.parametrize("source", [ResponseSource.PAPER, ResponseSource.ONLINE])
def test_what_was_read_stays_beside_what_was_decided(store, survey, source, code, answer, reason):
    answers = {
        "a": Answer(chosen=("満足", "不満")),
        "b": Answer(chosen=("LINE", "Zoom", "なし"), other="電話"),
        "d": Answer(text="三人ほど"),
    }
    problems = services.response_problems(QUESTIONS, answers)
    (sheet,) = put(store, survey, {"source": source, "number": 3, "answers": answers, "problems": problems})
    done = services.decide_answer(acting(store), sheet_id=sheet, question_code=code, answer=answer, reason=reason)
    one = by_id(store.database, SurveyResponse, sheet)
    words = services.answer_words(next(each for each in QUESTIONS if each.code == code), one.answers)
    case = f"{source} {code} {answer and (*answer.chosen, answer.text)}"
    assert_paper([done.message, *one.problems, *one.extra.values(), words], case)
    with pytest.raises(UserError, match="決めることはもうありません"):
        services.decide_answer(acting(store), sheet_id=sheet, question_code=code, answer=None)


def test_no_option_is_chosen_without_a_word_why_and_nothing_where_there_is_no_doubt(store, survey):
    problems = ("問1　読みとれません", "問10　ほか")
    (sheet,) = put(store, survey, {"source": "紙", "number": 1, "answers": GOOD, "problems": problems})
    for code, answer, says in (
        ("a", Answer(chosen=("満足",)), "理由がまだ入力されていません"),
        ("b", None, "決めることはもうありません"),
        ("ない", None, "決めることはもうありません"),
    ):
        with pytest.raises(UserError, match=says):
            services.decide_answer(acting(store), sheet_id=sheet, question_code=code, answer=answer, reason=" ")


def view(*sheets, total=None, second=()):
    papers = tuple(SimpleNamespace(id=place, number=number, source=ResponseSource.PAPER, typed_by=by)
                   for place, (number, by) in enumerate(sheets, 1))  # fmt: skip
    entries = tuple(SimpleNamespace(sheet_id=one, settled_at=None) for one in second)
    survey = SimpleNamespace(papers_received=total, questions=QUESTIONS)
    return SimpleNamespace(paper_responses=papers, second_entries=entries, survey=survey)


@pytest.mark.parametrize(
    ("numbers", "total", "doing", "following", "skipped"),
    [
        ((), None, (), 1, ()), ((1,), None, (), 2, ()), ((1, 3), None, (), 4, (2,)), ((1, 3), 4, (), 4, (2,)),
        ((1, 3), 3, (), 2, (2,)), ((1, 3), 2, (), 2, (2,)), ((1, 4), 4, (2,), 3, (2, 3)), ((1, 3), 3, (2,), 4, (2,)),
        ((2,), 5, (4,), 5, (1,)), ((None, 2), None, (), 3, (1,)), ((None,), None, (), 1, ()), ((1,), 2, (2,), 3, ()),
    ],
)  # fmt: skip
def test_the_next_sheet_is_the_one_above_and_at_the_end_of_the_pile_the_one_that_was_skipped(
    numbers, total, doing, following, skipped
):
    one = view(*((number, "") for number in numbers), total=total)
    assert services.next_new_number(one, numbers_in_progress=doing) == following
    assert services.missing_response_numbers(one.paper_responses) == skipped


def test_online_answers_have_no_number_that_could_be_missing():
    sheets = [
        SimpleNamespace(number=number, source=ResponseSource(source))
        for number, source in ((5, "オンライン"), (1, "紙"))
    ]
    assert services.missing_response_numbers(sheets) == ()
    assert services.next_new_number(None) == 1
    assert (services.paper_response_total(None), services.paper_response_total(view(total=7))) == (None, 7)


def test_who_typed_a_sheet_first_does_not_type_it_again():
    one = view((3, "甲"), (1, "乙"), (2, "甲"), second=(2,))
    assert services.numbers_entered_once(one) == (2, 3)
    assert services.own_first_entries(one, name="甲") == (2, 3)
    assert services.own_first_entries(one, name="乙") == ()
    nexts = [services.next_second_number(one, min_number=least, numbers_in_progress=()) for least in (1, 3, 4)]
    assert nexts == [2, 3, None]
    assert services.next_second_number(one, min_number=1, numbers_in_progress=(2,)) == 3
    assert services.next_second_number(None, min_number=1, numbers_in_progress=()) is None
    assert services.unentered_below(one, 6, numbers_in_progress=(5,)) == (4,)


def test_colleagues_are_the_others_who_are_active(store):
    with store.change(action="用意", by=BY, now=NOW, subject="users") as change:
        for login, name, active in (("a", "甲", True), ("b", "乙", False), ("c", "丙", True)):
            change.insert(User(login_id=login, display_name=name, active=active))
    assert services.read_colleagues(store, name="甲") == ("丙",)


SHEETS = (
    {},
    {"a": Answer(chosen=("満足", "ふつう"), out_of_list=("○", "読みとれない"))},
    {"b": Answer(chosen=("Zoom", "LINE"), other="電話"), "c": Answer(chosen=("安い",))},
    {"b": Answer(chosen=("その他",)), "c": Answer(chosen=("安い",))},
    {"b": Answer(chosen=("なし", "LINE", "Zoom")), "d": Answer(text=" 3 "), "e": Answer(text=" よい ")},
    {"b": Answer(chosen=("その他", "LINE"), other="電話"), "d": Answer(text="三人")},
    {"b": Answer(chosen=("なし",)), "d": Answer(text="読みとれない")},
    {"a": Answer(chosen=("満足", "不満"))},
)


def test_a_sheet_is_read_in_words_with_its_doubts():
    told = []
    for number, answers in enumerate(SHEETS, 1):
        words = "、".join(
            f"{place} {said}" for place, _title, said in services.response_answer_rows(QUESTIONS, answers)
        )
        told += [f"{number}　{words}", *services.response_problems(QUESTIONS, answers)]
    assert_paper(told, "用紙の言葉")


def test_two_entries_differ_in_words_and_not_in_blanks():
    second = {"a": Answer(chosen=("不満",)), "b": Answer(chosen=("なし",)), "e": Answer(text="よ い")}
    pairs = services.answer_pairs(QUESTIONS, GOOD | {"e": Answer(text="よい ")}, second)
    assert_paper([f"{one.place} {one.first}／{one.second} {one.is_same}" for one in pairs], "2回の入力")
    sheets = SimpleNamespace(id=1, answers=GOOD)
    entries = [SimpleNamespace(sheet_id=one, settled_at=at, answers=second, first_answers=GOOD) for one, at in (
        (1, None), (1, NOW), (9, None),
    )]  # fmt: skip
    of = SimpleNamespace(survey=SimpleNamespace(questions=QUESTIONS), paper_responses=(sheets,), second_entries=entries)
    (waiting,) = services.unsettled_responses(of)
    assert [one.place for one in waiting.differences] == [1, 2, 3, 5]
    found = services.entry_agreement(of)
    assert (found.response_count, found.answer_count, found.same_count, found.rate) == (3, 15, 3, "20.0")
    none = SimpleNamespace(survey=None, paper_responses=(), second_entries=())
    assert (services.unsettled_responses(none), services.entry_agreement(none).rate) == ((), "")


def test_the_keys_of_choices_are_digits_then_letters_then_the_mouse():
    many = Question(code="x", title="多い", type=QuestionType.ONE, options=tuple(f"選択{one}" for one in range(1, 38)))
    keys = [f"{one.key}・{one.label}・{one.kind}" for one in choice_keys(MANY)]
    far = [f"{one.key}・{one.label}" for one in choice_keys(many)]
    assert_paper([*keys, *far[8:10], *far[34:37]], "選択のキー")
    assert choice_keys(WORDS) == ()
    found = [getattr(choice_for_key(MANY, key), "text", None) for key in ("1", "２", "0", "-", "ー", "−", "9", "a")]
    assert_paper(map(str, found), "押したキー")
    assert [sent_at_words(datetime(2026, 9, 30, 15, 40, second)) for second in (0, 8)] == [
        "9/30 15:40",
        "9/30 15:40:08",
    ]
