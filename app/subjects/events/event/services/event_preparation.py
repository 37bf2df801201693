"""準備の状態 and 募集の段取り of an event, computed from what is really done."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date
from app.subjects.events.event.rules import agenda, preparation
from app.subjects.events.event.rules.deadlines import HEADCOUNT, MATERIAL
from app.subjects.events.event.rules.guides import DAY_SET, QUESTIONS
from app.subjects.events.event.rules.preparation import PreparationFacts, PreparationItem
from app.subjects.events.event.rules.recruitment import DECISION, next_step, paper_of_step, step_due
from app.subjects.events.event.services.event_changes import HEARING
from app.subjects.events.event.services.event_file import EventFile
from app.subjects.events.event.services.tasks.closings import (
    day_set_ready_on,
    last_of,
    materials_confirmed_on,
    questions_settled_on,
    steps_as_done,
    told_on,
    topic_settled_on,
)
from app.subjects.events.event.services.tasks.event_tasks import Year, dues_of, is_past_from_the_start
from db.frozen_record import frozen_record
from db.records.events import RecruitmentStep

DECISION_NOTICE = "決定通知"
_OF_THEIR_OWN = (HEARING, "設問")
"""Matters that have a line of their own in 準備の状態."""
BLOCKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("周知", ("支部長・会長への周知",)),
    ("区報原稿締切", ("区報原稿締切",)),
    ("チラシ", ("チラシ校了", "会長あて送付")),
    ("受付締切", ("受付開始", "受付締切")),
    (DECISION_NOTICE, ("決定", DECISION_NOTICE)),
)


@frozen_record
class Block:
    """One of the five blocks of recruitment; ``state`` is 済, つぎ or 未着手."""

    name: str
    state: str


@frozen_record
class Recruitment:
    """Recruitment in five blocks; ``words`` names the next step with its date (「受付締切 9/18(金)」), ``step`` without
    it."""

    blocks: tuple[Block, ...]
    words: str
    step: str


def preparation_of(file: EventFile, year: Year) -> tuple[PreparationItem, ...]:
    """Return the lines of 準備の状態; a cancelled event has none."""
    if file.event.status == "中止":
        return ()
    return preparation.preparation_items(_facts(file, year), year.today)


def recruitment_of(file: EventFile, year: Year) -> Recruitment:
    """Return recruitment as five blocks with the next step."""
    steps = steps_as_done(file)
    step = next_step(steps)
    blocks = []
    found_next = False
    for name, names in BLOCKS:
        mine = [row for row in steps if row.name in names]
        done = all(row.done_on is not None for row in mine) if mine else step is None
        state = "済" if done else "未着手" if found_next else "つぎ"
        found_next = found_next or not done
        blocks.append(Block(name=name, state=state))
    if not file.steps:
        words = told = "段取りはありません"
    elif step is None:
        words = told = "通知まで済"
    else:
        due = step_due(step, file.event.event_date, year.calendar)
        told = step.name if due else "日程が決まると出ます"
        words = f"{told} {short_date(due, year.today)}" if due else told
    return Recruitment(blocks=tuple(blocks), words=words, step=told)


def _facts(file: EventFile, year: Year) -> PreparationFacts:
    event = file.event
    known = dues_of(file, year)
    dues = {due.deadline.task: due.deadline.counts_to for due in known}
    done = {due.deadline.task: due.closed_on for due in known}
    notice = _notice_step(file)
    hearing = [row for row in file.standing_topics if row.topic == HEARING]
    confirmed = sum(row.confirmed_on is not None for row in file.materials)
    return PreparationFacts(
        kind=event.kind,
        has_survey=year.of(event).view.numbers[event.kind].has_survey,
        venue_booked_on=event.venue_booked_on,
        notice_issued_on=notice.done_on if notice else None,
        notice_due=_due_of(notice, file, year),
        materials_needed=file.materials_needed,
        materials_total=len(file.materials),
        materials_confirmed=confirmed,
        materials_confirmed_on=materials_confirmed_on(file),
        material_due=dues.get(MATERIAL),
        equipment_total=len(file.equipment),
        equipment_checked=sum(row.checked_on is not None for row in file.equipment),
        equipment_due=dues.get(DAY_SET),
        agenda_minutes=agenda.total_minutes(file.agenda),
        agenda_is_example=agenda.is_example(event.kind, file.agenda),
        length_agreed=topic_settled_on(file, agenda.LENGTH_TOPIC) is not None,
        planned_minutes=agenda.minutes_of(event.end_time) - agenda.minutes_of(event.start_time),
        questions_settled_on=questions_settled_on(file),
        question_due=dues.get(QUESTIONS),
        online_way=file.survey is not None and bool(file.survey.online_url),
        hearing_done_on=last_of(row.settled_on for row in hearing),
        headcount_told_on=done.get(HEADCOUNT, told_on(file)),
        headcount_due=dues.get(HEADCOUNT),
        day_set_ready_on=day_set_ready_on(file),
        day_set_due=dues.get(DAY_SET),
        groups=event.groups,
        facilitators=event.facilitators,
        care_people=file.care.people,
        care_settled=file.care.settled,
        agreements=sum(row.topic not in _OF_THEIR_OWN for row in file.standing_topics),
        agreements_open=tuple(row.topic for row in file.open_topics if row.topic not in _OF_THEIR_OWN),
    )


def _due_of(step: RecruitmentStep | None, file: EventFile, year: Year) -> date | None:
    """The day of a step, None where it was past when the event got its date."""
    if step is None or is_past_from_the_start(step, file, year):
        return None
    return step_due(step, file.event.event_date, year.calendar)


def _notice_step(file: EventFile) -> RecruitmentStep | None:
    """The step of the 決定通知; of a 派遣 it has another name and is done by the 施行."""
    return next((row for row in steps_as_done(file) if paper_of_step(row.name) == DECISION), None)
