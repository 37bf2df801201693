"""What counts as held: a result is recorded. Every count asks here; deadlines and the pages of the day go by the date.

- ``has_result(event)``, ``is_held(event, until)``, ``awaits_result(event, today)``
- ``unrecorded(events, today)``, ``unrecorded_words(events, today, off)`` – what a count must name beside itself
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.papers.event_facts import StateWord
from app.papers.paper import table_day
from db.records.events import Event


def has_result(event: Event) -> bool:
    """Whether the result of an event is recorded: from then on it counts as 実施."""
    return event.status == "実施済"


def is_held(event: Event, until: date) -> bool:
    """Whether an event counts as 実施 up to a day, which is counted: its result is recorded, on a day that has come."""
    return has_result(event) and event.event_date is not None and event.event_date <= until


def awaits_result(event: Event, today: date) -> bool:
    """Whether the day of an event is over and nobody has recorded what came of it."""
    over = event.event_date is not None and event.event_date < today
    return over and not has_result(event) and event.status != "中止"


def unrecorded(events: Iterable[Event], today: date) -> tuple[Event, ...]:
    """Return the events past their day without a result, by date."""
    found = [event for event in events if awaits_result(event, today)]
    return tuple(sorted(found, key=lambda event: (event.event_date or date.max, event.id)))


def unrecorded_words(events: Iterable[Event], today: date, off: Mapping[int, StateWord]) -> str:
    """Return what stands beside a count of ``events``: those past their day that it leaves out, by name; "" for none.

    Args:
        off: how those of them stand, by id, that did not take place on that day: no result of theirs is missing.
    """
    waiting, gone = [], []
    for event in unrecorded(events, today):
        day = table_day(event.event_date) if event.event_date is not None else ""
        if event.id in off:
            gone.append(f"{event.full_title}（{day}、{off[event.id]}）")
        else:
            waiting.append(f"{event.full_title}（{day}）")
    said = f"結果の記録がないため数えていない回：{'、'.join(waiting)}。" if waiting else ""
    return said + (f"行っていないため数えていない回：{'、'.join(gone)}。" if gone else "")
