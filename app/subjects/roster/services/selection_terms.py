"""How many can come to an event: as the last choice said, else what the specification and the room allow."""

from __future__ import annotations

from app.programme.rules.validity import holding
from app.subjects.roster.rules.selection import usual_capacity
from db.engine import Database
from db.records.events import Event
from db.records.roster import Selection
from db.tables import programme
from db.tables import roster as table

BY_HAND = "手で変更"


def capacity_now(database: Database, event: Event) -> int:
    """Return how many places the event has (仕様書4 エ: the most, at most the room's; or as the last choice said)."""
    last = last_choice(database, event.id)
    return last.capacity if last is not None else capacity_at_first(database, event)


def capacity_at_first(database: Database, event: Event) -> int:
    """Return how many places it has before anybody chose."""
    rows = [row for row in programme.numbers(database, event.programme_id) if row.kind == event.kind]
    numbers = holding(rows, event.event_date)
    assert numbers is not None, event.kind
    return usual_capacity(numbers, event.venue_capacity)


def last_choice(database: Database, event_id: int) -> Selection | None:
    """Return the newest choice over all who applied, or None; what was changed by hand for one is no such choice."""
    return next((row for row in reversed(table.selections(database, event_id)) if not is_by_hand(row)), None)


def is_by_hand(selection: Selection) -> bool:
    """Whether it stands for one place whose state was set by hand."""
    return selection.method == "区の調整" and len(selection.lines) == 1 and selection.lines[0].why == BY_HAND
