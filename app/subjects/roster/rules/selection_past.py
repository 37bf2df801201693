"""Who was not chosen before, so that they may go first this time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.subjects.events.rules.taking_part import COMING
from db.records.roster import Entry

_MISSED = ("補欠", "落選")


@dataclass(frozen=True)
class Missed:
    """Those who applied for an earlier event, were not chosen, and have not been chosen since."""

    people: frozenset[int]
    organisations: frozenset[str]

    def holds(self, entry: Entry) -> bool:
        """Whether ``entry`` goes first: its person was left out, or, while it has no name, its 団体 was."""
        if entry.person_id is not None:
            return entry.person_id in self.people
        return organisation_key(entry) in self.organisations


def organisation_key(entry: Entry) -> str:
    """A key of the entry's 団体: its number in the register, else the name as it was written; empty without any."""
    return f"団体{entry.organisation_id}" if entry.organisation_id else entry.organisation_name.strip()


def missed_before(events: Iterable[Sequence[Entry]]) -> Missed:
    """Look through the entries of the earlier events of the year, first event first.

    A person counts as left out with 補欠 (never moved up) or 落選, until chosen for a later event. A 団体 counts as
    left out by an event at which none of its people could come. Cancelled events are not handed in.
    """
    people: set[int] = set()
    organisations: set[str] = set()
    for entries in events:
        came = {entry.person_id for entry in entries if entry.state in COMING}
        left = {entry.person_id for entry in entries if entry.state in _MISSED} - came
        people = (people | {one for one in left if one is not None}) - {one for one in came if one is not None}
        there = {organisation_key(entry) for entry in entries if entry.state in COMING}
        out = {organisation_key(entry) for entry in entries if entry.state in _MISSED} - there - {""}
        organisations = (organisations | out) - there
    return Missed(frozenset(people), frozenset(organisations))
