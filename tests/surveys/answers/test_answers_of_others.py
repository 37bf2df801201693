"""Answer files as strangers send them, three of each kind: every answer is found, and what is left over is named."""

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.surveys.answers.intake.survey_file import read_survey_file
from app.surveys.answers.services.survey_import import import_survey
from app.surveys.answers.services.survey_preview import preview_import
from db.records.surveys import Question
from tests.support.answer_files import write_book, write_csv
from tests.support.foreign_books import struck_book
from tests.support.survey_sheets import AFTER, fixed_survey, survey_of
from tests.support.years import BY

USEFUL = Question(
    code="Q5",
    title="参考になった内容（いくつでも）",
    type="MA",
    has_other=True,
    options=("操作の体験", "配布資料（冊子, 動画）", "講師の説明"),
)
PLACES = Question(code="Q6", title="よく使う場所", type="MA", options=("自宅", "会館", "学校", "駅"))
HAPPY = Question(code="Q2", title="講習会全体の満足度", type="SA", options=("満足", "普通", "不満"))
MARK = "名札の記号"


def read(tmp_path, rows, questions=(HAPPY, USEFUL, PLACES)):
    return read_survey_file(write_csv(tmp_path / "回答.csv", rows), None if questions is None else tuple(questions))


@pytest.mark.parametrize("sign", [", ", ";", "、", ",", "\n", "/", " | ", "；", "・"])
def test_answers_are_cut_at_whatever_sign_their_column_has(tmp_path, sign):
    rows = [
        ["タイムスタンプ", USEFUL.title, PLACES.title],
        ["2026/09/30 16:00:00", sign.join(USEFUL.options), sign.join(("自宅", "駅"))],
        ["2026/09/30 16:01:00", "講師の説明", sign.join(("会館", "学校"))],
    ]
    found = read(tmp_path, rows)
    assert found.rows[0].answers["Q5"].chosen == USEFUL.options
    assert [row.answers["Q6"].chosen for row in found.rows] == [("自宅", "駅"), ("会館", "学校")]
    assert not found.problems


@pytest.mark.parametrize("pair", [("\n", ";"), ("、", ", "), ("/", "\n")])
def test_two_columns_with_different_signs_are_both_read(tmp_path, pair):
    one, other = pair
    rows = [
        ["タイムスタンプ", USEFUL.title, PLACES.title],
        ["2026/09/30 16:00:00", one.join(("操作の体験", "講師の説明")), other.join(("自宅", "駅", "会館"))],
    ]
    answers = read(tmp_path, rows).rows[0].answers
    assert answers["Q5"].chosen == ("操作の体験", "講師の説明")
    assert answers["Q6"].chosen == ("自宅", "駅", "会館")


def test_what_is_left_over_is_named(tmp_path):
    rows = [
        ["タイムスタンプ", PLACES.title],
        ["2026/09/30 16:00:00", "自宅\n公園\n駅"],
        ["2026/09/30 16:01:00", "駅\n自宅"],
    ]
    found = read(tmp_path, rows, [PLACES])
    assert found.rows[0].answers["Q6"].out_of_list == ("公園",)
    assert "「公園」は選択肢にありません" in found.problems[0].reason


@pytest.mark.parametrize("sign", ["\n", "、", ";"])
def test_questions_nobody_handed_in_are_proposed_by_the_sign_of_their_column(tmp_path, sign):
    cells = [("自宅", "駅"), ("会館", "学校"), ("駅", "会館"), ("学校", "自宅")]
    rows = [["タイムスタンプ", "よく使う場所"], *(["2026/09/30 16:00", sign.join(pair)] for pair in cells)]
    found = read_survey_file(write_csv(tmp_path / "回答.csv", rows), None)
    (question,) = found.questions
    assert (question.type, set(question.options)) == ("MA", {"自宅", "会館", "学校", "駅"})


@pytest.mark.parametrize("heading", ["問5 参考になった内容／その他の内容", "問5その他", "Q5_その他の記述"])
def test_the_written_other_in_a_column_of_its_own_joins_its_question(tmp_path, heading):
    rows = [
        ["タイムスタンプ", "問5 参考になった内容（いくつでも）", heading],
        ["2026/09/30 16:00:00", "操作の体験, その他", "孫と話せた"],
    ]
    answer = read(tmp_path, rows, [USEFUL]).rows[0].answers["Q5"]
    assert (answer.chosen[0], answer.other) == ("操作の体験", "孫と話せた")


