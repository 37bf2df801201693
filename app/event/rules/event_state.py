"""Derives what an event is on a day from its row, the decisions about it, its result and its request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.documents.event_phase import EventPhase, EventState
from app.event.rules.change_decisions import end_time_differs, start_time_differs
from db.records.calls import ChangeDecision, DecisionKind
from db.records.dispatches import DispatchRequest
from db.records.events import Event, EventResult


def decision_in_effect(event: Event, decisions: Sequence[ChangeDecision]) -> ChangeDecision | None:
    """Return the newest decision not revoked, None without one.

    Args:
        decisions: those about the event, oldest first.
    """
    kept = _decisions_in_effect(event, decisions)
    return kept[-1] if kept else None


def decisions_without_new_date(event: Event, decisions: Sequence[ChangeDecision]) -> Sequence[ChangeDecision]:
    """Return the decisions whose new day was never entered, else those whose new place was not; revoked together.

    () for an event that is not 予定, or without a decision in effect. After a 中止 that was revoked, those before it
    count again.

    Args:
        decisions: those about the event, oldest first.
    """
    if not event.status.is_planned:
        return ()
    since = _decisions_in_effect(event, decisions)
    of_day = [one for one in since if one.kind.moves_day]
    of_place = [one for one in since if one.kind.moves_venue]
    for found in (of_day, of_place):
        if found and _is_open(event, found[-1]):
            return [one for one in found if _is_open(event, one)]
    return ()


def state_of(
    event: Event,
    decisions: Sequence[ChangeDecision],
    today: date,
    *,
    result: EventResult | None = None,
    request: DispatchRequest | None = None,
) -> EventState:
    """Return the phase of an event on a day, and what led to it.

    Args:
        decisions: those about the event, oldest first. result: what was recorded of its day, None = nothing yet.
        request: the request that it names (``Event.request_id``).
    """
    phase, standing = phase_of(event, decisions, today, request), decision_in_effect(event, decisions)
    decided: str = standing.kind if standing is not None else ""
    since = request.decided_on if request is not None and event.status.is_request_ended else event.cancelled_on
    if phase is EventPhase.WITHOUT_NEW_DAY:
        standing = decisions_without_new_date(event, decisions)[-1]
        decided, since = standing.kind, standing.decided_at.date()
    lacks_people = phase is EventPhase.HELD and (result is None or result.attended is None)
    return EventState(phase=phase, since=since, decided=decided, lacks_people=lacks_people)


def phase_of(
    event: Event, decisions: Sequence[ChangeDecision], today: date, request: DispatchRequest | None = None
) -> EventPhase:
    """Return what an event is on a day; ``decisions`` and ``request`` as for ``state_of``."""
    if not event.status.is_planned:
        return EventPhase(event.status)
    if request is not None and request.outcome.is_open:
        return EventPhase.REQUEST_UNDECIDED
    change = open_change(event, decisions)
    if change is not None and change.moves_day:
        return EventPhase.WITHOUT_NEW_DAY
    if event.event_date is None:
        return EventPhase.WITHOUT_DAY
    if event.event_date < today:
        return EventPhase.RESULT_MISSING
    return EventPhase.WITHOUT_PLACE if change else EventPhase.PLANNED


def open_change(event: Event, decisions: Sequence[ChangeDecision]) -> DecisionKind | None:
    """Return 延期, 日時の変更 or 会場の変更 while its new day or place is not entered, else None."""
    waiting = decisions_without_new_date(event, decisions)
    return waiting[-1].kind if waiting else None


def awaits_day(event: Event, decisions: Sequence[ChangeDecision]) -> bool:
    """Return whether a 延期 or 日時の変更 was decided and the new day is not entered."""
    change = open_change(event, decisions)
    return change is not None and change.moves_day


def is_back(event: Event, decisions: Sequence[ChangeDecision]) -> bool:
    """Return whether an event stands on the day again that the newest 延期 or 日時の変更 gave up."""
    of_day = [one for one in _decisions_in_effect(event, decisions) if one.kind.moves_day]
    return bool(of_day) and not _is_moved_since(event, of_day[-1])


def is_carried_out(event: Event, decision: ChangeDecision) -> bool:
    """Return whether the new day or place of a decision is entered, so that the same kind again is another change."""
    return not (decision.kind.is_cancellation or decision.kind.revokes or _is_open(event, decision))


def _decisions_in_effect(event: Event, decisions: Sequence[ChangeDecision]) -> list[ChangeDecision]:
    """Return the decisions that were not revoked, oldest first; a 中止 is revoked once its event is none any more."""
    return [
        one for one in decisions if not one.taken_back and (not one.kind.is_cancellation or event.status.is_cancelled)
    ]


def _is_moved_since(event: Event, decision: ChangeDecision) -> bool:
    """Return whether the event has another day or start than participants knew at the decision; False without a day.

    For a 日時の変更 another end is enough. A 延期 asks for another day: an end that was put right is none.
    """
    if event.event_date is None:
        return False
    ends = decision.kind.moves_time and end_time_differs(decision.before_time, event.end_time)
    return ends or start_time_differs(decision.before_time, event.event_date, event.start_time)


def _is_open(event: Event, decision: ChangeDecision) -> bool:
    """Return whether the new day or place of a change was never entered: the event still has the one given up.

    What was entered once stays so when the event is moved back. Rows of earlier versions do not say it; then it is
    known by another day or place alone.
    """
    if decision.entered_on is not None:
        return False
    if decision.kind.moves_day:
        return not _is_moved_since(event, decision)
    return decision.before_place == f"{event.venue}　{event.room}".strip("　")
