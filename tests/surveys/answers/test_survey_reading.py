"""Small things of answer files: stamps, choices, columns, ragged rows, fingerprints."""

from datetime import datetime, timedelta

import pytest

from app.foreign_files.source_detection import parse_timestamp
from app.foreign_files.tables.heading_roles import heading_role
from app.surveys.answers.intake.choice_splitting import split_choices
from app.surveys.answers.intake.survey_columns import map_columns
from app.surveys.answers.intake.survey_file import read_survey_file
from app.surveys.questions.intake import default_questionnaire
from db.records.event_form import EventForm
from db.records.surveys import Answer, Question
from tests.fixtures.survey.google_csv import google_stamp, write_google_csv

START = datetime(2026, 9, 10, 15, 30)
LECTURE = default_questionnaire(EventForm.LECTURE).questions


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026/09/10 3:32:08 午後 GMT+9", datetime(2026, 9, 10, 15, 32, 8)),
        ("2026/09/15 12:05:10 午前 GMT+9", datetime(2026, 9, 15, 0, 5, 10)),
        ("2026/09/15 12:00:09 午後 GMT+9", datetime(2026, 9, 15, 12, 0, 9)),
        ("2026/09/10 11:32:08 PM GMT-5", datetime(2026, 9, 11, 13, 32, 8)),
        ("2026/09/10 6:00:00 午前 GMT", datetime(2026, 9, 10, 15, 0)),
        ("2026/09/17 5:43:10", datetime(2026, 9, 17, 5, 43, 10)), ("2026/10/01 15:48", datetime(2026, 10, 1, 15, 48)),
        ("2026/02/30 15:48", None), ("2026/09/10 13:00:00 午後 GMT+9", None), ("きのう", None), ("", None),
    ],
)  # fmt: skip
def test_time_stamps_of_every_form_become_japan_time(text, moment):
    assert parse_timestamp(text) == moment


def test_a_stamp_that_cannot_be_read_is_named_with_its_row(tmp_path):
    path = tmp_path / "回答.csv"
    path.write_text("タイムスタンプ,Q1 満足度,Q2 感想\n2026/13/01 10:00:00,満足,よい\n", encoding="utf-8")

    (problem,) = read_survey_file(path, None).problems

    assert (problem.row, problem.column, problem.code) == (1, "タイムスタンプ", "bad_timestamp")


OPTIONS = ["LINE", "LINE公式アカウント", "LINE, Instagram 以外のSNS", "Instagram", "回覧, 掲示"]


@pytest.mark.parametrize(
    ("cell", "separator", "options", "leftovers"),
    [
        ("LINE, LINE, Instagram 以外のSNS", ", ", ("LINE", "LINE, Instagram 以外のSNS"), ()),
        ("LINE, Instagram", ", ", ("LINE", "Instagram"), ()),
        ("回覧, 掲示, 話, 相談", ", ", ("回覧, 掲示",), ("話, 相談",)),
        ("LINE;相談; LINE", ";", ("LINE",), ("相談; LINE",)),
        ("LINE;相談;LINE", ";", ("LINE",), ("相談;LINE",)),
        ("LINE;Instagram;", ";", ("LINE", "Instagram"), ()),
        ("昔の選択肢;Instagram;相談", ";", ("Instagram",), ("昔の選択肢", "相談")),
        ("", ";", (), ()),
    ],
)
def test_a_cell_is_read_with_as_little_left_over_as_possible(cell, separator, options, leftovers):
    split = split_choices(cell, OPTIONS, separator)

    assert (split.options, split.leftovers) == (options, leftovers)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("タイムスタンプ", "time"), ("メールアドレス", "mail"), ("お名前（任意）", "name"),
        ("Q11 お名前をお書きください", "name"), ("町会・自治会名（任意）", "organisation"),
        ("受付でお渡しした番号（3桁）", "badge"), ("受付番号", "number"), ("電話番号", "personal"),
        ("Q7 個人情報の扱いで心配なこと", "unknown"), ("Q4 町会・自治会での役割をお選びください", "unknown"),
        ("町会・自治会での役割", "unknown"), ("町会・自治会", "organisation"), ("満足度", "unknown"),
    ],
)  # fmt: skip
def test_a_heading_alone_tells_whether_it_asks_for_a_person(heading, role):
    assert heading_role(heading) == role


def test_columns_are_found_by_title_by_title_without_number_and_by_code():
    questions = [
        Question(code="satisfaction", title="講習会の満足度", type="SA", options=("満足", "不満")),
        Question(code="Q2", title="理解度", type="SA", options=("はい", "いいえ")),
        Question(code="tools", title="使いたいもの（いくつでも）", type="MA", options=("A",), has_other=True),
    ]
    headings = ["問1　講習会の 満足度\u00a0", "Q2", "使いたいもの", "使いたいもの／その他の内容"]

    found = map_columns(headings, questions)

    assert [(column.role, column.code) for column in found] == [
        ("question", "satisfaction"),
        ("question", "Q2"),
        ("question", "tools"),
        ("other_text", "tools"),
    ]


