"""Updates copies of a 団体's name when it is renamed; rosters and letters read the register anyway.

After a 届出 events before its day keep the old name; a name that was corrected is corrected everywhere. Issued or
confirmed documents stay unchanged in their 控え; search finds the former name."""

from __future__ import annotations

from datetime import date

from app.programme.services import visit_words
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
    """Update the copies of a name within ``change``; return a sentence on the 派遣 among them, "" if there were none.

    Otherwise one page would show a 団体 under two names, from its 派遣 and from its people. Copies that were reworded
    stay as typed.

    Args:
        before: the 団体 as it was. name: its new name. since: the day a 届出 takes effect; events before it keep the
            name of their day, as their rosters do. None = the old name was a mistake.
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
    for row in rows(database, ExpectedCount, organisation_id=before.id):
        if row.organisation_name == before.name and row.event_id not in earlier:
            change.update(ExpectedCount, row.id, organisation_name=name)
    visits = visit_words(database, "派遣")
    return f"{visits}{len(events)}件の団体名も新しくしました。" if events else ""


def _event_ids_before(database: Database, since: date | None) -> frozenset[int]:
    """Return the ids of the events before a renaming; none where ``since`` is None."""
    if since is None:
        return frozenset()
    return frozenset(one.id for one in rows(database, Event) if one.event_date is not None and one.event_date < since)
