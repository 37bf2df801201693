"""Rows with personal data of applicants, participants, presenters and signers: whose they are, and how long they are
kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property, partial
from typing import Any, TypeVar, cast

from app.calendar.wareki import fiscal_year_of
from app.event.rules.participation import NO_ARRANGEMENT_NEEDED
from app.event_day.checkouts.services import all_files_outside
from app.programme.holds import Holds, read_holds
from app.programme.rules import (
    APPLICANTS,
    MEMOS,
    ORGANISATIONS,
    PARTICIPANTS,
    PRESENTERS,
    REQUEST,
    RESPONDENTS,
    RIGHTS,
    SIGNERS,
    contacts_end,
    retention_end,
)
from app.programme.services import agreed_years, applicant_retention_end
from app.registers.register.rules import HEAD_ROLES
from db.engine import Database
from db.fields import personal_fields
from db.mapping import TABLE_OF, field_types
from db.name_key import name_key
from db.record import RowsById, group_by_key, record
from db.records.applications import Application, ForeignImport
from db.records.calls import Call
from db.records.dispatches import DispatchRequest
from db.records.disposals import Disposal, DisposalItem
from db.records.documents import ReturnedLetter
from db.records.events import Event
from db.records.organisations import Contact, Membership, Person
from db.records.presentations import Presentation
from db.records.programme import Programme
from db.records.roster import Arrangement, Entry, TabletLoan
from db.records.surveys import EventSurvey, SurveyResponse
from db.records.year.enquiries import ContactMemo
from db.records.year.rights import DataRequest, MistakeReport, RequestStep
from db.redactions import REDACTED, is_redacted_text
from db.rows import rows, rows_by_id
from db.tables.erasing_days import (
    ErasingRules,
    RowGroup,
    RowsToErase,
    count_contacts_waiting,
    count_rows_to_erase,
    first_erasing_days,
    responses_to_erase,
)

RECORDS: Mapping[str, type[Any]] = {
    TABLE_OF[record]: record
    for record in (
        Person, Contact, Membership, Application, Entry, Arrangement, Call, TabletLoan, Presentation, DispatchRequest,
        SurveyResponse, ContactMemo, ReturnedLetter, MistakeReport, DataRequest, RequestStep,
    )
}  # fmt: skip
_UNUSED_COLUMNS: Mapping[str, tuple[str, ...]] = {"people": ("phone",)}
"""Columns that no record has any more, but their oldest images have."""
ERASED_COLUMNS: Mapping[str, tuple[str, ...]] = {
    table: (*personal_fields(record), *_UNUSED_COLUMNS.get(table, ())) for table, record in RECORDS.items()
}
"""The columns that are erased, by table, as the fields of the records say."""
NAME_COLUMNS = frozenset({"name", "furigana"})
"""Columns whose redaction differs for each person, so that two different names stay different."""
_OF_PEOPLE = ("団体", "発表者")
"""Calls to these name people who took part; those to the 受託者 or a venue name whoever answers there."""
_NAMING_COLUMNS: Mapping[type[Any], tuple[str, ...]] = {
    Arrangement: ("content", "note"),
    TabletLoan: ("note",),
    Call: ("whom", "note"),
    Presentation: ("presenter", "addressed", "note", "withdrawn_words"),
    DispatchRequest: ("signer",),
    ContactMemo: ("caller",),
    ReturnedLetter: ("addressee",),
    MistakeReport: ("said_by",),
    DataRequest: ("requester", "agent"),
    RequestStep: ("whom",),
}
"""The texts by which a row is about a person whom it does not refer to."""
_OF_THEIR_ENTRY = (Arrangement, TabletLoan)
"""Rows that are about the person of their entry alone, where they have one."""
_KEYS = frozenset({"row_key", "respondent_key"})
"""Hashes by which a row of a file, or its sender, is recognised; they are emptied, not replaced by a redaction."""
_KIND_OF_GROUP: Mapping[RowGroup, str] = {
    "participation": PARTICIPANTS.key,
    "presentations": PRESENTERS.key,
    "request_forms": SIGNERS.key,
    "memos": MEMOS.key,
    "rights": RIGHTS.key,
    "responses": RESPONDENTS.key,
    "contacts": APPLICANTS.key,
    "contacts_of_events": PRESENTERS.key,
    "contacts_of_organisations": ORGANISATIONS.key,
}
_Row = TypeVar("_Row")


@record
class PersonalRow:
    """One row with personal data: its retention kind, its last day, and whom it concerns.

    ``person_id`` is the id of a person, negative for an entry without one, 0 = nobody in particular.
    """

    item: DisposalItem
    kind: str
    until: date
    person_id: int = 0
    event_id: int | None = None


@cache
def erased_columns(table: str, kind: str = "") -> tuple[str, ...]:
    """Return the columns that are erased in a table; an erasure on request keeps the hash of an imported row.

    Otherwise importing the same file again would bring all of it back. The hash goes when the year is over.
    """
    return tuple(name for name in ERASED_COLUMNS[table] if kind != REQUEST.key or name not in _KEYS)


def redacted_values(row: Any, redaction: str, kind: str = "") -> dict[str, str]:
    """Return the values that a mark of ``kind`` writes into a row; empty cells stay empty."""
    return {
        name: "" if name in _KEYS else redaction if name in NAME_COLUMNS else REDACTED
        for name in _erasable_fields(row, kind)
    }


def _erasable_fields(row: Any, kind: str) -> Iterator[str]:
    for name in erased_columns(TABLE_OF[type(row)], kind):
        value = getattr(row, name, "")
        if value and not is_redacted_text(value) and value != NO_ARRANGEMENT_NEEDED:
            yield name


def is_redacted(table: str, image: Mapping[str, Any], kind: str = "") -> bool:
    """Return whether a row still has the values its mark wrote; otherwise somebody has used it since."""
    marked = (name for name in erased_columns(table, kind) if name in field_types(cast(Any, RECORDS[table])))
    values = (image.get(name) for name in marked)
    return all(not value or is_redacted_text(value) or value == NO_ARRANGEMENT_NEEDED for value in values)


def redactions_for(table: str, image: Mapping[str, Any], redaction: str, kind: str = "") -> dict[str, str]:
    """Return the new text of each column of a row to be erased: what its mark wrote in a name, else REDACTED."""
    own = next((str(image[name]) for name in NAME_COLUMNS if is_redacted_text(image.get(name))), redaction)
    return {
        name: "" if name in _KEYS else own if name in NAME_COLUMNS else REDACTED
        for name in erased_columns(table, kind)
        if image.get(name) != NO_ARRANGEMENT_NEEDED
    }


def has_personal_data(row: Any, kind: str = "") -> bool:
    """Return whether a row has values that an erasure of ``kind`` can erase."""
    return next(_erasable_fields(row, kind), None) is not None


def personal_rows(database: Database, today: date) -> list[PersonalRow]:
    """Return every row with personal data whose last day follows from its year, due or not, without what is held."""
    return _PersonalRowReader(database, read_holds(database, today)).due_rows()


def first_days_by_kind(database: Database, today: date) -> dict[str, date]:
    """Return the first day of the rows of each retention kind, contacts included, in one query over all years."""
    return first_erasing_days(database, _erasing_rules(database, today))


def counts_by_kind(database: Database, today: date, *, near: date, titles: Mapping[int, str]) -> list[RowsToErase]:
    """Return how many rows of each retention kind are to be erased by the day ``near``, and how many later.

    Args:
        titles: what the list says of an event, by its id.
    """
    return count_rows_to_erase(database, _erasing_rules(database, today), near=near, titles=titles)


def contacts_waiting(database: Database) -> int:
    """Return how many contacts wait, as the 当日持出しファイル of their person is out."""
    outside = sorted(_events_outside(database))
    return count_contacts_waiting(database, outside, personal_fields(Contact), NO_ARRANGEMENT_NEEDED)


def _erasing_rules(database: Database, today: date) -> ErasingRules:
    """Return the rules for the queries that count rows, so that they count what ``_PersonalRowReader`` reads.

    What is held on ``today`` is left out of both.
    """
    years, holds = agreed_years(database), read_holds(database, today)
    return ErasingRules(
        kinds=_KIND_OF_GROUP,
        columns={table: personal_fields(record) for table, record in RECORDS.items()},
        kept_text=NO_ARRANGEMENT_NEEDED,
        year_ends={
            one.id: (
                applicant_retention_end(database, one),
                retention_end(PRESENTERS, one),
                retention_end(SIGNERS, one),
                retention_end(MEMOS, one),
                retention_end(RIGHTS, one),
            )
            for one in years
        },
        contacts_end=partial(contacts_end, years=()),
        head_roles=HEAD_ROLES,
        waiting_events=sorted(_events_outside(database) | holds.events),
        named_targets=_OF_PEOPLE,
        event_ends=_event_ends(database, years),
        fiscal_ends={
            one.fiscal_year: date.max if one.id in holds.years else retention_end(APPLICANTS, one)
            for one in years
            if one.retention or one.id in holds.years
        },
        waiting_people=sorted(holds.people),
        held_events=sorted(holds.events),
        held_years=sorted(holds.years),
        open_requests=sorted(holds.requests),
    )


def _events_outside(database: Database) -> set[int]:
    """Return the events whose 当日持出しファイル is out: returning it would bring erased data back."""
    return {one.event_id for one in all_files_outside(database) if one.event_id is not None}


def _event_ends(database: Database, years: Iterable[Programme]) -> dict[int, tuple[date, date]]:
    """Return the last days of participants and presenters of each event of a year that counts from its own day."""
    counted = RowsById(one for one in years if any(row.start.is_event for row in one.retention))
    return {
        one.id: (
            applicant_retention_end(database, counted[one.programme_id], one.event_date),
            retention_end(PRESENTERS, counted[one.programme_id], one.event_date),
        )
        for one in (rows(database, Event, programme_id=sorted(counted)))
    }


def rows_of_person(database: Database, person_id: int) -> list[PersonalRow]:
    """Return all rows about one person, whether they took part or not, and whatever the day."""
    return _PersonalRowReader(database).rows_of_person(person_id)


def has_held_items(database: Database, marked: Disposal, holds: Holds) -> bool:
    """Return whether something that was marked is held since; files are held with any event or year."""
    if not marked.items:
        return bool(holds.events or holds.years)
    whose = person_by_row(database)
    surveys = {one.id: one.event_id for one in rows(database, EventSurvey)}
    found = {
        table: rows(database, RECORDS[table], id=[one.row_id for one in marked.items if one.table == table])
        for table in {one.table for one in marked.items if one.table in RECORDS}
    }
    return any(
        holds.keeps(
            event_id=getattr(one, "event_id", None) or surveys.get(getattr(one, "survey_id", 0)),
            programme_id=getattr(one, "programme_id", None),
            person_id=whose.get((table, one.id)) or getattr(one, "person_id", None) or 0,
        )
        for table, ours in found.items()
        for one in ours
    )


def count_people(items: Iterable[DisposalItem], whose: Mapping[tuple[str, int], int]) -> int:
    """Return how many people the given rows concern."""
    return len({whose.get((one.table, one.row_id), 0) for one in items} - {0})


def person_by_row(database: Database) -> dict[tuple[str, int], int]:
    """Return which person each row of people, entries and applications concerns, by table and row id.

    An entry or application without a person has a negative id of its own.
    """
    reading = _PersonalRowReader(database)
    found = {("people", one.id): one.id for one in reading.people.values()}
    found |= {("entries", one.id): one.person_id or -one.id for one in reading.entries}
    found |= {("applications", one.id): reading.applicant_id(one) for one in reading.applications}
    return found


def people_of(database: Database, items: Iterable[DisposalItem]) -> frozenset[int]:
    """Return the ids of the people whom the given rows concern at present."""
    whose = person_by_row(database)
    for one in rows(database, Contact):
        whose["contacts", one.id] = one.person_id or whose.get(("applications", one.application_id or 0), 0)
    return frozenset(number for one in items if (number := whose.get((one.table, one.row_id), 0)) > 0)


class _PersonalRowReader:
    """Reads all rows with personal data once, by person and event."""

    def __init__(self, database: Database, holds: Holds | None = None):
        self._database = database
        self._holds = holds or Holds()
        self.people = rows_by_id(database, Person)
        self.entries = rows(database, Entry)
        self.applications = rows(database, Application)
        self.places = RowsById(self.entries)
        self.of_application = _by(self.entries, "application_id")
        self.of_people = _by(self.entries, "person_id")

    @cached_property
    def _ends(self) -> dict[int, date]:
        return {one.id: applicant_retention_end(self._database, one) for one in self._programmes.values()}

    @cached_property
    def _event_ends(self) -> dict[int, tuple[date, date]]:
        return _event_ends(self._database, self._programmes.values())

    @cached_property
    def _programmes(self) -> RowsById[Programme]:
        return RowsById(agreed_years(self._database))

    @cached_property
    def _events(self) -> RowsById[Event]:
        return rows_by_id(self._database, Event)

    @cached_property
    def _events_with_day_file(self) -> set[int]:
        """Return the events that wait: their 当日持出しファイル is out, or they are held."""
        return _events_outside(self._database) | self._holds.events

    def applicant_id(self, application: Application) -> int:
        """Return the person id of an application: the one named on it, else that of its first entry, else negative."""
        mine = self.of_application.get(application.id, [])
        people = [person for one in mine if (person := self.people.get(one.person_id)) is not None]
        named = [one for one in people if name_key(one.name) == name_key(application.name)]
        first = next(iter(named or people), None)
        return first.id if first is not None else -mine[0].id if mine else -(1 << 40) - application.id

    def due_rows(self) -> list[PersonalRow]:
        """Return every row whose last day follows from its year, due or not.

        Left out are entries, applications and people of events whose 当日持出しファイル is out.
        """
        by_event = (*self._entry_rows(), *self._application_rows(), *self._person_rows())
        others = (*self._presentation_rows(), *self._request_form_rows(), *self._memo_rows(), *self._answer_rows())
        others = (*others, *self._request_rows())
        waiting, events = self._people_with_day_file_out, self._events_with_day_file
        return [
            *(one for one in by_event if one.event_id not in events and one.person_id not in waiting),
            *(one for one in others if one.event_id not in self._holds.events),
        ]

    def rows_of_person(self, person_id: int) -> list[PersonalRow]:
        """Return all rows about one person, also notes that name the person."""
        person = self.people[person_id]
        key = name_key(person.name)
        places = self.of_people.get(person_id, [])
        numbers = {one.id for one in places}
        applied = [one for one in self.applications if self.applicant_id(one) == person_id]
        theirs = [person, *rows(self._database, Membership, person_id=person_id), *places, *applied]
        theirs += [
            one
            for one in rows(self._database, Contact)
            if one.person_id == person_id or one.application_id in {each.id for each in applied}
        ]
        asked = rows(self._database, DataRequest, person_id=person_id)
        theirs += [*rows(self._database, MistakeReport, person_id=person_id), *asked]
        theirs += rows(self._database, RequestStep, request_id=[one.id for one in asked])
        for kind, texts in _NAMING_COLUMNS.items():
            for one in rows(self._database, kind):
                if one in theirs:
                    continue
                place = getattr(one, "entry_id", None)
                may_name = place is None or kind not in _OF_THEIR_ENTRY
                if place in numbers or (may_name and _is_named_in(key, *(getattr(one, name) for name in texts))):
                    theirs.append(one)
        return [found for one in theirs for found in _row(one, date.min, kind=REQUEST.key, whose=person_id)]

    @cached_property
    def _people_with_day_file_out(self) -> set[int]:
        """Return the people of events whose 当日持出しファイル is out; their rows are not due until it is back."""
        waiting = {_entry_person_id(one) for one in self.entries if one.event_id in self._events_with_day_file}
        return waiting | self._holds.people

    def _end(self, event_id: int) -> date:
        """Return the last day on which data of an event are kept, ``date.max`` where the event is unknown."""
        event = self._events.get(event_id)
        if event is None:
            return date.max
        return self._event_ends[event_id][0] if event_id in self._event_ends else self._ends[event.programme_id]

    def _entry_rows(self) -> Iterator[PersonalRow]:
        """Yield entries with personal data, and what belongs to them, each with its last day."""
        database = self._database
        beside: tuple[Arrangement | TabletLoan | Call, ...] = (
            *rows(database, Arrangement),
            *rows(database, TabletLoan),
            *rows(database, Call),
        )
        for place in self.entries:
            until = self._end(place.event_id)
            yield from _row(place, until, whose=_entry_person_id(place), event_id=place.event_id)
        for one in beside:
            of_place = self.places.get(one.entry_id)
            if of_place is not None or not isinstance(one, Call) or one.target.is_person:
                whose = _entry_person_id(of_place) if of_place is not None else 0
                yield from _row(one, self._end(one.event_id), whose=whose, event_id=one.event_id)

    def _application_rows(self) -> Iterator[PersonalRow]:
        """Yield applications with personal data, each with its last day."""
        imported = {one.id: one.at.date() for one in rows(self._database, ForeignImport)}
        for one in self.applications:
            mine = self.of_application.get(one.id, [])
            day = one.received_at.date() if one.received_at is not None else imported.get(one.import_id or 0)
            unplaced = self._end_of_year(fiscal_year_of(day)) if day is not None else date.max
            until = max((self._end(place.event_id) for place in mine), default=unplaced)
            first = next(
                (place for place in mine if place.event_id in self._events_with_day_file), next(iter(mine), None)
            )
            yield from _row(
                one, until, whose=self.applicant_id(one), event_id=first.event_id if first is not None else None
            )

    def _end_of_year(self, fiscal_year: int) -> date:
        """Return the last day of an application without a place that came in a fiscal year."""
        held = any(one.fiscal_year == fiscal_year and one.id in self._holds.years for one in self._programmes.values())
        return date.max if held else contacts_end(fiscal_year, self._programmes.values())

    def _person_rows(self) -> Iterator[PersonalRow]:
        """Yield participants with personal data, kept until the last year they took part in.

        Who represents a 団体 stays registered and is left out.
        """
        contacts = _by(rows(self._database, Contact), "person_id")
        memberships = _by(rows(self._database, Membership), "person_id")
        for person in self.people.values():
            mine = self.of_people.get(person.id, [])
            if not mine or is_representative(person):
                continue
            ways = contacts.get(person.id, [])
            days = [one.dispose_on for one in ways if one.dispose_on is not None and has_personal_data(one)]
            until = max([*(self._end(one.event_id) for one in mine), *days])
            undated = [one for one in ways if one.dispose_on is None]
            for one in (person, *memberships.get(person.id, ()), *undated):
                yield from _row(one, until, whose=person.id)

    def _presentation_rows(self) -> Iterator[PersonalRow]:
        for one in rows(self._database, Presentation, of_contractor=False):
            event = self._events[one.event_id]
            until = one.dispose_on or retention_end(PRESENTERS, self._programmes[event.programme_id], event.event_date)
            yield from _row(one, until, kind=PRESENTERS.key, event_id=one.event_id)

    def _request_form_rows(self) -> Iterator[PersonalRow]:
        for one in rows(self._database, DispatchRequest):
            if one.programme_id not in self._holds.years:
                until = one.dispose_on or retention_end(SIGNERS, self._programmes[one.programme_id])
                yield from _row(one, until, kind=SIGNERS.key, event_id=one.event_id)

    def _memo_rows(self) -> Iterator[PersonalRow]:
        for one in rows(self._database, ContactMemo):
            if one.programme_id not in self._holds.years:
                until = retention_end(MEMOS, self._programmes[one.programme_id])
                yield from _row(one, until, kind=MEMOS.key, event_id=one.event_id)
        for letter in rows(self._database, ReturnedLetter):
            year = self._events[letter.event_id].programme_id
            if year not in self._holds.years:
                until = retention_end(MEMOS, self._programmes[year])
                yield from _row(letter, until, kind=MEMOS.key, event_id=letter.event_id)

    def _request_rows(self) -> Iterator[PersonalRow]:
        """Yield reports and requests with their steps; what is still open, or about who is held, has no day."""
        asked = RowsById(rows(self._database, DataRequest))
        found: list[tuple[Any, Any]] = [(one, asked[one.request_id]) for one in rows(self._database, RequestStep)]
        found += [(one, one) for one in (*asked.values(), *rows(self._database, MistakeReport))]
        for row, whose in found:
            is_open = isinstance(whose, DataRequest) and whose.id in self._holds.requests
            if not is_open and not self._holds.keeps(programme_id=whose.programme_id, person_id=whose.person_id or 0):
                until = retention_end(RIGHTS, self._programmes[whose.programme_id])
                yield from _row(row, until, kind=RIGHTS.key, whose=whose.person_id or 0)

    def _answer_rows(self) -> Iterator[PersonalRow]:
        """Yield survey responses, whose sender key could be recomputed from a mail address or number."""
        columns = personal_fields(SurveyResponse)
        for row_id, event_id in responses_to_erase(self._database, columns, NO_ARRANGEMENT_NEEDED):
            item = DisposalItem(table=TABLE_OF[SurveyResponse], row_id=row_id)
            yield PersonalRow(item=item, kind=RESPONDENTS.key, until=self._end(event_id), event_id=event_id)


def is_representative(person: Person) -> bool:
    """Return whether somebody represents a 団体: the register keeps the name for writing to it."""
    return person.organisation_id is not None and person.role.strip() in HEAD_ROLES


def _entry_person_id(place: Entry) -> int:
    """Return the id of the person of an entry, or a negative one of its own for an entry without a person."""
    return place.person_id or -place.id


def _is_named_in(key: str, *texts: str) -> bool:
    return bool(key) and any(key in name_key(one) for one in texts)


def _row(
    row: Any, until: date, *, kind: str = PARTICIPANTS.key, whose: int = 0, event_id: int | None = None
) -> Iterator[PersonalRow]:
    if has_personal_data(row, kind):
        item = DisposalItem(table=TABLE_OF[type(row)], row_id=row.id)
        yield PersonalRow(item=item, kind=kind, until=until, person_id=whose, event_id=event_id)


def _by(found: Sequence[_Row], column: str) -> dict[int, list[_Row]]:
    """Return rows grouped by the number in a column, without rows that have none."""
    return group_by_key((number, one) for one in found if (number := getattr(one, column)) is not None)
