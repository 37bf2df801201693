"""Answers of fixed totals are not put back, unless the same step opens the totals again."""

from __future__ import annotations

import pytest

from app.actions.user_error import UserError
from app.surveys.tally.services.survey_tally import reject_frozen
from db.records.accounts import RowChange
from db.records.surveys import EventSurvey, SecondEntry, SurveyResponse
from tests.support.survey_sheets import AFTER, fixed_survey, survey_of
from tests.support.years import BY


def test_what_belongs_to_fixed_totals_stays_and_everything_else_may_go(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey = survey_of(store, event_id)
    with store.change(action="回答", by=BY, now=AFTER, subject="surveys", event_id=event_id) as change:
        sheet = change.insert(SurveyResponse(survey_id=survey.id, source="紙", number=1))
        second = change.insert(SecondEntry(sheet_id=sheet, by=BY, at=AFTER))

    def row(table, row_id=1, **image):
        return RowChange(table=table, row_id=row_id, before=None, after=image)

    answer = row("answer_sheets", survey_id=survey.id)
    taken_away = RowChange(table="survey_imports", row_id=1, before={"survey_id": survey.id}, after=None)
    of_second = row("second_entries", second, sheet_id=sheet)
    opening = RowChange(table="event_surveys", row_id=survey.id, before={"frozen_at": "x"}, after={"frozen_at": None})
    purpose = RowChange(table="event_surveys", row_id=survey.id, before={"purpose": ""}, after={"purpose": "検算"})
    kept = ([answer], [taken_away], [of_second], [purpose, answer])
    free = (
        [],
        [purpose],
        [opening, answer],
        [row("answer_sheets", survey_id=survey.id + 1)],
        [row("second_entries", second, sheet_id=sheet + 1)],
        [row("events")],
    )
    for net in (*kept, *free):
        reject_frozen(store, net, cannot="元に戻せません")
    with store.change(action="確定", by=BY, now=AFTER, subject="surveys", event_id=event_id) as change:
        change.update(EventSurvey, survey.id, frozen_at=AFTER, frozen_by=BY)
    for net in free:
        reject_frozen(store, net, cannot="元に戻せません")
    for net in kept:
        with pytest.raises(UserError, match="集計が確定しているため、元に戻せません（10/1"):
            reject_frozen(store, net, cannot="元に戻せません")
