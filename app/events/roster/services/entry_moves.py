"""Moves a place to another event in one action; the old and the new place refer to each other.

The record of the selection stays as it was, so the old place stays in its roster. A moved person has not withdrawn, and
no letter says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date_or
from app.documents.event_phase import EventPhase
from app.event.rules import participation
from app.event.services.event_records import read_event_or_error
from app.event.services.event_state import states_of
from app.event.services.expected_counts import current_capacity
from app.events.applications.services.application_writing import close_waitlist_gaps, reopen_care
from app.events.roster.rules import free_places, next_waitlist_number
from app.events.roster.services.admissions import assign_admission_numbers
from app.events.roster.services.earlier_places import with_earlier_place
from app.events.roster.services.entry_changes import manual_selection, overfull_remark
from app.events.roster.services.entry_names import entry_label, required_entry, spoken_name
from db.engine import Database
from db.journal import Change
from db.record import record
from db.records.events import Event
from db.records.roster import Entry, EntryState
from db.rows import rows, rows_by_id
from db.store import Store
from db.tables import roster as table


@record
class OtherEvent:
    """An event that somebody can be moved to: 「講習会 第7回　10/1(木)　空き3人」 (or 満員, 定員を2人超過)."""

    id: int
    words: str


def events_to_move_to(store: Store, *, event_id: int, today: date) -> tuple[OtherEvent, ...]:
    """Return the coming and undated events of the same year and kind that are not cancelled; () for a 派遣."""
    event = read_event_or_error(store.database, event_id)
    found = []
    others = rows(store.database, Event, programme_id=event.programme_id, kind=event.kind, order="event_date")
    states = states_of(store.database, others, today)
    for one in others:
        if not _rejection_reason(event, one, states[one.id].phase):
            free = free_places(table.entries(store.database, one.id), current_capacity(store.database, one))
            day = short_date_or("日付未定", one.event_date, today)
            room = f"空き{free}人" if free > 0 else "満員" if not free else f"定員を{-free}人超過"
            found.append(OtherEvent(id=one.id, words=f"{one.full_title}　{day}　{room}"))
    return tuple(found)


def _rejection_reason(event: Event, other: Event, phase: EventPhase) -> str:
    """Return why nobody of ``event`` can be moved to ``other`` in its ``phase``; empty where it is possible."""
    if other.id == event.id:
        return "いまの回と同じ回です。"
    if (other.kind, other.programme_id) != (event.kind, event.programme_id) or not event.form.recruits:
        return "同じ年度の同じ種類の回だけに移せます。団体へうかがう回の参加者は移せません。"
    if phase.is_ended:
        return f"{other.full_title}は{phase}になっています。"
    return "" if phase.will_be_held or phase.awaits_day else f"{other.full_title}は、もう終わっています。"


def move_to_event(
    context: ActionContext, *, entry_id: int, event_id: int, reason: str = "", state: EntryState | None = None
) -> ActionResult:
    """Move a person to another event; the place there is like this one, as 決定 if others are selected already.

    The old place becomes 辞退 and the 補欠 are renumbered; at a cancelled event, and for somebody not selected, it
    stays. Moved back, the first place is given back, or ``state`` where it is no longer free. Numbers, 班 and 席 belong
    to an event and do not go over. The result's ``id`` is the place in the other event.

    Raises:
        UserError: the place or the event is gone, this event is over, the person came, withdrew, was replaced by a
            substitute or is on the other roster already, the other event cannot take people of this one, or the first
            place there is no longer free and no ``state`` is given.
    """
    entry = required_entry(context.store, entry_id)
    event, other = (read_event_or_error(context.database, one) for one in (entry.event_id, event_id))
    who = spoken_name(context.store, entry)
    _check_move(context, entry, event, other, who)
    there = table.entries(context.database, other.id)
    known = next((one for one in there if entry.person_id is not None and one.person_id == entry.person_id), None)
    if known is not None and (not known.state.is_out or known.attendance):
        raise UserError(
            f"{who}は、もう{other.full_title}の名簿にいます。", "移した先の名簿で、状態を確かめてください。"
        )
    chosen = any(one.state.is_decided and one is not known for one in there)
    place = replace(
        participation.copy_as_new_entry(entry), state=state or (EntryState.CHOSEN if chosen else EntryState.APPLIED)
    )
    if state is not None and EntryState(state).is_waiting:
        place = replace(place, waiting_order=next_waitlist_number(there))
    elif state is None and known is not None and (known.state.is_withdrawn or known.moved_to is not None):
        had = with_earlier_place(context.store, known)
        place = replace(place, state=had.state, waiting_order=had.waiting_order)
    with context.change(
        f"{event.full_title}：{entry_label(entry)}を{other.full_title}へ移した", "roster", event_id=event.id
    ) as change:
        made = _add_or_restore_entry(context.database, change, place, other, known)
        if not place.state.is_applied:
            why = reason.strip() or f"{event.full_title}から移った"
            change.insert(manual_selection(replace(place, id=made), context, event=other, reason=why))
        _mark_as_moved(context, change, event, entry, made, reason.strip() or f"{other.full_title}へ移った")
        assign_admission_numbers(context.store, change, other.id)
    cares = [
        one.kind
        for one in table.arrangements(context.database, event.id)
        if one.entry_id == entry_id and one.content != participation.NO_ARRANGEMENT_NEEDED
    ]
    kinds = "・".join(dict.fromkeys(cares))
    care = f"{event.full_title}の手配（{kinds}）は移していません。取消しと、移した先での手配を確かめてください。"
    said = f"{who}を{other.full_title}へ移しました。{overfull_remark(context.store, other)}{care if cares else ''}"
    return ActionResult(said, made)


def _check_move(context: ActionContext, entry: Entry, event: Event, other: Event, who: str) -> None:
    """Raise ``UserError`` when an entry can't be moved to the other event."""
    if entry.attendance.is_present or entry.walk_in:
        raise UserError(
            f"{who}は、{event.full_title}に出席と記録されています。", "ほかの回への申込として入力してください。"
        )
    if entry.state.is_withdrawn:
        raise UserError(f"{who}は辞退になっています。", "「状態」で辞退を取り消してから、移してください。")
    if any(one.substitute_for == entry.id for one in table.entries(context.database, event.id)):
        raise UserError("代理の方が名簿に入っているため、移せません。", "先に代理の方を名簿から外してください。")
    states = states_of(context.database, (event, other), context.today)
    if states[event.id].phase in (EventPhase.RESULT_MISSING, EventPhase.HELD):
        raise UserError(f"{event.full_title}は、もう終わっています。", "ほかの回への申込として入力してください。")
    why = _rejection_reason(event, other, states[other.id].phase)
    if why:
        raise UserError(f"{other.full_title}へは移せません。{why}", "移す先の回を選び直してください。")


