"""Reads who comes to an event, with names and 受付名簿 numbers, for documents, screens and check-in."""

from __future__ import annotations

from datetime import datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.common.join_nonempty import fill_nonempty
from app.event.rules.participation import is_coming, is_on_check_in_list
from app.event.services.event_records import read_event_or_error
from app.event.services.expected_counts import counts_from_roster
from app.events.applications.services.answered_doubts import without_answered_doubts
from app.events.roster.rules import missing_roster_numbers, needs_number
from db.engine import Database
from db.journal import Change
from db.record import RowsById, record
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Entry, TableGroup, Tablet, TabletLoan
from db.redactions import display_text, is_redacted_text, text_beside_name
from db.store import Store
from db.tables import organisations
from db.tables import roster as table

UNNAMED = "氏名未定"


@record
class RosterRow:
    """One entry with its person and 団体; texts are exactly as stored."""

    entry: Entry
    person: Person | None
    organisation: Organisation | None
    loan: TabletLoan | None = None
    tablet: Tablet | None = None

    @property
    def id(self) -> int:
        """Return the entry's id."""
        return self.entry.id

    @property
    def name(self) -> str:
        """Return the name as registered, 「消去済」, or 「氏名未定」."""
        return display_text(self.person.name) if self.person else UNNAMED

    @property
    def is_erased(self) -> bool:
        """Return whether the person was erased: the place counts, and nobody is written to."""
        return self.person is not None and is_redacted_text(self.person.name)

    @property
    def furigana(self) -> str:
        """Return the reading as registered, or empty."""
        return text_beside_name(self.person.furigana) if self.person else ""

    @property
    def organisation_name(self) -> str:
        """Return the 団体 as registered, else as written."""
        return self.organisation.name if self.organisation else self.entry.organisation_name

    @property
    def branch(self) -> str:
        """Return the 支部, or empty."""
        return self.organisation.branch if self.organisation else ""

    @property
    def role(self) -> str:
        """Return the 役職 written for this event, else the registered one."""
        return text_beside_name(self.entry.role or (self.person.role if self.person else ""))

    @property
    def is_coming(self) -> bool:
        """Return whether the entry has a place (applied or selected, no absence, no walk-in)."""
        return is_coming(self.entry)

    @property
    def attended_at(self) -> datetime | None:
        """Return when the person was checked in, or None."""
        return self.entry.attended_at


@record
class Roster:
    """One event and its entries in the order of application; ``from_roster`` False = the numbers are typed."""

    event: Event
    rows: tuple[RosterRow, ...]
    groups: tuple[TableGroup, ...]
    from_roster: bool

    @property
    def coming_rows(self) -> tuple[RosterRow, ...]:
        """Return the entries with a place."""
        return tuple(row for row in self.rows if row.is_coming)

    @property
    def check_in_rows(self) -> tuple[RosterRow, ...]:
        """Return the entries on the 受付名簿 by number, those without one last."""
        found = [row for row in self.rows if is_on_check_in_list(row.entry)]
        return tuple(sorted(found, key=lambda row: (row.entry.number is None, row.entry.number or 0)))

    def row(self, entry_id: int) -> RosterRow | None:
        """Return one entry by its id, or None."""
        return next((row for row in self.rows if row.entry.id == entry_id), None)


def read_roster(store: Store, *, event_id: int) -> Roster:
    """Return everybody entered for the event; raises ``UserError`` when the event is gone."""
    return roster_of(store.database, read_event_or_error(store.database, event_id))


def roster_of(database: Database, event: Event) -> Roster:
    """Return everybody entered for ``event``; a 団体 has its name of that day, whatever a later 届出 says.

    A doubt that the records answer by now is not among what is doubtful about a place.
    """
    entries = table.entries(database, event.id)
    people = RowsById(
        organisations.people_with_ids(database, [row.person_id for row in entries if row.person_id is not None])
    )
    entries = without_answered_doubts(database, entries, people)
    known = RowsById(organisations.all_organisations_on(database, event.event_date) if entries else ())
    loans = {row.entry_id: row for row in table.loans(database, event.id) if row.entry_id is not None}
    tablets = RowsById(table.tablets(database) if loans else ())
    rows = []
    for entry in entries:
        loan = loans.get(entry.id)
        rows.append(
            RosterRow(
                entry=entry,
                person=people.get(entry.person_id),
                organisation=known.get(entry.organisation_id),
                loan=loan,
                tablet=tablets.get(loan.tablet_id) if loan else None,
            )
        )
    return Roster(
        event=event,
        rows=tuple(rows),
        groups=tuple(table.groups(database, event.id)),
        from_roster=counts_from_roster(event, has_entries=bool(entries)),
    )


def assign_roster_numbers(context: ActionContext, *, event_id: int) -> ActionResult:
    """Give every entry of the 受付名簿 without a number the next one, unnamed places too; given numbers never change.

    Returns an empty message if none was missing. It offers no undo: numbers are needed for the check-in, and undo
    should reach the action after. Raises ``UserError`` when the event is gone.
    """
    event = read_event_or_error(context.database, event_id)
    with context.change(f"{event.full_title}の名簿に番号を付けた", "roster", event_id=event_id) as change:
        given = write_missing_numbers(context.store, change, event_id)
    said = fill_nonempty("名簿の{}人に番号を付けました。", len(given))
    return ActionResult(said, event_id, can_undo=False)


def write_missing_numbers(store: Store, change: Change, event_id: int) -> dict[int, int]:
    """Write the missing 受付名簿 numbers inside ``change``; return those given by entry id."""
    entries = table.entries(store.database, event_id)
    if not any(map(needs_number, entries)):
        return {}
    given = missing_roster_numbers(entries, organisations.all_organisations(store.database))
    change.update_each(Entry, {entry_id: {"number": number} for entry_id, number in given.items()})
    return given
