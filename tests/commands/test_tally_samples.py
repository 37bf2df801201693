"""``tally`` on every survey sample: with its questionnaire every number is as expected, without it as
near as can be."""

import json

import pytest

from app.surveys.answers.intake.survey_file import read_survey_file, rows_after_merge
from app.surveys.questions.intake import load_questionnaire
from app.surveys.tally.rules import tally_answers
from tests.fixtures.survey.samples import expected, sample_path

SAMPLES = ["01", "03", "05", "08"]


@pytest.fixture
def questionnaire(tmp_path):
    def write(number):
        entries = [{**entry, "code": entry["id"]} for entry in expected(number)["questionnaire"]]
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def _tallied(call, number, *more):
    code, out, err = call("tally", sample_path(number), *more, "--json")
    assert code == 0, err
    return json.loads(out)


def _row(found):
    return {key: found[key] for key in ("base", "counts", "other", "out_of_list", "no_answer")}


def _meant(wanted):
    return {
        "base": wanted["base"],
        "counts": wanted.get("counts", {}),
        "other": wanted.get("other", 0),
        "out_of_list": wanted.get("out_of_list", {}),
        "no_answer": wanted["no_answer"],
    }


@pytest.mark.parametrize("number", SAMPLES)
def test_with_the_questionnaire_every_number_is_as_expected(call, questionnaire, number):
    wanted = expected(number)
    found = _tallied(call, number, "--questionnaire", questionnaire(number))

    assert found["answers"] == wanted["data_rows"]
    assert {each["code"]: _row(each) for each in found["questions"]} == {
        code: _meant(meant) for code, meant in wanted["questions"]["raw"].items()
    }
    assert [each["type"] for each in found["questions"]] == [each["type"] for each in wanted["questionnaire"]]


@pytest.mark.parametrize("number", SAMPLES)
@pytest.mark.parametrize("given", [True, False])
def test_the_rows_to_look_at_and_the_duplicates_are_named(call, questionnaire, number, given):
    wanted = expected(number)
    headings = [column["header"] for column in wanted["columns"]]
    found = _tallied(call, number, *(["--questionnaire", questionnaire(number)] if given else []))

    # What is outside a list, or answered beside 特に不安はない, cannot be seen without the list.
    listed = {"option_not_in_list", "exclusive_conflict"}
    problems = [one for one in wanted["problems"] if given or one["code"] not in listed]
    named = {(one["row"], one["column"]) for one in found["problems"]}
    meant = {(p["data_row"], None if p["column_index"] is None else headings[p["column_index"]]) for p in problems}
    assert named == meant if given else named >= meant
    assert [one["rows"] for one in found["duplicates"]] == [one["data_rows"] for one in wanted["duplicates"]]


@pytest.mark.parametrize("number", SAMPLES)
def test_without_the_questionnaire_every_option_that_was_chosen_has_its_count(call, number):
    found = {each["code"]: each for each in _tallied(call, number)["questions"]}

    for code, meant in expected(number)["questions"]["raw"].items():
        each = found[code]
        assert (each["type"], each["base"], each["no_answer"]) == (meant["type"], meant["base"], meant["no_answer"])
        for option, count in meant.get("counts", {}).items():
            assert each["counts"].get(option, 0) == count
        # Nothing is lost: what the list does not have is proposed as an option of its own.
        told = sum(each["counts"].values()) + each["other"] + sum(each["out_of_list"].values())
        assert told == sum(meant.get("counts", {}).values()) + meant.get("other", 0) + sum(
            meant.get("out_of_list", {}).values()
        )


@pytest.mark.parametrize("number", SAMPLES)
def test_after_the_decisions_the_counts_are_those_of_the_merged_answers(questionnaire, number):
    survey = read_survey_file(sample_path(number), load_questionnaire(questionnaire(number)).questions)
    counted = tally_answers(survey.questions, [row.answers for row in rows_after_merge(survey)])

    for each in counted:
        meant = expected(number)["questions"]["if_merged"][each.question.code]
        assert {
            "base": each.base,
            "counts": {row.text: row.count for row in each.options},
            "other": each.other_count,
            "out_of_list": dict(each.out_of_list),
            "no_answer": each.no_answer,
        } == _meant(meant)
