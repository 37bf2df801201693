"""How many came: what the result of one event keeps, and the numbers of several as 延べ (each time) and 実 (once)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.common.partial_count import PartialCount
from app.subjects.events.event.rules.participation import COMING_STATES, ParticipationCounts
from db.frozen_record import frozen_record
from db.records.events import Event, EventResult
from db.records.roster import Entry


def with_counts(result: EventResult, counts: ParticipationCounts) -> EventResult:
    """Return ``result`` with the numbers of people that were counted from the roster."""
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
    """The numbers of several events.

    ``visits`` (延べ人数) and ``group_visits`` (延べ団体) add up every event; ``people`` (実人数) and ``groups``
    (実団体) count each once, over the events whose attendance stands in the roster alone. ``from_roster`` are
    those events, ``typed`` events of which only typed numbers are known, ``unknown`` held events without any
    number; of ``events_without_groups`` the people were typed and the 団体 not. ``covered`` is the part of 延べ人数
    that the roster holds, ``unnamed`` people of it without a name, each counted as somebody else.
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
        """Return one of its numbers of people as far as it is known: an event without any record is in none of them."""
        return PartialCount(known=number, missing=self.unknown_events)

    def counted_groups(self, number: int) -> PartialCount:
        """Return the same of 団体, which are not told of every event whose people are."""
        return PartialCount(known=number, missing=self.unknown_events + self.events_without_groups)


def record_counts(
    events: Sequence[Event], entries: Mapping[int, Sequence[Entry]], results: Mapping[int, EventResult]
) -> RecordCounts:
    """Count the held ``events``; the attendance of the roster goes before typed numbers.

    Args:
        entries: by event, everybody on the roster. results: by event, the numbers of the day as recorded.
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
    """Return those of a roster who came: everybody that 延べ人数 counts."""
    return [one for one in entries if one.state in COMING_STATES and one.attendance == "出席"]


def organisation_count_key(entry: Entry) -> int | str:
    """Return by what the 団体 of an entry is counted: its id, else the name as written; "" = none."""
    return entry.organisation_key


def _groups(entries: Sequence[Entry]) -> set[int | str]:
    """The 団体 of one event; people without one add none."""
    return {organisation_count_key(entry) for entry in entries} - {""}
