"""The tasks of one event: deadlines of the rules joined with what the store says is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field, replace
from datetime import date
from functools import partial
from typing import Final

from app.acts.action_id import ActionId, Asked
from app.calendar.dates import short_date
from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import last_fitting_day
from app.calendar.wareki import fiscal_year_words
from app.common.together import together
from app.papers.rules.notification import named
from app.papers.services.tells import CONTRACTOR, MatterLine
from app.programme.services.programme_view import ProgrammeView, YearRecords
from app.subjects.events.event.rules import guides, recruitment
from app.subjects.events.event.rules.change_decisions import (
    CANCELLATION_LETTER,
    CHANGE_LETTER,
    INVITATION_LETTER,
    NO_PLACE_LETTER,
    WITHDRAWAL_LETTER,
)
from app.subjects.events.event.rules.deadlines import (
    HEADCOUNT,
    MATERIAL,
    Deadline,
    EventTerms,
    Owner,
    is_past_goal,
    material_due,
    overridden,
)
from app.subjects.events.event.rules.recruitment import DECISION
from app.subjects.events.event.rules.selection_minimum import closing_day, people_missing
from app.subjects.events.event.services.event_file import EventCourse, EventFile, handout_key
from app.subjects.events.event.services.tasks import task as words
from app.subjects.events.event.services.tasks.closings import DAY_PAPERS, steps_as_done
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from app.subjects.events.event.services.tasks.task import Task, make_task
from app.subjects.events.event.services.tasks.task_kind import KIND_OF, OTHERWISE, DueGround, deadlines_of
from app.subjects.events.event.services.told_event import (
    TO_WHO_COMES,
    WHEN_AND_WHERE,
    ToldPaper,
    told_otherwise,
    told_papers,
)
from db.frozen_record import frozen_record
from db.records.events import Event, RecruitmentStep
from db.records.participants import HEADCOUNT_KEY
from db.records.programme import TaskClosing

BY_HAND = "手で決めた日"


@frozen_record
class Year:
    """What every task of the year rests on: the contract's numbers, the calendar, today, what the store calls for,
    and the ``records`` of its own tasks."""

    view: ProgrammeView
    calendar: OfficeCalendar
    today: date
    follow_ups: tuple[FollowUp, ...] = ()
    records: YearRecords = field(default_factory=YearRecords)

    @property
    def words(self) -> str:
        """「令和8年度」."""
        return fiscal_year_words(self.view.programme.fiscal_year)

    def of(self, event: Event) -> Year:
        """Return what the tasks of one event rest on: the contract's numbers as they are on its day."""
        return replace(self, view=self.view.with_numbers_of(event.event_date))


@frozen_record
class EventDue:
    """One deadline of an event and the day it was done (None = open)."""

    deadline: Deadline
    closed_on: date | None


def dues_of(file: EventCourse, year: Year, event: Event | None = None) -> tuple[EventDue, ...]:
    """Return every deadline and guide date of an event with what closes it, in time order.

    ``event`` is the event as it would be (another date) for the preview of a move; a date set by hand
    holds for the present date only and does not go with the event.
    """
    given = event or file.event
    if given.event_date is None or given.status == "中止":
        return ()
    year = year.of(given)
    ground = DueGround(
        numbers=year.view.numbers[given.kind],
        programme=year.view.programme,
        event_date=given.event_date,
        calendar=year.calendar,
        extra_materials=file.materials_needed,
        file=file,
    )
    by_hand = {row.task: row for row in file.overrides} if given.event_date == file.event.event_date else {}
    born = (_as_born(overridden(row, by_hand.get(row.task)), given, year) for row in deadlines_of(ground))
    dues = [_due(row, file, year) for row in born if row is not None]
    return tuple(sorted(dues, key=lambda due: due.deadline.counts_to))


