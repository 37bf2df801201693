"""A 団体 under a new name: what holds a copy of the name follows it, as rosters and letters do, which read the
register.

What a 届出 renames from a day on is called as before by the events of before that day; a name that was corrected is
corrected everywhere. What was issued or confirmed stays as it left, in its 控え; the former name is found by search.
"""

from __future__ import annotations

from datetime import date

from db.engine import Database
from db.journal import Change
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.participants import ExpectedCount
from db.rows import rows
from db.tables import register


def update_name_copies(
    change: Change, database: Database, before: Organisation, name: str, *, since: date | None = None
) -> str:
    """Let the copies of a name follow it within ``change``; return what is said of that, "" where there was none.

    Else one page would name a 団体 twice, by its 派遣 and by its people. What was worded otherwise stays as somebody
    typed it.

    Args:
        before: the 団体 as it was; name: its new one. since: the day from which on a 届出 gives it: events before it
            keep the name of their day, as their rosters do. None = a name that was written wrongly.
    """
    if name == before.name:
        return ""
    earlier = _event_ids_before(database, since)
    named = [one for one in register.events_of(database, before.id) if one.organisation_name == before.name]
    events = [one for one in named if one.id not in earlier]
    for event in events:
        # A subject made of the name (「派遣 団体名」) is made of the new one.
        subject = (
            event.subject.removesuffix(before.name) + name if event.subject.endswith(before.name) else event.subject
        )
        change.update(Event, event.id, organisation_name=name, subject=subject)
    for row in register.expected_counts_of(database, before.id):
        if row.organisation_name == before.name and row.event_id not in earlier:
            change.update(ExpectedCount, row.id, organisation_name=name)
    return f"派遣{len(events)}件の団体名も新しくしました。" if events else ""


def _event_ids_before(database: Database, since: date | None) -> frozenset[int]:
    if since is None:
        return frozenset()
    return frozenset(one.id for one in rows(database, Event) if one.event_date is not None and one.event_date < since)
