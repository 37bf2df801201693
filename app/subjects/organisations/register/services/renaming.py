"""A 団体 under a new name: what holds a copy of the name follows it, as rosters and letters do, which read the
register.

What was issued or confirmed stays as it left, in its 控え; the former name is found by search.
"""

from __future__ import annotations

from db.engine import Database
from db.journal import Change
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.participants import ExpectedCount
from db.tables import register


def follow_name(change: Change, database: Database, before: Organisation, name: str) -> str:
    """Let the copies of a name follow it within ``change``; return what is said of that, "" where there was none.

    Else one page would name a 団体 twice, by its 派遣 and by its people. What was worded otherwise stays as somebody
    typed it.

    Args:
        before: the 団体 as it was; name: its new one.
    """
    if name == before.name:
        return ""
    events = [one for one in register.events_of(database, before.id) if one.organisation_name == before.name]
    for event in events:
        # A subject made of the name (「派遣 団体名」) is made of the new one.
        subject = (
            event.subject.removesuffix(before.name) + name if event.subject.endswith(before.name) else event.subject
        )
        change.update(Event, event.id, organisation_name=name, subject=subject)
    for row in register.expected_counts_of(database, before.id):
        if row.organisation_name == before.name:
            change.update(ExpectedCount, row.id, organisation_name=name)
    return f"派遣{len(events)}件の団体名も新しくしました。" if events else ""
