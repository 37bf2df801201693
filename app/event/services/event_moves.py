"""Move an event to another date, with a preview of every deadline before and after.

Open deadlines follow, finished tasks stay done, and what else is needed (letters already sent, people to call, the
booking) becomes a step of 区がやること. Where people were notified of the old time, the decision is recorded
automatically; 変更通知 and calls follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import long_date, short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.rules import shown_fact
from app.event.rules.change_decisions import CHANGE_LETTER
from app.event.rules.deadlines import Deadline
from app.event.rules.event_state import awaits_day, decision_in_effect, is_back
from app.event.rules.event_venue import Place, approved_by_booking, is_one_place, place_key, room_and_day
from app.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE, NEEDS, EventWarning
from app.event.rules.expected_attendance import expected_totals
from app.event.rules.moves import DeadlineMove, deadline_moves
from app.event.rules.notification_facts import (
    ORDER,
    TABLETS_READY,
    notified_place_words,
    order_key,
    time_and_place_facts,
)
from app.event.rules.participation import groups_words, is_coming
from app.event.rules.recruitment import (
    ADDED_BY_MOVE,
    closing_step,
    is_published,
    keep_published_days,
    open_steps_before_opening,
    opening_step,
    release_published_days,
    step_due,
)
from app.event.services.agreements import DAY_TOPIC, MOVE_TOPIC, insert_numbered, settled_number
from app.event.services.event_cancellation import confirm_use_anew, enter_changes
from app.event.services.event_drafts import (
    event_warnings_among,
    needs_reason,
    outside_term,
    refuse_outside_term,
    with_date_fields,
)
from app.event.services.event_notifications import (
    PARTICIPANT_LETTERS,
    NotifiedDocument,
    differs_from_known,
    facts_known_to_participants,
    notified_documents,
    notified_time_words,
    with_missing_facts,
)
from app.event.services.event_records import EventCoreRecords, read_core_records, read_event_or_error
from app.event.services.recruitment import VENUE_STEP, follow_approval_day
from app.event.services.tasks.deadlines import proposal_task
from app.event.services.tasks.event_tasks import YearContext, event_dues, step_deadlines
from app.event.services.tasks.task import PROPOSAL, short_basis
from app.event.services.tasks.task_completion import effective_steps
from app.event.services.tasks.task_kind import TASK_KIND_BY_NAME
from app.event.services.tasks.year_task_kind import YEAR_KIND_OF, proposal_deadline_of
from app.event.services.tasks.year_tasks import read_year_records
from app.programme.services import read_programme
from db.engine import Database
from db.fields import changed_fields
from db.journal import Change
from db.mapping import TABLE_OF
from db.record import group_by_key, record
from db.records.accounts import JournalEntry
from db.records.agreements import Agreement
from db.records.calls import Call, ChangeDecision, DecisionKind
from db.records.events import DeadlineOverride, Event, RecruitmentStep
from db.records.venues import Booking
from db.rows import rows
from db.store import Store
from db.tables import events as table
from db.tables import journal

_DAY_AND_HOURS = ("実施日", "時間")


def _record_change_decision(
    database: Database,
    change: Change,
    context: MoveContext,
    moved: Event,
    reason: str,
    at: datetime,
    *,
    reason_seen: bool,
) -> None:
    """Record the decision that an event moves to another time than a letter notified its participants of.

    Nothing where no such letter was notified.
    A decision that waited for its new day needs no new one, unless a 変更通知 told of it without that day. One that
    nobody was notified of yet is corrected, or revoked if the event returns to the time people know; else a new one is
    added. Who decided stays empty, as nobody typed it. An event that returns to its time after some were notified of
    the other does not wait for another day: a new decision has everybody called again.

    Args:
        moved: the event as it is now.
        reason: kept with the decision; "" keeps that of a corrected one. reason_seen: it was typed where it is said
            that letters quote it.
    """
    before, documents = context.records, context.notified_documents
    standing = decision_in_effect(before.event, before.decisions)
    if awaits_day(before.event, before.decisions) and not _is_told_by_letter(standing, documents):
        return
    moved_back = is_back(moved, before.decisions)
    by_letter = any(one.kind in PARTICIPANT_LETTERS for one in documents) and bool(context.known_facts)
    if not moved_back and not by_letter:
        return
    differs = differs_from_known(context.known_facts, moved, _DAY_AND_HOURS)
    if standing is not None and standing.kind.moves_day and not _is_anybody_notified(database, standing, documents):
        if differs and not moved_back:
            change.update(ChangeDecision, standing.id, reason=reason or standing.reason, reason_seen=reason_seen)
        else:
            mark = f"{short_date(at.date())} もとの日時に戻した"
            change.update(ChangeDecision, standing.id, taken_back=mark)
    elif differs or moved_back:
        known = time_and_place_facts(before.event, ()) if moved_back else context.known_facts
        elsewhere = differs_from_known(known, moved, ("会場",))
        change.insert(
            ChangeDecision(
                event_id=before.event.id,
                kind=DecisionKind.NEW_TIME,
                decided_at=at,
                decided_by="",
                reason=reason,
                reason_seen=reason_seen,
                before_time=notified_time_words(known),
                before_place=notified_place_words(known) if elsewhere else "",
                entered_on=at.date(),
            )
        )


def _is_told_by_letter(decision: ChangeDecision | None, notified_documents: Sequence[NotifiedDocument]) -> bool:
    """Return whether a 変更通知 with a number of its own told of a decision."""
    return decision is not None and any(
        one.kind == CHANGE_LETTER and one.document_number and one.dated_on >= decision.decided_at.date()
        for one in notified_documents
    )


def _is_anybody_notified(
    database: Database, decision: ChangeDecision, notified_documents: Sequence[NotifiedDocument]
) -> bool:
    """Return whether anybody was notified of a decision, by a 変更通知 since its day or by a call or message left."""
    since = decision.decided_at.date()
    if any(one.kind == CHANGE_LETTER and one.notified_on >= since for one in notified_documents):
        return True
    return any(one.outcome.is_told for one in rows(database, Call, decision_id=decision.id))


REARRANGE_STEP = "手配先への日程変更の連絡"
_TELL_STEP = "日程変更の連絡"


@record
class MoveFollowUp:
    """Something a move makes necessary; ``step`` names the recruitment step that it adds on saving, "" = none."""

    text: str
    step: str = ""


@record
class MoveDay:
    """The day of a deadline before or after a move; None = it has none.

    ``note`` is the other date where it differs (「暦どおり 9/19(土)」), ``provisional_words`` replace a 仮 day.
    """

    due: date | None
    note: str = ""
    provisional_words: str = ""


@record
class MoveRow:
    """One deadline before and after a move of its event.

    Attributes:
        words: 「7日後ろへ」「済のまま」「変わりません」; ``basis`` says why.
        is_past: the new day lies before today, the old one does not, and the task is open: the move makes it late.
    """

    task: str
    label: str
    owner: str
    old: MoveDay
    new: MoveDay
    done_on: date | None = None
    is_changed: bool
    words: str
    basis: str
    is_past: bool = False


@record
class MovePreview:
    """What a move of an event to another date would do.

    Attributes:
        moved_count: number for heading and button; ``unmoved_count`` of the others.
        missed_count: how many deadlines would be missed at once.
        warnings: those that the new date brings or asks a reason for, not what stood before it.
        reason_needed: False only where a first date is given and no warning needs a reason, or the day is refused.
        contract_change: the likely way to settle it is to ask 契約課.
        asked: the clauses that its reason is for.
        refusal: why it cannot move there (``outside_term``), "" = it can.
    """

    new_date: date
    start_time: str
    end_time: str
    rows: tuple[MoveRow, ...]
    moved_count: int
    unmoved_count: int
    missed_count: int
    follow_ups: tuple[MoveFollowUp, ...]
    warnings: tuple[EventWarning, ...]
    reason_needed: bool
    contract_change: bool
    asked: tuple[str, ...]
    refusal: str = ""


@record
class MoveContext:
    """Everything a move is judged by, read once: the event's records, its year, all events of the year.

    Attributes:
        approvals: days on which its rooms were approved, by (ISO day of the event, keys of venue and room); an approval
            not given back holds again when the event returns to that day.
        bookings: those of the event.
        notified_documents: documents that were notified.
        known_facts: what the participants know.
    """

    records: EventCoreRecords
    year: YearContext
    events: tuple[Event, ...]
    approvals: Mapping[Place, date]
    bookings: Sequence[Booking]
    notified_documents: tuple[NotifiedDocument, ...]
    known_facts: Mapping[str, str]

    def approved_on(self, moved: Event) -> date | None:
        """Return the day on which the place was approved for the moved event, None = not yet.

        An approved booking of the event holds in any case, also where it or the event names no room.
        """
        place = room_and_day(moved)
        return approved_by_booking(moved, self.bookings) or self.approvals.get(place)

    def approval_after(self, moved: Event) -> date | None:
        """Return the 使用承認日 of the moved event: on the same day in the same room its own, else a known one."""
        event = self.records.event
        if room_and_day(moved) == room_and_day(event):
            return moved.venue_booked_on
        is_kept = moved.event_date == event.event_date and not is_in_another_room(event, moved)
        return (event.venue_booked_on if is_kept else None) or self.approved_on(moved)


def read_move_context(store: Store, *, event_id: int, today: date) -> MoveContext:
    """Return what a move of one event is judged by; raises ``UserError`` when the event is gone."""
    events = table.events_of_same_year(store.database, event_id)
    event = next((one for one in events if one.id == event_id), None) or read_event_or_error(store.database, event_id)
    view = read_programme(store, programme_id=event.programme_id, on=today)
    records = read_year_records(store, view.programme)
    year = YearContext(view=view, calendar=view.calendar, today=today, records=records).for_event(event)
    course = read_core_records(store, event)
    entries = journal.entries(store.database, event_id=event_id)
    told = with_missing_facts(store.database, course, notified_documents(course), entries=entries)
    bookings = rows(store.database, Booking, event_id=event_id)
    return MoveContext(
        records=course,
        year=year,
        events=tuple(events),
        approvals=_approvals(event_id, entries, bookings),
        bookings=bookings,
        notified_documents=told,
        known_facts=facts_known_to_participants(store.database, course, told),
    )


def is_in_another_room(before: Event, event: Event) -> bool:
    """Return whether an event that had a venue is in another one or another room.

    Another spelling is the same place, and so is a room that is named only before or only now.
    """
    places = (place_key("", one.venue, one.room) for one in (before, event))
    return bool(before.venue) and not is_one_place(*places)


def _approvals(event_id: int, entries: Sequence[JournalEntry], bookings: Sequence[Booking]) -> dict[Place, date]:
    """Return approval days by (ISO day, venue, room), from every state of the event in its journal (newest first).

    Those of a day on which a booking of the event is 取消 are left out, whatever the room: a list may call it otherwise
    than the event does.
    """
    found = {}
    for entry in reversed(entries):
        for change in journal.net_changes(entry):
            if change.table != "events" or change.row_id != event_id:
                continue
            for image in (change.before or {}, change.after or {}):
                if not (day := image.get("event_date")):
                    continue
                place = place_key(day, image["venue"], image["room"])
                if approved := image.get("venue_booked_on"):
                    found[place] = date.fromisoformat(approved)
                else:
                    found.pop(place, None)
    given_back = {row.day.isoformat() for row in bookings if row.state.is_cancelled}
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
    """Return every deadline before and after a move, also unchanged ones with the reason; writes nothing.

    ``start_time`` and ``end_time`` are as 「14:00」; None = as before.
    """
    ground = read_move_context(store, event_id=event_id, today=today)
    return build_move_preview(
        ground, event_after_move(store, ground.records.event, new_date, start_time, end_time, today)
    )


def build_move_preview(context: MoveContext, moved: Event) -> MovePreview:
    """Return the preview of a move of the event, from what was read."""
    assert moved.event_date is not None
    course, year = context.records, context.year
    event = course.event
    lines = tuple(_rows(context, moved))
    refusal = outside_term(moved, event.event_date, year)
    found = event_warnings_among(context.events, moved, year, course.people or None)
    warnings = tuple(one for one in found if one.text != refusal)
    view, first = year.for_event(moved).view, event.event_date is None
    # Too few people or too many events are no matter of another day; a first day is asked about all.
    of_day = (view.kind(moved.kind).clause_window, view.programme.clause_term)
    asked = dict.fromkeys(
        row.clause for row in warnings if (first or row.clause in of_day) and needs_reason(row, moved, year)
    )
    stood = event_warnings_among(context.events, event, year, course.people or None)
    return MovePreview(
        new_date=moved.event_date,
        start_time=moved.start_time,
        end_time=moved.end_time,
        rows=lines,
        moved_count=sum(row.is_changed for row in lines),
        unmoved_count=sum(not row.is_changed for row in lines),
        missed_count=sum(row.is_past for row in lines),
        follow_ups=tuple(_move_follow_ups(context, moved)),
        warnings=tuple(one for one in warnings if one not in stood or one.clause in asked),
        reason_needed=not refusal and (not first or bool(asked)),
        asked=tuple(asked),
        refusal=refusal,
        contract_change=any(row.needs == CONTRACT_CHANGE for row in warnings),
    )


def event_after_move(
    store: Store, event: Event, new_date: date, start: str | None, end: str | None, today: date
) -> Event:
    """Return the event as it would be on another date, not saved; its times stay unless given ("HH:MM").

    One without a date gets its ordinal.
    """
    moved = replace(event, event_date=new_date, start_time=start or event.start_time, end_time=end or event.end_time)
    return with_date_fields(store, moved, event, today)


def _rows(context: MoveContext, moved: Event) -> list[MoveRow]:
    """Return every deadline, 目安日 and open recruitment step before and after, and the 提案書 if its date changes."""
    file, year = context.records, context.year
    before, after = event_dues(file, year), event_dues(file, year, moved)
    done = {due.deadline.task: due.completed_on for due in before if due.completed_on is not None}
    moves = deadline_moves([due.deadline for due in before], [due.deadline for due in after], done)
    found = [_row(row, year, TASK_KIND_BY_NAME[row.task].label) for row in moves]
    open_steps = {step.name for step in effective_steps(file) if step.done_on is None}
    steps = deadline_moves(
        [row for row in step_deadlines(file, file.event, year) if row.task in open_steps],
        [
            row
            for row in step_deadlines(replace(file, steps=_steps_after_move(context)), moved, year)
            if row.task in open_steps
        ],
        {},
    )
    found += [_row(row, year, row.task) for row in steps]
    changed = [moved if each.id == moved.id else each for each in context.events]
    return [*found, *_proposal_rows(context.events, changed, year)]


def _steps_after_move(context: MoveContext) -> tuple[RecruitmentStep, ...]:
    """Return the steps after a move; a published period of applications stays, with the open steps before it."""
    file = context.records
    told = {act.document_kind for act in file.notifications if act.is_notified}
    if not is_published(file.steps, told):
        return tuple(file.steps)
    return keep_published_days(file.steps, file.event.event_date, context.year.calendar)


def _published_words(context: MoveContext) -> str:
    """Return 「11/6(金)から12/1(火)まで」, the published period of applications; empty if none."""
    steps, day = _steps_after_move(context), context.records.event.event_date
    if not is_published(steps, {act.document_kind for act in context.records.notifications if act.is_notified}):
        return ""
    ends = [(step, words) for step, words in ((opening_step(steps), "から"), (closing_step(steps), "まで")) if step]
    known = [(step_due(step, day, context.year.calendar), words) for step, words in ends]
    return "".join(f"{short_date(due, context.year.today)}{words}" for due, words in known if due)


def _proposal_rows(events: Sequence[Event], changed: Sequence[Event], year: YearContext) -> list[MoveRow]:
    """Return the row of the 提案書 if its date changes; while an event is undated its range moves nothing for
    certain. [] for one that is done or has a date set by hand.
    """
    was, becomes = proposal_task(events, year), proposal_task(changed, year)
    if any(task is not None and (not task.is_open or task.override is not None) for task in (was, becomes)):
        # A received 提案書, or one with a day set by hand, does not follow the events.
        return []
    old_words, new_words = (task.provisional_words if task is not None else "" for task in (was, becomes))
    if not old_words and not new_words:
        old, new = proposal_deadline_of(events, year), proposal_deadline_of(changed, year)
        moves = deadline_moves([old] if old else [], [new] if new else [], {})
        return [_row(row, year, YEAR_KIND_OF[PROPOSAL].label) for row in moves if row.is_changed]
    shown = becomes or was
    if shown is None or old_words == new_words:
        return []
    return [
        MoveRow(
            task=PROPOSAL,
            label=YEAR_KIND_OF[PROPOSAL].label,
            owner=shown.next_actor,
            old=MoveDay(due=was.due if was is not None else None, provisional_words=old_words),
            new=MoveDay(due=becomes.due if becomes is not None else None, provisional_words=new_words),
            is_changed=becomes is not None and not new_words,
            words="仮のまま" if new_words else "日が決まる",
            basis=f"{shown.clause} {shown.rule}" + ("。日程未定または未計画の実施回があるため仮" if new_words else ""),
        )
    ]


def _row(move: DeadlineMove, year: YearContext, label: str) -> MoveRow:
    """Return the row of the preview on how one deadline moves; a task that is done keeps its old day."""
    shown = move.old if move.done_on and move.old else move.new or move.old
    assert shown is not None
    basis = short_basis(shown, year.today)
    if move.done_on is not None and move.old is not None:
        basis = f"期限 {short_date(move.old.effective_date, year.today)}。済んだ期限は動かしません"
    if move.old is not None and move.old.override is not None and move.done_on is None:
        basis = f"{basis}。手で変えた期限は計算に戻ります"
    return MoveRow(
        task=move.task,
        label=label,
        owner=shown.owner,
        old=_move_day(move.old, year),
        new=_move_day(move.new, year),
        done_on=move.done_on,
        is_changed=move.is_changed,
        words=move.words,
        basis=basis,
        is_past=move.done_on is None
        and move.new is not None
        and move.new.effective_date < year.today
        and (move.old is None or move.old.effective_date >= year.today),
    )


def _move_day(deadline: Deadline | None, year: YearContext) -> MoveDay:
    """Return the day of a deadline; of the contract's, the other of its two dates where it differs."""
    if deadline is None:
        return MoveDay(due=None)
    note = ""
    if deadline.contract and deadline.nominal != deadline.working:
        is_before = deadline.direction == "before"
        words, other = ("暦どおり", deadline.nominal) if is_before else ("休日の場合", deadline.working)
        note = f"{words} {short_date(other, year.today)}"
    return MoveDay(due=deadline.effective_date, note=note)


