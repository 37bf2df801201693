"""Builds the tasks of one event from the deadlines of the rules and the records that complete them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from datetime import date

from app.actions.action_id import ActionId, ActionLink
from app.calendar.dates import short_date
from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import latest_start_day
from app.calendar.wareki import fiscal_year_words
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.event_phase import EventPhase
from app.documents.rules import REPLACEMENT, are_only_names, batch_key, matter_name, sealed_ids
from app.documents.services.notification_kinds import CONTRACTOR, MatterLine
from app.event.rules import recruitment, target_dates
from app.event.rules.change_decisions import (
    CANCELLATION_LETTER,
    CHANGE_LETTER,
    INVITATION_LETTER,
    PLACE_REVOCATION_LETTER,
    REJECTION_LETTER,
    REVOCATION_LETTER,
    WITHDRAWAL_LETTER,
)
from app.event.rules.deadline_states import announced_stage, deadline_state
from app.event.rules.deadlines import (
    HEADCOUNT,
    MATERIAL,
    Deadline,
    EventTerms,
    Owner,
    apply_override,
    is_past_target,
    material_due,
)
from app.event.rules.event_state import decision_in_effect
from app.event.rules.recruitment import CHOICE_STEP, DECIDE_STEP, DECISION
from app.event.rules.selection_minimum import closing_day, people_missing
from app.event.services.agreements import TOPICS_OF_HOLDING
from app.event.services.event_notifications import (
    ADDRESSEES,
    PARTICIPANT_LETTERS,
    TIME_AND_PLACE,
    notified_documents,
    outdated_facts,
)
from app.event.services.event_records import EventCoreRecords, EventRecords, handout_key
from app.event.services.tasks import task as words
from app.event.services.tasks.follow_ups import FollowUp
from app.event.services.tasks.task import Task, TaskWords, short_basis
from app.event.services.tasks.task_completion import (
    DAY_DOCUMENTS,
    choice_notified_on,
    day_set_ready_on,
    effective_steps,
)
from app.event.services.tasks.task_kind import TASK_KIND_BY_NAME, UNTYPED_TASK, DueContext, deadlines_of
from app.programme.rules import checked_lecture_names
from app.programme.services import ProgrammeView, YearRecords
from db.record import record
from db.records.events import Event, RecruitmentStep
from db.records.participants import HEADCOUNT_KEY
from db.records.programme import TaskClosing

SET_BY_HAND = "手で決めた日"
DAYS_SET = (SET_BY_HAND, *recruitment.REASONS_OF_DAY)
"""Rules of steps whose day does not follow their event's."""


@record
class YearContext:
    """Everything the tasks of a year and its events rest on.

    Attributes:
        view: the contract's numbers.
        records: of the year's own tasks.
    """

    view: ProgrammeView
    calendar: OfficeCalendar
    today: date
    follow_ups: tuple[FollowUp, ...] = ()
    records: YearRecords = field(default_factory=YearRecords)

    @property
    def words(self) -> str:
        """Return 「令和8年度」."""
        return fiscal_year_words(self.view.programme.fiscal_year)

    def for_event(self, event: Event) -> YearContext:
        """Return the context for one event, with the contract's numbers as they are on its day."""
        return replace(self, view=self.view.with_numbers_of(event.event_date))

    def task(
        self,
        deadline: Deadline,
        event: Event | None,
        *,
        words: TaskWords | None = None,
        completed_on: date | None = None,
        label: str = "",
        detail: str = "",
        link: ActionLink | None = None,
        announce_days: Iterable[int] = (),
        provisional_words: str = "",
        programme_id: int | None = None,
        step_id: int | None = None,
        material_id: int | None = None,
        closed_because: str = "",
    ) -> Task:
        """Return the task of a deadline, with its state today.

        Without ``words``, ``label`` and ``link`` it has those of its kind, about its event.

        Args:
            completed_on: the day it was done, None = open.
            announce_days: days before the date on which it is announced.
        """
        words = words or TASK_KIND_BY_NAME[deadline.task]
        state = deadline_state(deadline, self.today, completed_on, self.calendar)
        return Task(
            deadline=deadline,
            state=state,
            event=event,
            words=words,
            label=label or words.label,
            detail=detail,
            basis_short=short_basis(deadline, self.today),
            completed_on=completed_on,
            announced_days=announced_stage(state, announce_days),
            provisional_words=provisional_words,
            link=link or ActionLink(words.action, event_id=event.id if event is not None else None),
            programme_id=programme_id,
            step_id=step_id,
            material_id=material_id,
            closed_because=closed_because,
        )


@record
class EventDue:
    """One deadline of an event and the day it was done (None = open).

    ``closing`` is what closed it by hand, None where a record did.
    """

    deadline: Deadline
    completed_on: date | None
    closing: TaskClosing | None = None


