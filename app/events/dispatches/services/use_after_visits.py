"""Counts what 団体 still use some months after a visit, as their calls say; of each 団体 the newest counts."""

from __future__ import annotations

from collections import Counter
from datetime import date

from app.calendar.wareki import fiscal_year_of
from app.events.dispatches.rules import LEAST_NAMED, UseAfter
from db.engine import Database
from db.records.dispatches import DispatchFollowUp
from db.records.events import Event
from db.rows import rows, rows_by_id


def read_use(database: Database, *, fiscal_year: int, today: date) -> tuple[UseAfter, ...]:
    """Return what the calls of a fiscal year up to ``today`` found, also after visits of the years before."""
    calls = [
        one
        for one in rows(database, DispatchFollowUp, order=("asked_on", "id"))
        if one.months and one.asked_on <= today and fiscal_year_of(one.asked_on) == fiscal_year
    ]
    events = rows_by_id(database, Event, id=sorted({one.event_id for one in calls}))
    newest = {(one.months, events[one.event_id].organisation_id or -one.event_id): one for one in calls}
    found = []
    for months in sorted({months for months, _group in newest}):
        asked = [one.tools_in_use for (then, _group), one in newest.items() if then == months]
        tools = Counter(tool for used in asked for tool in used).most_common() if len(asked) >= LEAST_NAMED else ()
        found.append(UseAfter(months=months, asked=len(asked), using=sum(map(bool, asked)), tools=tuple(tools)))
    return tuple(found)
