"""The context of a fixed tally as it was then (event, year, attendance).

A state is written and removed in the change that confirms or takes the confirmation back, so that undo carries it.
What was confirmed before states were kept has none, and is drawn from the records."""

from __future__ import annotations

import json

from app.actions.get_or_raise import get_or_raise
from app.history.services import field_name
from app.programme.services import programme_of_event
from app.surveys.questions.services.surveys import delete_tally_state
from db import mapping
from db.journal import Change
from db.record import record
from db.records.documents import ConfirmedState
from db.records.events import Event
from db.records.programme import Programme
from db.records.surveys import EventSurvey
from db.rows import row
from db.store import Store
from db.tables import events

_PRINTED_FIELDS = ("subject", "ordinal", "event_date", "start_time", "end_time", "venue", "room")
"""The fields of an event that its survey's documents print."""


@record
class TallyState:
    """The event, year and attendance that a tally's documents print beside its answers."""

    event: Event
    programme: Programme
    attendance: int | None


def save_tally_state(store: Store, change: Change, survey: EventSurvey) -> None:
    """Store event, year and attendance as of now inside the change that fixes the totals, in place of earlier ones."""
    delete_tally_state(store, change, survey.id)
    state = current_tally_state(store, survey.event_id)
    plain = {
        "event": mapping.to_plain(state.event),
        "programme": mapping.to_plain(state.programme),
        "attended": state.attendance,
    }
    content = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    change.insert(ConfirmedState(event_id=survey.event_id, survey_id=survey.id, content=content))


def tally_state(store: Store, survey: EventSurvey | None) -> TallyState | None:
    """Return event, year and attendance as they were when the totals were fixed; None while open, or if not stored."""
    if survey is None or survey.frozen_at is None:
        return None
    kept = row(store.database, ConfirmedState, survey_id=survey.id)
    if kept is None:
        return None
    plain = json.loads(kept.content)
    if "form" not in plain["event"]:  # fixed before events had a form of their own; it never changes for an event
        plain["event"]["form"] = get_or_raise(store.database, Event, survey.event_id).form
    return TallyState(
        event=mapping.from_plain(Event, plain["event"]),
        programme=mapping.from_plain(Programme, plain["programme"]),
        attendance=plain["attended"],
    )


def current_tally_state(store: Store, event_id: int) -> TallyState:
    """Return event, year and attendance of a tally as they are recorded now."""
    event = get_or_raise(store.database, Event, event_id)
    result = events.result(store.database, event_id)
    return TallyState(
        event=event,
        programme=programme_of_event(store, event).programme,
        attendance=result.attended if result else None,
    )


def tally_difference_words(saved: TallyState, current: TallyState) -> tuple[str, ...]:
    """Return the names of what differs between both, of what is printed; 出席者数 with both numbers; () = nothing."""
    fields = [name for name in _PRINTED_FIELDS if getattr(saved.event, name) != getattr(current.event, name)]
    found = [field_name("events", name) for name in fields]
    if saved.attendance != current.attendance:
        found.append(f"出席者数 {_people(saved.attendance)}→{_people(current.attendance)}")
    if saved.programme.title != current.programme.title:
        found.append("契約件名")
    return tuple(found)


def _people(attendance: int | None) -> str:
    return "記録なし" if attendance is None else f"{attendance}人"
