"""Derives the state of an event from its row, the decisions about it, its result and the requests of its 団体."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.documents.event_facts import EventState
from app.event.rules.change_decisions import end_time_differs, start_time_differs
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchRequest
from db.records.events import Event, EventResult

DAY_CHANGES: Final = ("延期", "日時の変更")


def decision_in_effect(event: Event, decisions: Sequence[ChangeDecision]) -> ChangeDecision | None:
    """Return the newest decision not revoked; None without one, or if it is a 中止 and the event is not cancelled.

    Args:
        decisions: those about the event, oldest first.
    """
    kept = _decisions_in_effect(decisions)
    newest = kept[-1] if kept else None
    return None if newest is not None and newest.kind.is_cancellation and event.status != "中止" else newest


def decisions_without_new_date(event: Event, decisions: Sequence[ChangeDecision]) -> Sequence[ChangeDecision]:
    """Return the decisions whose new day was never entered, else those whose new place was not; revoked together.

    () for an event that is not 予定, or without a decision in effect. Decisions before a 中止 do not count.

    Args:
        decisions: those about the event, oldest first.
    """
    standing = decision_in_effect(event, decisions)
    if event.status != "予定" or standing is None:
        return ()
    since = _decisions_since_cancellation(decisions)
    found = [one for one in since if one.kind.moves_day]
    if found and not _is_moved_since(event, found[-1]):
        return [one for one in found if not _is_moved_since(event, one)]
    return [one for one in since if _is_place_undecided(event, one)] if _is_place_undecided(event, standing) else ()


def has_recorded_people(result: EventResult | None) -> bool:
    """Return whether the number of attendants is recorded, which may come after the event was marked held."""
    return result is not None and result.attended is not None


def state_of(
    event: Event,
    decisions: Sequence[ChangeDecision] = (),
    *,
    result: EventResult | None = None,
    dispatch_requests: Sequence[DispatchRequest] = (),
) -> EventState:
    """Return the state of an event, independent of today; ``EventState`` derives that of a day.

    Args:
        decisions: those about the event, oldest first. result: what was recorded of its day, None = nothing yet.
        dispatch_requests: the requests of its 団体 in its year, oldest first.
    """
    standing = decision_in_effect(event, decisions)
    decided = standing.kind if standing is not None else ""
    if event.status == "中止":
        return EventState(word="中止", since=event.cancelled_on, decided=decided)
    if event.status == "実施済":
        return EventState(word="実施済" if has_recorded_people(result) else "結果未記録", decided=decided)
    gone = _withdrawn_request(event, dispatch_requests)
    if gone is not None:
        return EventState(
            word="取下げ" if gone.outcome.is_withdrawn else "不採択", since=gone.decided_on, decided=decided
        )
    return _planned(event, standing, decisions)


def _planned(event: Event, decision: ChangeDecision | None, decisions: Sequence[ChangeDecision]) -> EventState:
    """Return the state of a planned event: 予定, 日程変更, 延期, or a decision whose new day or place is missing."""
    if decision is None:
        return EventState()
    found = [one for one in _decisions_since_cancellation(decisions) if one.kind.moves_day]
    decided, open_place = decision.kind, _is_place_undecided(event, decision)
    if not found:
        return EventState(decided=decided, open_item="会場" if open_place else "")
    timed = found[-1]
    since, moved = timed.decided_at.date(), _is_moved_since(event, timed)
    if not moved and timed.kind.is_postponement:
        return EventState(word="延期", since=since, decided=decided)
    if not moved:
        return EventState(since=since, decided=decided, open_item="日時")
    return EventState(word="日程変更", since=since, decided=decided, open_item="会場" if open_place else "")


def open_change(event: Event, decisions: Sequence[ChangeDecision]) -> str:
    """Return 延期, 日時の変更 or 会場の変更 while its new day or place is not entered, else ""."""
    waiting = decisions_without_new_date(event, decisions)
    return waiting[-1].kind if waiting else ""


def awaited_change(event: Event, decisions: Sequence[ChangeDecision]) -> str:
    """Return 延期 or 日時の変更 while its new day is not entered, so that the event is not held on its day; else ""."""
    kind = open_change(event, decisions)
    return kind if kind in DAY_CHANGES else ""


def is_carried_out(event: Event, decision: ChangeDecision) -> bool:
    """Return whether the new day or place of a decision is entered, so that the same kind again is another change."""
    if decision.kind.moves_day:
        return _is_moved_since(event, decision)
    return decision.kind.moves_venue and not _is_place_undecided(event, decision)


def _decisions_in_effect(decisions: Sequence[ChangeDecision]) -> list[ChangeDecision]:
    return [one for one in decisions if not one.taken_back]


def _decisions_since_cancellation(decisions: Sequence[ChangeDecision]) -> list[ChangeDecision]:
    """Return the decisions in effect that were made after the last 中止."""
    kept = _decisions_in_effect(decisions)
    cancelled = max((place for place, one in enumerate(kept) if one.kind.is_cancellation), default=-1)
    return kept[cancelled + 1 :]


def _is_moved_since(event: Event, decision: ChangeDecision) -> bool:
    """Return whether the event has another day or start than participants knew at the decision; False without a day.

    For a 日時の変更 another end is enough. A 延期 asks for another day: an end that was put right is none.
    """
    if event.event_date is None:
        return False
    ends = decision.kind.moves_time and end_time_differs(decision.before_time, event.end_time)
    return ends or start_time_differs(decision.before_time, event.event_date, event.start_time)


def _is_place_undecided(event: Event, decision: ChangeDecision) -> bool:
    """Return whether a decision changed the place and the event still has the one that was given up."""
    place = f"{event.venue}　{event.room}".strip("　")
    return decision.kind.moves_venue and decision.before_place == place


def _withdrawn_request(event: Event, dispatch_requests: Sequence[DispatchRequest]) -> DispatchRequest | None:
    """Return the ended request that left the 団体 without a 派遣: no other one is decided for this event or open.

    Of several the last; None for another form of event, and without a 団体 or a request of it.
    """
    if not event.form.at_organisation or event.organisation_id is None:
        return None
    mine = [
        one
        for one in dispatch_requests
        if one.organisation_id == event.organisation_id
        and one.programme_id == event.programme_id
        and one.event_id in (None, event.id)
    ]
    if not mine or any(one.outcome.is_live for one in mine):
        return None
    return mine[-1]
