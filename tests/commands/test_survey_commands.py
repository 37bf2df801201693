"""``intake`` and ``tally``: what they print, how they refuse, and that they stay quick."""

import json

import pytest

from tests.fixtures.survey.samples import expected, sample_path


@pytest.fixture
def questionnaire(tmp_path):
    entries = [
        {**entry, "code": entry["id"], "positive": [], "role": None} for entry in expected("01")["questionnaire"]
    ]
    entries[2].update(positive=["大変満足", "満足"], role="satisfaction")
    path = tmp_path / "質問票.json"
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    return path


def test_intake_says_what_the_file_is(call):
    wanted = expected("01")

    code, out, err = call("intake", sample_path("01"), "--json")

    found = json.loads(out)
    assert (code, err) == (0, "")
    assert found["source"] == wanted["format"]
    assert (found["encoding"], found["header_row"], found["rows"]) == ("utf-8", 1, 27)
    assert (found["columns"], found["lost_characters"]) == ([column["header"] for column in wanted["columns"]], 0)
    assert 12 in [problem["row"] for problem in found["problems"]]
    assert not any("選択肢にない" in problem["reason"] for problem in found["problems"])


def test_tally_counts_every_row_and_names_what_a_person_decides(call, questionnaire):
    wanted = expected("01")
    headings = [column["header"] for column in wanted["columns"]]

    code, out, _ = call("tally", sample_path("01"), "--questionnaire", questionnaire, "--json")

    found = json.loads(out)
    assert (code, found["answers"]) == (0, 27)
    assert {(problem["row"], problem["column"]) for problem in found["problems"]} == {
        (p["data_row"], None if p["column_index"] is None else headings[p["column_index"]]) for p in wanted["problems"]
    }
    assert [duplicate["rows"] for duplicate in found["duplicates"]] == [[3, 12]]
    for question in found["questions"]:
        meant = wanted["questions"]["raw"][question["code"]]
        assert (question["base"], question["no_answer"]) == (meant["base"], meant["no_answer"])
        assert (question["counts"], question["out_of_list"]) == (meant.get("counts", {}), meant.get("out_of_list", {}))
        assert question["other"] == meant.get("other", 0)


def test_tally_prints_percentages_half_up_and_the_sum(call, questionnaire):
    _, out, _ = call("tally", sample_path("01"), "--questionnaire", questionnaire, "--json")
    assert json.loads(out)["questions"][2]["percent"]["大変満足"] == "25.9"

    _, out, _ = call("tally", sample_path("01"), "--questionnaire", questionnaire)
    assert "満足計　19人　70.4％（参考）" in out


def test_tally_without_a_questionnaire_says_that_it_proposed_one(call):
    code, out, err = call("tally", sample_path("01"))

    assert code == 0
    assert "問3　本日の講習会の満足度　ｎ＝27　満足計　19人　70.4％（参考）" in out
    assert "設問と選択肢をファイルから推定しました" in err
    assert "受付でお渡しした番号（3桁）" in err


@pytest.mark.parametrize("command", ["intake", "tally"])
@pytest.mark.parametrize("number", ["27", "33"])
def test_a_file_that_cannot_be_taken_is_refused_in_one_line(call, command, number):
    code, out, err = call(command, sample_path(number), "--json")

    assert (code, out) == (1, "")
    assert err.endswith("。\n")
    assert err.count("。") == err.count("\n") == 1


def test_headings_alone_are_said_to_be_no_rows(call):
    code, out, err = call("intake", sample_path("34"), "--json")

    assert (code, json.loads(out)["rows"]) == (0, 0)
    assert "0行" in err


def test_the_readable_form_names_the_rows_to_look_at(call):
    _, out, _ = call("intake", sample_path("01"))

    assert "GoogleフォームのCSV（アンケート）" in out
    assert "15行目　すべての設問が無回答" in out
