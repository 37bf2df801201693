"""How well a column fits its question: what it was matched by, how many answers are options, and what it holds."""

from app.surveys.answers.intake.survey_file import read_survey_file
from app.surveys.answers.services.question_fits import QuestionFit, read_question_fits
from db.records.surveys import Question
from tests.support.answer_files import write_csv

ASKED = (
    Question(code="mood", title="満足度", type="SA", options=("満足", "普通", "不満")),
    Question(code="tools", title="使ってみたいツール", type="MA", options=("LINE", "Zoom"), has_other=True),
    Question(code="said", title="感想", type="FA"),
    Question(code="who", title="ご連絡先", type="FA", personal=True),
    Question(code="far", title="会場までの時間", type="NUM"),
)
LONG = "とても分かりやすい説明でしたので、また来たいです"


def fits(tmp_path, heads, *answers):
    path = write_csv(tmp_path / "回答.csv", [heads, *answers])
    return {one.code: one for one in read_question_fits(read_survey_file(path, ASKED))}


def test_a_column_shows_its_first_three_different_answers_and_one_with_personal_data_shows_none(tmp_path):
    found = fits(
        tmp_path,
        ["満足度", "使ってみたいツール", "感想", "ご連絡先"],
        ["満足", "LINE", f" {LONG}", "03-0000-0001"],
        ["普通", "Zoom", "二つ目", "03-0000-0002"],
        ["満足", "LINE", "", "03-0000-0003"],
        ["不明", "LINE, Zoom", "二つ目", "03-0000-0004"],
        ["不満", "電話", "三つ目", ""],
        ["", "", "四つ目", ""],
    )

    assert {code: one.samples for code, one in found.items()} == {
        "mood": "満足、普通、不明",
        "tools": "LINE、Zoom、LINE, Zoom",
        "said": f"{LONG[:16]}、二つ目、三つ目",
        "who": "",
        "far": "",
    }
    assert [(one.matching_answers, one.distinct_answers) for one in found.values()] == [
        (3, 4),
        (2, 3),
        (0, 0),
        (0, 0),
        (0, 0),
    ]
    assert found["far"] == QuestionFit(code="far"), "without any column near it"


def test_a_column_in_other_words_is_proposed_or_named_as_the_nearest_one(tmp_path):
    found = fits(
        tmp_path,
        [
            "今日はどうでしたか",
            "使ってみたいツール",
            "使ってみたいツール（その他）",
            "会場まで何分",
            "ご意見・感想など",
        ],
        ["満足", "LINE", "無線", "15", "よい"],
        ["不満", "その他", "", "20", ""],
    )

    assert {code: (one.columns, one.is_proposed, one.candidate, one.likeness) for code, one in found.items()} == {
        "mood": ((0,), True, None, 1),
        "tools": ((1, 2), False, None, 3),
        "said": ((4,), True, None, 3),
        "who": ((), False, None, 0),
        "far": ((), False, 3, 1),
    }