def event_dues(records: EventCoreRecords, year: YearContext, event: Event | None = None) -> tuple[EventDue, ...]:
    """Return every deadline and 目安日 of an event with the day it was completed, in time order.

    An event without a date, one that is off, or one whose request is not decided, has none.

    Args:
        event: the event on another date, for the preview of a move; a date set by hand does not go with it.
    """
    given = event or records.event
    if given.event_date is None or not records.phase(year.today).counts:
        return ()
    year = year.for_event(given)
    ground = DueContext(
        numbers=year.view.kind(given.kind),
        programme=year.view.programme,
        event_date=given.event_date,
        calendar=year.calendar,
        extra_materials=records.has_own_materials,
        lectures=checked_lecture_names(year.view.kinds),
        records=records,
    )
    by_hand = {row.task: row for row in records.overrides} if given.event_date == records.event.event_date else {}
    born = (
        _adjusted_to_dating_day(apply_override(row, by_hand.get(row.task)), given, year) for row in deadlines_of(ground)
    )
    dues = [_due(row, records, year) for row in born if row is not None]
    return tuple(sorted(dues, key=lambda due: due.deadline.effective_date))


def _adjusted_to_dating_day(deadline: Deadline, event: Event, year: YearContext) -> Deadline | None:
    """Return a deadline, considering the day on which the event got its date.

    A 目安日 before the event that had passed by then does not exist (None); one after an event that was entered late
    begins on that day.
    """
    if not is_past_target(deadline, event.dated_on) or event.dated_on is None:
        return deadline
    if deadline.direction == "before":
        return None
    day = year.calendar.open_on_or_after(event.dated_on)
    words = f"{deadline.basis}。日程を入れた日が後のため {short_date(day, year.today)}"
    return replace(deadline, nominal=day, working=day, margin=day, basis=words, margin_basis=words)


def _due(deadline: Deadline, records: EventCoreRecords, year: YearContext) -> EventDue:
    """Return one deadline with the day it was completed: by a record, else as closed by hand.

    A record does not count while its kind of task is open again (``is_reopened``), up to the last day in time.
    """
    kind = TASK_KIND_BY_NAME[deadline.task]
    done = kind.completed_on(records) if kind.completed_on is not None else None
    if kind.completed_by is not None:
        done = kind.completed_by(records, deadline.last_day_in_time)
    reopened = done is not None and year.today <= deadline.last_day_in_time and kind.is_reopened(records)
    if done is not None and not reopened:
        return EventDue(deadline=deadline, completed_on=done)
    closing = manual_closing(records.event.id, deadline.task, year)
    return EventDue(deadline=deadline, completed_on=closing.closed_on if closing is not None else None, closing=closing)


def closing_key(event_id: int, task: str) -> str:
    """Return the key under which the year stores that a deadline of an event was closed by hand.

    ``task`` is the rule's name: 「人数連絡　実施回12」.
    """
    return f"{task}　実施回{event_id}"


def manual_closing(event_id: int, task: str, year: YearContext) -> TaskClosing | None:
    """Return the newest record that closed a deadline of an event by hand, or None."""
    key = closing_key(event_id, task)
    return next((row for row in reversed(year.records.task_closings) if row.task == key), None)


def tasks_of(records: EventRecords, year: YearContext) -> tuple[Task, ...]:
    """Return every task of one event, done ones included, by date.

    Once the event is over, 目安日 before it are left out, as they can no longer be done (``lapsed_tasks`` returns
    them); 人数連絡 and 資料確認 without a record stay until that, or the reason why there is none, is entered. An event
    that is off has only notifications and follow-ups, one whose request is not decided the 選定; an undated one also
    日程の決定 and the recruitment steps that have a day; theirs are not sorted. One that waits for another day after a
    延期 or 日時の変更 has 日程の決定 in place of what is open by the old day.
    """
    event, year = records.event, year.for_event(records.event)
    phase, arisen = records.phase(year.today), (*_later_draft_tasks(records, year), *follow_up_tasks(year, event))
    awaited = phase is EventPhase.WITHOUT_NEW_DAY
    if phase is EventPhase.REQUEST_UNDECIDED:
        chosen = [task for task in step_tasks(records, year) if task.label == recruitment.CHOICE_STEP]
        return (*chosen, *arisen)
    if not phase.counts:
        return (*_notification_tasks(records, year), *_talk_tasks(records, year), *arisen)
    if event.event_date is None:
        return (
            date_decision_task(records, year),
            *_notification_tasks(records, year),
            *step_tasks(records, year),
            *arisen,
        )
    passed = phase.is_over or event.event_date < year.today
    tasks = []
    for due in event_dues(records, year):
        row, kind = due.deadline, TASK_KIND_BY_NAME[due.deadline.task]
        if awaited and due.completed_on is None:
            continue
        if _is_lapsing(due) if passed else kind.after_event_only:
            if passed:
                tasks += _unrecorded_tasks(due, event, year)
            continue
        if kind.is_suspended(records):
            continue
        tasks.append(
            year.task(
                row,
                event,
                completed_on=due.completed_on,
                announce_days=year.view.programme.announce_days,
                detail=kind.detail_words(records),
                closed_because=due.closing.reason if due.closing is not None else "",
            )
        )
    if awaited:
        tasks += [date_decision_task(records, year), *_notification_tasks(records, year)]
    else:
        tasks += _situational_tasks(records, year, is_past=passed)
    past = {step.id for step in records.steps if was_past_when_dated(step, records, year)}
    steps = step_tasks(records, year)
    tasks += [task for task in steps if not task.is_open or not (passed or awaited or task.step_id in past)]
    tasks += [*_talk_tasks(records, year), *arisen]
    return tuple(sorted(tasks, key=lambda task: (task.due, task.task)))


