"""Computes 準備の状態 and 募集の段取り of an event from its records."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date
from app.event.rules import agenda, preparation
from app.event.rules.deadlines import HEADCOUNT, MATERIAL
from app.event.rules.event_venue import is_given_back
from app.event.rules.preparation import PreparationFacts, PreparationItem
from app.event.rules.recruitment import (
    DECISION,
    SEND_ALL,
    TELL_ALL,
    document_of_step,
    next_step,
    step_due,
    step_wordings,
)
from app.event.rules.target_dates import DAY_SET, QUESTIONS
from app.event.services.agreements import HEARING, QUESTIONS_TOPIC
from app.event.services.event_records import EventRecords
from app.event.services.tasks.event_tasks import YearContext, event_dues, was_past_when_dated
from app.event.services.tasks.task_completion import (
    day_set_ready_on,
    effective_steps,
    headcount_notified_on,
    latest_if_all,
    questions_settled_on,
    topic_settled_on,
)
from app.programme.rules import every_own_wording
from db.record import record
from db.records.events import RecruitmentStep

DECISION_NOTICE = "決定通知"
_OWN_STEPS = (HEARING, QUESTIONS_TOPIC)
"""Steps that have a line of their own in 準備の状態."""
BLOCKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("周知", step_wordings(TELL_ALL)),
    ("区報原稿締切", every_own_wording("区報原稿締切")),
    ("チラシ", ("チラシ校了", *step_wordings(SEND_ALL))),
    ("受付締切", ("受付開始", "受付締切")),
    (DECISION_NOTICE, ("決定", DECISION_NOTICE)),
)


@record
class Block:
    """One of the five blocks of recruitment; ``state`` is 済, つぎ or 未着手."""

    name: str
    state: str


@record
class Recruitment:
    """Progress of the recruitment of an event in five blocks.

    Attributes:
        words: the next step with its date (「受付締切 9/18(金)」), else 「日程が決まると出ます」, 「通知まで済」 or
            「段取りはありません」.
        step: the same without the date.
    """

    blocks: tuple[Block, ...]
    words: str
    step: str


def preparation_of(records: EventRecords, year: YearContext) -> tuple[PreparationItem, ...]:
    """Return the lines of 準備の状態; an event that is off has none."""
    if records.phase(year.today).is_off:
        return ()
    return preparation.preparation_items(_facts(records, year), year.today)


def recruitment_of(records: EventRecords, year: YearContext) -> Recruitment:
    """Return recruitment as five blocks with the next step.

    A block is 済 when all of its steps are done, the first other one つぎ, those after it 未着手 while not done.
    """
    steps = effective_steps(records)
    step = next_step(steps)
    blocks = []
    found_next = False
    for name, names in BLOCKS:
        mine = [row for row in steps if row.name in names]
        done = all(row.done_on is not None for row in mine) if mine else step is None
        state = "済" if done else "未着手" if found_next else "つぎ"
        found_next = found_next or not done
        blocks.append(Block(name=name, state=state))
    if not records.steps:
        words = told = "段取りはありません"
    elif step is None:
        words = told = "通知まで済"
    else:
        due = step_due(step, records.event.event_date, year.calendar)
        told = step.name if due else "日程が決まると出ます"
        words = f"{told} {short_date(due, year.today)}" if due else told
    return Recruitment(blocks=tuple(blocks), words=words, step=told)


def _facts(records: EventRecords, year: YearContext) -> PreparationFacts:
    """Return what the preparation of an event depends on."""
    event = records.event
    known = event_dues(records, year)
    dues = {due.deadline.task: due.deadline.effective_date for due in known}
    done = {due.deadline.task: due.completed_on for due in known}
    notice = _notice_step(records)
    is_over = event.event_date is not None and event.event_date < year.today
    confirmed = [row.confirmed_on for row in records.materials_of_its_day]
    return PreparationFacts(
        form=event.form,
        has_survey=records.kind.has_survey,
        venue_booked_on=None if is_given_back(event, records.bookings) else event.venue_booked_on,
        notice_issued_on=notice.done_on if notice else None,
        notice_due=_due_of(notice, records, year),
        materials_needed=records.materials_needed,
        materials_total=len(confirmed),
        materials_confirmed=sum(day is not None for day in confirmed),
        materials_confirmed_on=latest_if_all(confirmed),
        material_due=dues.get(MATERIAL),
        equipment_total=len(records.equipment),
        equipment_checked=sum(row.checked_on is not None for row in records.equipment),
        equipment_due=dues.get(DAY_SET),
        agenda_minutes=agenda.total_minutes(records.agenda),
        agenda_leaves_rest=agenda.leaves_rest(records.kind),
        agenda_is_example=agenda.is_unchanged_example(records.kind, records.agenda),
        length_agreed=topic_settled_on(records, agenda.LENGTH_TOPIC) is not None,
        planned_minutes=agenda.minutes_of(event.end_time) - agenda.minutes_of(event.start_time),
        questions_settled_on=questions_settled_on(records),
        question_due=dues.get(QUESTIONS),
        has_online_participation=records.survey is not None and bool(records.survey.online_url),
        hearing_done_on=topic_settled_on(records, HEARING),
        headcount_notified_on=done.get(HEADCOUNT, headcount_notified_on(records)),
        headcount_needed=records.headcount_needed,
        headcount_due=dues.get(HEADCOUNT),
        day_set_ready_on=day_set_ready_on(records, current=not is_over),
        day_set_due=dues.get(DAY_SET),
        groups=event.groups,
        facilitators=event.facilitators,
        care_people=records.care.people,
        care_settled=records.care.settled,
        agreements=sum(row.topic not in _OWN_STEPS for row in records.topics_in_effect),
        agreements_open=tuple(
            row.topic
            for row in records.open_topics
            if row.topic not in _OWN_STEPS or topic_settled_on(records, row.topic) is not None
        ),
    )


def _due_of(step: RecruitmentStep | None, records: EventRecords, year: YearContext) -> date | None:
    """Return the day of a step, None if it had passed when the event got its date."""
    if step is None or was_past_when_dated(step, records, year):
        return None
    return step_due(step, records.event.event_date, year.calendar)


def _notice_step(records: EventRecords) -> RecruitmentStep | None:
    """Return the step of the 決定通知, which a 派遣 calls otherwise and the 施行 completes, or None."""
    return next((row for row in effective_steps(records) if document_of_step(row.name) == DECISION), None)
