"""Another date for an event: every deadline old → new, before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.calendar.dates import long_date, short_date
from app.programme.services.programme import read_programme
from app.subjects.events.rules.deadlines import Deadline
from app.subjects.events.rules.event_checks import CONTRACT_CHANGE, EventWarning
from app.subjects.events.rules.moves import DeadlineMove, deadline_moves
from app.subjects.events.services.deadlines import proposal_deadline_of
from app.subjects.events.services.event_drafts import asks_reason, next_ordinal, warnings_among
from app.subjects.events.services.event_file import EventCourse, read_course, required_event
from app.subjects.events.services.event_tasks import Year, dues_of, step_deadlines
from app.subjects.events.services.move_follow_ups import FollowUp, follow_ups
from app.subjects.events.services.task import LABELS, PROPOSAL
from app.subjects.events.services.task_making import short_basis
from db.records.events import Event
from db.store import Store
from db.tables import events as table


@dataclass(frozen=True, kw_only=True)
class MoveRow:
    """One deadline before and after. ``old_note`` and ``new_note`` give the other date where it differs
    (「暦どおり 9/19(土)」); ``words`` 「7日あと」「済のまま」「変わりません」; ``basis`` why."""

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


@dataclass(frozen=True, kw_only=True)
class MovePreview:
    """What a move would do. ``moved`` is the number for heading and button, ``unmoved`` the others.

    ``warnings`` are about the new date; ``reason_needed`` False only while a first date is given;
    ``contract_change`` True when the likely way is to ask 契約課.
    """

    event_id: int
    title: str
    old_date: date | None
    old_words: str
    new_date: date
    new_words: str
    start_time: str
    end_time: str
    rows: tuple[MoveRow, ...]
    moved: int
    unmoved: int
    follow_ups: tuple[FollowUp, ...]
    warnings: tuple[EventWarning, ...]
    reason_needed: bool
    contract_change: bool


@dataclass(frozen=True, kw_only=True)
class MoveGround:
    """What a move is judged by, read once: the event with what its deadlines rest on, its year, all events of it."""

    course: EventCourse
    year: Year
    events: tuple[Event, ...]


def read_move_ground(store: Store, *, event_id: int, today: date) -> MoveGround:
    """Return what a move of one event is judged by; raises ``Refusal`` when the event is no longer there."""
    events = table.of_same_year(store.database, event_id)
    event = next((one for one in events if one.id == event_id), None) or required_event(store.database, event_id)
    view = read_programme(store, programme_id=event.programme_id, on=today)
    year = Year(view=view, calendar=view.calendar, today=today).of(event)
    return MoveGround(course=read_course(store, event), year=year, events=tuple(events))


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
    return preview_of(ground, moved_event(store, ground.course.event, new_date, start_time, end_time), new_date)


def preview_of(ground: MoveGround, moved: Event, new_date: date) -> MovePreview:
    """Return the preview for the event as it would stand on ``new_date``, from what was read."""
    course, year = ground.course, ground.year
    event = course.event
    rows = tuple(_rows(ground, moved))
    warnings = warnings_among(ground.events, moved, year, course.people or None)
    return MovePreview(
        event_id=event.id,
        title=event.full_title,
        old_date=event.event_date,
        old_words=long_date(event.event_date) if event.event_date else "日程未定",
        new_date=new_date,
        new_words=long_date(new_date),
        start_time=moved.start_time,
        end_time=moved.end_time,
        rows=rows,
        moved=sum(row.moves for row in rows),
        unmoved=sum(not row.moves for row in rows),
        follow_ups=follow_ups(course, moved, year.today),
        warnings=warnings,
        reason_needed=event.event_date is not None or any(asks_reason(row, moved, year) for row in warnings),
        contract_change=any(row.needs == CONTRACT_CHANGE for row in warnings),
    )


def moved_event(store: Store, event: Event, new_date: date, start: str | None, end: str | None) -> Event:
    """Return the event as it would stand on another date; its times stay unless given ("HH:MM")."""
    moved = replace(event, event_date=new_date, start_time=start or event.start_time, end_time=end or event.end_time)
    return replace(moved, ordinal=next_ordinal(store, moved))


def _rows(ground: MoveGround, moved: Event) -> list[MoveRow]:
    """Every deadline, guide date, open recruitment step and the 提案書, before and after."""
    file, year = ground.course, ground.year
    before, after = dues_of(file, year), dues_of(file, year, moved)
    done = {due.deadline.task: due.closed_on for due in before if due.closed_on is not None}
    rows = deadline_moves([due.deadline for due in before], [due.deadline for due in after], done)
    found = [_row(row, year, LABELS) for row in rows]
    open_steps = {step.name: step for step in file.steps if step.done_on is None}
    steps = deadline_moves(
        [row for row in step_deadlines(file, file.event, year) if row.task in open_steps],
        [row for row in step_deadlines(file, moved, year) if row.task in open_steps],
        {},
    )
    found += [_row(row, year, {}) for row in steps]
    changed = [moved if each.id == moved.id else each for each in ground.events]
    old, new = proposal_deadline_of(ground.events, year), proposal_deadline_of(changed, year)
    proposal = deadline_moves([old] if old else [], [new] if new else [], {})
    found += [_row(row, year, {PROPOSAL: LABELS[PROPOSAL]}) for row in proposal if row.moves]
    return found


def _row(move: DeadlineMove, year: Year, labels: Mapping[str, str]) -> MoveRow:
    shown = move.old if move.done_on and move.old else move.new or move.old
    assert shown is not None
    basis = short_basis(shown, year.today)
    if move.done_on is not None and move.old is not None:
        basis = f"期限 {short_date(move.old.counts_to, year.today)}。済んだ期限は動かしません"
    if move.old is not None and move.old.override is not None and move.done_on is None:
        basis = f"{basis}。手で変えた期限は計算に戻ります"
    return MoveRow(
        task=move.task,
        label=labels.get(move.task, move.task),
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
    )


def _note(deadline: Deadline | None, year: Year) -> str:
    """The other of the two dates where it differs from the one shown."""
    if deadline is None or not deadline.contract or deadline.nominal == deadline.working:
        return ""
    if deadline.direction == "before":
        return f"暦どおり {short_date(deadline.nominal, year.today)}"
    return f"休日の場合 {short_date(deadline.working, year.today)}"