def _move_follow_ups(context: MoveContext, moved: Event) -> Iterator[MoveFollowUp]:
    """Yield what else is to be done, each where the move affects it.

    A published period of applications stays on another day. Of an event that had a day there are documents, drafts,
    calls, 手配, tablets, check-ins and the booking to be corrected; if only the times change, it is documents, calls
    and the notified headcount alone.
    """
    file, event, today = context.records, context.records.event, context.year.today
    other_day = moved.event_date != event.event_date
    if other_day and (period := _published_words(context)):
        before = "、".join(step.name for step in open_steps_before_opening(file.steps))
        also = fill_nonempty("それまでの段取り（{}）も、いまの日のままです。", before)
        yield MoveFollowUp(
            text=f"公表した募集期間（{period}）はそのままです。{also}延ばすときは、募集の段取りで日を入力し、"
            f"あらためて知らせます。"
        )
    if event.event_date is None:
        return
    yield from _notification_follow_ups(context, moved)
    if other_day:
        yield from _draft_letter_follow_ups(file)
    if file.notified_headcount is not None and file.notified_headcount.notified_on is not None:
        told, what = short_date(file.notified_headcount.notified_on, today), "日付" if other_day else "時刻"
        yield MoveFollowUp(text=f"参加人数は {told} に受託者へ連絡済です。{what}の変更も伝えます。")
    if other_day:
        yield from _order_follow_ups(file)
        yield from _attendance_follow_ups(file)
    if event.venue and other_day and moved.event_date is not None:
        day, approved_on = short_date(moved.event_date, today), context.approved_on(moved)
        if approved_on is not None:
            words = f"{event.venue} {day} の使用承認（{short_date(approved_on, today)}）がそのまま使えます。"
            yield MoveFollowUp(text=words)
        else:
            yield MoveFollowUp(text=f"{event.venue} {day} の使用承認がまだありません。", step=VENUE_STEP)