def lapsed_tasks(records: EventRecords, year: YearContext) -> tuple[Task, ...]:
    """Return the 目安日, 人数連絡 and 資料確認 that no record completed before the event passed.

    Each can still be recorded with its real day; the delay of a duty of the contract is counted up to the event
    (``days_unrecorded``).
    """
    event, year = records.event, year.for_event(records.event)
    if not records.phase(year.today).is_over:
        return ()
    return tuple(
        year.task(due.deadline, event, detail=TASK_KIND_BY_NAME[due.deadline.task].detail_words(records))
        for due in event_dues(records, year)
        if _is_lapsing(due)
    )


def _is_lapsing(due: EventDue) -> bool:
    """Return whether an open task before the event lapses when that was held: 目安日, or with ``unrecorded_words``."""
    row = due.deadline
    return (
        due.completed_on is None
        and row.direction == "before"
        and (not row.contract or bool(TASK_KIND_BY_NAME[row.task].unrecorded_words))
    )


def _unrecorded_tasks(due: EventDue, event: Event, year: YearContext) -> list[Task]:
    """Return the task to record a lapsed duty of the contract, or why there is no record; [] for what needs neither.

    It waits from the day after the event, as the delay is counted up to that; an event entered after its day has none.
    """
    duty, day, today = due.deadline, event.event_date or year.today, year.today
    if not duty.contract or day < (event.dated_on or day) or unrecorded_reason(event, year, duty.task) is not None:
        return []
    missing = TASK_KIND_BY_NAME[duty.task].unrecorded_words
    basis = f"目安日。{missing}のまま実施日が過ぎました。記録するか、記録がない理由を書いて終えると消えます"
    since = min(year.calendar.add_open_days(day, 1), today)
    deadline = _target_deadline(
        words.UNRECORDED, "区", since, start=since, basis=basis, rule="実施日のつぎの開庁日", waits=True
    )
    return [year.task(deadline, event, label=f"{duty.task}の記録を残す", detail=missing)]


def unrecorded_key(event_id: int, task: str = HEADCOUNT) -> str:
    """Return the key under which the year stores why an event has no record of a duty (「人数連絡:12」)."""
    return f"{task}:{event_id}"


def unrecorded_reason(event: Event, year: YearContext, task: str = HEADCOUNT) -> TaskClosing | None:
    """Return the saved reason why there is no record of a duty, or None."""
    key = unrecorded_key(event.id, task)
    return next((row for row in reversed(year.records.task_closings) if row.task == key), None)


def follow_up_tasks(year: YearContext, event: Event | None) -> tuple[Task, ...]:
    """Return the follow-ups about one event, also a cancelled one (None = about no event)."""
    return tuple(
        year.task(
            replace(
                _target_deadline(one.task, "区", one.due, start=one.due, basis=one.basis, rule=one.rule),
                clause=one.clause,
                contract=bool(one.clause),
                direction="after" if one.is_period else "before",
                working=year.calendar.open_on_or_after(one.due) if one.is_period else one.due,
            ),
            event,
            words=UNTYPED_TASK,
            label=one.label,
            detail=one.detail,
            link=one.link,
        )
        for one in year.follow_ups
        if one.event_id == (event.id if event is not None else None)
    )


def step_deadlines(records: EventCoreRecords, event: Event, year: YearContext) -> tuple[Deadline, ...]:
    """Return the days of the recruitment steps for ``event`` (perhaps at another date), named by step.

    Steps that have no day yet are left out.
    """
    rows = []
    for step in records.steps:
        due = recruitment.step_due(step, event.event_date, year.calendar)
        if due is None:
            continue
        reason = step.note if step.note in recruitment.REASONS_OF_DAY else SET_BY_HAND
        without_date = f"目安日。{reason} {short_date(due, year.today)}"
        basis = recruitment.step_basis(step, event.event_date, year.calendar) if event.event_date else without_date
        rule = reason if step.due is not None else recruitment.offset_words(step.offset_days)
        rows.append(_target_deadline(step.name, "区", due, start=event.event_date or due, basis=basis, rule=rule))
    return tuple(rows)


def step_tasks(records: EventRecords, year: YearContext) -> tuple[Task, ...]:
    """Return the recruitment steps of an event that have a day as tasks, in their own order, done ones included.

    Before one that sends a 公文書 stands the task to put that up for 決裁.
    """
    dated = [
        step for step in effective_steps(records) if recruitment.step_due(step, records.event.event_date, year.calendar)
    ]
    return tuple(
        task
        for step, deadline in zip(dated, step_deadlines(records, records.event, year), strict=True)
        for task in (drafting_task(records, step, deadline, year), _step_task(records, step, deadline, year))
        if task is not None
    )


