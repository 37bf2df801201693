"""How an event stands, by its own row, what was decided in a hurry, its result and, for a 派遣, the wishes of its 団体."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.papers.event_facts import EventState
from app.subjects.events.rules.change_notes import BEFORE_PLACE, BEFORE_TIME, begins_otherwise, note_value
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchWish
from db.records.events import Event, EventResult

_OF_THE_DAY: Final = ("延期", "日時の変更")


def standing_decision(event: Event, decisions: Sequence[ChangeDecision]) -> ChangeDecision | None:
    """Return the newest decision that stands: a 中止 that was taken back since does not.

    Args:
        decisions: those about the event, oldest first.
    """
    newest = decisions[-1] if decisions else None
    return None if newest is not None and newest.kind == "中止" and event.status != "中止" else newest


def people_recorded(result: EventResult | None) -> bool:
    """Whether it is recorded how many came: an event can be held (``held.has_result``) before anybody noted that."""
    return result is not None and result.attended is not None


def state_of(
    event: Event,
    decisions: Sequence[ChangeDecision] = (),
    *,
    result: EventResult | None = None,
    wishes: Sequence[DispatchWish] = (),
) -> EventState:
    """Return how an event stands, whatever the day is today (``EventState.on`` says it of a day).

    Args:
        decisions: those about the event, oldest first. wishes: the slips of its 団体 in its year, oldest first.
    """
    standing = standing_decision(event, decisions)
    decided = standing.kind if standing is not None else ""
    if event.status == "中止":
        return EventState(word="中止", since=event.cancelled_on, decided=decided)
    if event.status == "実施済":
        return EventState(word="実施済" if people_recorded(result) else "結果未記録", decided=decided)
    gone = _wish_gone(event, wishes)
    if gone is not None:
        return EventState(word="取下げ" if gone.outcome == "取下げ" else "不採択", since=gone.decided_on, decided=decided)
    return _planned(event, standing, decisions)


def _planned(event: Event, standing: ChangeDecision | None, decisions: Sequence[ChangeDecision]) -> EventState:
    """A planned event: on its day, on another one, or put off; of a decision that knows no new day or place, which."""
    if standing is None:
        return EventState()
    cancelled = max((place for place, one in enumerate(decisions) if one.kind == "中止"), default=-1)
    found = [one for one in decisions[cancelled + 1 :] if one.kind in _OF_THE_DAY]
    decided, place = standing.kind, f"{event.venue}　{event.room}".strip("　")
    open_place = decided == "会場の変更" and note_value(standing.note, BEFORE_PLACE) == place
    if not found:
        return EventState(decided=decided, open_item="会場" if open_place else "")
    timed = found[-1]
    before, since = note_value(timed.note, BEFORE_TIME), timed.decided_at.date()
    moved = begins_otherwise(before, event.event_date, event.start_time) if event.event_date is not None else False
    if not moved and timed.kind == "延期":
        return EventState(word="延期", since=since, decided=decided)
    if not moved:
        return EventState(since=since, decided=decided, open_item="日時")
    return EventState(word="日程変更", since=since, decided=decided, open_item="会場" if open_place else "")


def _wish_gone(event: Event, wishes: Sequence[DispatchWish]) -> DispatchWish | None:
    """The slip by whose end the 団体 has no 派遣 any more: none of its others is decided for this event, or open."""
    if event.kind != "派遣" or event.organisation_id is None:
        return None
    mine = [
        one
        for one in wishes
        if one.organisation_id == event.organisation_id
        and one.programme_id == event.programme_id
        and one.event_id in (None, event.id)
    ]
    if not mine or any(one.outcome in ("", "決定") for one in mine):
        return None
    return mine[-1]
