"""On which day something is done follows from the records of an event, each record by itself."""

from datetime import date

import pytest

from app.event.services.event_records import EventCoreRecords
from app.event.services.tasks.task_completion import choice_notified_on, questions_settled_on, topic_settled_on
from db.records.agreements import Agreement
from db.records.documents import Letter
from db.records.event_form import EventForm
from db.records.events import Event, RecruitmentStep
from db.records.surveys import EventSurvey

FIRST, SECOND, THIRD = (date(2026, 9, day) for day in (1, 2, 3))
EVENT = Event(programme_id=1, kind="派遣", form=EventForm.VISIT, subject="派遣")


@pytest.mark.parametrize(
    ("fixed", "agreed", "topic", "settled"),
    [
        (FIRST, SECOND, THIRD, FIRST), (None, SECOND, THIRD, SECOND), (FIRST, None, THIRD, FIRST),
        (None, None, THIRD, THIRD), (None, None, None, None),
    ],
)  # fmt: skip
def test_questions_are_settled_when_they_were_fixed_else_agreed_else_by_their_topic(fixed, agreed, topic, settled):
    survey = EventSurvey(event_id=1, title="", questions=(), fixed_on=fixed, agreed_on=agreed)
    topics = (Agreement(event_id=1, topic="設問", asked_on=FIRST, settled_on=topic),)
    assert questions_settled_on(EventCoreRecords(event=EVENT, survey=survey, agreements=topics)) == settled
    assert questions_settled_on(EventCoreRecords(event=EVENT, agreements=topics)) == topic


@pytest.mark.parametrize(
    ("spans", "settled"),
    [
        ([], None), ([(FIRST, None)], None), ([(FIRST, SECOND)], SECOND), ([(FIRST, FIRST), (SECOND, None)], FIRST),
        ([(FIRST, FIRST), (FIRST, None)], None), ([(FIRST, SECOND), (SECOND, THIRD)], THIRD),
        ([(None, FIRST)], FIRST), ([(FIRST, SECOND), (None, THIRD)], SECOND),
    ],
)  # fmt: skip
def test_a_topic_is_settled_once_all_that_had_begun_were(spans, settled):
    topics = tuple(Agreement(event_id=1, topic="機材", asked_on=begun, settled_on=end) for begun, end in spans)
    other = Agreement(event_id=1, topic="日程", asked_on=FIRST)
    assert topic_settled_on(EventCoreRecords(event=EVENT, agreements=(*topics, other)), "機材") == settled


@pytest.mark.parametrize(
    ("step", "issued", "told"), [(FIRST, SECOND, FIRST), (None, SECOND, SECOND), (None, None, None)]
)
def test_a_team_is_told_that_it_was_chosen_by_the_step_else_by_the_letter(step, issued, told):
    steps = (
        RecruitmentStep(event_id=1, position=0, offset_days=42, name="選定", done_on=THIRD),
        RecruitmentStep(event_id=1, position=1, offset_days=40, name="決定・不採択の通知", done_on=step),
    )
    letters = (
        Letter(event_id=1, document_kind="参加人数連絡書", state="施行", issued_on=THIRD),
        Letter(event_id=1, document_kind="決定通知", state="施行" if issued else "決裁済", issued_on=issued),
    )
    assert choice_notified_on(EventCoreRecords(event=EVENT, steps=steps, letters=letters)) == told
