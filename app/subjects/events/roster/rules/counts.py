"""Counts attendance: numbers kept in the result of one event, and 延べ and 実 numbers of several events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.common.partial_count import PartialCount
from app.subjects.events.event.rules.participation import COMING_STATES, ParticipationCounts
from db.frozen_record import frozen_record
from db.records.events import Event, EventResult
from db.records.roster import Entry


def with_counts(result: EventResult, counts: ParticipationCounts) -> EventResult:
    """Return ``result`` with the numbers of people counted from the roster."""
    return replace(
        result,
        applied=counts.applied,
        applied_organisations=counts.applied_organisations,
        attended=counts.attended,
        attended_organisations=counts.attended_organisations,
        absent=counts.absent,
        walk_ins=counts.walk_ins,
        lent_devices=counts.lent_devices,
        own_devices=counts.own_devices,
    )


@frozen_record
class RecordCounts:
    """Attendance of several events.

    Attributes:
        visits, group_visits: 延べ人数 and 延べ団体, the sums over all events.
        people, groups: 実人数 and 実団体, each counted once, over events counted from the roster only.
        roster_events: those events; ``typed_events`` have typed numbers only, ``unknown_events`` were held without any
            number.
        events_without_groups: people were typed and 団体 were not.
        visits_from_roster: the part of 延べ人数 that the roster holds.
        unnamed: people of it without a name, each counted as a different person.
    """

    events: int
    visits: int
    people: int
    group_visits: int
    groups: int
    roster_events: int
    typed_events: int
    unknown_events: int
    visits_from_roster: int
    unnamed: int

    events_without_groups: int = 0

    def counted(self, number: int) -> PartialCount:
        """Return a number of people as exact or partial: an event without a record is not in it."""
        return PartialCount(known=number, missing=self.unknown_events)

    def counted_groups(self, number: int) -> PartialCount:
        """Return a number of 団体 as exact or partial; they are not recorded for every event."""
        return PartialCount(known=number, missing=self.unknown_events + self.events_without_groups)


def record_counts(
    events: Sequence[Event], entries: Mapping[int, Sequence[Entry]], results: Mapping[int, EventResult]
) -> RecordCounts:
    """Count the held ``events``; attendance in the roster takes precedence over typed numbers.

    Args:
        entries: everybody on the roster, by event.
        results: recorded numbers of the day, by event.
    """
    people: set[int] = set()
    groups: set[int | str] = set()
    visits = group_visits = from_roster = typed = unknown = covered = unnamed = groups_unknown = 0
    for event in events:
        came = attended_entries(entries.get(event.id, ()))
        result = results.get(event.id)
        if came:
            from_roster += 1
            visits += len(came)
            covered += len(came)
            people |= {one.person_id for one in came if one.person_id is not None}
            unnamed += sum(one.person_id is None for one in came)
            own = _groups(came)
            group_visits += len(own)
            groups |= own
        elif result is not None and result.attended is not None:
            typed += 1
            visits += result.attended
            group_visits += result.attended_organisations or 0
            groups_unknown += result.attended_organisations is None
        else:
            unknown += 1
    return RecordCounts(
        events=len(events),
        visits=visits,
        people=len(people) + unnamed,
        group_visits=group_visits,
        groups=len(groups),
        roster_events=from_roster,
        typed_events=typed,
        unknown_events=unknown,
        visits_from_roster=covered,
        unnamed=unnamed,
        events_without_groups=groups_unknown,
    )


def attended_entries(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of people who came, all of whom 延べ人数 counts."""
    return [one for one in entries if one.state in COMING_STATES and one.attendance == "出席"]


def organisation_count_key(entry: Entry) -> int | str:
    """Return the key by which the 団体 of an entry is counted: its id, else its name as written; "" = none."""
    return entry.organisation_key


def _groups(entries: Sequence[Entry]) -> set[int | str]:
    """Return the 団体 of one event; people without one add none."""
    return {organisation_count_key(entry) for entry in entries} - {""}
