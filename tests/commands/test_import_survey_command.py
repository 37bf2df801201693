"""``import-survey`` into an event that asked the sample's questions: every row, every count, nothing twice."""

import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.surveys.data_entry import services as data_entry_services
from app.surveys.questions.services import surveys
from app.surveys.tally.services import survey_freezing, survey_tally
from db.records.surveys import Answer
from tests.fixtures.survey.samples import expected, sample_path, sample_questions
from tests.support.data_folders import NAME, NOW, closed, opened
from tests.support.years import add_dispatch, add_lecture

KEYS = {"new", "updated", "duplicate", "needs_check", "skipped", "rows"}
FILE = sample_path("01")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, year_folder: Path) -> tuple[Path, dict[str, int]]:
    """A folder with one event that asked the sample's questions, one 派遣 and one event without questions."""
    folder = tmp_path_factory.mktemp("import") / "data"
    shutil.copytree(year_folder, folder)
    store = opened(folder)
    ids = {
        "asked": add_lecture(store, date(2026, 9, 10)),
        "dispatch": add_dispatch(store),
        "silent": add_lecture(store, date(2026, 10, 8)),
    }
    survey = surveys.choose_questionnaire(ActionContext(store, NAME, NOW), event_id=ids["asked"])
    surveys.update_questions(ActionContext(store, NAME, NOW), survey_id=survey.id, questions=sample_questions("01"))
    closed(store)
    return folder, ids | {"survey": survey.id}


@pytest.fixture
def asked(made, login, tmp_path):
    """The options of a fresh copy of that folder, with the event that asked the questions."""
    folder = tmp_path / "year"
    shutil.copytree(made[0], folder)
    return ["--data", folder, *login[2:], "--event", made[1]["asked"]]


def _taken(call, *words):
    code, out, err = call("import-survey", *words, "--json")
    assert code == 0, err
    found = json.loads(out)
    assert set(found) == KEYS
    return found, err


def test_every_row_is_taken_in_and_the_doubtful_ones_are_marked(call, asked):
    wanted = expected("01")

    found, err = _taken(call, FILE, *asked)

    doubtful = {problem["data_row"] for problem in wanted["problems"]}
    doubtful |= {row for duplicate in wanted["duplicates"] for row in duplicate["data_rows"]}
    assert [row["row"] for row in found["rows"]] == list(range(1, 28))
    assert {row["row"] for row in found["rows"] if row["outcome"] == "確認が必要"} == doubtful
    assert all(bool(row["reason"]) == (row["outcome"] != "新規") for row in found["rows"])
    assert (found["new"], found["needs_check"], found["skipped"], found["updated"]) == (27 - len(doubtful), 11, 0, 0)
    assert "個人に関わる列は取り込みません：受付でお渡しした番号（3桁）" in err


def test_what_was_taken_in_counts_as_expected(call, asked, made):
    _taken(call, FILE, *asked)

    store = opened(asked[1])
    counted = survey_tally.read_tally(store, event_id=made[1]["asked"]).tally.questions
    closed(store)
    wanted = expected("01")["questions"]["raw"]
    for each in counted:
        meant = wanted[each.question.code]
        assert (each.base, each.no_answer) == (meant["base"], meant["no_answer"])
        assert {row.text: row.count for row in each.options} == meant.get("counts", {})
        assert (dict(each.out_of_list), each.other_count) == (meant.get("out_of_list", {}), meant.get("other", 0))


def test_the_same_file_again_changes_nothing(call, asked):
    _taken(call, FILE, *asked)

    found, err = _taken(call, FILE, *asked)

    assert (found["new"], found["needs_check"], found["duplicate"]) == (0, 0, 27)
    assert "何も変えていません" in err


def test_a_trial_says_the_same_and_leaves_every_byte_as_it_was(call, asked, bytes_of):
    before = bytes_of(asked[1])

    tried, err = _taken(call, FILE, *asked, "--dry-run")

    assert "何も書き込んでいません" in err
    assert bytes_of(asked[1]) == before
    assert _taken(call, FILE, *asked)[0] == tried


