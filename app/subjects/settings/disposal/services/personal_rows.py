"""Whose a row is, and until when it is kept: the rows that tell of those who applied, took part, presented or signed.

- ``CELLS`` the columns that go, by table
- ``personal_rows(database) -> list[PersonalRow]`` every row that falls due by its year
- ``rows_of_person(database, person_id) -> list[PersonalRow]`` what tells of one person, for a request
- ``hidden(row, stand_in, kind)`` what a mark writes; ``going(table, image, stand_in, kind)`` what an erasing sets
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeVar, cast

from app.calendar.wareki import fiscal_year_of
from app.programme.rules.retention import (
    PARTICIPANTS,
    PRESENTERS,
    REQUEST,
    RESPONDENTS,
    SIGNERS,
    contacts_end,
    ends_on,
)
from app.programme.services.retention import applicants_until
from app.subjects.events.event.rules.taking_part import NOTHING_NEEDED
from app.subjects.events.letters.services.letter_addressees import HEADS
from app.subjects.settings.takeouts.services.takeouts import files_outside
from db.engine import Database
from db.fields import going_fields
from db.frozen_record import frozen_record
from db.mapping import TABLE_OF, field_types
from db.name_key import name_key
from db.records.applications import Application, ForeignImport
from db.records.calls import Call
from db.records.dispatches import DispatchWish
from db.records.disposals import DisposalItem
from db.records.events import Event
from db.records.organisations import Contact, Membership, Person
from db.records.presentations import Presentation
from db.records.programme import Programme
from db.records.roster import Arrangement, Entry, TabletLoan
from db.records.surveys import AnswerSheet, EventSurvey
from db.rows import rows
from db.stand_ins import STAND_IN, is_stand_in

CELLS: Final[Mapping[str, tuple[str, ...]]] = {
    "people": ("name", "furigana", "role", "phone", "note"),
    "contacts": ("value", "note"),
    "memberships": ("role",),
    "applications": (*going_fields(Application), "row_key"),
    "entries": ("role", "care", "absent_note", "doubtful", "note"),
    "arrangements": ("content", "note"),
    "calls": ("whom", "note"),
    "tablet_loans": ("note",),
    "presentations": ("addressed", "presenter", "withdrawn_words", "note"),
    "dispatch_wishes": ("signer", "signer_role"),
    "answer_sheets": ("row_key", "respondent_key"),
}
"""The columns that go, by table, of 申込 as its fields say it themselves (``goes``); ``phone`` of people is empty since
long, but stands in their oldest images."""
RECORDS: Final[Mapping[str, type[Any]]] = {
    TABLE_OF[record]: record
    for record in (
        Person, Contact, Membership, Application, Entry, Arrangement, Call, TabletLoan, Presentation, DispatchWish,
        AnswerSheet,
    )
}  # fmt: skip
NAMES: Final = frozenset({"name", "furigana"})
"""The columns with a stand-in of its own for each person: two names that were two stay two."""
_OF_PEOPLE: Final = ("団体", "発表者")
"""Calls to these name people who took part; those to the 受託者 or a venue name whoever answers there."""
_KEYS: Final = frozenset({"row_key", "respondent_key"})
"""Sums by which a row of a file, or who sent it, is known again: nothing is put in their place."""
_Row = TypeVar("_Row")


@frozen_record
class PersonalRow:
    """One row: the kind that it falls under, its last day, and of whom it tells.

    ``whose`` is the number of a person, below nought a place without one, 0 = of nobody by itself.
    """

    item: DisposalItem
    kind: str
    until: date
    whose: int = 0
    event_id: int | None = None


def cells_of(table: str, kind: str = "") -> tuple[str, ...]:
    """Return the columns that go. Who asked for it keeps the sum of the row of a file, until the year is over.

    Else the same file, taken in once more, would bring all of it back.
    """
    return tuple(name for name in CELLS[table] if kind != REQUEST.key or name not in _KEYS)


def hidden(row: Any, stand_in: str, kind: str = "") -> dict[str, str]:
    """Return what a mark writes into a row; what was empty stays empty, so that whether something was there counts."""
    found = {}
    for name in cells_of(TABLE_OF[type(row)], kind):
        value = getattr(row, name, "")
        if value and not is_stand_in(value) and value != NOTHING_NEEDED:
            found[name] = "" if name in _KEYS else stand_in if name in NAMES else STAND_IN
    return found


def is_hidden(table: str, image: Mapping[str, Any], kind: str = "") -> bool:
    """Say whether a row is as its mark left it: whoever typed something since uses it."""
    marked = (name for name in cells_of(table, kind) if name in field_types(cast(Any, RECORDS[table])))
    values = (image.get(name) for name in marked)
    return all(not value or is_stand_in(value) or value == NOTHING_NEEDED for value in values)


def going(table: str, image: Mapping[str, Any], stand_in: str, kind: str = "") -> dict[str, str]:
    """Return the stand-ins of a life by its last image: those that its mark wrote, for the rest new ones."""
    own = next((str(image[name]) for name in NAMES if is_stand_in(image.get(name))), stand_in)
    return {
        name: "" if name in _KEYS else own if name in NAMES else STAND_IN
        for name in cells_of(table, kind)
        if image.get(name) != NOTHING_NEEDED
    }


def holds_something(row: Any, kind: str = "") -> bool:
    """Say whether there is something in a row that can go."""
    return bool(hidden(row, STAND_IN, kind))


def personal_rows(database: Database) -> list[PersonalRow]:
    """Return every row that falls due by its year and still holds something, whatever its day."""
    return _Reading(database).found()


def rows_of_person(database: Database, person_id: int) -> list[PersonalRow]:
    """Return what tells of one person, whether they took part or not, and whatever the day."""
    return _Reading(database).of_person(person_id)


def places_of(items: Iterable[DisposalItem], whose: Mapping[tuple[str, int], int]) -> int:
    """Return of how many people some rows tell."""
    return len({whose.get((one.table, one.row_id), 0) for one in items} - {0})


def whose_rows(database: Database) -> dict[tuple[str, int], int]:
    """Return of whom each row of those tables tells that name people or their places."""
    reading = _Reading(database)
    found = {("people", one.id): one.id for one in reading.people.values()}
    found |= {("entries", one.id): one.person_id or -one.id for one in reading.entries}
    found |= {("applications", one.id): reading.whose(one) for one in reading.applications}
    return found


def people_of(database: Database, items: Iterable[DisposalItem]) -> frozenset[int]:
    """Return the people of whom some rows tell, by the rows as they stand."""
    whose = whose_rows(database)
    for one in rows(database, Contact):
        whose["contacts", one.id] = one.person_id or whose.get(("applications", one.application_id or 0), 0)
    return frozenset(number for one in items if (number := whose.get((one.table, one.row_id), 0)) > 0)


class _Reading:
    """One look at everything: rows by the person and the event that they belong to."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.people = {one.id: one for one in rows(database, Person)}
        self.entries = rows(database, Entry)
        self.applications = rows(database, Application)
        self.places = {one.id: one for one in self.entries}
        self.of_application = _by(self.entries, "application_id")
        self.of_people = _by(self.entries, "person_id")

    @cached_property
    def _ends(self) -> dict[int, date]:
        """The last day of each year's data, by its programme."""
        return {one.id: applicants_until(self._database, one) for one in self._programmes.values()}

    @cached_property
    def _programmes(self) -> dict[int, Programme]:
        return {one.id: one for one in rows(self._database, Programme)}

    @cached_property
    def _events(self) -> dict[int, Event]:
        return {one.id: one for one in rows(self._database, Event)}

    @cached_property
    def _outside(self) -> set[int]:
        """The events whose 当日持出しファイル is outside: it would bring back what is erased meanwhile."""
        return {number for number in self._events if files_outside(self._database, number)}

    def whose(self, application: Application) -> int:
        """The person of an application: who is named on it, else whoever has its first place."""
        mine = self.of_application.get(application.id, [])
        people = [self.people[one.person_id] for one in mine if one.person_id in self.people]
        named = [one for one in people if name_key(one.name) == name_key(application.name)]
        first = next(iter(named or people), None)
        return first.id if first is not None else -mine[0].id if mine else -(1 << 40) - application.id

    def found(self) -> list[PersonalRow]:
        """Every row by its year; what belongs to an event whose file is outside waits."""
        by_event = (*self._of_places(), *self._of_applications(), *self._of_people())
        waiting = self._waiting
        return [
            *(one for one in by_event if one.event_id not in self._outside and one.whose not in waiting),
            *self._of_presentations(),
            *self._of_slips(),
            *self._of_answers(),
        ]

    def of_person(self, person_id: int) -> list[PersonalRow]:
        """What tells of one person."""
        person = self.people[person_id]
        key = name_key(person.name)
        places = self.of_people.get(person_id, [])
        numbers = {one.id for one in places}
        applied = [one for one in self.applications if self.whose(one) == person_id]
        theirs: list[Any] = [person, *rows(self._database, Membership, person_id=person_id), *places, *applied]
        theirs += [
            one
            for one in rows(self._database, Contact)
            if one.person_id == person_id or one.application_id in {each.id for each in applied}
        ]
        theirs += [
            one
            for one in rows(self._database, Arrangement)
            if one.entry_id in numbers or (one.entry_id is None and _named(key, one.content, one.note))
        ]
        theirs += [
            one
            for one in rows(self._database, TabletLoan)
            if one.entry_id in numbers or (one.entry_id is None and _named(key, one.note))
        ]
        theirs += [
            one for one in rows(self._database, Call) if one.entry_id in numbers or _named(key, one.whom, one.note)
        ]
        theirs += [
            one
            for one in rows(self._database, Presentation)
            if _named(key, one.presenter, one.addressed, one.note, one.withdrawn_words)
        ]
        theirs += [one for one in rows(self._database, DispatchWish) if _named(key, one.signer)]
        return [found for one in theirs for found in _row(one, date.min, kind=REQUEST.key, whose=person_id)]

    @cached_property
    def _waiting(self) -> set[int]:
        return {_whose_place(one) for one in self.entries if one.event_id in self._outside}

    def _end(self, event_id: int) -> date:
        event = self._events.get(event_id)
        return self._ends[event.programme_id] if event is not None else date.max

    def _of_places(self) -> Iterator[PersonalRow]:
        beside: list[Arrangement | TabletLoan | Call] = []
        beside += rows(self._database, Arrangement)
        beside += rows(self._database, TabletLoan)
        beside += rows(self._database, Call)
        for place in self.entries:
            until = self._end(place.event_id)
            yield from _row(place, until, whose=_whose_place(place), event_id=place.event_id)
        for one in beside:
            of_place = self.places.get(one.entry_id or 0)
            if of_place is not None or not isinstance(one, Call) or one.target in _OF_PEOPLE:
                whose = _whose_place(of_place) if of_place is not None else 0
                yield from _row(one, self._end(one.event_id), whose=whose, event_id=one.event_id)

    def _of_applications(self) -> Iterator[PersonalRow]:
        imported = {one.id: one.at.date() for one in rows(self._database, ForeignImport)}
        for one in self.applications:
            mine = self.of_application.get(one.id, [])
            day = one.received_at.date() if one.received_at is not None else imported.get(one.import_id or 0)
            years = [contacts_end(fiscal_year_of(day))] if day is not None else []
            until = max((self._end(place.event_id) for place in mine), default=max(years, default=date.max))
            first = next((place for place in mine if place.event_id in self._outside), next(iter(mine), None))
            yield from _row(one, until, whose=self.whose(one), event_id=first.event_id if first is not None else None)

    def _of_people(self) -> Iterator[PersonalRow]:
        """Those who took part, after the last year in which they did; who stands for a 団体 stays in its register."""
        contacts = _by(rows(self._database, Contact), "person_id")
        memberships = _by(rows(self._database, Membership), "person_id")
        for person in self.people.values():
            mine = self.of_people.get(person.id, [])
            if not mine or is_head(person):
                continue
            ways = contacts.get(person.id, [])
            days = [one.dispose_on for one in ways if one.dispose_on is not None and holds_something(one)]
            until = max([*(self._end(one.event_id) for one in mine), *days])
            undated = [one for one in ways if one.dispose_on is None]
            for one in (person, *memberships.get(person.id, ()), *undated):
                yield from _row(one, until, whose=person.id)

    def _of_presentations(self) -> Iterator[PersonalRow]:
        for one in rows(self._database, Presentation, of_contractor=False):
            programme = self._programmes[self._events[one.event_id].programme_id]
            until = one.dispose_on or ends_on(PRESENTERS, programme)
            yield from _row(one, until, kind=PRESENTERS.key, event_id=one.event_id)

    def _of_slips(self) -> Iterator[PersonalRow]:
        for one in rows(self._database, DispatchWish):
            until = one.dispose_on or ends_on(SIGNERS, self._programmes[one.programme_id])
            yield from _row(one, until, kind=SIGNERS.key, event_id=one.event_id)

    def _of_answers(self) -> Iterator[PersonalRow]:
        """Who answered is in no answer, but their mail address or number gives the sum again to whoever tries it."""
        event_of = {one.id: one.event_id for one in rows(self._database, EventSurvey)}
        for one in rows(self._database, AnswerSheet):
            event_id = event_of[one.survey_id]
            yield from _row(one, self._end(event_id), kind=RESPONDENTS.key, event_id=event_id)


def is_head(person: Person) -> bool:
    """Say whether somebody stands for a 団体: the register keeps the name for writing to it."""
    return person.organisation_id is not None and person.role.strip() in HEADS


def _whose_place(place: Entry) -> int:
    return place.person_id or -place.id


def _named(key: str, *texts: str) -> bool:
    return bool(key) and any(key in name_key(one) for one in texts)


def _row(
    row: Any, until: date, *, kind: str = PARTICIPANTS.key, whose: int = 0, event_id: int | None = None
) -> Iterator[PersonalRow]:
    if holds_something(row, kind):
        item = DisposalItem(table=TABLE_OF[type(row)], row_id=row.id)
        yield PersonalRow(item=item, kind=kind, until=until, whose=whose, event_id=event_id)


def _by(found: Sequence[_Row], column: str) -> dict[int, list[_Row]]:
    by: dict[int, list[_Row]] = defaultdict(list)
    for one in found:
        if (number := getattr(one, column)) is not None:
            by[number].append(one)
    return by
