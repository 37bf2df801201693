"""Counting survey answers: people first, n with 無回答, half-up rounding, sums of people, order of rows."""

from app.registers.register.rules import NameFinder
from app.surveys.questions.rules import MORE_THAN_ONE
from app.surveys.tally.rules import count_responses, tally_answers
from db.records.surveys import Answer, Question, SurveyResponse

SCALE = Question(
    code="satisfaction",
    title="満足度",
    type="SA",
    options=("とても満足", "満足", "どちらともいえない", "不満", "とても不満"),
    positive=("とても満足", "満足"),
    role="satisfaction",
)
TOOLS = Question(
    code="tools",
    title="使いたいもの",
    type="MA",
    options=("A", "B", "C", "その他", "特になし"),
    has_other=True,
    exclusive_option="特になし",
    max_select=2,
)
PEOPLE = Question(code="people", title="人数", type="NUM")
WORDS = Question(code="words", title="ご意見", type="FA")


def _one(question, answers):
    return tally_answers([question], [{question.code: answer} for answer in answers])[0]


def _ticks(*chosen, **more):
    return Answer(chosen=chosen, **more)


def test_no_answer_is_a_row_of_its_own_and_part_of_the_base():
    each = _one(SCALE, [_ticks("満足"), Answer(), _ticks("不満")])

    assert (each.base, each.no_answer, each.answered_count) == (3, 1, 2)
    assert [(row.text, row.count, row.percent) for row in each.rows()][-1] == ("無回答", 1, "33.3")


def test_the_sum_adds_people_and_then_divides():
    answers = [_ticks("とても満足")] * 1 + [_ticks("満足")] * 1 + [_ticks("不満")] * 4

    each = _one(SCALE, answers)

    assert [row.percent for row in each.rows()][:2] == ["16.7", "16.7"]
    assert (each.sum_label, each.sum_count, each.sum_percent) == ("満足計", 2, "33.3")


def test_the_rows_of_a_single_answer_question_add_up_to_the_base():
    answers = [_ticks("満足"), Answer(), Answer(out_of_list=("普通",)), _ticks("満足", "不満")]

    each = _one(SCALE, answers)

    assert sum(row.count for row in each.rows()) == each.base == 4
    assert dict(each.out_of_list) == {"普通": 1, MORE_THAN_ONE: 1}


def test_multiple_answers_are_sorted_by_people_with_the_special_rows_last():
    answers = [_ticks("B"), _ticks("C"), _ticks("C", "その他"), _ticks("特になし"), Answer(other="自分で"), Answer()]

    each = _one(TOOLS, answers)

    assert [(row.number, row.text, row.count, row.kind) for row in each.rows()] == [
        (3, "C", 2, "option"),
        (2, "B", 1, "option"),
        (1, "A", 0, "option"),
        (4, "その他", 2, "other"),
        (5, "特になし", 1, "exclusive"),
        (0, "無回答", 1, "none"),
    ]


def test_options_chosen_equally_often_stay_in_the_questionnaires_order():
    each = _one(TOOLS, [_ticks("C"), _ticks("A"), _ticks("B")])

    assert [row.text for row in each.rows()][:3] == ["A", "B", "C"]


def test_percentages_of_multiple_answers_stand_on_the_sheets_and_not_on_the_ticks():
    each = _one(TOOLS, [_ticks("A", "B"), _ticks("A", "B")])

    assert [row.percent for row in each.rows()][:2] == ["100.0", "100.0"]


def test_too_many_ticks_are_counted_and_said():
    each = _one(TOOLS, [_ticks("A", "B", "C"), _ticks("A", "B"), _ticks("A", "B", "その他")])

    assert each.over_limit_count == 2
    assert {row.text: row.count for row in each.options}["C"] == 1
    assert (each.sum_label, each.sum_count, each.sum_percent) == ("", 0, "")


def test_an_option_of_an_older_form_is_kept_apart():
    each = _one(TOOLS, [Answer(chosen=("A",), out_of_list=("旧",)), Answer(out_of_list=("旧",))])

    assert dict(each.out_of_list) == {"旧": 2}
    assert (each.outside_count, each.no_answer) == (2, 0)


def test_numbers_are_counted_with_mean_and_median_and_odd_texts_apart():
    each = _one(PEOPLE, [Answer(text=text) for text in ("２人", "3", "3名", "10", "数名", "")])

    assert [(row.text, row.count) for row in each.options] == [("2", 1), ("3", 2), ("10", 1)]
    assert (each.numbers.answered_count, each.numbers.mean, each.numbers.median) == (4, "4.5", "3")
    assert (each.numbers.minimum, each.numbers.maximum) == ("2", "10")
    assert dict(each.out_of_list) == {"数名": 1}
    assert each.no_answer == 1


def test_free_texts_that_tell_a_person_are_flagged():
    texts = [
        "連絡は 070-0000-4689 まで",
        "０３（０００0）１２３４へ",
        "mihon@example.jp",
        "見本 花子さんが親切",
        "見本さんが親切",
        "9月10日14時から16時",
        "会員は 1200 人です",
    ]

    sheets = [SurveyResponse(survey_id=1, source="紙", answers={"words": Answer(text=text)}) for text in texts]
    (each,) = count_responses([WORDS], sheets, finder=NameFinder(["見本　花子"])).questions

    assert [text.flags for text in each.texts] == [
        ("電話番号らしきもの",),
        ("電話番号らしきもの",),
        ("メールアドレスらしきもの",),
        ("名簿にある氏名",),
        ("名簿にある氏名",),
        (),
        (),
    ]


def test_percentages_are_only_for_reference_below_thirty_sheets():
    assert _one(SCALE, [_ticks("満足")] * 29).is_reference_only
    assert not _one(SCALE, [_ticks("満足")] * 30).is_reference_only


def _sheet(source, **more):
    return SurveyResponse(survey_id=1, source=source, answers={"satisfaction": _ticks("満足")}, **more)


def test_sheets_that_a_person_took_out_are_left_out_and_said():
    counted = count_responses(
        [SCALE], [_sheet("紙"), _sheet("オンライン"), _sheet("オンライン", counted=False, decision="再送信")]
    )

    assert (counted.base, counted.paper, counted.online, counted.left_out_total) == (2, 1, 1, 1)
    assert counted.questions[0].base == 2


def test_the_rate_of_return_is_only_given_when_the_attendance_is_known():
    sheets = [_sheet("紙")] * 15

    assert count_responses([SCALE], sheets, attendance=16).return_rate == "93.8"
    assert count_responses([SCALE], sheets, attendance=15).return_rate == "100.0"
    assert count_responses([SCALE], sheets, attendance=14).return_rate is None, "more than were there"
    assert count_responses([SCALE], sheets).return_rate is None
    assert count_responses([SCALE], sheets, attendance=0).return_rate is None


def test_nothing_returned_can_be_counted():
    counted = count_responses([SCALE, TOOLS, PEOPLE, WORDS], [])

    assert counted.base == 0
    assert all(row.percent == "0.0" for each in counted.questions for row in each.rows())
