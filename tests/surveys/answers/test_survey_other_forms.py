"""Answer files of other makes than the samples: what is asked is proposed sensibly, and nothing is lost or doubled."""

from datetime import datetime

import pytest

from app.foreign_files.source_detection import parse_timestamp
from app.surveys.answers.intake.survey_file import read_survey_file
from app.surveys.tally.rules import tally_answers
from db.records.surveys import Question
from tests.support.answer_files import write_book, write_csv

STAMPS = [f"2026/09/10 15:{minute:02d}:08" for minute in range(40)]


def proposed(path):
    survey = read_survey_file(path, None)
    return survey, {each.question.code: each for each in counted(survey)}


def counted(survey):
    return tally_answers(survey.questions, [row.answers for row in survey.rows])


def counts(each):
    return {row.text: row.count for row in each.options}


def test_a_text_of_excel_in_utf_16_is_read_like_any_other(tmp_path):
    rows = [["タイムスタンプ", "Q1 満足度", "Q2 使いたいもの（いくつでも）", "Q3 ご意見"]]
    cells = ["LINE, 電子回覧板", "LINE", "電子回覧板, LINE", "Instagram"] * 2
    rows += [[STAMPS[n], "満足" if n else "大変満足", cells[n], "😀よかった👍🏻" if n == 3 else ""] for n in range(8)]

    survey, found = proposed(write_csv(tmp_path / "回答.txt", rows, encoding="utf-16", delimiter="\t"))

    assert (survey.encoding, len(survey.rows)) == ("utf-16-le", 8)
    assert counts(found["Q1"]) == {"大変満足": 1, "満足": 7, "どちらともいえない": 0, "不満": 0, "大変不満": 0}
    assert counts(found["Q2"]) == {"LINE": 6, "電子回覧板": 4, "Instagram": 2}
    assert survey.rows[3].answers["Q3"].text == "😀よかった👍🏻"


def test_a_workbook_of_microsoft_forms_in_english_drops_its_own_columns(tmp_path):
    heads = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "満足度\xa0",
        "使いたいツール\n（複数選択可）",
        "点数 - 満足度",
    ]
    rows = [
        [n, datetime(2026, 9, 30, 15, n), datetime(2026, 9, 30, 15, n, 30), "anonymous", "", "満足;", cell, None]
        for n, cell in enumerate(["LINE;", "LINE;電子回覧板;", "電子回覧板;"] * 3, start=1)
    ]

    survey, found = proposed(write_book(tmp_path / "回答.xlsx", [heads, *rows]))

    assert survey.dropped_columns == ("ID", "Start time", "Email", "Name", "点数 - 満足度")
    assert survey.rows[0].answered_at == datetime(2026, 9, 30, 15, 1, 30)
    assert (found["Q1"].question.title, counts(found["Q1"])["満足"]) == ("満足度", 9)
    assert counts(found["Q2"]) == {"LINE": 6, "電子回覧板": 6}


def test_an_english_form_is_read_from_its_heading_on(tmp_path):
    rows = [["Timestamp", "Email Address", "How satisfied were you?", "Which tools?", "Comments"]]
    rows += [
        [f"2026/09/10 {n}:32:08 PM GMT+9", f"m{n}@example.jp", "満足", "LINE;Instagram" if n % 2 else "LINE", "理解"]
        for n in range(1, 9)
    ]

    survey, found = proposed(write_csv(tmp_path / "form.csv", rows, newline="\n"))

    assert (survey.source, survey.header_row, len(survey.rows)) == ("google_forms_csv", 1, 8)
    assert counts(found["Q2"]) == {"LINE": 8, "Instagram": 4}
    assert found["Q3"].question.type == "FA"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("9/30/2026 15:32:08", datetime(2026, 9, 30, 15, 32, 8)),
        ("9/30/2026 12:05:00 AM", datetime(2026, 9, 30, 0, 5)),
        ("2026/09/30(水) 12:05", datetime(2026, 9, 30, 12, 5)),
        ("2026-09-30T03:05:00.123Z", datetime(2026, 9, 30, 12, 5)),
        ("2026-09-30T12:05:00+09:00", datetime(2026, 9, 30, 12, 5)),
        ("2026年9月30日 12時5分", datetime(2026, 9, 30, 12, 5)),
        ("30/9/2026 15:32:08", None),
    ],
)
def test_stamps_of_other_services_become_japan_time(text, moment):
    assert parse_timestamp(text) == moment