def _as_born(deadline: Deadline, event: Event, year: Year) -> Deadline | None:
    """Return a deadline as it begins with its event. A 目安日 that was past when the event got its date nobody can
    keep: before the event it is none, and what is to do after one that was written down later begins then."""
    if not is_past_goal(deadline, event.dated_on) or event.dated_on is None:
        return deadline
    if deadline.direction == "before":
        return None
    day = year.calendar.open_on_or_after(event.dated_on)
    words = f"{deadline.basis}。日程を入れた日が後のため {short_date(day, year.today)}"
    return replace(deadline, nominal=day, working=day, margin=day, basis=words, margin_basis=words)


def _due(deadline: Deadline, file: EventCourse, year: Year) -> EventDue:
    """Return one deadline with what closes it."""
    kind = KIND_OF[deadline.task]
    done = kind.closed(file) if kind.closed is not None else None
    reopened = done is not None and year.today <= deadline.limit and kind.reopens(file)
    return EventDue(deadline=deadline, closed_on=None if reopened else done)


def tasks_of(file: EventFile, year: Year) -> tuple[Task, ...]:
    """Return every task of one event, done ones included, by date.

    A guide date before the event falls away once the event has passed, and so do a 人数連絡 and a 資料確認 that nobody
    recorded: nobody can do them any more (``lapsed_tasks`` has all of them).
    """
    event, year = file.event, year.of(file.event)
    arisen = follow_up_tasks(year, event)
    if event.status == "中止":
        return (*_to_tell(file, year), *arisen)
    if event.event_date is None:
        return (_undated(file, year), *_to_tell(file, year), *step_tasks(file, year), *arisen)
    passed = event.event_date < year.today
    tasks = []
    for due in dues_of(file, year):
        row, kind = due.deadline, KIND_OF[due.deadline.task]
        if _lapses(due) if passed else kind.only_after:
            continue
        if kind.rests(file):
            continue
        tasks.append(
            make_task(
                row,
                kind,
                event=event,
                today=year.today,
                calendar=year.calendar,
                closed_on=due.closed_on,
                announce_days=year.view.programme.announce_days,
                detail=kind.detail(file),
            )
        )
    tasks += _more(file, year, passed=passed)
    past = {step.id for step in file.steps if is_past_from_the_start(step, file, year)}
    tasks += [task for task in step_tasks(file, year) if not task.open or not (passed or task.step_id in past)]
    tasks += arisen
    return tuple(sorted(tasks, key=lambda task: (task.due, task.task)))


def lapsed_tasks(file: EventFile, year: Year) -> tuple[Task, ...]:
    """Return what no record closed before an event that has passed and nobody can do any more: guide dates, 人数連絡
    and 資料確認.

    Each can still be recorded with its real day; how late the ward was with a duty of the contract is counted up to the
    event (``days_unrecorded``).
    """
    event, year = file.event, year.of(file.event)
    if event.status == "中止" or event.event_date is None or event.event_date >= year.today:
        return ()
    return tuple(
        make_task(
            due.deadline,
            KIND_OF[due.deadline.task],
            event=event,
            today=year.today,
            calendar=year.calendar,
            detail=KIND_OF[due.deadline.task].detail(file),
        )
        for due in dues_of(file, year)
        if _lapses(due)
    )


def _lapses(due: EventDue) -> bool:
    row = due.deadline
    return (
        due.closed_on is None and row.direction == "before" and (not row.contract or bool(KIND_OF[row.task].unrecorded))
    )


def days_unrecorded(task: Task) -> int:
    """How many days a lapsed duty of the contract was late when its event was held: there it ends, whenever it is
    asked."""
    day = task.event_date
    return max((day - task.deadline.limit).days, 0) if task.contract and day is not None else 0


def unrecorded_key(event_id: int) -> str:
    """Under which name the year keeps why there is no record of the 人数連絡 of an event."""
    return f"{HEADCOUNT}:{event_id}"


def why_unrecorded(event: Event, year: Year) -> TaskClosing | None:
    """Return what was written when nobody could say any more how the numbers were told, or None."""
    key = unrecorded_key(event.id)
    return next((row for row in reversed(year.records.closings) if row.task == key), None)


