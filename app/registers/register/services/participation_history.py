"""受講歴: the events of a 団体 or a person with the outcome of each, latest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from db.engine import Database
from db.record import RowsById, group_by_key, record
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Entry
from db.redactions import display_text, text_beside_name
from db.tables import organisations as table
from db.tables import register

UNNAMED = "氏名未定"


@record
class ParticipantOutcome:
    """One person (or a place without a name) in one event and the outcome: 出席, 欠席, 申込, 補欠 …"""

    name: str
    role: str
    outcome: str


@record
class EventParticipation:
    """One event with its entered people; ``is_host`` True = the event was held for the 団体 (派遣)."""

    event: Event
    people: tuple[ParticipantOutcome, ...]
    is_host: bool = False

    @property
    def id(self) -> int:
        """Return the event's id."""
        return self.event.id

    @property
    def attended_count(self) -> int:
        """Return how many came."""
        return sum(one.outcome in ("出席", "当日受付") for one in self.people)


def outcome_of(entry: Entry) -> str:
    """Return what became of a place: attendance, else 欠席の連絡, else 当日受付, else the state of the entry.

    A walk-in who came is 当日受付, not 出席.
    """
    if entry.attendance:
        return "当日受付" if entry.walk_in and entry.attendance.is_present else entry.attendance
    if entry.absent_told_at is not None:
        return "欠席の連絡"
    return "当日受付" if entry.walk_in else entry.state


def participation_history(
    database: Database, entries: Sequence[Entry], hosted_events: Iterable[Event] = ()
) -> tuple[EventParticipation, ...]:
    """Return the events of ``entries`` and ``hosted_events``, latest first, undated ones at the top."""
    of_event = group_by_key((row.event_id, row) for row in entries)
    events = register.events_with_ids(database, sorted(of_event))
    hosts = RowsById(hosted_events)
    people = RowsById(table.people_with_ids(database, [row.person_id for row in entries if row.person_id]))
    lines = [
        EventParticipation(
            event=event,
            people=tuple(_participant_outcome(row, people) for row in of_event[event.id]),
            is_host=event.id in hosts,
        )
        for event in {**hosts, **events}.values()
    ]
    return tuple(sorted(lines, key=lambda line: (line.event.event_date or date.max, line.id), reverse=True))


def _participant_outcome(entry: Entry, people: RowsById[Person]) -> ParticipantOutcome:
    person = people.get(entry.person_id)
    return ParticipantOutcome(
        name=display_text(person.name) if person else UNNAMED,
        role=text_beside_name(entry.role or (person.role if person else "")),
        outcome=outcome_of(entry),
    )
