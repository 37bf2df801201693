"""Reads the state of an event for its documents, and which events a count leaves out or wait for another day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from app.actions.action_id import ActionLink
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date
from app.documents.event_facts import EventState
from app.documents.rules import OFF_STATES, shown_fact
from app.documents.services.document_kind import EventStatus
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import override_reasons
from app.event.rules.change_decisions import CANCELLATION_LETTER, CHANGE_LETTER, INVITATION_LETTER
from app.event.rules.event_state import DAY_CHANGES, awaited_change, open_change, state_of
from app.event.rules.held_events import cut_short_note, events_without_result, has_result, without_result_words
from app.event.rules.recruitment import DECISION
from app.event.services.event_notifications import (
    PARTICIPANT_LETTERS,
    differs_from_known,
    facts_known_to_participants,
    notified_documents,
    outdated_facts,
    read_notification_rows,
    with_missing_facts,
)
from app.event.services.event_records import EventRecords
from db.engine import Database
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchRequest
from db.records.events import Event, EventResult
from db.rows import row, rows
from db.store import Store

_DISPATCH_REQUESTS: Final = ("received_on", "id")


def read_event_status(store: Store, scope: DocumentScope, today: date, records: EventRecords | None) -> EventStatus:
    """Return the state of the event of ``scope`` today, with notified facts that are no longer true.

    Args:
        records: its records, if read already.

    Raises:
        UserError: the event is gone.
    """
    database = store.database
    event = records.event if records is not None else get_or_raise(database, Event, scope.event_id or 0)
    result = records.result if records is not None else None
    if records is None and event.status == "実施済":
        result = row(database, EventResult, event_id=event.id)
    decisions = records.decisions if records is not None else rows(database, ChangeDecision, event_id=event.id)
    state = state_of(event, decisions, result=result, dispatch_requests=_dispatch_requests(database, event)).as_of(
        today, event.event_date
    )
    told = {} if event.status == "中止" else _outdated_notifications(database, event, records)
    stops = state.word in OFF_STATES or bool(state.open_item) or bool(told)
    return EventStatus(
        event_id=event.id,
        state=state,
        link=_action_link(event.id, state),
        outdated_letters=told,
        notification_link=_change_letter_link(event.id, state, CHANGE_LETTER),
        schedule_key=f"{event.event_date or ''} {event.start_time} {event.venue} {event.room}".strip(),
        override_reasons=override_reasons(database, event.id) if stops else {},
    )


def not_counted_words(database: Database, events: Iterable[Event], today: date) -> str:
    """Return a note on the past events that a count of ``events`` leaves out, by name; "" for none.

    An event that waits for another day misses no result, nor does one whose request was withdrawn or declined. What
    was broken off is named too, counted or not (``cut_short_note``). It takes two SELECTs more if anything is left out.
    """
    known = list(events)
    held = {one.id: one for one in known if has_result(one)}
    ended = rows(database, EventResult, event_id=sorted(held), order="event_id") if held else ()
    cut_short = cut_short_note((held[one.event_id], one) for one in ended)
    waiting = events_without_result(known, today)
    if not waiting:
        return cut_short
    decisions = rows(database, ChangeDecision, event_id=[one.id for one in waiting])
    wanted = [one.organisation_id for one in waiting if one.organisation_id is not None]
    wishes = rows(database, DispatchRequest, organisation_id=wanted, order=_DISPATCH_REQUESTS) if wanted else ()
    not_held = {}
    for one in waiting:
        mine = [made for made in decisions if made.event_id == one.id]
        word = awaited_change(one, mine) or state_of(one, mine, dispatch_requests=wishes).word
        if word in (*OFF_STATES, *DAY_CHANGES):
            not_held[one.id] = word
    return without_result_words(waiting, today, not_held) + cut_short


def events_awaiting_day(database: Database, events: Iterable[Event]) -> frozenset[int]:
    """Return the ids of the events that wait for another day after a 延期 or 日時の変更, in one SELECT."""
    return frozenset(event for event, change in open_changes(database, events).items() if change in DAY_CHANGES)


def open_changes(database: Database, events: Iterable[Event]) -> Mapping[int, str]:
    """Return by event the change whose new day or place is not entered, "" without one, in one SELECT."""
    mine = [one for one in events if one.status == "予定"]
    decisions = rows(database, ChangeDecision, event_id=[one.id for one in mine]) if mine else ()
    return {one.id: open_change(one, [made for made in decisions if made.event_id == one.id]) for one in mine}


def not_held_words(database: Database, event: Event) -> tuple[str, str]:
    """Return why an event is not held on its day (中止, or no new day is entered) and what ends that; else two ""."""
    if event.status == "中止":
        return f"{event.full_title}は中止です。", "中止を取り消す"
    change = open_changes(database, [event]).get(event.id, "")
    words = f"{event.full_title}は{change}が決まっていて、新しい日時がまだ入っていません。"
    return (words, "新しい日時を入れる") if change in DAY_CHANGES else ("", "")


def refuse_if_not_held(database: Database, event: Event, then: str) -> None:
    """Raise ``UserError`` for an event that is not held on its day; ``then`` = what may be done once that ended."""
    words, act = not_held_words(database, event)
    if words:
        raise UserError(words, f"{act}と{then}。")


def _dispatch_requests(database: Database, event: Event) -> Sequence[DispatchRequest]:
    """Return the requests of the organisation that a visit goes to; () for other events."""
    if not event.form.at_organisation or event.organisation_id is None:
        return ()
    return rows(
        database,
        DispatchRequest,
        programme_id=event.programme_id,
        organisation_id=event.organisation_id,
        order=_DISPATCH_REQUESTS,
    )


def _action_link(event_id: int, state: EventState) -> ActionLink:
    """Return the link to where the state of an event is acted upon: request, date, or the letter of the change."""
    if state.word in ("取下げ", "不採択"):
        return ActionLink("派遣の希望票", event_id=event_id)
    if state.open_item == "日時":
        return ActionLink("日付を変える", event_id=event_id)
    return _change_letter_link(event_id, state, CANCELLATION_LETTER if state.word == "中止" else CHANGE_LETTER)


def _change_letter_link(event_id: int, state: EventState, kind: str) -> ActionLink:
    """Return the link to the letter ``kind`` about the change.

    Before a decision is recorded, and while a new place is missing, it leads to 中止・変更の連絡 instead.
    """
    if not state.decided or state.open_item == "会場":
        return ActionLink("中止・変更の連絡", event_id=event_id)
    return ActionLink("中止・変更の通知", event_id=event_id, kind=kind)


def _outdated_notifications(database: Database, event: Event, records: EventRecords | None) -> Mapping[str, str]:
    """Return by kind of document a sentence on what it notified of day, time and place that is no longer true.

    Only the first letter of a kind counts, and not one whose 施行 was revoked, as it is being made anew. An outdated
    決定通知 stands for the 開催通知 as well where participants know another time or place.
    """
    course = records if records is not None else read_notification_rows(database, event)
    found = {}
    every = notified_documents(course)
    to_people = with_missing_facts(database, course, [one for one in every if one.kind in PARTICIPANT_LETTERS])
    papers = (*to_people, *(one for one in every if one.kind not in PARTICIPANT_LETTERS))
    for one in papers:
        differing = outdated_facts(one, course)
        if differing and one.revision == 1 and not one.is_being_remade:
            said = "、".join(f"{change.name} {shown_fact(one.facts[change.name])}" for change in differing)
            found[one.kind] = f"{long_date(one.dated_on)}に出した{one.kind}は、「{said}」と知らせています。"
    if DECISION in found and differs_from_known(facts_known_to_participants(database, course, papers), event):
        # It goes to people whose 決定通知 states another day, and does not mention a change.
        found.setdefault(INVITATION_LETTER, found[DECISION])
    return found
