"""The contractor's raw file is counted beside its report: differences named, nothing taken in."""

import pytest

from app.actions.user_error import UserError
from app.surveys.answers.services.survey_import import RECOUNT, undo_import
from app.surveys.questions.services import surveys
from app.surveys.tally.services.survey_comparison import set_contractor_counts
from app.surveys.tally.services.survey_recount import record_recount, recount_file
from db.records.surveys import Answer
from tests.fixtures.survey.samples import expected, sample_path, sample_questions
from tests.support.survey_sheets import acting, answered, fixed_survey, form_file, survey_of

UNHAPPY = answered(satisfaction=Answer(chosen=("不満",)))


def _typed(store, event_id, **counts):
    set_contractor_counts(acting(store), survey_id=survey_of(store, event_id).id, counts=counts)


def test_the_raw_file_is_counted_beside_the_report_and_nothing_is_taken_in(tmp_path, surveyed):
    store, event_id = surveyed
    _typed(store, event_id, satisfaction={"満足": 3, "不満": 1})
    path = form_file(tmp_path / "元データ.csv", store, event_id, [answered(), answered(), UNHAPPY])

    found = recount_file(store, event_id=event_id, path=path)

    rows = {(row.code, row.text): row for row in found.rows}
    assert (found.answer_count, found.counted_total, found.compared_count) == (3, 3, 2)
    assert (rows["satisfaction", "満足"].contractor_count, rows["satisfaction", "満足"].recounted_count) == (3, 2)
    assert [row.text for row in found.differing_rows] == ["満足"]
    assert rows["", "全部"].recounted_count == 3
    assert surveys.read_survey(store, event_id=event_id).responses == ()


def test_the_record_says_what_differs_holds_no_answers_and_can_be_taken_away(tmp_path, surveyed):
    store, event_id = surveyed
    path = form_file(tmp_path / "元データ.csv", store, event_id, [answered(), UNHAPPY])
    with pytest.raises(UserError, match="まだ入力されていません"):
        record_recount(acting(store), event_id=event_id, path=path)
    _typed(store, event_id, satisfaction={"満足": 2})

    saved = record_recount(acting(store), event_id=event_id, path=path)

    view = surveys.read_survey(store, event_id=event_id)
    (record,) = view.imports
    assert saved.message == f"{RECOUNT}を記録しました（差が1件）。"
    assert (record.new, record.file_name, view.responses) == (0, "元データ.csv", ())
    assert record.reason.splitlines()[0] == f"{RECOUNT}　全2件を数え、1か所を比べて、差は1か所"
    assert "「満足」　受託者の集計 2、元データ 1" in record.reason
    assert undo_import(acting(store), import_id=record.id).message == "照合の記録を消しました。"


@pytest.mark.parametrize("number", ["01", "05"])
@pytest.mark.parametrize("merged", [False, True])
def test_a_sample_as_raw_file_gives_the_expected_counts_in_both_ways(tmp_path, number, merged):
    store, event_id = fixed_survey(tmp_path / "year")
    survey = survey_of(store, event_id)
    surveys.update_questions(acting(store), survey_id=survey.id, questions=sample_questions(number))

    found = recount_file(store, event_id=event_id, path=sample_path(number), merged=merged)

    wanted = expected(number)["questions"]["if_merged" if merged else "raw"]
    given = {(row.code, row.text): row.recounted_count for row in found.rows}
    for code, meant in wanted.items():
        for option, count in meant.get("counts", {}).items():
            assert given[code, option] == count
        if "counts" in meant:
            assert given[code, "無回答"] == meant["no_answer"]
            outside = sum(meant["out_of_list"].values())
            assert given.get((code, "選択肢にない回答"), 0) == outside
    assert found.counted_total == wanted["Q1"]["base"]