def drafting_task(records: EventCoreRecords, step: RecruitmentStep, leaves: Deadline, year: YearContext) -> Task | None:
    """Return the task to put a 公文書 up for 決裁, so many open days before its step sends it as a 決裁 takes.

    It goes up once the applications are closed and not before the day of the selection, then with fewer days. None for
    a step that sends none, and once it is up.
    """
    count, last = year.view.programme.decision_open_days, leaves.margin
    mine = (one for one in records.letters if one.document_kind == DECISION)
    is_up = step.done_on or any(not (one.form.is_formal and one.state.is_draft) for one in mine)
    if is_up or not count or step.name not in (DECISION, recruitment.RESULTS_STEP):
        return None
    due, because = year.calendar.add_open_days(last, -count), ""
    closing = closing_day(records.steps, records.event, year.calendar)
    if closing is not None and due <= closing:
        because = f"は、締切 {short_date(closing, year.today)} までにあたるため、そのつぎの開庁日"
        due = min(year.calendar.add_open_days(closing, 1), last)
    choice = next((one for one in records.steps if one.name in (DECIDE_STEP, CHOICE_STEP)), None)
    if choice is not None:
        chosen = recruitment.step_due(choice, records.event.event_date, year.calendar)
        if chosen is not None and due < chosen:
            said = f"{recruitment.step_task_words(choice.name)} {short_date(chosen, year.today)}"
            due, because = min(chosen, last), f"は、{said} より前にあたるため、その日"
    basis = f"目安日。{step.name} {short_date(last, year.today)} の{count}開庁日前（決裁にかかる開庁日）{because}"
    return year.task(
        _target_deadline(words.DRAFTING, "区", due, start=leaves.start, basis=basis, rule=f"{count}開庁日前"),
        records.event,
        words=UNTYPED_TASK,
        label=f"{step.name}の起案を上げる",
        detail=f"出す日 {short_date(last, year.today)}",
        step_id=step.id,
        link=_link_of_step(step, records.event),
    )


def was_past_when_dated(step: RecruitmentStep, records: EventCoreRecords, year: YearContext) -> bool:
    """Return whether the computed day of a step had passed when its event got its date."""
    return recruitment.is_past_when_dated(step, records.event, year.calendar)


def _step_task(records: EventRecords, step: RecruitmentStep, deadline: Deadline, year: YearContext) -> Task:
    """Return the task of a recruitment step; its detail is the note of the step, for 受付… else 「申込 25人」."""
    event = records.event
    counts = step.done_on is None and records.people and step.name.startswith("受付")
    people = f"{records.people_word} {records.people}人" if counts else ""
    return year.task(
        replace(deadline, task=words.STEP),
        event,
        words=UNTYPED_TASK,
        completed_on=step.done_on,
        label=recruitment.step_task_words(step.name),
        detail=step.note or people,
        step_id=step.id,
        link=_link_of_step(step, event),
    )


def _link_of_step(step: RecruitmentStep, event: Event) -> ActionLink:
    """Return the link that does a step: its document, the place where it is done, or its checkbox."""
    paper = recruitment.document_of_step(step.name)
    if paper:
        words = recruitment.document_words_of_step(step.name)
        return ActionLink("段取りの書類", event_id=event.id, kind=paper, name=None if words == paper else words)
    if step.name == recruitment.DECIDE_STEP:
        return ActionLink("参加者の決定", event_id=event.id)
    what: ActionId = "申込を受け付ける" if step.name.startswith("受付") else "段取りを進める"
    return ActionLink(what, event_id=event.id, step_id=step.id)


def _situational_tasks(records: EventRecords, year: YearContext, *, is_past: bool) -> list[Task]:
    """Return the tasks that arise only from the present state: too few people, corrections, the result, notifications.

    Args:
        is_past: the day of the event is over, so its result is asked for, and no handout any more.
    """
    event, today, calendar = records.event, year.today, year.calendar
    day = event.event_date
    assert day is not None
    found = [*_notification_tasks(records, year)]
    if records.phase(today) is EventPhase.WITHOUT_PLACE:
        basis = "会場の変更が決まりましたが、新しい会場がまだ入っていません。案内も電話もできません"
        at_once = _target_deadline(words.DECIDE_PLACE, "区", today, start=day, basis=basis, rule="決まったらすぐ")
        found.append(year.task(at_once, event, detail="会場の変更"))
    if records.notified_headcount is None and records.counted_from_roster:
        found += _more_people_tasks(records, year, day)
    if is_past and (records.result is None or records.result.attended is None):
        after = max(calendar.add_open_days(day, 1), calendar.open_on_or_after(event.dated_on or day))
        basis = "目安日。実施日のつぎの開庁日までに、出席者数などを記録します"
        result = _target_deadline(words.RESULT, "区", after, start=day, basis=basis, rule="つぎの開庁日")
        found.append(year.task(result, event))
    report = records.current_report
    if report is not None and report.status.is_returned:
        asked = report.checked_on or report.received_on or day
        days = year.view.programme.review_open_days
        target = calendar.add_open_days(asked, days)
        basis, rule = f"目安日。修正依頼 {short_date(asked, today)} から{days}開庁日", f"修正依頼から{days}開庁日"
        correction = _target_deadline(words.CORRECTION, "受託者", target, start=asked, basis=basis, rule=rule)
        found.append(year.task(correction, event))
    return found if is_past else [*found, *_resubmission_tasks(records, year, day)]


