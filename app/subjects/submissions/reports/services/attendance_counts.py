"""Count who came to events without names, with first-time people of the year and their 支部."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from app.subjects.events.event.rules.participation import COMING_STATES
from app.subjects.submissions.reports.documents.report_comparison import AttendanceCounts
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.roster import Entry
from db.rows import rows
from db.store import Store
from db.tables import roster

_NO_BRANCH: Final = "支部なし"
_NUMBER = re.compile(r"\d+")


def entries_by_event(store: Store, year: Sequence[Event]) -> dict[int, list[Entry]]:
    """Return the entries of all events of a year, by event, with one query."""
    found: dict[int, list[Entry]] = {event.id: [] for event in year}
    for entry in roster.entries_of(store.database, list(found)):
        found[entry.event_id].append(entry)
    return found


def count_attendance(
    store: Store, year: Sequence[Event], entries: Mapping[int, Sequence[Entry]], wanted: Sequence[Event]
) -> dict[int, AttendanceCounts]:
    """Return the attendance of each of the ``wanted`` events, by its id.

    A person comes for the first time where no earlier event of any kind has noted that person; somebody noted
    without an entry in the register leaves that number unknown.

    Args:
        year: all events of the year.
        entries: those of each, by event.
    """
    noted = {
        number: [one for one in found if one.attendance == "出席" and one.state in COMING_STATES]
        for number, found in entries.items()
    }
    groups = {one.organisation_id for event in wanted for one in noted[event.id] if one.organisation_id}
    branches = {one.id: one.branch for one in rows(store.database, Organisation, id=sorted(groups))} if groups else {}
    return {
        event.id: AttendanceCounts(
            noted=len(noted[event.id]),
            first=_first_time_count(event, year, noted),
            branches=_branches(noted[event.id], branches),
        )
        for event in wanted
    }


def _first_time_count(event: Event, year: Sequence[Event], noted: Mapping[int, Sequence[Entry]]) -> int | None:
    mine = noted[event.id]
    if not mine or event.event_date is None or any(entry.person_id is None for entry in mine):
        return None
    before = {
        entry.person_id
        for other in year
        if other.event_date is not None and (other.event_date, other.start_time) < (event.event_date, event.start_time)
        for entry in noted[other.id]
    }
    return len({entry.person_id for entry in mine} - before)


def _branches(entries: Sequence[Entry], branches: dict[int, str]) -> tuple[tuple[str, int], ...]:
    """Return the 団体 by 支部, in order of the number; those without one come last."""
    groups = {entry.organisation_key for entry in entries} - {""}
    counted = Counter(
        (branches.get(group, "") if isinstance(group, int) else "").strip() or _NO_BRANCH for group in groups
    )

    def order(name: str) -> tuple[bool, int, str]:
        number = _NUMBER.search(name)
        return name == _NO_BRANCH, int(number[0]) if number else 10**6, name

    return tuple((name, counted[name]) for name in sorted(counted, key=order))