def _notification_follow_ups(context: MoveContext, moved: Event) -> list[MoveFollowUp]:
    """Return the documents that notified the old day, hours or place, what is to be told, and the calls.

    手配の依頼 and ready tablets are not among them. Participants get a 変更通知 and a call, for which the move records
    the decision; where no letter notified them of the day, the call is a step. Back at the time that people know,
    only those have to be called who were notified of the other, for which the move records a decision again.
    """
    file, today = context.records, context.year.today
    totals = expected_totals(file.expected)
    groups = groups_words(totals.organisations, totals.without_organisation)
    calls = f"「中止・変更の連絡」で{' ' if totals.organisations else ''}{groups}へ電話します。"
    others = _document_follow_ups(
        [
            one
            for one in context.notified_documents
            if one.kind not in (*PARTICIPANT_LETTERS, ORDER, TABLETS_READY) and differs_from_known(one.facts, moved)
        ],
        today,
    )
    letters = [one for one in context.notified_documents if one.kind in PARTICIPANT_LETTERS]
    if letters and _is_as_known(context, moved):
        told = "通知した日時に戻ります。変わると伝えた方があるときは、"
        return [*others, *([MoveFollowUp(text=f"{told}{calls}")] if groups else ())]
    if not letters or not differs_from_known(context.known_facts, moved):
        return [*others, *([MoveFollowUp(text=calls, step=_TELL_STEP)] if groups else ())]
    people = fill_nonempty(" {}人分", totals.people)
    found = _document_follow_ups(letters, today, people)
    who = _participant_names(file)
    # People entered as numbers alone stand in no list of calls and on no letter, so these are steps to tick.
    listed = bool(who)
    tell = MoveFollowUp(
        text=f"変更通知（起案・決裁）で、変わったことを知らせます。{f'相手：{who}' if who else ''}",
        step="" if listed or file.event.form.at_organisation else "日程変更の通知",
    )
    call = [MoveFollowUp(text=calls, step="" if listed else _TELL_STEP)] if groups else []
    return [*found, tell, *call, *others]