_TO_APPLICANTS = (DECISION, INVITATION_LETTER, REJECTION_LETTER, CHANGE_LETTER, REVOCATION_LETTER)
_TASK_OF_UNMADE = {
    DECISION: words.DECIDED_LATER,
    REJECTION_LETTER: words.NOT_CHOSEN,
    WITHDRAWAL_LETTER: words.WITHDRAWN,
    PLACE_REVOCATION_LETTER: words.REVOKED,
    CANCELLATION_LETTER: words.CANCELLED,
}
_OWED_AFTER = (words.NOT_CHOSEN, words.WITHDRAWN, words.REVOKED, words.CANCELLED)
_RULE_WORDS = {
    words.WITHDRAWN: "受けたらすぐ",
    words.REVOKED: "取り消したらすぐ",
    words.DECIDED_LATER: "決まったらすぐ",
}
_ENDS = {
    words.CHANGE_NOTICE: "連絡したあとに変わりました。変更連絡を伝えると消えます",
    words.NOTIFY_CHANGE: "伝えたあとに変わりました。もう一度伝えるか、理由を書いて見送ると消えます",
    words.EXCHANGE: "作成したあとに内容が変わりました。作り直すと消えます",
    words.NOTIFY_RESULT: "直していただく資料があります。結果を通知すると、受託者待ちに移ります",
    words.DECIDED_LATER: "アプリの目安：決まったらすぐに。決定通知のあとに決まった方です。"
    "決定通知で伝えるか、電話で伝えたと記録すると消えます",
    words.NOT_CHOSEN: "アプリの目安：決定通知と同じ日に。落選通知で伝えるか、電話などで伝えたことを記録すると消えます",
    words.WITHDRAWN: "アプリの目安：受けたらすぐに。辞退受理通知で伝えるか、電話などで伝えたことを記録すると消えます",
    words.REVOKED: "アプリの目安：取り消したらすぐに。電話で伝え、決定取消通知を出したことを記録すると消えます",
    words.CANCELLED: "中止が決まりました。中止通知で伝えるか、電話などで伝えたと記録すると消えます。"
    "保存、印刷、施行だけでは済になりません",
    words.CHANGED: "伝えた日時・会場が変わりました。変更通知で伝えるか、電話などで伝えたと記録すると消えます",
    words.NOTIFY: "作成しましたが、まだ伝えていません。保存や印刷だけでは済になりません",
}
"""The tasks to notify in their order, each with what arose and what ends it."""


def untold_tasks(records: EventRecords, year: YearContext) -> tuple[Task, ...]:
    """Return what was not told before the event passed and is owed to nobody any more; what arose later is none."""
    day = records.event.event_date
    if day is None or not records.phase(year.today).is_over:
        return ()
    found = _notification_tasks(records, year, owed=False)
    return tuple(one for one in found if one.task != words.EXCHANGE and one.due <= day)


def _notification_tasks(records: EventRecords, year: YearContext, *, owed: bool = True) -> tuple[Task, ...]:
    """Return the tasks to notify, each of which waits from the day on which it arose until it is done.

    They arise from facts that changed since their notification, documents made and not notified, people who withdrew or
    moved up, and results of handouts that are on no document yet. The 人数連絡 has a row of its own, which waits for
    the 変更連絡 to be notified. Of an event that is past or was held only what people were owed who did not come to it,
    and the right letter in place of a wrong one, still waits; without ``owed`` the rest is returned.
    """
    event, today = records.event, year.today
    is_over = records.is_over(today)
    has_right = any(REPLACEMENT in one.detail for one in records.outgoing)
    if (
        is_over
        and owed
        and event.status.counts
        and not has_right
        and all(one.state.is_coming for one in records.entries)
    ):
        return ()
    found: dict[str, list[MatterLine]] = {task: [] for task in _ENDS}
    for line in records.notification_lines:
        task = _notification_task(line, records)
        is_owed = task in _OWED_AFTER or line.matter_status.replacement is not None
        if task and (owed == is_owed or not is_over):
            found[task].append(line)
    if found[words.CHANGE_NOTICE]:
        found[words.NOTIFY] = [one for one in found[words.NOTIFY] if one.key != HEADCOUNT_KEY]
    if exchange := found[words.EXCHANGE]:
        is_stale = day_set_ready_on(records) or any(one.matter_status.changed_facts for one in exchange)
        if not is_stale or day_set_ready_on(records, current=True) is not None:
            exchange.clear()
    tasks = []
    for task, mine in found.items():
        if not mine:
            continue
        day, why = _arose_on(task, mine, records, today), _ENDS[task]
        stand = mine[0].matter_status
        if task == words.NOTIFY and stand.outgoing is None and stand.matter.issued_on is not None:
            why = "施行しましたが、伝えた記録がありません"
        deadline = _target_deadline(
            task,
            "区",
            day,
            start=event.event_date or day,
            basis=f"目安日。{why}",
            rule=_RULE_WORDS.get(task, "未通知"),
            waits=True,
        )
        link = _link_to_notify(task, event.id, mine[0])
        tasks.append(year.task(deadline, event, detail=_notification_words(task, mine, records), link=link))
    return tuple(tasks)