def test_frozen_totals_ask_for_a_reason_also_in_a_trial(call, asked, made):
    store = opened(asked[1])
    survey = made[1]["survey"]
    answers = {"Q1": Answer(chosen=("70代",))}
    data_entry_services.add_paper_response(ActionContext(store, NAME, NOW), survey_id=survey, number=1, answers=answers)
    survey_freezing.freeze_tally(
        ActionContext(store, NAME, NOW), survey_id=survey, uncompared="受託者の集計が届いていない"
    )
    closed(store)

    for more in ((), ("--dry-run",), ("--reason", "　")):
        code, out, err = call("import-survey", FILE, *asked, *more, "--json")
        assert (code, out) == (1, "")
        assert "集計が確定しているため取り込めません" in err
    found, _ = _taken(call, FILE, *asked, "--reason", "締切後に届いた分を加える")
    assert len(found["rows"]) == 27


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("dispatch", "アンケートの定めがありません"),
        ("silent", "設問がまだありません"),
        (999, "この実施回は見つかりません"),
    ],
)
def test_an_event_that_cannot_take_answers_is_refused(call, asked, made, event, said):
    words = [*asked[:-1], made[1].get(event, event)]

    for more in ((), ("--dry-run",)):
        code, out, err = call("import-survey", FILE, *words, *more)
        assert (code, out) == (1, "")
        assert said in err


@pytest.mark.parametrize(
    ("number", "said"), [("27", "途中で切れているか壊れています"), ("33", "空のファイル"), ("36", "設問と同じ見出し")]
)
def test_a_file_that_cannot_be_taken_is_refused(call, asked, number, said):
    code, out, err = call("import-survey", sample_path(number), *asked)

    assert (code, out) == (1, "")
    assert said in err


def test_columns_that_the_event_did_not_ask_are_named(call, asked):
    _, err = _taken(call, sample_path("03"), *asked, "--dry-run")

    assert "設問にない列は、文のまま残します：Q2 参加前の利用状況（Instagram）" in err
    assert "ファイルに列がない設問は無回答になります：Q2 参加前の利用状況（LINE）" in err
    assert "メールアドレス、お名前" in err
    assert "@" not in err


@pytest.mark.parametrize("number", ["03", "05", "08"])
def test_the_other_forms_are_taken_in_whole_and_named_by_row(call, asked, made, number):
    store = opened(asked[1])
    surveys.update_questions(
        ActionContext(store, NAME, NOW), survey_id=made[1]["survey"], questions=sample_questions(number)
    )
    closed(store)
    wanted = expected(number)

    found, _ = _taken(call, sample_path(number), *asked)

    doubtful = {problem["data_row"] for problem in wanted["problems"]}
    doubtful |= {row for duplicate in wanted["duplicates"] for row in duplicate["data_rows"]}
    assert {row["row"] for row in found["rows"] if row["outcome"] == "確認が必要"} == doubtful
    assert found["new"] + found["needs_check"] == wanted["data_rows"]
    again, err = _taken(call, sample_path(number), *asked)
    assert again["duplicate"] == wanted["data_rows"]
    assert "何も変えていません" in err


def test_a_zipped_file_and_a_text_in_utf_16_are_taken_in_alike(call, asked, tmp_path):
    text = FILE.read_text(encoding="utf-8")
    wide = tmp_path / "回答.txt"
    wide.write_bytes(text.encode("utf-16"))
    packed = tmp_path / "回答.csv.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(FILE, "回答.csv")

    first, _ = _taken(call, packed, *asked)
    second, _ = _taken(call, wide, *asked)

    assert first["new"] + first["needs_check"] == 27
    assert (second["duplicate"], second["new"]) == (27, 0)


def test_a_heading_in_other_words_is_named_with_the_question_it_is_like(call, asked, tmp_path):
    path = tmp_path / "回答.csv"
    text = FILE.read_text(encoding="utf-8").replace("Q3 本日の講習会の満足度", "３．今日の満足度をお聞かせください")
    path.write_text(text, encoding="utf-8")

    _, err = _taken(call, path, *asked)

    assert "列「３．今日の満足度をお聞かせください」は設問「Q3 本日の講習会の満足度」に似ています" in err
    assert "ファイルに列がない設問は無回答になります：Q3 本日の講習会の満足度" in err