def follow_up_tasks(year: Year, event: Event | None) -> tuple[Task, ...]:
    """Return what the store calls for about one event, also a cancelled one (None = about no event)."""
    return tuple(
        make_task(
            replace(
                _guide(one.task, "区", one.due, start=one.due, basis=one.basis, rule=one.rule),
                clause=one.clause,
                contract=bool(one.clause),
            ),
            OTHERWISE,
            event=event,
            today=year.today,
            calendar=year.calendar,
            label=one.label,
            detail=one.detail,
            asked=one.asked,
        )
        for one in year.follow_ups
        if one.event_id == (event.id if event is not None else None)
    )


def step_deadlines(file: EventCourse, event: Event, year: Year) -> tuple[Deadline, ...]:
    """Return the days of the recruitment steps for ``event`` (perhaps at another date), named by step."""
    rows = []
    for step in file.steps:
        due = recruitment.step_due(step, event.event_date, year.calendar)
        if due is None:
            continue
        by_hand = f"目安日。手で決めた日 {short_date(due, year.today)}"
        basis = recruitment.step_basis(step, event.event_date, year.calendar) if event.event_date else by_hand
        rule = BY_HAND if step.due is not None else recruitment.offset_words(step.offset_days)
        rows.append(_guide(step.name, "区", due, start=event.event_date or due, basis=basis, rule=rule))
    return tuple(rows)


def step_tasks(file: EventFile, year: Year) -> tuple[Task, ...]:
    """Return the recruitment steps of an event as tasks, in their own order."""
    dated = [step for step in steps_as_done(file) if recruitment.step_due(step, file.event.event_date, year.calendar)]
    return tuple(
        _step_task(file, step, deadline, year)
        for step, deadline in zip(dated, step_deadlines(file, file.event, year), strict=True)
    )


def is_past_from_the_start(step: RecruitmentStep, file: EventCourse, year: Year) -> bool:
    """Whether the day of a step that follows the date of its event was past when the event got that date."""
    return recruitment.is_past_at_birth(step, file.event, year.calendar)


def _step_task(file: EventFile, step: RecruitmentStep, deadline: Deadline, year: Year) -> Task:
    event = file.event
    people = f"{file.people_word} {file.people}人" if file.people and step.name.startswith("受付") else ""
    return make_task(
        replace(deadline, task=words.STEP),
        OTHERWISE,
        event=event,
        today=year.today,
        calendar=year.calendar,
        closed_on=step.done_on,
        label=recruitment.step_to_do(step.name),
        detail=step.note or people,
        step_id=step.id,
        asked=_asked_of_step(step, event),
    )


def _asked_of_step(step: RecruitmentStep, event: Event) -> Asked:
    """What does a step: its paper, the place where it is done, or its tick."""
    paper = recruitment.paper_of_step(step.name)
    if paper:
        return Asked("段取りの書類", event_id=event.id, kind=paper)
    if step.name == recruitment.DECIDE_STEP:
        return Asked("参加者の決定", event_id=event.id)
    what: ActionId = "申込を受け付ける" if step.name.startswith("受付") else "段取りを進める"
    return Asked(what, event_id=event.id, step_id=step.id)


def _more(file: EventFile, year: Year, *, passed: bool) -> list[Task]:
    """Return the tasks that only arise from how things stand: changes, corrections, the result."""
    event, today, calendar = file.event, year.today, year.calendar
    day = event.event_date
    assert day is not None
    found: list[tuple[Deadline, str, int | None]] = []
    told = file.told
    if told is None and file.counted_from_roster:
        found += _more_people(file, year, day)
    if passed and (file.result is None or file.result.attended is None):
        after = max(calendar.add_open_days(day, 1), calendar.open_on_or_after(event.dated_on or day))
        basis = "目安日。実施日のつぎの開庁日までに、出席者数などを記録します"
        found.append((_guide(words.RESULT, "区", after, start=day, basis=basis, rule="つぎの開庁日"), "", None))
    report = file.report
    if report is not None and report.status == "修正依頼":
        asked = report.checked_on or report.received_on or day
        days = year.view.programme.review_open_days
        target = calendar.add_open_days(asked, days)
        basis = f"目安日。修正依頼 {short_date(asked, today)} から{days}開庁日"
        found.append(
            (
                _guide(words.CORRECTION, "受託者", target, start=asked, basis=basis, rule=f"修正依頼から{days}開庁日"),
                "",
                None,
            )
        )
    if not passed:
        found += _resubmissions(file, year, day)
    return [
        *_to_tell(file, year),
        *(
            make_task(
                row,
                KIND_OF[row.task],
                event=event,
                today=today,
                calendar=calendar,
                detail=detail,
                material_id=material_id,
            )
            for row, detail, material_id in found
        ),
    ]


