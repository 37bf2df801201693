"""Reads how an event stands, for every kind of paper of it and for what a count leaves out.

- ``read_standing(store, scope, today) -> EventStanding`` with what issued letters told otherwise
- ``left_out_words(database, events, today) -> str`` what a count of events leaves out, and why
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from app.acts.action_id import Asked
from app.acts.get_or_refuse import get_or_refuse
from app.calendar.dates import long_date
from app.papers.event_facts import EventState
from app.papers.rules.notification import shown
from app.papers.rules.states import OFF
from app.papers.services.event_standing import EventStanding
from app.papers.services.paper_scope import PaperScope
from app.papers.services.paper_states import passed_stops
from app.subjects.events.event.rules.change_decisions import CANCELLATION_LETTER, CHANGE_LETTER, INVITATION_LETTER
from app.subjects.events.event.rules.event_state import state_of
from app.subjects.events.event.rules.held import unrecorded, unrecorded_words
from app.subjects.events.event.rules.recruitment import DECISION
from app.subjects.events.event.services.event_file import EventFile
from app.subjects.events.event.services.told_event import (
    TO_WHO_COMES,
    differs_from_known,
    known_facts,
    told_otherwise,
    told_papers,
    told_rows,
    with_images,
)
from db.engine import Database
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchWish
from db.records.events import Event, EventResult
from db.rows import row, rows
from db.store import Store

_WISHES: Final = ("received_on", "id")


def read_standing(store: Store, scope: PaperScope, today: date, file: EventFile | None) -> EventStanding:
    """Return how the event of ``scope`` stands today; ``file`` are its rows where they were read already.

    Raises:
        Refusal: the event is gone.
    """
    database = store.database
    event = file.event if file is not None else get_or_refuse(database, Event, scope.event_id or 0)
    result = file.result if file is not None else None
    if file is None and event.status == "実施済":
        result = row(database, EventResult, event_id=event.id)
    decisions = file.decisions if file is not None else rows(database, ChangeDecision, event_id=event.id)
    state = state_of(event, decisions, result=result, wishes=_wishes(database, event)).on(today, event.event_date)
    told = {} if event.status == "中止" else _told_otherwise(database, event, file)
    stops = state.word in OFF or bool(state.open_item) or bool(told)
    return EventStanding(
        event_id=event.id,
        state=state,
        way=_way(event.id, state),
        told=told,
        told_way=_letter(event.id, state, CHANGE_LETTER),
        on=f"{event.event_date or ''} {event.start_time} {event.venue} {event.room}".strip(),
        passed=passed_stops(database, event.id) if stops else {},
    )


def left_out_words(database: Database, events: Iterable[Event], today: date) -> str:
    """Return what stands beside a count of ``events``: those past their day that it leaves out, by name; "" for none.

    One that was put off, or whose wish was taken back or declined, lacks no result; two SELECTs where anything is left
    out.
    """
    waiting = unrecorded(events, today)
    if not waiting:
        return ""
    decisions = rows(database, ChangeDecision, event_id=[one.id for one in waiting])
    wanted = [one.organisation_id for one in waiting if one.organisation_id is not None]
    wishes = rows(database, DispatchWish, organisation_id=wanted, order=_WISHES) if wanted else ()
    states = {
        one.id: state_of(one, [made for made in decisions if made.event_id == one.id], wishes=wishes).word
        for one in waiting
    }
    return unrecorded_words(waiting, today, {event_id: word for event_id, word in states.items() if word in OFF})


def _wishes(database: Database, event: Event) -> Sequence[DispatchWish]:
    if event.kind != "派遣" or event.organisation_id is None:
        return ()
    return rows(
        database, DispatchWish, programme_id=event.programme_id, organisation_id=event.organisation_id, order=_WISHES
    )


def _way(event_id: int, state: EventState) -> Asked:
    if state.word in ("取下げ", "不採択"):
        return Asked("派遣の希望票", event_id=event_id)
    if state.open_item == "日時":
        return Asked("日付を変える", event_id=event_id)
    return _letter(event_id, state, CANCELLATION_LETTER if state.word == "中止" else CHANGE_LETTER)


def _letter(event_id: int, state: EventState, kind: str) -> Asked:
    """The letter that tells the change; before it is written down who decided it, the place where that is done."""
    if not state.decided or state.open_item == "会場":
        return Asked("中止・変更の連絡", event_id=event_id)
    return Asked("中止・変更の通知", event_id=event_id, kind=kind)


def _told_otherwise(database: Database, event: Event, file: EventFile | None) -> Mapping[str, str]:
    """What papers that were told say of day, time and place, where that is no longer so.

    A letter whose 施行 was taken back is being made anew: what it told before stops it no longer.
    """
    course = file if file is not None else told_rows(database, event)
    found = {}
    every = told_papers(course)
    to_people = with_images(database, course, [one for one in every if one.kind in TO_WHO_COMES])
    papers = (*to_people, *(one for one in every if one.kind not in TO_WHO_COMES))
    for one in papers:
        differing = told_otherwise(one, course)
        if differing and one.revision == 1 and not one.remade:
            said = "、".join(f"{change.name} {shown(one.facts[change.name])}" for change in differing)
            found[one.kind] = f"{long_date(one.on)}に出した{one.kind}は、「{said}」と知らせています。"
    if DECISION in found and differs_from_known(known_facts(database, course, papers), event):
        # It goes to those whom the 決定通知 told another day, and says no word of a change.
        found.setdefault(INVITATION_LETTER, found[DECISION])
    return found
