"""What belongs to responses goes with them, and with the questions all that was decided about the free texts."""

import pytest

from app.surveys.questions.services.surveys import delete_comment_marks, delete_second_entries, delete_themes
from db.records.surveys import CommentMark, CommentTheme, SecondEntry, SurveyResponse
from db.rows import rows
from tests.support.survey_sheets import AFTER, fixed_survey, survey_of
from tests.support.years import BY


@pytest.fixture
def answered(tmp_path):
    """A survey with three responses, two of them with a decided free text and a second entry; its id and theirs."""
    store, event_id = fixed_survey(tmp_path)
    survey_id = survey_of(store, event_id).id
    with store.change(action="回答", by=BY, now=AFTER, subject="surveys", event_id=event_id) as change:
        sheets = [
            change.insert(SurveyResponse(survey_id=survey_id, source="紙", number=number)) for number in (1, 2, 3)
        ]
        theme = change.insert(CommentTheme(survey_id=survey_id, question_code="comments", position=0, name="会場"))
        for sheet in sheets[:2]:
            change.insert(CommentMark(survey_id=survey_id, sheet_id=sheet, question_code="comments", theme_id=theme))
            change.insert(SecondEntry(sheet_id=sheet, by=BY, at=AFTER))
    return store, survey_id, sheets


def left(store):
    return [[one.sheet_id for one in rows(store.database, kind, order="id")] for kind in (CommentMark, SecondEntry)]


@pytest.mark.parametrize("gone", [(), (0,), (1,), (2,), (0, 1, 2)])
def test_only_what_belongs_to_a_response_goes_with_it(answered, gone):
    store, survey_id, sheets = answered
    going = [sheets[place] for place in gone]
    with store.change(action="削除", by=BY, now=AFTER, subject="surveys") as change:
        delete_comment_marks(store, change, survey_id=survey_id, sheet_ids=going)
        delete_second_entries(store, change, sheet_ids=going)
    assert left(store) == [[one for one in sheets[:2] if one not in going]] * 2
    assert [one.id for one in rows(store.database, SurveyResponse, order="id")] == sheets


def test_with_the_questions_themes_and_decisions_go_and_the_answers_stay(answered):
    store, survey_id, sheets = answered
    with store.change(action="削除", by=BY, now=AFTER, subject="surveys") as change:
        delete_themes(store, change, survey_id=survey_id + 1)
    assert left(store) == [sheets[:2]] * 2
    with store.change(action="削除", by=BY, now=AFTER, subject="surveys") as change:
        delete_themes(store, change, survey_id=survey_id)
    assert left(store) == [[], sheets[:2]]
    assert rows(store.database, CommentTheme) == []