def test_rows_with_too_few_or_too_many_cells_are_kept_and_named(tmp_path):
    path = tmp_path / "回答.csv"
    path.write_text(
        "タイムスタンプ,Q1 満足度,Q2 感想\n2026/09/17 5:43:10,満足\n\n2026/09/17 5:53:10,満足,よい,余り\n",
        encoding="utf-8",
    )

    survey = read_survey_file(path, None)

    assert [(row.row, row.spreadsheet_row) for row in survey.rows] == [(1, 2), (2, 4)]
    assert [(p.row, p.code) for p in survey.problems] == [(1, "column_count_mismatch"), (2, "column_count_mismatch")]


def test_a_column_that_is_no_question_is_kept_as_text_and_named(tmp_path):
    path = write_google_csv(
        tmp_path / "回答.csv",
        [*LECTURE, Question(code="x", title="帰りの交通手段", type="FA")],
        [{"satisfaction": Answer(chosen=("満足",)), "x": Answer(text="バス")}],
        start=START,
    )

    survey = read_survey_file(path, LECTURE)

    assert survey.unknown_columns == ("帰りの交通手段",)
    assert survey.rows[0].extra == {"帰りの交通手段": "バス"}


def test_a_question_without_a_column_is_named(tmp_path):
    path = write_google_csv(
        tmp_path / "回答.csv", LECTURE[:3], [{"satisfaction": Answer(chosen=("満足",))}], start=START
    )

    assert read_survey_file(path, LECTURE).missing_questions == tuple(q.code for q in LECTURE[3:])


def test_answers_stamped_before_the_event_draw_a_warning(tmp_path):
    sheets = [{"satisfaction": Answer(chosen=("満足",))}, {"satisfaction": Answer(chosen=("不満",))}]
    path = write_google_csv(tmp_path / "回答.csv", LECTURE, sheets, start=START, step=timedelta(hours=1))

    survey = read_survey_file(path, LECTURE, event_start=START + timedelta(minutes=30))

    assert [(warning.row, warning.code) for warning in survey.warnings] == [(1, "before_event")]
    assert survey.problems == ()


def test_what_is_written_as_a_google_csv_is_read_back_the_same(tmp_path):
    sheets = [
        {
            "position": Answer(chosen=("会長",)),
            "useful": Answer(chosen=("講師の説明", "操作の体験"), other="質問; 雑談"),
            "obstacles": Answer(chosen=("特になし",)),
            "comments": Answer(text='=よい会"でした"\nまた来ます'),
        },
        {"satisfaction": Answer(chosen=("満足",)), "pace": Answer(out_of_list=("普通",))},
    ]
    path = write_google_csv(tmp_path / "回答.csv", LECTURE, sheets, start=START, badges=["001", "002"])

    survey = read_survey_file(path, LECTURE)

    assert [
        {code: answer for code, answer in row.answers.items() if answer != Answer()} for row in survey.rows
    ] == sheets
    assert [row.respondent for row in survey.rows] == ["番号:001", "番号:002"]
    assert survey.rows[0].answered_at == START
    assert [problem.code for problem in survey.problems] == ["option_not_in_list"]
    assert survey.problems[0].reason == "問4　「普通」は選択肢にありません"


def test_a_later_download_gives_the_same_fingerprints_for_old_rows(tmp_path):
    sheets = [{"satisfaction": Answer(chosen=("満足",))}, {"satisfaction": Answer(chosen=("不満",))}]
    first = read_survey_file(write_google_csv(tmp_path / "1.csv", LECTURE[:3], sheets[:1], start=START), LECTURE)
    later = read_survey_file(write_google_csv(tmp_path / "2.csv", LECTURE, sheets, start=START), LECTURE)

    assert first.rows[0].fingerprint == later.rows[0].fingerprint
    assert later.rows[0].fingerprint != later.rows[1].fingerprint


def test_two_equal_anonymous_answers_within_a_minute_are_shown_as_a_double_click(tmp_path):
    sheet = {
        "position": Answer(chosen=("会長",)),
        "satisfaction": Answer(chosen=("満足",)),
        "comments": Answer(text="よい会でした"),
    }
    near = write_google_csv(tmp_path / "1.csv", LECTURE, [sheet, sheet], start=START, step=timedelta(seconds=3))
    apart = write_google_csv(tmp_path / "2.csv", LECTURE, [sheet, sheet], start=START)
    lines = apart.read_text().splitlines()
    copied = tmp_path / "3.csv"
    copied.write_text("\n".join([*lines, lines[1]]))

    assert [(found.rows, found.keep) for found in read_survey_file(near, LECTURE).duplicates] == [((1, 2), 1)]
    assert read_survey_file(apart, LECTURE).duplicates == ()
    assert [(found.rows, found.keep) for found in read_survey_file(copied, LECTURE).duplicates] == [((1, 3), 1)]


def test_midnight_and_noon_are_written_as_google_does():
    assert google_stamp(datetime(2026, 9, 15, 0, 5, 10)) == "2026/09/15 12:05:10 午前 GMT+9"
    assert google_stamp(datetime(2026, 9, 15, 12, 0, 9)) == "2026/09/15 12:00:09 午後 GMT+9"