@pytest.mark.parametrize("heading", [MARK, "胸札の番号", "お渡ししたカードのマーク", "整理用コード"])
def test_a_mark_only_serves_to_see_a_second_answer_and_is_dropped(tmp_path, heading):
    marks = ["A-12", "B-07", "A-12", "C-31"]
    rows = [
        ["タイムスタンプ", heading, HAPPY.title],
        *([f"2026/09/30 16:{n:02d}:00", mark, ("満足", "普通")[n % 2]] for n, mark in enumerate(marks)),
    ]
    found = read(tmp_path, rows, [HAPPY])
    assert heading in found.dropped_columns
    assert not any(row.extra for row in found.rows)
    assert [duplicate.rows for duplicate in found.duplicates] == [(1, 3)]


@pytest.mark.parametrize("written", ["2026/11/02 17時16分", "令和八年十一月二日 十七時十六分", "R8.11.2 17:16"])
def test_the_time_of_an_answer_is_read_in_japanese_words(tmp_path, written):
    rows = [["回答日時", HAPPY.title], [written, "満足"]]
    assert f"{read(tmp_path, rows, [HAPPY]).rows[0].answered_at:%Y-%m-%d %H:%M}" == "2026-11-02 17:16"


@pytest.mark.parametrize("number", ["123456789018", "1234-5678-9018", "１２３４５６７８９０１８"])
def test_a_personal_number_is_masked_in_an_answer_and_named(tmp_path, number):
    free = Question(code="Q9", title="ご意見", type="FA")
    found = read(tmp_path, [["タイムスタンプ", free.title], ["2026/09/30 16:00:00", f"番号は {number} です"]], [free])
    assert number not in repr(found.rows)
    assert "個人番号" in found.problems[0].reason


@pytest.mark.parametrize("others", [(), ("ご感想をどうぞ", "お住まい"), ("Q-A", "Q-B", "Q-C")])
def test_a_file_with_other_headings_is_not_taken_in_unless_somebody_confirms(tmp_path, others):
    store, event_id = fixed_survey(tmp_path / "year")
    first = survey_of(store, event_id).questions[1]
    path = write_csv(
        tmp_path / "回答.csv", [["タイムスタンプ", first.title, *others], ["2026/09/30 16:00:00", "満足", *others]]
    )
    preview = preview_import(store, event_id=event_id, path=path)
    assert preview.has_too_few_columns
    with pytest.raises(UserError, match="問に、ファイルの列がありません"):
        import_survey(ActionContext(store, BY, AFTER), event_id=event_id, path=path)
    assert import_survey(ActionContext(store, BY, AFTER), event_id=event_id, path=path, few_columns=True).id


def test_a_sum_below_the_answers_is_shown_among_the_rows_not_taken_in(tmp_path):
    store, event_id = fixed_survey(tmp_path / "year")
    asked = survey_of(store, event_id).questions
    heads = ["No", "回答日時", *(one.title for one in asked[:4])]
    rows = [
        [str(n), "2026/09/30 16:00", *(one.options[0] if one.options else "" for one in asked[:4])] for n in (1, 2, 3)
    ]
    path = write_book(tmp_path / "入力.xlsx", [heads, *rows, ["合計", "3", *[""] * 4]])

    preview = preview_import(store, event_id=event_id, path=path)
    assert len(preview.rows) == 3
    (line,) = preview.non_answer_lines
    assert (line.spreadsheet_row, line.outcome, line.response) == (5, "取り込まない", None)
    assert line.reason == "合計の行「合計　3」です。回答ではありません"
    store.database.conn.close()


def test_an_answer_struck_out_is_decided_by_itself(tmp_path):
    store, event_id = fixed_survey(tmp_path / "year")
    asked = survey_of(store, event_id).questions[:4]
    answers = [one.options[0] if one.options else "" for one in asked]
    lines = [
        ["回答日時", *(one.title for one in asked)],
        *(["2026/09/30 16:00", *answers], ["2026/09/30 16:05", *answers]),
    ]
    preview = preview_import(store, event_id=event_id, path=struck_book(tmp_path / "入力.xlsx", lines, {3}))
    assert [[doubt.kind for doubt in row.doubts] for row in preview.rows] == [[], ["取消線のある回答"]]
    assert [row.outcome for row in preview.rows] == ["新規", "確認が必要"]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("返信先", ("a@example.jp", "b@example.jp", "c@example.jp")),
        ("つながる時間と番号", ("03-0000-0001", "090-0000-0002", "03-0000-0003")),
    ],
)
def test_without_questions_a_column_is_no_question_whose_values_are_of_a_person(tmp_path, heading, cells):
    found = read(tmp_path, [["満足度", heading], *(["とても満足", one] for one in cells)], None)
    assert [one.title for one in found.questions] == ["満足度"]
    assert found.dropped_columns == (heading,)
