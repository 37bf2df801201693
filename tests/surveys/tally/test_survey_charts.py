"""The chart blocks of a report carry the counted rows, the sum and the fixed note."""

from dataclasses import replace

import pytest

from app.documents.blocks import Paragraph
from app.surveys.questions.intake import default_questionnaire
from app.surveys.tally.documents import CommentList, chart_blocks, comment_table, tally_chart
from app.surveys.tally.rules import tally_answers
from db.records.event_form import EventForm
from db.records.surveys import Answer, Question

QUESTIONS = default_questionnaire(EventForm.LECTURE).questions


def _counted(*sheets):
    return {each.question.code: each for each in tally_answers(QUESTIONS, sheets)}


def test_a_single_answer_chart_says_number_sum_and_note():
    counted = _counted(*[{"satisfaction": Answer(chosen=("満足",))}] * 12, {}, {}, {})

    chart = tally_chart(counted["satisfaction"], 2)

    assert (chart.code, chart.title, chart.type, chart.base) == ("問2", "講習会全体の満足度", "SA", 15)
    assert (chart.sum_label, chart.sum_count, chart.sum_percent) == ("満足計", 12, "80.0")
    assert chart.note == (
        "ｎ＝15（回収数）。単位は人および％（小数第2位を四捨五入）。無回答を含めて100％とする。"
        "ｎが30未満のため％は参考値。"
    )
    assert [(row.number, row.text) for row in chart.rows][-1] == ("", "無回答")


def test_a_multiple_answer_chart_speaks_of_sheets_and_not_of_persons():
    counted = _counted(*[{"useful": Answer(chosen=("配布資料",), other="質問")}] * 30)

    chart = tally_chart(counted["useful"])

    assert chart.note == (
        "％は回収数（ｎ＝30）に対する割合。複数回答のため合計は100％にならない。"
        "単位は人および％（小数第2位を四捨五入）。無回答も1行とする。"
    )
    assert chart.rows[0].text == "配布資料"
    assert [row.kind for row in chart.rows][-3:] == ["other", "exclusive", "none"]
    assert not chart.reference_only


def test_a_number_in_the_title_is_printed_once():
    question = Question(code="Q3", title="Q3 本日の満足度", type="SA", options=("満足", "不満"))
    (counted,) = tally_answers([question], [{}])

    chart = tally_chart(counted, 7)

    assert (chart.code, chart.title) == ("問3", "本日の満足度")


def test_answers_outside_the_list_are_named_in_row_and_note():
    (counted,) = tally_answers(QUESTIONS[1:2], [{"satisfaction": Answer(out_of_list=("普通",))}])

    chart = tally_chart(counted)

    assert ("選択肢にない回答", 1, "outside") in [(row.text, row.count, row.kind) for row in chart.rows]
    assert "無回答を含めて100％とする。" in chart.note


@pytest.mark.parametrize(
    ("texts", "name"),
    [(("読みとれない",), "読みとれない"), (("読みとれない", "普通"), "読みとれない・選択肢にない回答")],
)
def test_an_answer_that_nobody_can_read_keeps_its_word(texts, name):
    (counted,) = tally_answers(QUESTIONS[1:2], [{"satisfaction": Answer(out_of_list=(text,))} for text in texts])
    assert [row.text for row in tally_chart(counted).rows if row.kind == "outside"] == [name]


def test_questions_of_one_kind_share_one_note_though_one_has_an_answer_outside_the_list():
    asked = [replace(QUESTIONS[1], code=code) for code in "abcd"]
    strange = {"a": Answer(out_of_list=("普通",)), "b": Answer(out_of_list=("普通",))}
    blocks = chart_blocks([tally_chart(one) for one in tally_answers(asked, [strange])])
    assert len([one for one in blocks if isinstance(one, Paragraph)]) == 1
    alone = tally_chart(tally_answers(QUESTIONS[:1], [{}])[0])
    (note, *charts) = chart_blocks([alone, *blocks[1:3]])
    assert [one.note for one in charts] == [alone.note, "", ""]
    assert note.text.endswith(f"：{blocks[1].note}")


def test_a_numeric_question_tells_mean_and_median_in_its_note():
    question = Question(code="people", title="参加した人数", type="NUM")
    (counted,) = tally_answers([question], [{"people": Answer(text="2")}, {"people": Answer(text="5人")}])

    assert "平均3.5、中央値3.5、最小2、最大5。" in tally_chart(counted).note


def test_free_text_has_no_chart():
    with pytest.raises(ValueError, match="free-text"):
        tally_chart(tally_answers(QUESTIONS[-1:], [{}])[0])


def test_free_answers_stand_under_their_class_with_its_count():
    answers = CommentList(
        code="問10", title="ご意見", lines=("もう一度", "楽しい", "少人数で", "その他"), written_count=4
    )
    made = comment_table(answers, {"1": "要望", "2": "よかった点", "3": "要望"})
    assert [row[0] for row in made.rows] == ["要望　2件", "1", "3", "よかった点　1件", "2", "分類なし　1件", "4"]
    assert made.group_rows == (0, 3, 5)
    every = comment_table(answers, dict.fromkeys("1234", "要望"))
    assert [row[0] for row in every.rows] == ["要望　4件", "1", "2", "3", "4"]
    kept = replace(answers, numbers=(2, 3, 5, 7), left_out_words="ほか1件は掲載していない。")
    table = comment_table(kept)
    assert (table.rows[-1], table.note) == (("7", "その他"), "注　ほか1件は掲載していない。")
    assert [row[0] for row in comment_table(answers).rows] == ["1", "2", "3", "4"]
    assert comment_table(replace(kept, lines=())).text == "1件は掲載していない。"
    assert comment_table(replace(kept, lines=(), written_count=0)).text == "記入はありません。"
    assert comment_table(replace(answers, written_count=None)).rows == comment_table(answers).rows