_CANCELLED: Final = "中止"
_TOLD_TO_NOBODY: Final = frozenset({DAY_PAPERS, recruitment.GAZETTE})
"""Papers that are made and used: nobody waits to be told by them. Where what they say changed since, it is said."""
_TO_APPLICANTS: Final = (DECISION, INVITATION_LETTER, NO_PLACE_LETTER, CHANGE_LETTER)
_RULES: Final = {words.WITHDRAWN: "受けたらすぐ", words.DECIDED_LATER: "決まったらすぐ"}


def _to_tell(file: EventFile, year: Year) -> tuple[Task, ...]:
    """Return what was told and is no longer so, what was made and not told, who withdrew or moved up and was not
    told, and results that ask for a mended handout and are on no paper yet; each stands under today until it is told.

    The numbers of participants have a row of their own, for their 変更連絡 is made first; once it is made, that row
    waits for it to be told. Nothing waits of an event that is over.
    """
    event, today = file.event, year.today
    if event.event_date is not None and event.event_date < today:
        return ()
    lines = [one for one in file.told_lines if event.status != _CANCELLED or not _told_by_the_cancellation(file, one)]
    change = [one for one in lines if one.stand.matter.paper == CHANGE_LETTER]
    changes = [one for one in change if one.stand.standing in ("未作成", "変更あり")]
    lines = [one for one in lines if one not in changes]
    changed = [one for one in lines if one.stand.standing == "変更あり"]
    numbers = [one for one in changed if one.stand.matter.key == HEADCOUNT_KEY]
    others = [one for one in changed if one.stand.matter.key != HEADCOUNT_KEY]
    unsaid = {handout_key(one.material.id) for one in file.materials if one.untold}
    results = [one for one in lines if one.stand.standing == "未作成" and one.stand.matter.key in unsaid]
    waiting = [
        one
        for one in lines
        if one.stand.standing == "未通知" and not (numbers and one.stand.matter.key == HEADCOUNT_KEY)
    ]
    waiting = [one for one in waiting if one.stand.matter.paper not in _TOLD_TO_NOBODY or one.stand.changed]
    cancelled = [one for one in waiting if one.stand.matter.paper == CANCELLATION_LETTER]
    waiting = [one for one in waiting if one not in cancelled]
    later = [
        one
        for one in lines
        if one.stand.standing == "未作成" and one.stand.matter.paper == DECISION and one.stand.matter.key != DECISION
    ]
    withdrawn = [one for one in lines if one.stand.standing == "未作成" and one.stand.matter.paper == WITHDRAWAL_LETTER]
    found: list[tuple[str, list[MatterLine], Callable[[Sequence[MatterLine]], str], str]] = [
        (words.CHANGE_NOTICE, numbers, _changed_words, "連絡したあとに変わりました。変更連絡を伝えると消えます"),
        (
            words.TELL_AGAIN,
            others,
            _changed_words,
            "伝えたあとに変わりました。もう一度伝えるか、理由を書いて見送ると消えます",
        ),
        (
            words.TELL_RESULT,
            results,
            _subject_words,
            "直していただく資料があります。結果を通知すると、受託者待ちに移ります",
        ),
        (
            words.DECIDED_LATER,
            later,
            _waiting_words,
            "アプリの目安：決まったらすぐに。決定通知のあとに決まった方です。決定通知で伝えるか、電話で伝えたと記録すると消えます",
        ),
        (
            words.WITHDRAWN,
            withdrawn,
            _subject_words,
            "アプリの目安：受けたらすぐに。辞退受理通知で伝えるか、電話などで伝えたことを記録すると消えます",
        ),
        (
            words.CANCELLED,
            cancelled,
            _made_words,
            "作成または施行しましたが、伝えた記録がありません。保存、印刷、施行だけでは済になりません",
        ),
        (
            words.CHANGED,
            changes,
            partial(_told_change_words, file),
            "伝えた日時・会場が変わりました。変更通知で伝えるか、電話などで伝えたと記録すると消えます",
        ),
        (
            words.TELL,
            waiting,
            _made_words,
            "施行しましたが、伝えた記録がありません"
            if waiting and waiting[0].stand.made is None and waiting[0].stand.matter.issued_on is not None
            else "作成しましたが、まだ伝えていません。保存や印刷だけでは済になりません",
        ),
    ]
    return tuple(
        make_task(
            _guide(
                task,
                "区",
                today,
                start=event.event_date or today,
                basis=f"目安日。{why}",
                rule=_RULES.get(task, "未通知"),
            ),
            KIND_OF[task],
            event=event,
            today=today,
            calendar=year.calendar,
            detail=said(mine),
            asked=_way_to_tell(task, event.id, mine[0]),
        )
        for task, mine, said, why in found
        if mine
    )


