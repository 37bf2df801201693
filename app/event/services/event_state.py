"""Reads the state of an event for its documents, and which events a count leaves out or wait for another day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from app.actions.action_id import ActionLink
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date
from app.documents.event_phase import EventPhase, EventState
from app.documents.rules import FactChange, fact_changes, shown_fact
from app.documents.services.document_kind import DocumentEvent
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import override_reasons
from app.event.rules.change_decisions import INVITATION_LETTER, letter_of
from app.event.rules.event_state import state_of
from app.event.rules.held_events import cut_short_note, without_result_words
from app.event.rules.notification_facts import time_and_place_facts
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
from db.record import RowsById
from db.records.calls import ChangeDecision, DecisionKind
from db.records.dispatches import DispatchRequest
from db.records.events import Event, EventResult
from db.rows import by_id, row, rows, rows_by_id
from db.store import Store

_WITHOUT_STOP = (EventPhase.PLANNED, EventPhase.WITHOUT_DAY, EventPhase.HELD)
"""The phases in which no document is stopped."""
_ENDED_BY = {EventPhase.CANCELLED: "中止を取り消す", EventPhase.WITHOUT_NEW_DAY: "新しい日時を入れる"}


def read_event_status(store: Store, scope: DocumentScope, today: date, records: EventRecords | None) -> DocumentEvent:
    """Return the state of the event of ``scope`` today, with notified facts that are no longer true.

    Args:
        records: its records, if read already.

    Raises:
        UserError: the event is gone.
    """
    database = store.database
    event = records.event if records is not None else get_or_raise(database, Event, scope.event_id)
    if records is not None:
        state = records.state(today)
    else:
        result = row(database, EventResult, event_id=event.id) if event.status.is_held else None
        made, request = (
            rows(database, ChangeDecision, event_id=event.id),
            by_id(database, DispatchRequest, event.request_id),
        )
        state = state_of(event, made, today, result=result, request=request)
    told = _outdated_notifications(database, event, records) if event.status.counts else {}
    stops = bool(told) or state.phase not in _WITHOUT_STOP
    return DocumentEvent(
        event_id=event.id,
        state=state,
        link=_action_link(event.id, state),
        outdated_letters=told,
        notification_link=_change_letter_link(event.id, state),
        schedule_key=f"{event.event_date or ''} {event.start_time} {event.venue} {event.room}".strip(),
        override_reasons=override_reasons(database, event.id) if stops else {},
    )


def not_counted_words(database: Database, events: Sequence[Event], today: date) -> str:
    """Return a note on the events that a count of ``events`` leaves out, by name; "" for none.

    Those are: without a recorded result after their day; waiting for another day after it; and with a request that was
    withdrawn or declined. What was broken off is named too, counted or not. It takes three SELECTs at most.
    """
    states = states_of(database, events, today)
    left_out = {
        one.id: state.word if state.phase is not EventPhase.RESULT_MISSING else ""
        for one in events
        if (state := states[one.id]).phase in (EventPhase.RESULT_MISSING, EventPhase.WITHDRAWN, EventPhase.DECLINED)
        or (state.phase.awaits_day and one.is_past(today))
    }
    held = RowsById(one for one in events if one.status.is_held)
    ended = rows(database, EventResult, event_id=sorted(held), order="event_id")
    cut_short = cut_short_note((held[one.event_id], one) for one in ended)
    return without_result_words([one for one in events if one.id in left_out], left_out) + cut_short


def states_of(database: Database, events: Collection[Event], today: date) -> Mapping[int, EventState]:
    """Return by id what each event is on a day, in two SELECTs at most."""
    planned = [one for one in events if one.status.is_planned]
    asked = [one.request_id for one in planned if one.request_id is not None]
    made = rows(database, ChangeDecision, event_id=[one.id for one in planned])
    requests = rows_by_id(database, DispatchRequest, id=asked)
    return {
        one.id: state_of(
            one, [each for each in made if each.event_id == one.id], today, request=requests.get(one.request_id)
        )
        for one in events
    }


def not_held_words(database: Database, event: Event) -> tuple[str, str]:
    """Return why an event is not held on its day and what ends that; two "" for one that is, was, or has none yet."""
    state = states_of(database, [event], date.min)[event.id]  # that does not depend on the day
    if not state.phase.is_off:
        return "", ""
    waits = state.phase is EventPhase.WITHOUT_NEW_DAY
    said = f"{state.word}が決まっていて、新しい日時がまだ入っていません" if waits else f"{state.word}です"
    return f"{event.full_title}は{said}。", _ENDED_BY.get(state.phase, "希望票の結果を決定に直す")


def refuse_if_not_held(database: Database, event: Event, then: str) -> None:
    """Raise ``UserError`` for an event that is not held on its day; ``then`` = what may be done once that ended."""
    words, act = not_held_words(database, event)
    if words:
        raise UserError(words, f"{act}と{then}。")


def _action_link(event_id: int, state: EventState) -> ActionLink:
    """Return the link to where the state of an event is acted upon: request, date, or the letter of the change."""
    if state.phase in (EventPhase.WITHDRAWN, EventPhase.DECLINED, EventPhase.REQUEST_UNDECIDED):
        return ActionLink("派遣の希望票", event_id=event_id)
    if state.phase is EventPhase.WITHOUT_NEW_DAY:
        return ActionLink("日付を変える", event_id=event_id)
    if state.phase is EventPhase.RESULT_MISSING:
        return ActionLink("結果を記録する", event_id=event_id)
    return _change_letter_link(event_id, state)


def _change_letter_link(event_id: int, state: EventState) -> ActionLink:
    """Return the link to the letter about the change.

    Before a decision is recorded, and while a new place is missing, it leads to 中止・変更の連絡 instead.
    """
    if not state.decided or state.phase is EventPhase.WITHOUT_PLACE:
        return ActionLink("中止・変更の連絡", event_id=event_id)
    return ActionLink("中止・変更の通知", event_id=event_id, kind=letter_of(DecisionKind(state.decided)))


def _outdated_notifications(database: Database, event: Event, records: EventRecords | None) -> Mapping[str, str]:
    """Return by kind of document a sentence on what it notified of day, time and place that is no longer true.

    Only the first letter of a kind counts, and not one whose 施行 was revoked, as it is being made anew; no 公文書 once
    participants know better: what left is its copy, and whoever is decided later reads what the others know. While
    participants know another time or place, however they were told, 決定通知 and 開催通知 say what contradicts it.
    """
    course = records if records is not None else read_notification_rows(database, event)
    every = notified_documents(course)
    to_people = with_missing_facts(database, course, [one for one in every if one.kind in PARTICIPANT_LETTERS])
    papers = (*to_people, *(one for one in every if one.kind not in PARTICIPANT_LETTERS))
    known = facts_known_to_participants(database, course, papers)
    is_known = not differs_from_known(known, event)
    found = {
        one.kind: f"{long_date(one.dated_on)}に出した{one.kind}は、「{_said(one.facts, differing)}」と知らせています。"
        for one in papers
        if one.revision == 1 and not one.is_being_remade
        if not (is_known and one.kind in PARTICIPANT_LETTERS and one.document_number)
        if (differing := outdated_facts(one, course))
    }
    if to_people and not is_known:
        differing = fact_changes(known, time_and_place_facts(event, ()))
        told = f"参加される方には、「{_said(known, differing)}」と知らせています。"
        if any(one.kind == DECISION for one in to_people):
            found.setdefault(DECISION, told)
        found.setdefault(INVITATION_LETTER, found.get(DECISION, told))
    return found


def _said(facts: Mapping[str, str], changes: Iterable[FactChange]) -> str:
    return "、".join(f"{one.name} {shown_fact(facts[one.name])}" for one in changes)
