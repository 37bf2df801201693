"""Another date for an event: every deadline old → new before anything is saved, then the move itself.

Open deadlines follow, what is done stays done, and what else the move calls for (letters already sent, people to
call, the booking) becomes a row of 区がやること.

- ``preview_move(store, event_id, new_date, start_time, end_time, today) -> MovePreview`` writes nothing
- ``move_event(act, event_id, new_date, reason, nature, asked, start_time, end_time) -> Saved``
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar.dates import long_date, short_date
from app.calendar.office_days import OfficeCalendar
from app.common.together import together
from app.papers.rules.notification import shown
from app.programme.services.programme import read_programme
from app.subjects.events.event.rules.attendance import headcount_totals
from app.subjects.events.event.rules.deadlines import Deadline
from app.subjects.events.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE, NEEDS, EventWarning
from app.subjects.events.event.rules.moves import DeadlineMove, deadline_moves
from app.subjects.events.event.rules.recruitment import (
    BY_A_MOVE,
    as_published,
    closing_step,
    fitting_again,
    is_published,
    leading_up,
    opening_step,
    step_due,
)
from app.subjects.events.event.rules.taking_part import is_coming
from app.subjects.events.event.rules.told_facts import ORDER, TABLETS_READY, order_key
from app.subjects.events.event.services.agreements import DAY_TOPIC, insert_numbered, number_of_settled
from app.subjects.events.event.services.event_drafts import asks_reason, warnings_among, with_day
from app.subjects.events.event.services.event_file import EventCourse, read_course, required_event
from app.subjects.events.event.services.recruitment import VENUE_STEP
from app.subjects.events.event.services.tasks.deadlines import proposal_task
from app.subjects.events.event.services.tasks.event_tasks import Year, dues_of, step_deadlines
from app.subjects.events.event.services.tasks.task import PROPOSAL, short_basis
from app.subjects.events.event.services.tasks.task_kind import KIND_OF
from app.subjects.events.event.services.tasks.year_task_kind import YEAR_KIND_OF, proposal_deadline_of
from app.subjects.events.event.services.told_change import note_told_change
from app.subjects.events.event.services.told_event import (
    TO_WHO_COMES,
    ToldPaper,
    differs_from_known,
    known_facts,
    told_papers,
    with_images,
)
from db.fields import differing
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.accounts import JournalEntry
from db.records.agreements import Agreement
from db.records.events import DeadlineOverride, Event, RecruitmentStep
from db.records.venues import Booking
from db.rows import rows
from db.store import Store
from db.tables import events as table
from db.tables import journal

ARRANGED = "手配先への日程変更の連絡"


@frozen_record
class MoveNeed:
    """Something a move makes necessary; with ``step`` it becomes a row of 区がやること on saving."""

    text: str
    step: str = ""


@frozen_record
class MoveRow:
    """One deadline before and after. ``old_note`` and ``new_note`` give the other date where it differs (「暦どおり
    9/19(土)」); ``old_open`` and ``new_open`` stand for a day that is a 仮 one; ``words``
    「7日後ろへ」「済のまま」「変わりません」; ``basis`` why. ``past`` says that the new day lies before today and what
    it asks for is open: it would be missed at once."""

    task: str
    label: str
    owner: str
    contract: bool
    old_due: date | None
    old_note: str
    new_due: date | None
    new_note: str
    done_on: date | None
    moves: bool
    words: str
    basis: str
    old_open: str = ""
    new_open: str = ""
    past: bool = False


@frozen_record
class MovePreview:
    """What a move would do. ``moved`` is the number for heading and button, ``unmoved`` the others.

    ``missed`` is how many would be missed at once, ``warnings`` are about the new date; ``reason_needed`` False only
    while a first date is given; ``contract_change`` True when the likely way is to ask 契約課.
    """

    event_id: int
    title: str
    new_date: date
    start_time: str
    end_time: str
    rows: tuple[MoveRow, ...]
    moved: int
    unmoved: int
    missed: int
    follow_ups: tuple[MoveNeed, ...]
    warnings: tuple[EventWarning, ...]
    reason_needed: bool
    contract_change: bool


@frozen_record
class MoveGround:
    """What a move is judged by, read once: the event with what its deadlines rest on, its year, all events of it.

    ``approvals`` are the days on which its rooms were approved before, by day and place: one that was not given back
    holds again when the event goes back to that day. ``told`` are the papers that told somebody something, ``known``
    what those who come have in mind.
    """

    course: EventCourse
    year: Year
    events: tuple[Event, ...]
    approvals: Mapping[tuple[str, str, str], date]
    told: tuple[ToldPaper, ...]
    known: Mapping[str, str]

    def approved_on(self, moved: Event) -> date | None:
        """The day on which the place was approved for where the event goes, None = not yet."""
        return self.approvals.get(_room_on(moved))


def read_move_ground(store: Store, *, event_id: int, today: date) -> MoveGround:
    """Return what a move of one event is judged by; raises ``Refusal`` when the event is no longer there."""
    events = table.of_same_year(store.database, event_id)
    event = next((one for one in events if one.id == event_id), None) or required_event(store.database, event_id)
    view = read_programme(store, programme_id=event.programme_id, on=today)
    year = Year(view=view, calendar=view.calendar, today=today).of(event)
    course = read_course(store, event)
    entries = journal.entries(store.database, event_id=event_id)
    told = with_images(store.database, course, told_papers(course), entries=entries)
    return MoveGround(
        course=course,
        year=year,
        events=tuple(events),
        approvals=_approvals(store, event_id, entries),
        told=told,
        known=known_facts(store.database, course, told),
    )


def _room_on(event: Event) -> tuple[str, str, str]:
    return (event.event_date.isoformat() if event.event_date is not None else "", event.venue, event.room)


def _approvals(store: Store, event_id: int, entries: Sequence[JournalEntry]) -> dict[tuple[str, str, str], date]:
    """Every day and place that the event had with its approval, by its journal (newest first), less what was given back
    since."""
    found: dict[tuple[str, str, str], date] = {}
    for entry in reversed(entries):
        for change in journal.net_changes(entry):
            if change.table != "events" or change.row_id != event_id:
                continue
            for image in (change.before or {}, change.after or {}):
                day, approved = image.get("event_date"), image.get("venue_booked_on")
                if day and approved:
                    found[day, image["venue"], image["room"]] = date.fromisoformat(approved)
    if not found:
        return found
    given_back = {row.day.isoformat() for row in rows(store.database, Booking, event_id=event_id, state="取消")}
    return {place: approved for place, approved in found.items() if place[0] not in given_back}


def preview_move(
    store: Store,
    *,
    event_id: int,
    new_date: date,
    start_time: str | None = None,
    end_time: str | None = None,
    today: date,
) -> MovePreview:
    """Show every deadline old → new, also those that do not move and why; writes nothing."""
    ground = read_move_ground(store, event_id=event_id, today=today)
    return preview_of(ground, moved_event(store, ground.course.event, new_date, start_time, end_time, today), new_date)


def preview_of(ground: MoveGround, moved: Event, new_date: date) -> MovePreview:
    """Return the preview for the event as it would stand on ``new_date``, from what was read."""
    course, year = ground.course, ground.year
    event = course.event
    lines = tuple(_rows(ground, moved))
    warnings = warnings_among(ground.events, moved, year, course.people or None)
    return MovePreview(
        event_id=event.id,
        title=event.full_title,
        new_date=new_date,
        start_time=moved.start_time,
        end_time=moved.end_time,
        rows=lines,
        moved=sum(row.moves for row in lines),
        unmoved=sum(not row.moves for row in lines),
        missed=sum(row.past for row in lines),
        follow_ups=(
            *_published_needs(ground, moved),
            *_needs_of(ground, moved),
        ),
        warnings=warnings,
        reason_needed=event.event_date is not None or any(asks_reason(row, moved, year) for row in warnings),
        contract_change=any(row.needs == CONTRACT_CHANGE for row in warnings),
    )


def moved_event(store: Store, event: Event, new_date: date, start: str | None, end: str | None, today: date) -> Event:
    """Return the event as it would stand on another date; its times stay unless given ("HH:MM")."""
    moved = replace(event, event_date=new_date, start_time=start or event.start_time, end_time=end or event.end_time)
    return with_day(store, moved, event, today)


def _rows(ground: MoveGround, moved: Event) -> list[MoveRow]:
    """Every deadline, guide date, open recruitment step and the 提案書, before and after."""
    file, year = ground.course, ground.year
    before, after = dues_of(file, year), dues_of(file, year, moved)
    done = {due.deadline.task: due.closed_on for due in before if due.closed_on is not None}
    moves = deadline_moves([due.deadline for due in before], [due.deadline for due in after], done)
    found = [_row(row, year, KIND_OF[row.task].label) for row in moves]
    open_steps = {step.name: step for step in file.steps if step.done_on is None}
    steps = deadline_moves(
        [row for row in step_deadlines(file, file.event, year) if row.task in open_steps],
        [
            row
            for row in step_deadlines(replace(file, steps=_kept_steps(ground)), moved, year)
            if row.task in open_steps
        ],
        {},
    )
    found += [_row(row, year, row.task) for row in steps]
    changed = [moved if each.id == moved.id else each for each in ground.events]
    return [*found, *_proposal_rows(ground.events, changed, year)]


def _kept_steps(ground: MoveGround) -> tuple[RecruitmentStep, ...]:
    """The steps as they stand after a move to another day: what was published of them stays."""
    file = ground.course
    told = {act.document_kind for act in file.acts if act.told}
    if not is_published(file.steps, told):
        return tuple(file.steps)
    return as_published(file.steps, file.event.event_date, ground.year.calendar)


def _published_words(ground: MoveGround) -> str:
    """「11/6(金)から12/1(火)まで」, the period that was published; empty where none was."""
    steps, day = _kept_steps(ground), ground.course.event.event_date
    if not is_published(steps, {act.document_kind for act in ground.course.acts if act.told}):
        return ""
    ends = [(step, words) for step, words in ((opening_step(steps), "から"), (closing_step(steps), "まで")) if step]
    known = [(step_due(step, day, ground.year.calendar), words) for step, words in ends]
    return "".join(f"{short_date(due, ground.year.today)}{words}" for due, words in known if due)


def _proposal_rows(events: Sequence[Event], changed: Sequence[Event], year: Year) -> list[MoveRow]:
    """The 提案書 where it becomes another one; while an event has no date it is a range and moves nothing
    for certain."""
    was, becomes = proposal_task(events, year), proposal_task(changed, year)
    if any(task is not None and (not task.open or task.override is not None) for task in (was, becomes)):
        # Received, or given a day by hand: neither follows the events.
        return []
    if not (was and was.provisional) and not (becomes and becomes.provisional):
        old, new = proposal_deadline_of(events, year), proposal_deadline_of(changed, year)
        moves = deadline_moves([old] if old else [], [new] if new else [], {})
        return [_row(row, year, YEAR_KIND_OF[PROPOSAL].label) for row in moves if row.moves]
    now_open, then_open = (task.provisional if task is not None else "" for task in (was, becomes))
    shown = becomes or was
    if shown is None or now_open == then_open:
        return []
    return [
        MoveRow(
            task=PROPOSAL,
            label=YEAR_KIND_OF[PROPOSAL].label,
            owner=shown.ball,
            contract=shown.contract,
            old_due=was.due if was is not None else None,
            old_note="",
            new_due=becomes.due if becomes is not None else None,
            new_note="",
            done_on=None,
            moves=becomes is not None and not then_open,
            words="仮のまま" if then_open else "日が決まる",
            basis=f"{shown.clause} {shown.rule}" + ("。日程未定または未計画の実施回があるため仮" if then_open else ""),
            old_open=now_open,
            new_open=then_open,
        )
    ]


def _row(move: DeadlineMove, year: Year, label: str) -> MoveRow:
    shown = move.old if move.done_on and move.old else move.new or move.old
    assert shown is not None
    basis = short_basis(shown, year.today)
    if move.done_on is not None and move.old is not None:
        basis = f"期限 {short_date(move.old.counts_to, year.today)}。済んだ期限は動かしません"
    if move.old is not None and move.old.override is not None and move.done_on is None:
        basis = f"{basis}。手で変えた期限は計算に戻ります"
    return MoveRow(
        task=move.task,
        label=label,
        owner=shown.owner,
        contract=shown.contract,
        old_due=move.old.counts_to if move.old else None,
        old_note=_note(move.old, year),
        new_due=move.new.counts_to if move.new else None,
        new_note=_note(move.new, year),
        done_on=move.done_on,
        moves=move.moves,
        words=move.words,
        basis=basis,
        past=move.done_on is None and move.new is not None and move.new.counts_to < year.today,
    )


def _note(deadline: Deadline | None, year: Year) -> str:
    """The other of the two dates where it differs from the one shown."""
    if deadline is None or not deadline.contract or deadline.nominal == deadline.working:
        return ""
    if deadline.direction == "before":
        return f"暦どおり {short_date(deadline.nominal, year.today)}"
    return f"休日の場合 {short_date(deadline.working, year.today)}"


def _published_needs(ground: MoveGround, moved: Event) -> tuple[MoveNeed, ...]:
    """That the period of applications stays as it was published."""
    words = _published_words(ground) if moved.event_date != ground.course.event.event_date else ""
    if not words:
        return ()
    before = "、".join(step.name for step in leading_up(ground.course.steps))
    also = f"それまでの段取り（{before}）も、いまの日のままです。" if before else ""
    return (
        MoveNeed(
            text=f"公表した募集期間（{words}）はそのままです。{also}延ばすときは、募集の段取りで日を入力し、"
            f"あらためて知らせます。"
        ),
    )


def _needs_of(ground: MoveGround, moved: Event) -> tuple[MoveNeed, ...]:
    """What else has to be put right: letters that told the day, drafts, people to call, the booking."""
    file, event, today = ground.course, ground.course.event, ground.year.today
    if event.event_date is None:
        return ()
    other_day = moved.event_date != event.event_date
    found = [*_told_needs(ground, moved), *(_drafts(file) if other_day else ())]
    if file.told is not None and file.told.told_on is not None:
        told = short_date(file.told.told_on, today)
        found.append(MoveNeed(text=f"参加人数は {told} に受託者へ連絡済です。日付の変更も伝えます。"))
    if other_day:
        found += _orders(file)
    if event.venue and other_day and moved.event_date is not None:
        day, approved_on = short_date(moved.event_date, today), ground.approved_on(moved)
        if approved_on is not None:
            words = f"{event.venue} {day} の使用承認（{short_date(approved_on, today)}）がそのまま使えます。"
            return (*found, MoveNeed(text=words))
        found.append(MoveNeed(text=f"{event.venue} {day} の使用承認がまだありません。", step=VENUE_STEP))
    return tuple(found)


def _told_needs(ground: MoveGround, moved: Event) -> list[MoveNeed]:
    """Every letter and paper that told another day, hours or place, to whom, and how they learn of the new one.

    Those who come are told by a 変更通知 and by telephone, for which the move notes the decision; where no letter told
    them the day, the telephone is a step.
    """
    file, today = ground.course, ground.year.today
    groups = headcount_totals(file.expected).organisations
    calls = f"「中止・変更の連絡」で {groups}団体へ電話します。"
    others = [
        MoveNeed(text=f"{one.named}は {short_date(one.on, today)} に{one.how}です（{_told_day(one, today)}）。")
        for one in ground.told
        if one.kind not in (*TO_WHO_COMES, ORDER, TABLETS_READY) and differs_from_known(one.facts, moved)
    ]
    letters = [one for one in ground.told if one.kind in TO_WHO_COMES]
    if not letters or not differs_from_known(ground.known, moved):
        return [*others, *([MoveNeed(text=calls, step="日程変更の連絡")] if groups else ())]
    found = [
        MoveNeed(
            text=f"{one.named}{_many(file)}は {short_date(one.on, today)} に{one.how}です（{_told_day(one, today)}）。"
        )
        for one in letters
    ]
    who = _who_comes(file)
    # What is typed as numbers alone stands in no list of calls and on no letter of ours: these are steps to tick.
    listed = bool(who)
    tell = MoveNeed(
        text=f"変更通知（起案・決裁）で、変わったことを知らせます。{f'相手：{who}' if who else ''}",
        step="" if listed or file.event.kind == "派遣" else "日程変更の通知",
    )
    call = [MoveNeed(text=calls, step="" if listed else "日程変更の連絡")] if groups else []
    return [*found, tell, *call, *others]


def _told_day(paper: ToldPaper, today: date) -> str:
    """「9/10(木) 14:00–16:00 と知らせています」."""
    day, hours = paper.facts.get("実施日", ""), shown(paper.facts.get("時間", ""))
    try:
        words = together(short_date(date.fromisoformat(day), today), hours)
    except ValueError:
        return "旧日程"
    return f"{words} と知らせています"


def _many(file: EventCourse) -> str:
    people = headcount_totals(file.expected).people
    return f" {people}人分" if people else ""


def _who_comes(file: EventCourse) -> str:
    """「みほん町会（見本 花子、例川 太郎）、…」: everybody who has to learn of the new day, 団体 by 団体."""
    groups: dict[str, list[str]] = {}
    for entry in file.entries:
        if is_coming(entry):
            group, name = file.names.get(entry.id, ("", ""))
            groups.setdefault(group or "団体なし", []).append(name or "氏名未定")
    return "、".join(f"{group}（{'、'.join(names)}）" for group, names in groups.items())


def _drafts(file: EventCourse) -> list[MoveNeed]:
    return [
        MoveNeed(
            text=f"{letter.document_kind}は{letter.state}です（旧日程）。起案を新しい日程に直し、決裁を取り直します。",
            step=f"{letter.document_kind}の起案のやり直し",
        )
        for letter in file.letters
        if letter.issued_on is None and letter.state in ("起案中", "決裁済")
    ]


def _orders(file: EventCourse) -> list[MoveNeed]:
    """Whoever was asked for something is told the new day; home keeps it by what was told, a step where that is not
    known."""
    told = {act.key for act in file.acts if not act.withdrawn}
    ordered = [row for row in file.arrangements if row.ordered_on is not None]
    found = []
    for known in (True, False):
        mine = [row for row in ordered if (order_key(row.id) in told) == known]
        if mine:
            names = "、".join(dict.fromkeys(row.ordered_to or row.kind for row in mine))
            text = f"配慮の手配{len(mine)}件（{names}）は依頼済です（旧日程）。日付の変更を伝えます。"
            found.append(MoveNeed(text=text, step="" if known else ARRANGED))
    if TABLETS_READY in told:
        found.append(MoveNeed(text="貸与タブレットは割当て済です（旧日程）。準備の担当に日付の変更を伝えます。"))
    return found


@deed
def move_event(
    act: Act,
    *,
    event_id: int,
    new_date: date,
    reason: str,
    nature: str = AGREEMENT,
    asked: str = "",
    start_time: str | None = None,
    end_time: str | None = None,
) -> Saved:
    """Move an event; open deadlines follow, what is done stays done, the ordinal stays.

    Args:
        reason: why (kept in 履歴 and as a 協議 record). nature: 程度の範囲内 / 協議で足りる /
            契約変更の要否を契約課へ確認. asked: day, person and answer of 契約課; empty while it is not known,
            then the matter stays 協議中.

    Raises:
        Refusal: cancelled or held, no reason, times that run backwards, or nothing changes.
    """
    ground = read_move_ground(act.store, event_id=event_id, today=act.today)
    move = Move(new_date=new_date, reason=reason, nature=nature, asked=asked, start_time=start_time, end_time=end_time)
    moved = moved_event(act.store, ground.course.event, new_date, start_time, end_time, act.today)
    preview = preview_of(ground, moved, new_date)
    _may_move(ground.course.event, preview, reason, nature)
    words = short_date(new_date, act.today)
    with act.change(f"{moved.full_title}の日付を{words}に変えた", "events", event_id=event_id) as change:
        carry_out_move(act.store, change, ground, moved, move, act.now)
    moves = f"期限{preview.moved}件が動きました。" if preview.moved else "動いた期限はありません。"
    return Saved(f"{moved.full_title}を{words}に変えました。{moves}", event_id)


@frozen_record
class Move:
    """What is asked for a move, as for ``move_event``."""

    new_date: date
    reason: str
    nature: str
    asked: str = ""
    start_time: str | None
    end_time: str | None


def carry_out_move(store: Store, change: Change, ground: MoveGround, moved: Event, move: Move, now: datetime) -> None:
    """Move an event within a change that somebody opened.

    Args:
        ground: read inside that change. moved: the event as it will stand, with what else of it becomes another.

    Raises:
        Refusal: as for ``move_event``.
    """
    file, event = ground.course, ground.course.event
    preview = preview_of(ground, moved, move.new_date)
    _may_move(event, preview, move.reason, move.nature)
    same_day = move.new_date == event.event_date
    if preview.warnings and move.reason.strip():
        moved = replace(moved, exception_reason=move.reason, exception_kind=move.nature)
    approved = ground.approved_on(moved)
    stands = moved if same_day else replace(moved, venue_booked_on=approved)
    change.update(Event, event.id, **differing(event, stands))
    if move.reason.strip():
        record = _record(event.id, event, move.new_date, move.reason, move.nature, move.asked, now)
        insert_numbered(store, change, record)
    if event.event_date is None:
        for topic in file.open_topics:
            if topic.topic == DAY_TOPIC:
                change.update(Agreement, topic.id, settled_on=now.date(), ordinal=number_of_settled(store, topic))
    note_told_change(
        store.database,
        change,
        file,
        stands,
        told=ground.told,
        known=ground.known,
        reason=move.reason.strip(),
        at=now,
    )
    if not same_day:
        _carry_steps(change, ground, preview, move.new_date, now, approved=approved is not None)


def _carry_steps(
    change: Change, ground: MoveGround, preview: MovePreview, new_date: date, now: datetime, *, approved: bool
) -> None:
    """Carry deadlines and steps to the new day; ``approved``: the place needs no 使用承認 any more."""
    file, calendar = ground.course, ground.year.calendar
    for row in file.overrides:
        change.delete(DeadlineOverride, row.id)
    for before, kept in zip(file.steps, fitting_again(_kept_steps(ground), new_date, calendar), strict=True):
        if kept != before:
            change.update(RecruitmentStep, kept.id, due=kept.due, note=kept.note)
    if approved:
        _take_away_step(change, file, VENUE_STEP)
    _add_follow_up_steps(change, file, preview, new_date, now, calendar)


def _may_move(event: Event, preview: MovePreview, reason: str, nature: str) -> None:
    if event.status != "予定":
        raise Refusal(f"{event.full_title}は{event.status}です。", "日付を変えられるのは、予定の実施回です。")
    if preview.end_time <= preview.start_time:
        raise Refusal("終わりの時刻が、始まりの時刻より後になっていません。", "時刻を確かめてください。")
    if (event.event_date, event.start_time, event.end_time) == (preview.new_date, preview.start_time, preview.end_time):
        raise Refusal("日付も時刻も変わっていません。", "新しい日付を入力してください。")
    if preview.reason_needed and not reason.strip():
        raise Refusal("日付を変える理由が書かれていません。", "理由を書いてください。履歴に残ります。")
    if nature not in NEEDS:
        raise Refusal("協議のみか、契約課へ確認するかが選ばれていません。", "どちらかを選んでください。")


def _take_away_step(change: Change, file: EventCourse, name: str) -> None:
    """Take away an open step that an earlier move had called for and that nothing calls for any more."""
    for step in file.steps:
        if step.name == name and step.done_on is None and step.note == BY_A_MOVE:
            change.delete(RecruitmentStep, step.id)


def _add_follow_up_steps(
    change: Change, file: EventCourse, preview: MovePreview, new_date: date, now: datetime, calendar: OfficeCalendar
) -> None:
    """Put what the move calls for among the steps of the event, due on the next open day."""
    due = calendar.add_open_days(now.date(), 1)
    open_names = {step.name for step in file.steps if step.done_on is None}
    position = len(file.steps)
    for follow_up in preview.follow_ups:
        if not follow_up.step or follow_up.step in open_names:
            continue
        change.insert(
            RecruitmentStep(
                event_id=file.event.id,
                position=position,
                name=follow_up.step,
                offset_days=max(0, (new_date - due).days),
                due=due,
                note=BY_A_MOVE,
            )
        )
        position += 1


def _record(
    event_id: int, event: Event, new_date: date, reason: str, nature: str, asked: str, now: datetime
) -> Agreement:
    """The 協議 record of a move; while 契約課 has not answered it stays open."""
    old = long_date(event.event_date) if event.event_date else "日程未定"
    waits = nature == CONTRACT_CHANGE and not asked.strip()
    return Agreement(
        event_id=event_id,
        topic="日程の変更",
        content=f"{old}から{long_date(new_date)}へ。{reason}",
        asked_on=now.date(),
        settled_on=None if waits else now.date(),
        nature=nature,
        note=asked,
    )