def _is_as_known(context: MoveContext, moved: Event) -> bool:
    """Return whether an event returns to the day, hours and place of which its participants were notified."""
    known, event = context.known_facts, context.records.event
    return bool(known.get("実施日")) and differs_from_known(known, event) and not differs_from_known(known, moved)


def _notified_day_words(document: NotifiedDocument, today: date) -> str:
    """Return 「9/10(木) 14:00–16:00 と知らせ」 of the notified facts, 「旧日程で知らせ」 if they name no day."""
    day, hours = document.facts.get("実施日", ""), shown_fact(document.facts.get("時間", ""))
    try:
        words = join_nonempty(short_date(date.fromisoformat(day), today), hours)
    except ValueError:
        return "旧日程で知らせ"
    return f"{words} と知らせ"


def _document_follow_ups(documents: Iterable[NotifiedDocument], today: date, people: str = "") -> list[MoveFollowUp]:
    """Return what documents say of the old day, those that say the same in one; ``people`` = 「 20人分」."""
    by_day = group_by_key((_notified_day_words(one, today), one) for one in documents)
    found = []
    for said, same in by_day.items():
        sent = [f"{one.full_name}{people}（{short_date(one.dated_on, today)} {one.state_word}）" for one in same]
        count = f" {len(sent)}件" if len(sent) > 1 else ""
        found.append(MoveFollowUp(text=f"{said}た書類{count}：{'、'.join(sent)}"))
    return found


