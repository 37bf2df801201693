"""Real-form answer files are read letter for letter, judged row by row and counted as expected."""

import pytest

from app.surveys.answers.intake.survey_file import read_survey_file, rows_after_merge
from app.surveys.tally.rules import tally_answers
from tests.fixtures.survey.samples import expected, sample_path, sample_questions

SAMPLES = ["01", "03", "05", "08"]


@pytest.fixture(params=SAMPLES)
def sample(request):
    number = request.param
    return read_survey_file(sample_path(number), sample_questions(number)), expected(number)


def test_the_source_and_every_cell_are_read_as_they_stand(sample):
    survey, wanted = sample

    assert (survey.source, survey.encoding, survey.header_row) == (
        wanted["format"],
        wanted.get("encoding", ""),
        wanted.get("header_record", wanted.get("header_row")),
    )
    lines = [row.source_line for row in survey.file.rows]
    assert [(row.row, line, list(row.raw)) for row, line in zip(survey.rows, lines, strict=True)] == [
        (record["data_row"], record.get("line", record.get("excel_row")), [_text(cell) for cell in record["cells"]])
        for record in wanted["records"]
    ]


def _text(cell):
    """A workbook's number as text; the break that it spells in signs is a break."""
    return "" if cell is None else str(cell).replace("_x000D_\n", "\n")


def test_every_time_stamp_becomes_japan_time(sample):
    survey, wanted = sample

    assert [f"{row.answered_at.isoformat()}+09:00" for row in survey.rows] == [
        record["normalised"]["received_at"] for record in wanted["records"]
    ]


def test_every_cell_is_split_into_the_options_meant(sample):
    survey, wanted = sample
    kinds = {question.code: question.type for question in survey.questions}
    for row, record in zip(survey.rows, wanted["records"], strict=True):
        for code, meant in record["normalised"]["answers"].items():
            answer = row.answers[code]
            if kinds[code] == "FA":
                assert (answer.text or None) == meant
            elif kinds[code] == "SA":
                assert answer.chosen + answer.out_of_list == ((meant,) if meant else ())
            else:
                assert (list(answer.chosen), answer.other or None) == (meant["options"], meant["other"])


def test_exactly_the_doubtful_rows_are_named(sample):
    survey, wanted = sample
    places = {
        (p["data_row"], None if p["column_index"] is None else survey.columns[p["column_index"]], p["code"])
        for p in wanted["problems"]
    }

    assert {(problem.row, problem.column, problem.code) for problem in survey.problems} == places
    assert len(survey.problems) == len(wanted["problems"])


def test_re_submissions_and_double_clicks_are_shown_with_the_row_that_would_stay(sample):
    survey, wanted = sample

    assert [(list(found.rows), found.kind, found.keep) for found in survey.duplicates] == [
        (found["data_rows"], found["kind"], found["keep_if_merged"]) for found in wanted["duplicates"]
    ]


@pytest.mark.parametrize("merged", [False, True])
def test_the_counts_are_those_expected(sample, merged):
    survey, wanted = sample
    rows = rows_after_merge(survey) if merged else survey.rows
    counted = {each.question.code: each for each in tally_answers(survey.questions, [r.answers for r in rows])}

    for code, meant in wanted["questions"]["if_merged" if merged else "raw"].items():
        each = counted[code]
        assert (each.base, each.no_answer) == (meant["base"], meant["no_answer"])
        if meant["type"] == "FA":
            assert each.answered_count == meant["answered"]
            continue
        assert {row.text: row.count for row in each.options} == meant["counts"]
        assert dict(each.out_of_list) == meant["out_of_list"]
        assert each.over_limit_count == meant.get("over_limit_rows", 0)
        assert each.other_count == meant.get("other", 0)
        if "other_texts" in meant:
            texts = [text.text for text in each.texts]
            assert {text: texts.count(text) for text in texts} == meant["other_texts"]


def test_what_tells_a_person_is_dropped_and_listed():
    survey = read_survey_file(sample_path("01"), sample_questions("01"))

    assert survey.dropped_columns == ("受付でお渡しした番号（3桁）", "町会・自治会名（任意）")
    assert survey.unknown_columns == ()
    assert all(not row.extra for row in survey.rows)


def test_notices_name_formula_like_texts_written_separators_and_telephone_numbers():
    survey = read_survey_file(sample_path("01"), sample_questions("01"))
    wanted = expected("01")["notices"]

    assert {(warning.row, warning.code) for warning in survey.warnings} == {
        (notice["data_row"], notice["code"]) for notice in wanted
    }


def test_lost_characters_are_counted_only_in_names():
    survey = read_survey_file(sample_path("08"), sample_questions("08"))

    assert survey.lost_characters == 1


@pytest.mark.parametrize("number", SAMPLES)
def test_without_a_questionnaire_the_questions_are_proposed_from_the_file(number):
    survey = read_survey_file(sample_path(number), None)
    wanted = expected(number)["questionnaire"]
    if number == "05":
        # Nobody ticked this one alone, and a file does not show what nobody ticked.
        wanted[6]["exclusive_option"] = None

    assert [(q.code, q.title, q.type, q.max_select, q.exclusive_option) for q in survey.questions] == [
        (q["id"], q["title"], q["type"], q["max_select"], q["exclusive_option"]) for q in wanted
    ]
    scale = next(question for question in survey.questions if question.role == "satisfaction")
    assert scale.options == ("大変満足", "満足", "どちらともいえない", "不満", "大変不満")
    assert scale.positive == ("大変満足", "満足")
