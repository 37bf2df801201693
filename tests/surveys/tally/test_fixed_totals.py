"""Answers of fixed totals are not put back, unless the same step opens the totals again."""

import pytest

from app.actions.user_error import UserError
from app.surveys.tally.services.survey_tally import read_tally, reject_frozen
from db.records.accounts import RowChange
from db.records.documents import ConfirmedState
from db.records.event_form import EventForm
from db.records.events import Event
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


KEPT_BY_SHAPE_51 = (
    '{"event":{"id":1,"programme_id":1,"kind":"講習会","ordinal":1,"subject":"事例紹介講習会","event_date":"2026-09-10",'
    '"start_time":"14:00","end_time":"16:00","venue":"見本こもれび区民館","room":"研修室1","venue_capacity":24,'
    '"venue_booked_on":"2026-06-15","facility":"区立施設","venue_named_on":"2026-08-05","fee_payer":"区","content":"",'
    '"lecturer":"見本企画の講師","organisation_id":null,"organisation_name":"","tools":[],"groups":null,'
    '"facilitators":null,"network":"有","extra_materials":true,"hands_on":false,"status":"実施済","cancelled_on":null,'
    '"cancel_reason":"","exception_reason":"","exception_kind":"","note":"","count_source":"","admissions":false,'
    '"last_admission":0},"programme":{"id":1,"fiscal_year":2026,"title":"見本の事業","contract_date":"2026-07-31",'
    '"term_end":"2027-03-31","clauses_checked":"一致","sample":true},"attended":18}'
)
"""What the program of shape 51 kept when it fixed totals: nothing of how an event works, since events had no form."""


def test_totals_that_an_earlier_program_fixed_are_read_with_the_event_of_then(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey = survey_of(store, event_id)
    with store.change(action="確定", by=BY, now=AFTER, subject="surveys", event_id=event_id) as change:
        change.update(EventSurvey, survey.id, frozen_at=AFTER, frozen_by=BY)
        change.insert(ConfirmedState(event_id=event_id, survey_id=survey.id, content=KEPT_BY_SHAPE_51))
        change.update(Event, event_id, venue="見本つつじ台区民館")
    found = read_tally(store, event_id=event_id)
    event = found.survey_view.event
    assert (event.venue, event.subject, found.tally.attendance) == ("見本こもれび区民館", "事例紹介講習会", 18)
    assert event.form is EventForm.LECTURE
    assert event.full_title == "第1回 事例紹介講習会"
    assert "会場" in found.changed_since_frozen