def _participant_names(records: EventCoreRecords) -> str:
    """Return 「みほん町会（見本 花子、例川 太郎）、…」 of all who have to learn of the new day, by 団体."""
    groups: dict[str, list[str]] = {}
    for entry in records.entries:
        if is_coming(entry):
            group, name = records.entry_names.get(entry.id, ("", ""))
            groups.setdefault(group or "団体なし", []).append(name or "氏名未定")
    return "、".join(f"{group}（{'、'.join(names)}）" for group, names in groups.items())


def _draft_letter_follow_ups(records: EventCoreRecords) -> Iterator[MoveFollowUp]:
    for letter in records.letters:
        if letter.issued_on is None and letter.state.is_under_way:
            kind, text = letter.document_kind, "（旧日程）。起案を新しい日程に直し、決裁を取り直します。"
            yield MoveFollowUp(text=f"{kind}は{letter.state}です{text}", step=f"{kind}の起案のやり直し")


def _order_follow_ups(records: EventCoreRecords) -> Iterator[MoveFollowUp]:
    """Yield the follow-ups to tell the new day to those with an order, and to whoever prepares the tablets.

    Only orders of which no notification is recorded become a step; the others, and tablets, home shows by itself.
    """
    told = {act.key for act in records.notifications if not act.withdrawn}
    ordered = [row for row in records.arrangements if row.ordered_on is not None]
    for known in (True, False):
        mine = [row for row in ordered if (order_key(row.id) in told) == known]
        if mine:
            names = "、".join(dict.fromkeys(row.ordered_to or row.kind for row in mine))
            text = f"配慮の手配{len(mine)}件（{names}）は依頼済です（旧日程）。日付の変更を伝えます。"
            yield MoveFollowUp(text=text, step="" if known else REARRANGE_STEP)
    if TABLETS_READY in told:
        yield MoveFollowUp(text="貸与タブレットは割当て済です（旧日程）。準備の担当に日付の変更を伝えます。")