def _notification_task(line: MatterLine, records: EventRecords) -> str:
    """Return the task in which a matter waits, "" for none: that of the first row which is true of it."""
    kind, status, changes = line.matter_kind, line.status, line.matter_status.changed_facts
    is_covered = _is_covered_by_cancellation if records.event.status.is_cancelled else _is_covered_by_change
    # A name put right is told as for any letter, not as a change of day or place.
    is_moved = kind in (CHANGE_LETTER, REVOCATION_LETTER) and not are_only_names(changes)
    unsaid = (handout_key(one.material.id) for one in records.materials if one.not_notified)
    # Letters to those who come and to the others are drafted together, so these wait only once the first have left.
    is_early = kind == DECISION == line.key or (kind == REJECTION_LETTER and choice_notified_on(records) is None)
    rows = (
        (is_covered(records, line), ""),
        # What becomes of the documents of the day has a task of its own.
        (line.key == DAY_DOCUMENTS, words.EXCHANGE),
        (is_moved and (status in ("未作成", "変更あり") or _is_of_another_day(line)), words.CHANGED),
        (status == "変更あり", words.CHANGE_NOTICE if line.key == HEADCOUNT_KEY else words.NOTIFY_CHANGE),
        (status == "未作成" and line.key in unsaid, words.NOTIFY_RESULT),
        (status == "未作成" and not is_early, _TASK_OF_UNMADE.get(kind, "")),
        # Nobody is told by it; only a change of its content is a task.
        (status != "未通知" or (kind == recruitment.GAZETTE and not changes), ""),
        (kind == CANCELLATION_LETTER, words.CANCELLED),
    )
    return next((task for is_true, task in rows if is_true), words.NOTIFY)


def _notification_words(task: str, lines: Sequence[MatterLine], records: EventRecords) -> str:
    """Return what a task to notify says of its matters."""
    if task in (words.CHANGE_NOTICE, words.NOTIFY_CHANGE):
        return _changed_words(lines)
    if task == words.EXCHANGE:
        return "".join(f"作成のあと {one.words}" for one in lines[0].matter_status.changed_facts[:1])
    if task == words.CHANGED:
        return _notified_change_words(records, lines)
    if task in (words.CANCELLED, words.NOTIFY):
        return _outdated_document_words(lines)
    return _waiting_words(lines) if task == words.DECIDED_LATER else _subject_words(lines)


def _arose_on(task: str, lines: Sequence[MatterLine], records: EventRecords, today: date) -> date:
    """Return the day since which matters wait to be told: on which what is told was decided or left, at most ``today``.

    A letter that is not made waits from the day on which the first it is about withdrew or was chosen; what has no such
    day, or has changed since, from the last day on which the event or who comes to it changed, but none from before it
    was told.
    """
    left = [
        one.matter_status.outgoing.at.date()
        for one in lines
        if one.matter_status.outgoing is not None and not one.matter_status.is_outdated
    ]
    if task == words.NOTIFY_RESULT:
        left = [one.versions[-1].result_on or today for one in records.materials if one.not_notified]
    chosen = choice_notified_on(records)
    if task == words.NOT_CHOSEN and chosen is not None:
        left = [chosen]  # who comes may change long after
    if task in _RULE_WORDS:
        about = {number for one in lines for number in sealed_ids(one.matter_status.matter.facts.get(ADDRESSEES, ""))}
        left = [day for day in (records.state_since(about),) if day is not None]
    changes = [one for line in lines for one in line.matter_status.changed_facts]
    named = {number for one in changes if are_only_names(changes) for number in one.changed_ids}
    since = min(today, *(left or [records.changed_on(named) or today]))
    return max([since, *(one.notification.told_on for one in lines if one.notification is not None)])


def _link_to_notify(task: str, event_id: int, line: MatterLine) -> ActionLink:
    """Return the link to notify of a matter; a change of time or place begins with its decision."""
    moved = any(one.name in TIME_AND_PLACE for one in line.matter_status.changed_facts)
    if task == words.NOTIFY_CHANGE and line.document_kind in PARTICIPANT_LETTERS and moved:
        return ActionLink("中止・変更の連絡", event_id=event_id)
    action = TASK_KIND_BY_NAME[words.CHANGED if line.status == "未作成" and task == words.CANCELLED else task].action
    return ActionLink(action, event_id=event_id, kind=line.document_kind)


def _is_covered_by_cancellation(records: EventRecords, line: MatterLine) -> bool:
    """Return whether 中止通知 and calls already reach the recipients of a cancelled event's document.

    The contractor counts as reached once a 中止 was decided.
    """
    if line.matter_kind in _TO_APPLICANTS:
        return True
    return line.notification_kind.usual_party == CONTRACTOR and any(
        one.kind.is_cancellation for one in records.decisions
    )


def _is_covered_by_change(records: EventRecords, line: MatterLine) -> bool:
    """Return whether a letter already notified participants of what a decision changed since.

    Nobody has to record that any more: 変更通知 and calls notify them anew, and the letter is not made again.
    """
    decision, stand = decision_in_effect(records.event, records.decisions), line.matter_status
    kind = stand.matter.document_kind
    if decision is None or stand.status != "未通知" or kind not in PARTICIPANT_LETTERS:
        return False
    return any(
        bool(outdated_facts(one, records)) if one.facts.get("実施日") else one.dated_on <= decision.decided_at.date()
        for one in notified_documents(records)
        if one.kind == kind and batch_key(kind, one.revision) == stand.matter.key and not one.is_being_remade
    )


def _is_of_another_day(line: MatterLine) -> bool:
    """Return whether a letter was made and not notified before day or place changed once more."""
    stand = line.matter_status
    return stand.is_outdated and any(one.name in TIME_AND_PLACE for one in stand.changed_facts)


