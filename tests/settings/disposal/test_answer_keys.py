"""Sums by which an answer from a form is known again: a number of the door is found by trying a thousand, so they go
with the year, and the same file is no silent double afterwards."""

from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.settings.disposal.services.disposal import erase_marked
from app.settings.disposal.services.due_rows import due_summary, read_due
from app.surveys.answers.services.survey_decisions import KEEP_ONE, Decisions
from app.surveys.answers.services.survey_import import import_survey, undo_import, unrestored_words
from app.surveys.answers.services.survey_preview import preview_import
from app.surveys.questions.services import surveys
from db.records.disposals import Disposal
from db.records.surveys import Answer, SurveyImport, SurveyResponse
from db.rows import rows
from tests.support.erased import mark_due, text_in
from tests.support.survey_sheets import AFTER, answered, fixed_survey, form_file
from tests.support.years import BY

SPRING = datetime(2027, 4, 12, 10, 0)
THREE = [answered(), answered(satisfaction=Answer(chosen=("不満",))), answered(comments=Answer(text="よかった"))]


@pytest.fixture
def taken_in(tmp_path):
    """A survey with three answers from a form that asks for the number of the door, and the file."""
    store, event_id = fixed_survey(tmp_path / "year")
    path = form_file(tmp_path / "回答.csv", store, event_id, THREE, badges=["101", "102", "103"])
    import_survey(ActionContext(store, BY, AFTER), event_id=event_id, path=path)
    yield store, event_id, path
    store.database.conn.close()


def sums(store):
    return [(one.row_key, one.respondent_key) for one in rows(store.database, SurveyResponse)]


def erase(store):
    mark_due(store, SPRING, BY)
    erase_marked(store, SPRING + timedelta(days=1))


def test_they_fall_due_with_the_year_are_counted_and_stand_nowhere_afterwards(taken_in):
    store, event_id, _path = taken_in
    before = sums(store)
    assert all(len(one) == 64 for pair in before for one in pair)
    (line,) = [one for one in read_due(store, today=date(2026, 12, 1)).lines if one.id.startswith("respondents")]
    assert (line.count, line.unit, line.state, line.until) == (3, "件", "later", date(2027, 4, 30))
    assert due_summary(store.database, SPRING.date()) is not None
    counted = surveys.read_survey(store, event_id=event_id).counted_total
    erase(store)
    assert sums(store) == [("", "")] * 3
    text = text_in(store)
    assert [one for pair in before for one in pair if one in text] == []
    assert surveys.read_survey(store, event_id=event_id).counted_total == counted == 3
    (noted,) = [one for one in rows(store.database, Disposal) if one.kind == "respondents"]
    assert (noted.erased, noted.stayed, noted.left_over) == (3, 0, 0)
    assert due_summary(store.database, SPRING.date()) is None


def test_those_of_a_file_that_was_taken_back_go_from_the_history_too(taken_in):
    store, event_id, path = taken_in
    before = sums(store)
    undo_import(ActionContext(store, BY, AFTER), import_id=rows(store.database, SurveyImport)[0].id)
    import_survey(ActionContext(store, BY, AFTER), event_id=event_id, path=path)
    erase(store)
    assert [one for pair in before for one in pair if one in text_in(store)] == []


def test_the_same_file_once_more_is_asked_about_row_by_row(taken_in):
    store, event_id, path = taken_in
    erase(store)
    again = preview_import(store, event_id=event_id, path=path)
    assert [one.outcome for one in again.rows] == ["確認が必要"] * 3
    assert "照合の値は、保つ期間が終わり消去した" in again.rows[0].reason


def test_taking_an_import_back_says_which_replaced_answer_no_longer_counts_again(tmp_path):
    store, event_id = fixed_survey(tmp_path / "year")
    first = form_file(tmp_path / "1.csv", store, event_id, [answered()], badges=["7"])
    import_survey(ActionContext(store, BY, AFTER), event_id=event_id, path=first)
    again = [answered(), answered(satisfaction=Answer(chosen=("不満",)))]
    later = form_file(tmp_path / "2.csv", store, event_id, again, badges=["7", "7"])
    merged = Decisions(by_kind={"再送信": KEEP_ONE, "二度押し": KEEP_ONE})
    done = import_survey(ActionContext(store, BY, AFTER), event_id=event_id, path=later, decisions=merged)
    assert unrestored_words(rows(store.database, SurveyResponse), done.id) == ""
    erase(store)

    said = unrestored_words(rows(store.database, SurveyResponse), done.id)
    assert said.startswith("再送信で置き換えた前の回答1件は、照合の値を消したため、取り消しても集計に戻りません。")
    assert unrestored_words(rows(store.database, SurveyResponse), done.id - 1) == "", "the first one replaced nothing"
    assert undo_import(ActionContext(store, BY, SPRING), import_id=done.id).message.endswith(said)
    (old,) = rows(store.database, SurveyResponse)
    assert not old.counted
    store.database.conn.close()