def _way_to_tell(task: str, event_id: int, line: MatterLine) -> Asked:
    """Where a matter is told: another day or place than a letter told those who come begins with its decision."""
    moved = any(one.name in WHEN_AND_WHERE for one in line.stand.changed)
    if task == words.TELL_AGAIN and line.paper in TO_WHO_COMES and moved:
        return Asked("中止・変更の連絡", event_id=event_id)
    return Asked(KIND_OF[task].asks, event_id=event_id, kind=line.paper)


def _told_by_the_cancellation(file: EventFile, line: MatterLine) -> bool:
    """Whether whoever was told by a paper of a cancelled event learns of it by its 中止通知 and the calls."""
    if line.stand.matter.paper in _TO_APPLICANTS:
        return True
    return line.tells.party == CONTRACTOR and any(one.kind == _CANCELLED for one in file.decisions)


def _changed_words(lines: Sequence[MatterLine]) -> str:
    """「14→15人」 for a count, with another day before it; else 「参加人数連絡書　会場 A → B ほか2件」."""
    first = lines[0].stand.changed
    count = next((one for one in first if one.name == "参加予定"), None)
    if count is not None:
        day = next((f"{one.words}　" for one in first if one.name == "実施日"), "")
        return f"{day}{count.before.removesuffix('人')}→{count.now}"
    more = sum(len(one.stand.changed) for one in lines) - 1
    name = "" if lines[0].stand.matter.key == HEADCOUNT_KEY else f"{lines[0].paper}　"
    return f"{name}{first[0].words}" + (f" ほか{more}件" if more else "")


def _told_change_words(file: EventFile, lines: Sequence[MatterLine]) -> str:
    """「実施日 12/8(火) → 12/15(火)　8団体 14人」: what is otherwise than people were told, and how many they are."""
    told = sorted((one for one in told_papers(file) if one.kind in (*TO_WHO_COMES, CHANGE_LETTER)), key=_told_last)
    differing = told_otherwise(told[-1], file) if told else ()
    kind = file.decisions[-1].kind if file.decisions else ""
    return together(differing[0].words if differing else kind, _subject_words(lines))


def _told_last(paper: ToldPaper) -> tuple[date, bool]:
    return paper.told_on, paper.kind == CHANGE_LETTER


def _made_words(lines: Sequence[MatterLine]) -> str:
    """「当日資料一式　作成のあと 名簿 14人 → 15人」: what no longer says what is so comes first, to be made again."""
    first = next((one for one in lines if one.stand.stale), None)
    if first is None:
        return _waiting_words(lines)
    more = f" ほか{len(lines) - 1}件" if len(lines) > 1 else ""
    return f"{named(first.paper, first.title)}　作成のあと {first.stand.changed[0].words}{more}"


