"""The places already held in an event, with which a new application is compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.common.contacts import contacts_in_force
from app.events.applications.rules import (
    CONTACT_KINDS,
    DEPUTY,
    ApplicationFacts,
    extra_values_of,
    is_later,
    repeated_contact,
)
from app.registers.register.services.registered_people import phone_key
from db.engine import Database
from db.name_key import name_key, organisation_name_key
from db.record import RowsById, group_by_key
from db.records.applications import Application
from db.records.organisations import Contact, ContactKind, Person
from db.records.roster import Entry
from db.rows import rows
from db.tables import applications as table
from db.tables import organisations, roster

GIVEN_UP = ("辞退", "落選", "決定取消")


@dataclass(eq=False)
class HeldEntries:
    """The places (entries) one applicant holds in one event, and what is known of them.

    Attributes:
        entries: stored ones, the named ones first; ``planned_ids`` those that rows of the file will make.
        contacts: those of the person.
        application: the application whose data count now; None if a row of the file makes the place, or it has none.
        latest_received_at: when that application, the latest of the applicant, arrived.
        first_received_at: the earlier time of arrival given by a row that came before that application.
        first_line: line of the file that makes the place, 0 when it is stored already.
        is_replaced: a substitute (代理) has the applicant's place.
    """

    event_id: int
    organisation_id: int | None
    organisation_text: str
    name: str
    facts: ApplicationFacts
    entries: list[Entry] = field(default_factory=list)
    person: Person | None = None
    contacts: Sequence[Contact] = ()
    application: Application | None = None
    latest_received_at: datetime | None = None
    first_received_at: datetime | None = None
    first_line: int = 0
    planned_ids: list[int] = field(default_factory=list)
    is_replaced: bool = False

    @property
    def phones(self) -> set[str]:
        """Return the digits of his telephone and FAX numbers, by which he is found."""
        held = (one.value for one in self.contacts if one.kind.is_number)
        return {phone_key(one) for one in (self.facts.phone, *held)} - {""}

    @property
    def entry_ids(self) -> list[int]:
        """Return the ids of the stored entries, then of those that the file will make."""
        return [entry.id for entry in self.entries] + self.planned_ids

    @property
    def is_given_up(self) -> bool:
        """Return whether all its stored entries are 辞退 or 落選; False for a place that the file will make."""
        return bool(self.entries) and all(entry.state.is_out for entry in self.entries)

    @property
    def has_come(self) -> bool:
        """Return whether anybody of it is marked 出席."""
        return any(entry.attendance.is_present for entry in self.entries)

    @property
    def is_absent(self) -> bool:
        """Return whether the applicant reported an absence, did not come all the same, and was not replaced."""
        first = next(iter(self.entries), None)
        return (
            first is not None
            and first.absent_told_at is not None
            and not first.attendance.is_present
            and not self.is_replaced
        )

    def is_absence_before(self, received_at: datetime | None) -> bool:
        """Return whether the absence was reported before an application arrived (None = unknown)."""
        return self.is_absent and is_later(received_at, self.entries[0].absent_told_at)


class EventEntries:
    """The places of the events that a file or an entered application concerns."""

    def __init__(self, database: Database, event_ids: Iterable[int], registered: Mapping[int, str]):
        """Read the places of the events.

        Args:
            registered: names of the registered 団体 by id.
        """
        self._registered = registered
        self._by_name: dict[tuple[int, str], list[HeldEntries]] = defaultdict(list)
        self._by_application: dict[tuple[int, int], HeldEntries] = {}
        self._replaced: set[int | None] = set()
        for event_id in event_ids:
            self._read(database, event_id)

    def held_under_name(self, event_id: int, name: str) -> list[HeldEntries]:
        """Return the places of an event held under ``name`` in any of its spellings; none for ""."""
        found = self._by_name.get((event_id, name_key(name)))
        return list(found) if found and name.strip() else []

    def held_by_application(self, event_id: int, application_id: int) -> HeldEntries | None:
        """Return the places in an event that stem from one application, or None."""
        return self._by_application.get((event_id, application_id))

    def add_planned(self, held_entries: HeldEntries) -> None:
        """Add a place that a row of the file will make."""
        if held_entries.name.strip():
            self._by_name[held_entries.event_id, name_key(held_entries.name)].append(held_entries)

    def _read(self, database: Database, event_id: int) -> None:
        """Read the entries of an event with people and contacts."""
        entries = roster.entries(database, event_id)
        people = RowsById(organisations.people_with_ids(database, [row.person_id for row in entries if row.person_id]))
        contacts = group_by_key((one.person_id, one) for one in rows(database, Contact, person_id=[*people]))
        known = table.applications_by_id(database, [row.application_id for row in entries if row.application_id])
        alone = rows(database, Contact, application_id=[*known], person_id=None, kind=ContactKind.PHONE)
        deputies = group_by_key((one.application_id, one) for one in alone)
        self._replaced = {entry.substitute_for for entry in entries}
        for group in _entries_by_application(entries):
            first = group[0]
            application = known.get(first.application_id)
            place = self._held_entries(first, group, people, contacts, application)
            deputy = contacts_in_force(deputies.get(first.application_id, ()), ContactKind.PHONE) if deputies else ()
            # Of somebody without a name (氏名未定) such a number is his own.
            if deputy and first.person_id is not None:
                name = deputy[0].note.removeprefix(DEPUTY).strip()
                place.facts = replace(place.facts, contact_name=name, contact_phone=deputy[0].value)
            self.add_planned(place)
            if application is not None:
                self._by_application[event_id, application.id] = place
            # Somebody named later may apply again alone, so each entry is a place of its own too.
            for other in group[1:]:
                if other.person_id is not None:
                    self.add_planned(self._held_entries(other, [other], people, contacts, application, applied=False))

    def _held_entries(
        self,
        first: Entry,
        group: list[Entry],
        people: RowsById[Person],
        contacts: dict[int | None, list[Contact]],
        application: Application | None,
        *,
        applied: bool = True,
    ) -> HeldEntries:
        """Return the places ``group`` as those of one applicant, ``first`` being his own.

        ``applied`` False = he is a companion, so that what the application says beside does not count for him.
        """
        person = people.get(first.person_id)
        own = contacts.get(first.person_id, [])
        told: dict[str, Any] = {
            key: next((one.value for one in contacts_in_force(own, kind)), "") for key, kind in CONTACT_KINDS.items()
        }
        named = [
            who.name for one in group[1:] if not one.state.is_out and (who := people.get(one.person_id)) is not None
        ]
        return HeldEntries(
            event_id=first.event_id,
            organisation_id=first.organisation_id,
            organisation_text=first.organisation_name or self._registered.get(first.organisation_id or 0, ""),
            name=person.name if person else "",
            facts=ApplicationFacts(
                **told,
                name=person.name if person else "",
                furigana=person.furigana if person else "",
                photo=first.photo,
                publication=first.publication,
                photo_words=first.photo_words,
                companions=tuple(named),
                role=first.role or (person.role if person else ""),
                device=first.device,
                care=first.care,
                people=sum(not entry.state.is_out for entry in group) or len(group),
                # Companions do not have what the applicant wrote.
                further=extra_values_of(application) if application is not None and applied else (),
            ),
            entries=group,
            person=person,
            contacts=own,
            application=application,
            latest_received_at=application.received_at if application else first.applied_at,
            is_replaced=first.id in self._replaced,
        )


def _entries_by_application(entries: list[Entry]) -> list[list[Entry]]:
    """Return the entries grouped by application, the applicant first; entries of none stand alone."""
    groups = group_by_key(
        (f"a{entry.application_id}" if entry.application_id else f"e{entry.id}", entry) for entry in entries
    )
    return [sorted(group, key=lambda entry: (entry.person_id is None, entry.id)) for group in groups.values()]


def is_same_organisation(
    held_entries: HeldEntries, organisation_id: int | None, organisation_text: str, registered_name: str
) -> bool:
    """Return whether a place and an application have the same 団体: the same id, or by name where one has no id.

    Of the application both names count, as written and as registered ("" = none).
    """
    if held_entries.organisation_id is not None and organisation_id is not None:
        return held_entries.organisation_id == organisation_id
    written = {organisation_name_key(one) for one in (organisation_text, registered_name) if one.strip()}
    return organisation_name_key(held_entries.organisation_text) in written


def facts_to_compare(held_entries: HeldEntries, facts: ApplicationFacts) -> ApplicationFacts:
    """Return the facts of a place; a contact that the application repeats counts as written there."""
    repeated = {
        key: value
        for key, kind in CONTACT_KINDS.items()
        if (value := getattr(facts, key)) and repeated_contact(held_entries.contacts, kind, value)
    }
    return replace(held_entries.facts, **repeated) if repeated else held_entries.facts