def _add_or_restore_entry(
    database: Database, change: Change, entry: Entry, other: Event, existing_entry: Entry | None
) -> int:
    """Add the place in the other event, or use the one left there before; return its id."""
    if existing_entry is not None:
        reopen_care(change, database, existing_entry, entry.care)
        change.update(
            Entry,
            existing_entry.id,
            state=entry.state,
            waiting_order=entry.waiting_order,
            absent_note="",
            absent_told_at=None,
            moved_to=None,
            application_id=entry.application_id,
            device=entry.device,
            care=entry.care,
            photo=entry.photo,
            publication=entry.publication,
            photo_words=entry.photo_words,
            words=entry.words,
            words_use=entry.words_use,
        )
        return existing_entry.id
    return change.insert(replace(entry, event_id=other.id))


def _mark_as_moved(
    context: ActionContext, change: Change, event: Event, entry: Entry, new_entry_id: int, reason: str
) -> None:
    """Record at the old place where its person went, and renumber the 補欠."""
    values = {"moved_to": new_entry_id}
    if event.status.counts and not entry.state.is_out:
        values |= participation.withdrawal(entry) | {"absent_note": reason}
    change.update(Entry, entry.id, **values)
    close_waitlist_gaps(change, context.database, (event.id,))


def moved_from(database: Database, entries: Iterable[Entry]) -> Mapping[int, Event]:
    """Return the event from which each place was moved here, by id of the place."""
    ids = [one.id for one in entries]
    left = rows(database, Entry, moved_to=ids)
    events = rows_by_id(database, Event, id=[one.event_id for one in left])
    return {one.moved_to: events[one.event_id] for one in left if one.moved_to is not None}


def moved_to(database: Database, entries: Iterable[Entry]) -> Mapping[int, Event]:
    """Return the event to which the person of each place was moved, by id of the place."""
    left = {one.moved_to: one.id for one in entries if one.moved_to is not None}
    made = rows(database, Entry, id=list(left))
    events = rows_by_id(database, Event, id=[one.event_id for one in made])
    return {left[one.id]: events[one.event_id] for one in made}