def test_a_grid_becomes_one_question_a_line_with_codes_of_its_own(tmp_path):
    rows = [["タイムスタンプ", "Q1 年代", "Q2 つぎの満足度 [会場]", "Q2 つぎの満足度 [講師]", "Q3 理解度"]]
    rows += [
        [STAMPS[n], "60代" if n else "80代", "満足", "不満" if n == 2 else "満足", "だいたい理解できた"]
        for n in range(9)
    ]

    survey, found = proposed(write_csv(tmp_path / "回答.csv", rows))

    assert [(q.code, q.type) for q in survey.questions] == [("Q1", "SA"), ("Q2", "SA"), ("Q2-2", "SA"), ("Q3", "SA")]
    assert (counts(found["Q2"])["満足"], counts(found["Q2-2"])["不満"]) == (9, 1)
    assert counts(found["Q1"]) == {"60代": 8, "70代": 0, "80代": 1}
    assert found["Q2"].question.role == "satisfaction"


def test_a_grid_of_boxes_has_several_answers_a_line(tmp_path):
    cells = ["週1回, 毎日", "週1回", "毎日", "毎日, 月1回"] * 4
    rows = [["タイムスタンプ", "使った機能 [LINE]"], *([STAMPS[n], cell] for n, cell in enumerate(cells))]

    _survey, found = proposed(write_csv(tmp_path / "回答.csv", rows))

    assert (found["Q1"].question.type, counts(found["Q1"])) == ("MA", {"週1回": 8, "毎日": 12, "月1回": 4})


def test_a_scale_in_digits_keeps_the_steps_that_nobody_chose(tmp_path):
    rows = [["タイムスタンプ", "満足度（1：不満〜5：大変満足）", "説明の速さ", "年齢", "参加は何回目ですか"]]
    rows += [[STAMPS[n], str(3 + n % 3), str(1 + n % 2), str(61 + n), "２回" if n else "1"] for n in range(9)]

    survey, found = proposed(write_csv(tmp_path / "回答.csv", rows))

    assert counts(found["Q1"]) == {"1": 0, "2": 0, "3": 3, "4": 3, "5": 3}
    assert survey.questions[0].scale
    assert counts(found["Q2"]) == {"1": 5, "2": 4, "3": 0, "4": 0, "5": 0}
    assert [survey.questions[place].type for place in (2, 3)] == ["NUM", "NUM"]
    assert counts(found["Q4"]) == {"1": 1, "2": 8}


def test_a_scale_with_words_at_its_ends_is_met_by_bare_digits(tmp_path):
    steps = ("1 不満", "2", "3", "4", "5 大変満足")
    question = Question(code="q", title="満足度", type="SA", options=steps)
    rows = [["タイムスタンプ", "満足度"], *([STAMPS[n], cell] for n, cell in enumerate(["5", "1", "3", "５", "6"]))]

    survey = read_survey_file(write_csv(tmp_path / "回答.csv", rows), (question,))

    (each,) = counted(survey)
    assert counts(each) == {"1 不満": 1, "2": 0, "3": 1, "4": 0, "5 大変満足": 2}
    assert dict(each.out_of_list) == {"6": 1}


@pytest.mark.parametrize(
    "heading", ["その他", "その他の内容", "Q2 役立った内容_その他", "Q2 役立った内容（その他の記述）"]
)
def test_the_written_other_of_a_column_beside_is_one_answer(tmp_path, heading):
    rows = [["受付番号", "送信日時", "Q2 役立った内容", heading, "ご意見"]]
    rows += [
        [f"00{n}", f"2026/10/01 22:{n:02d}", "説明,体験,その他" if n % 2 else "説明", "質問の時間" if n % 2 else "", ""]
        for n in range(10)
    ]

    survey, found = proposed(write_csv(tmp_path / "回答.csv", rows, encoding="cp932"))

    assert [question.code for question in survey.questions] == ["Q2", "Q2-2"] or len(survey.questions) == 2
    assert (counts(found["Q2"]), found["Q2"].other_count) == ({"説明": 10, "体験": 5}, 5)
    assert {text.text for text in found["Q2"].texts} == {"質問の時間"}


def test_a_question_that_begins_with_other_is_a_question_of_its_own(tmp_path):
    rows = [["タイムスタンプ", "Q1 感想", "Q2 その他ご意見があれば"], [STAMPS[0], "よい", "また来たい"]]

    survey, found = proposed(write_csv(tmp_path / "回答.csv", rows))

    assert [question.title for question in survey.questions] == ["Q1 感想", "Q2 その他ご意見があれば"]
    assert found["Q2"].answered_count == 1


