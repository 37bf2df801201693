"""Reads the applications of one event as a list, and the imported files."""

from __future__ import annotations

from app.common.contacts import contacts_in_force
from app.event.services.event_records import read_event_or_error
from app.events.applications.services.answered_doubts import without_answered_doubts
from db.record import RowsById, group_by_key, record
from db.records.applications import Application, ForeignImport, ImportTarget
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Person
from db.records.roster import Entry
from db.redactions import display_text
from db.rows import by_id, rows
from db.store import Store
from db.tables import applications as table
from db.tables import organisations, roster


@record
class ApplicationLine:
    """One application with its places in the event (the applicant first).

    ``contacts`` are those of the application itself, then those of the applicant, each oldest first.
    """

    application: Application
    entries: tuple[Entry, ...]
    person: Person | None
    organisation: Organisation | None
    contacts: tuple[Contact, ...]

    @property
    def id(self) -> int:
        """Return the application's id."""
        return self.application.id

    @property
    def organisation_name(self) -> str:
        """Return the 団体 as registered, else as written."""
        return self.organisation.name if self.organisation else self.application.organisation_name

    @property
    def name(self) -> str:
        """Return the name as registered, else as written, or 「消去済」; empty = 氏名未定."""
        return display_text(self.person.name if self.person else self.application.name)

    @property
    def phone(self) -> str:
        """Return the newest telephone number of the person, else of the application; "" = none.

        A number of the contact person (連絡担当) is not counted.
        """
        return next((one.value for one in contacts_in_force(self.contacts, "電話") if not one.note), "")

    @property
    def unnamed_count(self) -> int:
        """Return how many of its places have no name yet, without 辞退 and 落選."""
        return sum(entry.person_id is None and not entry.state.is_out for entry in self.entries)


@record
class ApplicationList:
    """The applications of one event by time of arrival, those without a time last."""

    event: Event
    rows: tuple[ApplicationLine, ...]


@record
class ImportLine:
    """One imported file with the event it was for (empty = each wish named its event)."""

    imported: ForeignImport
    event_title: str

    @property
    def id(self) -> int:
        """Return the import's id."""
        return self.imported.id


def applications_of_event(store: Store, *, event_id: int) -> ApplicationList:
    """Return every application that has a place in the event; raises ``UserError`` when the event is gone."""
    database = store.database
    event = read_event_or_error(database, event_id)
    found = table.applications_of_event(database, event_id)
    listed = roster.entries(database, event_id)
    ids = [entry.person_id for entry in listed if entry.person_id is not None]
    people = RowsById(organisations.people_with_ids(database, ids))
    entries = group_by_key((entry.application_id, entry) for entry in without_answered_doubts(database, listed, people))
    contacts = group_by_key((contact.person_id, contact) for contact in rows(database, Contact, person_id=[*people]))
    own = group_by_key(
        (contact.application_id, contact)
        for contact in rows(database, Contact, application_id=[one.id for one in found])
        if contact.person_id is None
    )
    register = RowsById(organisations.all_organisations(database) if found else ())
    shown = []
    for application in found:
        group = sorted(entries[application.id], key=lambda entry: (entry.person_id is None, entry.id))
        person = people.get(group[0].person_id)
        shown.append(
            ApplicationLine(
                application=application,
                entries=tuple(group),
                person=person,
                organisation=register.get(group[0].organisation_id),
                contacts=(*own[application.id], *(contacts[person.id] if person else ())),
            )
        )
    return ApplicationList(event=event, rows=tuple(shown))


def list_imports(store: Store, *, event_id: int | None = None) -> tuple[ImportLine, ...]:
    """Return the imported files of applications, newest first.

    With ``event_id`` only those imported for that event, and those without an event (each row went by its wishes).
    """
    titles = {}
    lines = []
    for imported in table.imports_for(store.database, ImportTarget.APPLICATIONS, event_id):
        if imported.event_id not in titles:
            event = by_id(store.database, Event, imported.event_id)
            titles[imported.event_id] = event.full_title if event else ""
        lines.append(ImportLine(imported=imported, event_title=titles[imported.event_id]))
    return tuple(lines)