def _attendance_follow_ups(records: EventCoreRecords) -> Iterator[MoveFollowUp]:
    """Yield the follow-ups to take back what was recorded at the check-in of the old day, and to ask whoever could not
    come on it."""
    if marked := sum(bool(entry.attendance) for entry in records.entries):
        yield MoveFollowUp(
            text=f"出席・欠席を{marked}人に記録しています（旧日程）。新しい日の受付の前に、受付の画面で未受付に戻します。"
        )
    replaced = {entry.substitute_for for entry in records.entries}
    if told := sum(
        entry.state.is_coming and entry.absent_told_at is not None and not entry.attendance and entry.id not in replaced
        for entry in records.entries
    ):
        yield MoveFollowUp(
            text=f"欠席の連絡が{told}人からあります（旧日程）。"
            "新しい日に出られるかを聞き、出られる人は「参加者」で欠席連絡を取り消します。"
        )


def move_event(
    context: ActionContext,
    *,
    event_id: int,
    new_date: date,
    reason: str,
    nature: str = AGREEMENT,
    contract_reply: str = "",
    start_time: str | None = None,
    end_time: str | None = None,
) -> ActionResult:
    """Move an event to another day or time; open deadlines follow, finished tasks stay done, the ordinal stays.

    On another day dates of deadlines set by hand are dropped, published days of applications stay, and follow-ups
    become recruitment steps. A decision is recorded where participants know the old time.

    Args:
        reason: kept as a 協議 record; may be empty only where the preview does not need one (``reason_needed``).
        nature: 程度の範囲内 / 協議で足りる / 契約変更の要否を契約課へ確認.
        contract_reply: day, person and answer of 契約課; while it is empty the 協議 stays open.
        start_time, end_time: the new times as 「14:00」; None = as before.

    Raises:
        UserError: cancelled or held, no reason, another ``nature``, times in the wrong order, nothing changes, or the
            day lies outside 履行期間.
    """
    ground = read_move_context(context.store, event_id=event_id, today=context.today)
    moved = event_after_move(context.store, ground.records.event, new_date, start_time, end_time, context.today)
    same_day = new_date == ground.records.event.event_date
    words = moved.hours if same_day else short_date(new_date, context.today)
    what = "時刻" if same_day else "日付"
    with context.change(f"{moved.full_title}の{what}を{words}に変えた", "events", event_id=event_id) as change:
        preview = apply_move(
            context.store,
            change,
            ground,
            moved,
            now=context.now,
            reason=reason,
            nature=nature,
            reply=contract_reply,
            reason_seen=True,
        )
    moves = f"期限{preview.moved_count}件が動きました。" if preview.moved_count else "動いた期限はありません。"
    return ActionResult(f"{moved.full_title}{'の時刻' if same_day else ''}を{words}に変えました。{moves}", event_id)