def _changed_words(lines: Sequence[MatterLine]) -> str:
    """Return 「14→15人」 for a count, with another day before it; else 「参加人数連絡書 会場 A → B ほか2件」.

    Of letters in which names alone are others now it says how many left so, as who corrects a name is told.
    """
    others = [one for one in lines if not are_only_names(one.matter_status.changed_facts)]
    named = fill_nonempty("前の名前で出した通知{}件", len(lines) - len(others))
    return join_nonempty(_other_changes(others), named) if others else named


def _other_changes(lines: Sequence[MatterLine]) -> str:
    first = lines[0].matter_status.changed_facts
    count = next((one for one in first if one.name == "参加予定"), None)
    if count is not None:
        day = next((f"{one.words}　" for one in first if one.name == "実施日"), "")
        return f"{day}{count.before.removesuffix('人')}→{count.now}"
    more = sum(len(one.matter_status.changed_facts) for one in lines) - 1
    name = "" if lines[0].key == HEADCOUNT_KEY else f"{lines[0].document_kind}　"
    return f"{name}{first[0].words}" + fill_nonempty(" ほか{}件", more)


def _notified_change_words(records: EventRecords, lines: Sequence[MatterLine]) -> str:
    """Return 「実施日 12/8(火) → 12/15(火) 8団体 14人」: the change, and how many people were notified before."""
    told = sorted(
        (one for one in notified_documents(records) if one.kind in (*PARTICIPANT_LETTERS, CHANGE_LETTER)),
        key=lambda one: (one.notified_on, one.kind == CHANGE_LETTER),
    )
    differing = outdated_facts(told[-1], records) if told else ()
    kind = records.decisions[-1].kind if records.decisions else ""
    return join_nonempty(differing[0].words if differing else kind, _subject_words(lines))


def _outdated_document_words(lines: Sequence[MatterLine]) -> str:
    """Return 「当日資料一式 作成のあと 名簿 14人 → 15人」; documents to be made again come first."""
    first = next((one for one in lines if one.matter_status.is_outdated), None)
    if first is None:
        return _waiting_words(lines)
    changed = first.matter_status.changed_facts[0].words
    return f"{matter_name(first.document_kind, first.title)}　作成のあと {changed}{_others(lines)}"


def _subject_words(lines: Sequence[MatterLine]) -> str:
    """Return 「操作手順書 第2版」 or 「1団体 1人」; the task itself names the document."""
    return f"{lines[0].title or lines[0].document_kind}{_others(lines)}"


def _waiting_words(lines: Sequence[MatterLine]) -> str:
    return f"{matter_name(lines[0].document_kind, lines[0].title)}{_others(lines)}"


def _others(lines: Sequence[MatterLine]) -> str:
    return and_others(lines, 1, " ほか{}件")


def _more_people_tasks(records: EventRecords, year: YearContext, day: date) -> list[Task]:
    """Return the task of 追加募集 (「あと3人」) as the only item if too few applied by the closing day; else [].

    Whether the number was notified already is not asked here.
    """
    closing = closing_day(records.steps, records.event, year.calendar)
    numbers = year.view.kind(records.event.kind)
    missing = people_missing(numbers, records.event, people=records.people, closing=closing, today=year.today)
    if not missing or closing is None:
        return []
    due = max(year.calendar.add_open_days(closing, 1), year.today)
    basis = (
        f"目安日。受付締切 {short_date(closing, year.today)} "
        f"までの参加予定が{records.people}人で、仕様の人数に{missing}人足りません"
    )
    rule = "受付締切のつぎの開庁日"
    deadline = _target_deadline(words.MORE_PEOPLE, "区", due, start=day, basis=basis, rule=rule)
    return [year.task(deadline, records.event, detail=f"あと{missing}人")]


def _resubmission_tasks(records: EventRecords, year: YearContext, day: date) -> list[Task]:
    """Return the task of each handout that the contractor has to send again (「操作手順書 第2版」).

    Before them are those added, or received anew, after the last day of their check.

    The deadline is the day of ``resubmission_target``.

    There is none before the result was notified, because the contractor does not know of it.
    """
    confirm = material_due(
        MATERIAL,
        EventTerms(
            numbers=year.view.kind(records.event.kind),
            programme=year.view.programme,
            event_date=day,
            calendar=year.calendar,
        ),
    )
    if confirm is None:
        return []
    tasks = []
    duty = [one.material.id for one in records.materials_on(confirm.last_day_in_time) if one.confirmed_on is None]
    for handout in records.materials:
        latest, told, title = handout.latest, handout.notified_on, handout.material.title
        if handout.confirmed_on is None and handout.material.id not in duty:
            came = latest.received_on if latest is not None else handout.material.added_on or day
            basis = "目安日。資料の確認の期限のあとに加わりました。実施日までに確かめます"
            deadline = _target_deadline(
                words.ADDED_HANDOUT, "区", came, start=day, basis=basis, rule="届いたらすぐ", waits=True
            )
            tasks.append(year.task(deadline, records.event, detail=title, material_id=handout.material.id))
        if latest is None or told is None or not handout.needs_correction:
            continue
        target = target_dates.resubmission_target(confirm.working, day, told, year.calendar)
        rule = f"区の確認 {short_date(confirm.working, year.today)} の前の開庁日"
        if target >= confirm.working:
            full = year.calendar.add_open_days(told, target_dates.RESUBMIT_OPEN_DAYS)
            rule = f"結果の通知から{target_dates.RESUBMIT_OPEN_DAYS}開庁日"
            rule = rule if target == full else "実施日の前の開庁日"
        basis = f"目安日。結果の通知 {short_date(told, year.today)}。{rule}"
        deadline = _target_deadline(words.RESUBMISSION, "受託者", target, start=day, basis=basis, rule=rule)
        detail = f"{title} 第{latest.version + 1}版"
        tasks.append(year.task(deadline, records.event, detail=detail, material_id=handout.material.id))
    return tasks