@pytest.mark.parametrize("mark", ["1", "○", "TRUE", ""])
def test_one_column_an_option_is_one_question_with_several_answers(tmp_path, mark):
    heads = [f"Q2 役立った内容：{option}" for option in ("説明", "体験", "その他")]
    rows = [["受付番号", "送信日時", *heads, "ご意見"]]
    for n in range(6):
        marks = [mark or "説明", (mark or "体験") if n % 2 else "0", "質問の時間" if n == 5 else ""]
        rows.append([f"00{n}", f"2026/10/01 22:0{n}", *marks, ""])
    path = write_csv(tmp_path / "回答.csv", rows, encoding="cp932")

    survey, found = proposed(path)
    assert [(q.type, q.title) for q in survey.questions] == [("MA", "Q2 役立った内容"), ("FA", "ご意見")]
    assert (counts(found["Q2"]), found["Q2"].other_count, found["Q2"].base) == ({"説明": 6, "体験": 3}, 1, 6)

    asked = Question(
        code="useful",
        title="役立った内容（2つまで）",
        type="MA",
        options=("説明", "体験"),
        max_select=2,
        has_other=True,
    )
    given = read_survey_file(path, (asked,))
    assert counts(counted(given)[0]) == {"説明": 6, "体験": 3}
    assert [(problem.row, problem.code) for problem in given.problems if problem.code == "ma_over_limit"] == [
        (6, "ma_over_limit")
    ]


def test_options_that_a_code_page_or_a_width_spells_otherwise_are_the_same(tmp_path):
    question = Question(
        code="q", title="使いたいもの", type="MA", options=("30〜40代の利用", "LINE公式アカウント", "キャッシュレス")
    )
    rows = [["受付番号", "送信日時", "使いたいもの"]]
    rows += [
        ["1", "2026/10/01 22:01", "30～40代の利用,ＬＩＮＥ公式アカウント"],
        ["2", "2026/10/01 22:02", "ｷｬｯｼｭﾚｽ,LINE公式アカウント "],
    ]

    survey = read_survey_file(write_csv(tmp_path / "回答.csv", rows, encoding="cp932"), (question,))

    (each,) = counted(survey)
    assert counts(each) == {"30〜40代の利用": 1, "LINE公式アカウント": 2, "キャッシュレス": 1}
    assert [warning.code for warning in survey.warnings] == ["option_spelt_otherwise"] * 2
    assert "書き方の違う「30〜40代の利用」「LINE公式アカウント」として数える" in survey.warnings[0].reason


def test_answers_that_look_like_headings_end_no_table(tmp_path):
    heads = ["No", "年代", "満足度", "役立ったこと", "使うもの", "希望"]
    rows = [[n, "60代", "満足", "理解できた", "LINE", "希望する"] for n in range(1, 6)]

    for path in (
        write_book(tmp_path / "入力.xlsx", [heads, *rows, ["合計", 5, "", "", "", ""]], above=[["アンケート入力"], []]),
        write_csv(tmp_path / "入力.csv", [heads, *([str(cell) for cell in row] for row in rows)]),
    ):
        survey, found = proposed(path)
        assert len(survey.rows) == 5
        assert counts(found["Q2"])["満足"] == 5
    book = read_survey_file(tmp_path / "入力.xlsx", None)
    assert any("9行目（合計）" in notice or "（合計）" in notice for notice in book.notices)


def test_answers_that_begin_like_formulas_stay_texts(tmp_path):
    rows = [
        ["タイムスタンプ", "Q1 ご感想"],
        *([STAMPS[n], text] for n, text in enumerate(["=1+1", "@SUM(A1)", "-2", "＋1"])),
    ]

    survey, found = proposed(write_csv(tmp_path / "回答.csv", rows))

    assert [row.answers["Q1"].text for row in survey.rows] == ["=1+1", "@SUM(A1)", "-2", "＋1"]
    assert found["Q1"].answered_count == 4


def test_an_option_that_holds_the_comma_is_found_by_its_company(tmp_path):
    cells = [
        "LINE, 写真の撮り方, 加工",
        "LINE",
        "写真の撮り方, 加工",
        "LINE, 電子回覧板",
        "電子回覧板",
        "電子回覧板, 写真の撮り方, 加工",
    ] * 5
    rows = [["タイムスタンプ", "Q1 役立った内容（いくつでも）"], *([STAMPS[n], cell] for n, cell in enumerate(cells))]

    _survey, found = proposed(write_csv(tmp_path / "回答.csv", rows))

    assert counts(found["Q1"]) == {"LINE": 15, "写真の撮り方, 加工": 15, "電子回覧板": 15}