def apply_move(
    store: Store,
    change: Change,
    context: MoveContext,
    moved: Event,
    *,
    now: datetime,
    reason: str,
    nature: str,
    reply: str = "",
    reason_seen: bool = False,
) -> MovePreview:
    """Do within an open change what ``move_event`` does, and return what moved.

    A first date also settles the open 協議 「日程」. On another day the day of 使用承認 is that of an earlier approval
    of the same place for that day, else empty. That a room of the old day is used has to be confirmed anew.

    Args:
        context: read inside that change.
        moved: the event as it will be, with all its other changes.
        reason, nature, reply: as for ``move_event`` (``contract_reply``). reason_seen: the reason was typed where it is
            said that letters quote it.

    Raises:
        UserError: as for ``move_event``.
    """
    file, event = context.records, context.records.event
    preview = build_move_preview(context, moved)
    refuse_outside_term(moved, event.event_date, context.year)
    _check_may_move(event, preview, reason, nature)
    same_day = moved.event_date == event.event_date
    if reason.strip() and (asked := preview.asked):
        others = tuple(one for one in event.exception_clauses if one not in asked)
        words = join_nonempty(event.exception_reason if others else "", reason, separator="／")
        moved = replace(moved, exception_reason=words, exception_kind=nature, exception_clauses=(*others, *asked))
    approved = context.approved_on(moved)
    stands = replace(moved, venue_booked_on=context.approval_after(moved))
    change.update(Event, event.id, **changed_fields(event, stands))
    enter_changes(change, moved, file.decisions, now.date())
    known, kept = event.venue_booked_on, stands.venue_booked_on
    if same_day and kept != known:
        by = store.display_name
        follow_approval_day(store.database, change, event.id, before=known, approved=kept, done_by=by)
    if reason.strip():
        insert_numbered(store, change, _record(event, moved, reason, nature, reply, now))
    if event.event_date is None:
        for topic in file.open_topics:
            if topic.topic == DAY_TOPIC:
                change.update(Agreement, topic.id, settled_on=now.date(), ordinal=settled_number(store, topic))
    _record_change_decision(store.database, change, context, stands, reason.strip(), now, reason_seen=reason_seen)
    if not same_day:
        _move_steps(change, context, preview, now, approved=approved is not None)
        confirm_use_anew(change, (row for row in context.bookings if row.day == event.event_date))
    return preview


