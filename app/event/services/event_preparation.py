"""Computes 準備の状態 and 募集の段取り of an event from its records."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date
from app.common.display_words import left_words
from app.event.rules import agenda
from app.event.rules.deadlines import HEADCOUNT, MATERIAL
from app.event.rules.event_venue import is_given_back
from app.event.rules.preparation import AGENDA_ITEM, AGREED_ITEMS, CARE_ITEM, EQUIPMENT_ITEM, PreparationItem
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
    inferred_steps,
    latest_if_all,
    questions_settled_on,
    topic_settled_on,
)
from app.programme.rules import every_own_wording
from db.record import record
from db.records.events import Event, RecruitmentStep

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
    """One of the blocks of recruitment; ``state`` is 済, 記録なし (closed, but nobody recorded it), つぎ or 未着手."""

    name: str
    state: str


@record
class Recruitment:
    """Progress of the recruitment of an event in blocks, usually five.

    Attributes:
        words: the next step with its date (「受付締切 9/18(金)」), else 「日程が決まると出ます」, 「通知まで済」, how
            many steps nobody recorded, or 「段取りはありません」.
        step: the same without the date.
    """

    blocks: tuple[Block, ...]
    words: str
    step: str


def preparation_of(records: EventRecords, year: YearContext) -> tuple[PreparationItem, ...]:
    """Return the lines of 準備の状態 for the kind of event; all 協議 are one line, also when settled.

    An event that is off has none.
    """
    event, today = records.event, year.today
    if records.phase(today).is_off:
        return ()
    known = event_dues(records, year)
    dues = {due.deadline.task: due.deadline.effective_date for due in known}
    done = {due.deadline.task: due.completed_on for due in known}
    # 仕様書4(2)イ: a 派遣 is held at the place of the 団体; the ward approves no use of it.
    if event.form.at_organisation:
        topics = {one.topic for one in records.topics_in_effect} or {HEARING}
        items = [_dated("事前ヒアリング", topic_settled_on(records, HEARING), None, today)] if HEARING in topics else []
    else:
        booked = None if is_given_back(event, records.bookings) else event.venue_booked_on
        items = [_dated("会場の使用承認", booked, None, today)]
    notice = next((row for row in effective_steps(records) if document_of_step(row.name) == DECISION), None)
    items.append(_dated("決定通知の施行", notice.done_on if notice else None, _due_of(notice, records, year), today))
    if records.materials_needed:
        items.append(_materials(records, dues.get(MATERIAL), today))
    day_set = dues.get(DAY_SET)
    items += [_equipment(records, day_set), _agenda(records)]
    if event.form.in_groups:
        items.append(_groups(event))
    if people := records.care.people:
        settled = records.care.settled
        word = left_words(settled, people, "人", finished=f"{people}人")
        items.append(PreparationItem(label=CARE_ITEM, is_done=settled >= people, state_word=word, due=day_set))
    questions = questions_settled_on(records)
    if records.kind.has_survey:
        items.append(_dated("アンケートの設問", questions, dues.get(QUESTIONS), today))
    if records.kind.surveys_online and questions is not None and not (records.survey and records.survey.online_url):
        # 仕様書4(1)ケ, (3)ケ: paper and online. Before the questions are settled no online form can be made.
        word = "回答の場所がありません"
        items.append(PreparationItem(label="オンラインの回答", is_done=False, state_word=word, due=day_set))
    if records.headcount_needed:
        told = done.get(HEADCOUNT, headcount_notified_on(records))
        items.append(_dated("参加人数の連絡", told, dues.get(HEADCOUNT), today))
    is_over = event.is_past(today)
    ready = day_set_ready_on(records, current=not is_over)
    items.append(_dated(DAY_SET, ready, day_set, today, word="用意"))
    if agreed := sum(row.topic not in _OWN_STEPS for row in records.topics_in_effect):
        still = [
            row.topic
            for row in records.open_topics
            if row.topic not in _OWN_STEPS or topic_settled_on(records, row.topic) is not None
        ]
        word = f"協議中 {'、'.join(still)}" if still else f"{agreed}件"
        items.append(PreparationItem(label=AGREED_ITEMS, is_done=not still, state_word=word))
    return tuple(items)


def recruitment_of(records: EventRecords, year: YearContext) -> Recruitment:
    """Return recruitment in blocks with the next step.

    A block is 済 when all of its steps are done, 記録なし when one of them was only closed by a later one, the first
    other one つぎ, those after it 未着手. A 派遣 has a block for each of its steps. After the day nothing is next: what
    is open nobody recorded.
    """
    steps = effective_steps(records)
    step, inferred = next_step(steps), inferred_steps(records, steps)
    if is_over := records.event_as_planned.is_past(year.today):
        step, inferred = None, inferred | {row.id for row in steps if row.done_on is None}
    blocks = []
    found_next = False
    for name, names in BLOCKS if records.event.form.recruits else [(row.name, (row.name,)) for row in steps]:
        mine = [row for row in steps if row.name in names]
        closed = all(row.done_on is not None or row.id in inferred for row in mine) if mine else step is None
        unrecorded = any(row.id in inferred for row in mine)
        state = ("記録なし" if unrecorded else "済") if closed else "未着手" if found_next else "つぎ"
        found_next = found_next or not closed
        blocks.append(Block(name=name, state=state))
    if not records.steps:
        words = told = "段取りはありません"
    elif step is None:
        words = told = f"{'' if is_over else '通知済、'}{len(inferred)}段は記録なし" if inferred else "通知まで済"
    else:
        due = step_due(step, records.event.event_date, year.calendar)
        told = step.name if due else "日程が決まると出ます"
        words = f"{told} {short_date(due, year.today)}" if due else told
    return Recruitment(blocks=tuple(blocks), words=words, step=told)


def _dated(label: str, done_on: date | None, due: date | None, today: date, *, word: str = "済") -> PreparationItem:
    """Return a line that one date (``done_on``) completes: its day and ``word``, until then 「未了」."""
    said = f"{short_date(done_on, today)} {word}" if done_on else "未了"
    return PreparationItem(label=label, is_done=done_on is not None, state_word=said, due=due)


def _materials(records: EventRecords, due: date | None, today: date) -> PreparationItem:
    """Return 資料の確認: done when every material is 確認済 (修正後使用可 stays open)."""
    confirmed = [row.confirmed_on for row in records.materials_of_its_day]
    last = latest_if_all(confirmed)
    word = left_words(len(confirmed) - confirmed.count(None), len(confirmed), "点") or "受領前"
    if last is not None:
        word = f"{short_date(last, today)} 確認済"
    return PreparationItem(label="資料の確認", is_done=last is not None, state_word=word, due=due)


def _equipment(records: EventRecords, due: date | None) -> PreparationItem:
    """Return 機材の手配: done when every item is ticked."""
    total, checked = len(records.equipment), sum(row.checked_on is not None for row in records.equipment)
    done = 0 < total <= checked
    word = left_words(checked, total, "品目", finished=f"{total}品目") or "未着手"
    return PreparationItem(label=EQUIPMENT_ITEM, is_done=done, state_word=word, due=due)


def _agenda(records: EventRecords) -> PreparationItem:
    """Return 当日進行表: done when its length is settled (``is_length_settled``): it fills the time, or was agreed."""
    minutes = agenda.total_minutes(records.agenda)
    planned = agenda.minutes_of(records.event.end_time) - agenda.minutes_of(records.event.start_time)
    agreed = topic_settled_on(records, agenda.LENGTH_TOPIC) is not None
    done = agenda.is_length_settled(minutes, planned, agreed=agreed, rest_left=agenda.leaves_rest(records.kind))
    left = f"{minutes}分・{planned - minutes}分の余り" if minutes < planned else f"{minutes - planned}分超過"
    word = f"{minutes}分" if done else left if minutes else "未着手"
    example = agenda.is_unchanged_example(records.kind, records.agenda)
    return PreparationItem(label=AGENDA_ITEM, is_done=done, state_word=word, is_example=example)


def _groups(event: Event) -> PreparationItem:
    """Return 班とファシリテーター: one facilitator for every group (仕様書4(3)カ)."""
    groups, facilitators = event.groups or 0, event.facilitators or 0
    word = f"{groups}班・{facilitators}人" if groups else "未了"
    return PreparationItem(label="班とファシリテーター", is_done=0 < groups <= facilitators, state_word=word)


def _due_of(step: RecruitmentStep | None, records: EventRecords, year: YearContext) -> date | None:
    """Return the day of a step, None if it had passed when the event got its date."""
    if step is None or was_past_when_dated(step, records, year):
        return None
    return step_due(step, records.event.event_date, year.calendar)