def _subject_words(lines: Sequence[MatterLine]) -> str:
    """「操作手順書 第2版」, 「1団体 1人」: which paper tells of it, the task itself says."""
    return _with_more(lines[0].title or lines[0].paper, lines)


def _waiting_words(lines: Sequence[MatterLine]) -> str:
    return _with_more(named(lines[0].paper, lines[0].title), lines)


def _with_more(first: str, lines: Sequence[MatterLine]) -> str:
    return f"{first} ほか{len(lines) - 1}件" if len(lines) > 1 else first


def _more_people(file: EventFile, year: Year, day: date) -> list[tuple[Deadline, str, int | None]]:
    """Return that too few have applied once applications are closed; it goes when enough come or the number is told."""
    closing = closing_day(file.steps, file.event, year.calendar)
    numbers = year.view.numbers[file.event.kind]
    missing = people_missing(numbers, file.event, people=file.people, closing=closing, today=year.today)
    if not missing or closing is None:
        return []
    due = max(year.calendar.add_open_days(closing, 1), year.today)
    basis = (
        f"目安日。受付締切 {short_date(closing, year.today)} "
        f"までの参加予定が{file.people}人で、仕様の人数に{missing}人足りません"
    )
    return [
        (
            _guide(words.MORE_PEOPLE, "区", due, start=day, basis=basis, rule="受付締切のつぎの開庁日"),
            f"あと{missing}人",
            None,
        )
    ]


def _resubmissions(file: EventFile, year: Year, day: date) -> list[tuple[Deadline, str, int | None]]:
    """Return what the contractor still has to send again: asked for on the open day before the confirmation.

    Nothing is asked for before its result was told: nobody can mend what nobody was told of.
    """
    confirm = material_due(
        MATERIAL,
        EventTerms(
            numbers=year.view.numbers[file.event.kind],
            programme=year.view.programme,
            event_date=day,
            calendar=year.calendar,
        ),
    )
    if confirm is None:
        return []
    rows: list[tuple[Deadline, str, int | None]] = []
    for handout in file.materials:
        latest, told = handout.latest, handout.told_on
        if latest is None or told is None or not handout.to_mend:
            continue
        target = guides.resubmission_day(confirm.working, day, told, year.calendar)
        rule = f"区の確認 {short_date(confirm.working, year.today)} の前の開庁日"
        if target >= confirm.working:
            full = year.calendar.add_open_days(told, guides.RESUBMIT_OPEN_DAYS)
            rule = f"結果の通知から{guides.RESUBMIT_OPEN_DAYS}開庁日"
            rule = rule if target == full else "実施日の前の開庁日"
        basis = f"目安日。結果の通知 {short_date(told, year.today)}。{rule}"
        deadline = _guide(words.RESUBMISSION, "受託者", target, start=day, basis=basis, rule=rule)
        what = f"{handout.material.title} 第{latest.version + 1}版"
        rows.append((deadline, what, handout.material.id))
    return rows


def _undated(file: EventFile, year: Year) -> Task:
    """Return the one task of an event without a date: decide it, at the latest at the window's end."""
    event = file.event
    numbers, programme = year.view.numbers[event.kind], year.view.programme
    last = min(numbers.window_end, last_fitting_day(numbers.report_period, programme.term_end))
    end = short_date(last, year.today)
    clause = numbers.clause_window
    basis = (
        f"目安日。{event.kind}の期間（{short_date(numbers.window_end, year.today)}まで）"
        f"と報告書の期限に収まる最後の日 {end}"
    )
    deadline = replace(
        _guide(words.DECIDE, "区・受託者", last, start=last, basis=basis, rule=f"{end}まで"), clause=clause
    )
    topics = "・".join(row.topic for row in file.open_topics)
    return make_task(
        deadline,
        KIND_OF[words.DECIDE],
        event=event,
        today=year.today,
        calendar=year.calendar,
        detail=f"協議中 {topics}" if topics else "",
        provisional="仮",
    )


def _guide(task: str, owner: Owner, day: date, *, start: date, basis: str, rule: str) -> Deadline:
    """Return a 目安日 on one day, for what only the state of the store calls for."""
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
    )