def _move_steps(change: Change, context: MoveContext, preview: MovePreview, now: datetime, *, approved: bool) -> None:
    """Drop dates of deadlines set by hand, let steps whose day is not published follow, and add follow-up steps.

    These are due on the next open day after today; one whose name an open step has already is not added again.

    Args:
        approved: the place is approved for the new day, so an open step 会場の使用承認 of an earlier move is deleted.
    """
    file, calendar, new_date = context.records, context.year.calendar, preview.new_date
    for row in file.overrides:
        change.delete(DeadlineOverride, row.id)
    for before, kept in zip(
        file.steps, release_published_days(_steps_after_move(context), new_date, calendar), strict=True
    ):
        if kept != before:
            change.update(RecruitmentStep, kept.id, due=kept.due, note=kept.note)
    for step in file.steps if approved else ():
        if (step.name, step.done_on, step.note) == (VENUE_STEP, None, ADDED_BY_MOVE):
            change.delete(RecruitmentStep, step.id)
    due = calendar.add_open_days(now.date(), 1)
    open_names = {step.name for step in file.steps if step.done_on is None}
    added = [one.step for one in preview.follow_ups if one.step and one.step not in open_names]
    for position, name in enumerate(added, len(file.steps)):
        change.insert(
            RecruitmentStep(
                event_id=file.event.id,
                position=position,
                name=name,
                offset_days=max(0, (new_date - due).days),
                due=due,
                note=ADDED_BY_MOVE,
            )
        )


def _check_may_move(event: Event, preview: MovePreview, reason: str, nature: str) -> None:
    """Raise ``UserError`` unless the event may be moved as asked.

    It must be 予定, end after it starts, get another day or time, have a needed reason, and ``nature`` be in ``NEEDS``.
    """
    if not event.status.is_planned:
        raise UserError(f"{event.full_title}は{event.status}です。", "日付を変えられるのは、予定の実施回です。")
    if preview.end_time <= preview.start_time:
        raise UserError("終わりの時刻が、始まりの時刻より後になっていません。", "時刻を確かめてください。")
    if (event.event_date, event.start_time, event.end_time) == (preview.new_date, preview.start_time, preview.end_time):
        raise UserError("日付も時刻も変わっていません。", "新しい日付を入力してください。")
    if preview.reason_needed and not reason.strip():
        what = "時刻" if event.event_date == preview.new_date else "日付"
        raise UserError(f"{what}を変える理由が書かれていません。", "理由を書いてください。履歴に残ります。")
    if nature not in NEEDS:
        raise UserError("協議のみか、契約課へ確認するかが選ばれていません。", "どちらかを選んでください。")


def time_before_untold_move(store: Store, event: Event) -> str:
    """Return in words the day and hours of an event before a move that people are still to be called about, "" = none.

    That is so while the step is open that the move added, as no letter had notified them of the day.
    """
    steps = rows(store.database, RecruitmentStep, event_id=event.id, name=_TELL_STEP, note=ADDED_BY_MOVE, done_on=None)
    added = {step.id for step in steps}
    for entry in journal.entries(store.database, event_id=event.id) if added else ():
        made = journal.net_changes(entry)
        if any(one.table == TABLE_OF[RecruitmentStep] and one.row_id in added and not one.before for one in made):
            moved = next((one.before for one in made if one.table == TABLE_OF[Event] and one.row_id == event.id), None)
            return _other_time_words(moved or {}, event)
    return ""


def _other_time_words(image: Mapping[str, Any], event: Event) -> str:
    """Return in words the day and hours of an earlier image of an event, "" without a day or if they are the same."""
    if not image.get("event_date"):
        return ""
    hours = {name: image[name] for name in ("start_time", "end_time")}
    before = replace(event, event_date=date.fromisoformat(image["event_date"]), **hours)
    same = (before.event_date, before.start_time) == (event.event_date, event.start_time)
    return "" if same else notified_time_words(time_and_place_facts(before, ()))


def _record(event: Event, moved: Event, reason: str, nature: str, contract_reply: str, now: datetime) -> Agreement:
    """Return the 協議 「日程の変更」 of a move, settled today; open while an answer of 契約課 is needed and missing."""
    old, new = (long_date(one.event_date) if one.event_date else "日程未定" for one in (event, moved))
    if old == new:
        old, new = f"{new}の{event.hours}", moved.hours
    waits = nature == CONTRACT_CHANGE and not contract_reply.strip()
    return Agreement(
        event_id=event.id,
        topic=MOVE_TOPIC,
        content=f"{old}から{new}へ。{reason}",
        asked_on=now.date(),
        settled_on=None if waits else now.date(),
        nature=nature,
        note=contract_reply,
    )