def date_decision_task(records: EventRecords, year: YearContext) -> Task:
    """Return the task of an event without a date, or that waits for another: decide it before the period of its kind
    ends.
    """
    event = records.event
    agreed = year.view.as_last_agreed(None)
    numbers, programme = agreed.kind(event.kind), agreed.programme
    last = min(numbers.window_end, latest_start_day(numbers.report_period, programme.term_end, year.calendar))
    end = short_date(last, year.today)
    clause = numbers.clause_window
    basis = (
        f"目安日。{numbers.name}の期間（{short_date(numbers.window_end, year.today)}まで）"
        f"と報告書の期限に収まる最後の日 {end}"
    )
    if awaited := records.awaited_change:
        basis += f"。もとの日時に行うときは、実施回の上の「{awaited}を取り消す」を押します"
    deadline = replace(
        _target_deadline(words.DECIDE, "区・受託者", last, start=last, basis=basis, rule=f"{end}まで"), clause=clause
    )
    topics = "・".join(row.topic for row in records.open_topics)
    return year.task(
        deadline,
        event,
        label="新しい日時を決める" if awaited else "",
        detail=join_nonempty(awaited, fill_nonempty("協議中 {}", topics)),
        provisional_words="" if awaited else "仮",
    )


_TALK_ENDS = {
    words.CANCELLATION_TALK: "回数、代替、費用、契約変更の協議を済にするか、代わりの回を決めると消えます。"
    "協議が要らないときは、理由を書いて手で済にします",
    words.CUT_SHORT_TALK: "回数に数えるかどうかを受託者と協議し、「実施の記録」の「回数の扱い」に記録すると消えます",
}


def _talk_tasks(records: EventRecords, year: YearContext) -> tuple[Task, ...]:
    """Return the task to talk with the contractor about a 中止 or 打切り: done where it was closed by hand, else open.

    After a 中止 a settled 協議 ends it, after a 打切り what is recorded of it, and an event in its place. It leads to a
    協議 that is only begun, as the 中止 itself may begin it. 協議 about holding the event are none of these.
    """
    event, result = records.event, records.result
    is_cancelled = event.status.is_cancelled
    since = (event.cancelled_on if is_cancelled else None) or event.event_date or year.today
    if not is_cancelled and (result is None or not result.cut_short.is_open):
        return ()
    about = [one for one in records.topics_in_effect if one.topic not in TOPICS_OF_HOLDING]
    about = [one for one in about if (one.settled_on or one.asked_on or since) >= since]
    begun, is_settled = next((one for one in about if one.is_open), None), any(not one.is_open for one in about)
    if is_cancelled and (is_settled or records.is_replaced):
        return ()
    task = words.CANCELLATION_TALK if is_cancelled else words.CUT_SHORT_TALK
    closing = manual_closing(event.id, task, year)
    if closing is not None and closing.closed_on < since:
        closing = None
    link = ActionLink("協議の記録", agreement_id=begun.id) if begun is not None else None
    if is_settled and begun is None:
        link = ActionLink("結果を記録する", event_id=event.id)
    due = year.calendar.add_open_days(since, 1)
    basis = f"目安日。{short_date(since, year.today)} のつぎの開庁日。{_TALK_ENDS[task]}"
    deadline = _target_deadline(task, "区・受託者", due, start=since, basis=basis, rule="つぎの開庁日")
    return (
        year.task(
            replace(deadline, clause=year.view.kind(event.kind).clause_planned),
            event,
            completed_on=closing.closed_on if closing is not None else None,
            closed_because=closing.reason if closing is not None else "",
            detail=f"協議中 {begun.topic}" if begun is not None else "回数・代替・費用・契約変更",
            link=link,
        ),
    )


def _later_draft_tasks(records: EventRecords, year: YearContext) -> tuple[Task, ...]:
    """Return the task to draft what left by an 口頭決裁, until the day of its 決裁 is recorded."""
    return tuple(
        year.task(
            _target_deadline(
                words.LATER_DRAFT,
                "区",
                letter.issued_on,
                start=letter.issued_on,
                basis="目安日。口頭決裁で出した日。起案の決裁日を記録すると消えます",
                rule="出したらすぐ",
            ),
            records.event,
            detail=letter.document_kind,
        )
        for letter in records.letters
        if letter.awaits_draft and letter.issued_on is not None
    )


def _target_deadline(
    task: str, owner: Owner, day: date, *, start: date, basis: str, rule: str, waits: bool = False
) -> Deadline:
    """Return a 目安日 on one day, for tasks that arise from the present state; it counts as before up to ``start``."""
    return Deadline(
        task=task,
        owner=owner,
        clause="",
        rule=rule,
        basis=basis,
        direction="before" if day <= start else "after",
        start=start,
        nominal=day,
        working=day,
        margin=day,
        contract=False,
        waits=waits,
    )
