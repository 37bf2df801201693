"""Compares a 当日持出しファイル with the state at checkout and the office's present state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any, Literal

from app.common.join_nonempty import fill_nonempty
from app.event_day.day_file.rules import (
    ATTENDANCE_FIELDS,
    Verdict,
    arrival_merge_verdict,
    attendance_merge_verdict,
    attendance_values,
    attendance_words,
    loan_merge_verdict,
    loan_words,
    merge_verdict,
)
from app.event_day.day_file.services.day_file_checkout import records_of
from app.event_day.day_file.services.day_file_opening import OpenedDayFile
from app.events.roster.rules import next_number
from app.events.roster.services.entry_names import WantedPerson, find_or_add_person, find_person
from app.events.roster.services.roster import UNNAMED
from db.journal import Change
from db.record import RowsById, frozen, record
from db.records.organisations import Organisation, Person
from db.records.roster import Entry, TabletLoan
from db.redactions import ERASED_LABEL, display_text, is_redacted_text
from db.rows import by_id
from db.store import Store
from db.tables import organisations, roster

Write = Callable[[Change], None]
REMOVED = "名簿から外した"


@record
class VenueDifference:
    """One thing changed at the venue, with its three states in words.

    Attributes:
        who_words: 「9番 田口 修（…町会）」.
        verdict: what an import does with it; only a 食い違い asks a person.
        renumbered: number told at the venue and that of the office's roster (「29番→30番」), or empty.
    """

    key: str
    kind: str
    who_words: str
    at_checkout: str
    venue: str
    office: str
    verdict: Verdict
    renumbered: str = ""


@frozen
class MergeItem:
    """A difference with the function that writes the venue's state."""

    difference: VenueDifference
    write: Write


@dataclass
class _ThreeStates:
    """The three states of the event, and the office's entries for those made at the venue, also once they are added."""

    store: Store
    event_id: int
    at_checkout: RowsById[Entry]
    venue: RowsById[Entry]
    office: RowsById[Entry]
    people: RowsById[Person]
    people_at_checkout: RowsById[Person]
    organisations: RowsById[Organisation]
    entry_id_by_venue_id: dict[int, int] = field(default_factory=dict)
    assigned_numbers: set[int] = field(default_factory=set)

    def name(self, entry: Entry) -> str:
        """Return the name as the venue has it, 「氏名未定」, or 「消去済」 if it was erased in the office since."""
        person = self.people.get(entry.person_id)
        if person is None:
            return UNNAMED
        return ERASED_LABEL if self.is_erased(person.id) else display_text(person.name)

    def is_erased(self, person_id: int | None) -> bool:
        """Return whether a person was erased in the office since the export; only attendance is imported then."""
        here = by_id(self.store.database, Person, person_id) if person_id in self.people_at_checkout else None
        return here is not None and is_redacted_text(here.name)

    def office_name(self, entry: Entry) -> str:
        """Return the name as the office has it now."""
        person = by_id(self.store.database, Person, entry.person_id)
        return display_text(person.name) if person is not None else UNNAMED

    def entry_words(self, entry: Entry) -> str:
        """Return number, name and place of an entry (「9番 田口 修（みほん町会）」)."""
        group = self.organisations.get(entry.organisation_id)
        place = group.name if group is not None else entry.organisation_name
        number = f"{entry.number}番 " if entry.number is not None else ""
        return f"{number}{self.name(entry)}" + fill_nonempty("（{}）", place)

    def is_free(self, field_name: Literal["number", "admission"], number: int | None) -> bool:
        """Return whether no entry of the office has this number of the roster or letter; False for None."""
        entries = roster.entries(self.store.database, self.event_id)
        return number is not None and all(getattr(one, field_name) != number for one in entries)

    def predicted_number(self, venue_entry: Entry) -> int:
        """Return the number that a person added at the venue will get; it counts as taken in the next prediction."""
        first = self.office.get(venue_entry.substitute_for)
        freed = (
            first.id
            if first is not None and first.number == venue_entry.number and not first.attendance.is_present
            else 0
        )
        taken = {
            one.number for one in self.office.values() if one.number is not None and one.id != freed
        } | self.assigned_numbers
        number = (
            venue_entry.number
            if venue_entry.number is not None and venue_entry.number not in taken
            else max(taken, default=0) + 1
        )
        self.assigned_numbers.add(number)
        return number

    def entry_id(self, at_venue: int | None) -> int | None:
        """Return the office's id of an entry of the venue; negative if it does not exist (yet), None for None."""
        if at_venue is None or (at_venue in self.at_checkout and at_venue in self.office):
            return at_venue
        return self.entry_id_by_venue_id.get(at_venue, -at_venue)

    def organisation(self, entry: Entry) -> tuple[int | None, str]:
        """Return (id, "") of the registered 団体 (same spelling = same one), else (None, name as written)."""
        group = self.organisations.get(entry.organisation_id)
        name = group.name if group is not None else entry.organisation_name
        here = by_id(self.store.database, Organisation, group.id) if group is not None else None
        known = (
            here
            if here is not None and here.name == name
            else organisations.organisation_named(self.store.database, name)
        )
        return (known.id, "") if known is not None and name else (None, name)

    def wanted_person(self, entry: Entry, organisation_id: int | None) -> WantedPerson:
        """Return the person named at the venue, as it is to be found or created in the office."""
        person = self.people[entry.person_id or 0]
        here = by_id(self.store.database, Person, person.id) if person.id in self.people_at_checkout else None
        return WantedPerson(
            name=person.name,
            furigana=person.furigana,
            role=entry.role or person.role,
            organisation_id=organisation_id,
            person_id=here.id if here and (here.name == person.name or is_redacted_text(here.name)) else None,
        )


def erased_since(store: Store, day: OpenedDayFile) -> int:
    """Return how many of the exported people were erased in the office since."""
    sides = _read_three_states(store, day)
    return sum(sides.is_erased(one.person_id) for one in sides.at_checkout.values())


def find_merge_items(store: Store, day: OpenedDayFile) -> tuple[MergeItem, ...]:
    """Return everything the venue changed, also what is 済: entries by roster number, walk-ins, ふりがな, tablets."""
    sides = _read_three_states(store, day)
    listed = sorted(sides.at_checkout.values(), key=lambda one: (one.number or inf, one.id))
    made = [one for key, one in sorted(sides.venue.items()) if key not in sides.at_checkout]
    items = [item for entry in listed for item in _entry_items(sides, entry)]
    items += [_walk_in_item(sides, entry) for entry in made]
    items += _reading_items(sides)
    items += _tablet_items(sides, day)
    return tuple(items)


def _read_three_states(store: Store, day: OpenedDayFile) -> _ThreeStates:
    """Return the event's entries at the checkout, in the office now, and in the day file."""
    event_id = day.label.event_id
    venue = RowsById(roster.entries(day.store.database, event_id))
    return _ThreeStates(
        store=store,
        event_id=event_id,
        at_checkout=records_of(day.rows_at_checkout, Entry),
        venue=venue,
        office=RowsById(roster.entries(store.database, event_id)),
        people=RowsById(organisations.all_people(day.store.database)),
        people_at_checkout=records_of(day.rows_at_checkout, Person),
        organisations=RowsById(organisations.all_organisations(day.store.database)),
    )


def _entry_items(sides: _ThreeStates, at_checkout: Entry) -> Iterator[MergeItem]:
    """Yield a merge item for each thing the venue changed about an exported entry."""
    now, here = sides.venue.get(at_checkout.id), sides.office.get(at_checkout.id)
    if now is None or (here is None and attendance_values(now) == attendance_values(at_checkout)):
        return
    who = sides.entry_words(now)
    if here is None:
        difference = VenueDifference(
            key=f"{at_checkout.id}/出欠",
            kind="出欠",
            who_words=who,
            at_checkout=attendance_words(at_checkout),
            venue=attendance_words(now),
            office=REMOVED,
            verdict="食い違い",
        )
        yield MergeItem(difference, lambda change: _insert_venue_entry(sides, change, now))
        return

    found = [
        _attendance_item(at_checkout, now, here, who, _write_attendance(sides, now, here)),
        _field_item(at_checkout, now, here, who, "端末", lambda one: one.device, lambda one: one.device or "なし",
               lambda change: change.update(Entry, at_checkout.id, device=now.device)),
        _field_item(at_checkout, now, here, who, "撮影", lambda one: one.photo, lambda one: one.photo or "なし",
               lambda change: change.update(Entry, at_checkout.id, photo=now.photo)),
    ]  # fmt: skip
    if now.person_id != at_checkout.person_id:
        found.insert(0, _naming_item(sides, at_checkout, now, here))
    yield from (one for one in found if one.difference.verdict != "変わりなし")


def _field_item(
    at_checkout: Entry,
    venue: Entry,
    office: Entry,
    who: str,
    kind: str,
    state: Callable[[Entry], Any],
    words: Callable[[Entry], str],
    write: Write,
) -> MergeItem:
    """Return the item of one field of an entry, with functions to compare, word and write it."""
    difference = VenueDifference(
        key=f"{at_checkout.id}/{kind}",
        kind=kind,
        who_words=who,
        at_checkout=words(at_checkout),
        venue=words(venue),
        office=words(office),
        verdict=merge_verdict(state(at_checkout), state(venue), state(office)),
    )
    return MergeItem(difference, write)


def _attendance_item(at_checkout: Entry, venue: Entry, office: Entry, who: str, write: Write) -> MergeItem:
    difference = VenueDifference(
        key=f"{at_checkout.id}/出欠",
        kind="出欠",
        who_words=who,
        at_checkout=attendance_words(at_checkout),
        venue=attendance_words(venue),
        office=attendance_words(office),
        verdict=attendance_merge_verdict(at_checkout, venue, office),
    )
    return MergeItem(difference, write)


def _write_attendance(sides: _ThreeStates, now: Entry, here: Entry) -> Write:
    def write(change: Change) -> None:
        """Write the attendance, and the venue's number where the office has none and it is free."""
        values = {name: getattr(now, name) for name in ATTENDANCE_FIELDS}
        if here.number is None and sides.is_free("number", now.number):
            values["number"] = now.number
        change.update(Entry, here.id, **values)

    return write


def _naming_item(sides: _ThreeStates, at_checkout: Entry, venue: Entry, office: Entry) -> MergeItem:
    names = (sides.name(at_checkout), sides.name(venue), sides.office_name(office))
    difference = VenueDifference(
        key=f"{at_checkout.id}/氏名",
        kind="氏名",
        who_words=sides.entry_words(venue),
        at_checkout=names[0],
        venue=names[1],
        office=names[2],
        verdict=merge_verdict(*names),
    )

    def write(change: Change) -> None:
        """Find or add the person named at the venue, and write it into the entry."""
        person = find_or_add_person(sides.store, change, sides.wanted_person(venue, office.organisation_id))
        change.update(Entry, at_checkout.id, person_id=person, role=venue.role or office.role)

    return MergeItem(difference, write)


def _walk_in_item(sides: _ThreeStates, venue_entry: Entry) -> MergeItem:
    """Return the item of a person added at the venue; one on the office's roster by now is that entry."""
    here = _entry_in_office(sides, venue_entry)
    if here is not None:
        sides.entry_id_by_venue_id[venue_entry.id] = here.id
    settled: Verdict = "入れる"
    if here is not None and here.attendance:
        same = here.attendance.is_present and venue_entry.attendance.is_present and here.late == venue_entry.late
        settled = arrival_merge_verdict(venue_entry, here) if same else "食い違い"
    number = here.number if here is not None else sides.predicted_number(venue_entry)
    told = venue_entry.number is not None and number is not None and number != venue_entry.number
    difference = VenueDifference(
        key=f"当日{venue_entry.id}",
        kind="代理" if venue_entry.substitute_for else "当日受付",
        who_words=sides.entry_words(venue_entry),
        at_checkout="名簿になし",
        venue=attendance_words(venue_entry),
        office=attendance_words(here) if here is not None else "名簿になし",
        verdict=settled,
        renumbered=f"{venue_entry.number}番→{number}番" if told else "",
    )

    def write(change: Change) -> None:
        """Add the person added at the venue, or write the attendance into the entry that the office has of them."""
        if here is None:
            _insert_venue_entry(sides, change, venue_entry)
        else:
            values = {name: getattr(venue_entry, name) for name in ATTENDANCE_FIELDS if name != "walk_in"}
            values |= {"device": venue_entry.device or here.device}
            change.update(Entry, here.id, **values, walk_in=here.walk_in or not here.state.is_coming)

    return MergeItem(difference, write)


def _entry_in_office(sides: _ThreeStates, venue_entry: Entry) -> Entry | None:
    """Return the office's entry of a person added at the venue, or None: same person, or same arrival and name."""
    person = find_person(sides.store, wanted=sides.wanted_person(venue_entry, sides.organisation(venue_entry)[0]))
    for one in sides.office.values():
        same_arrival = one.walk_in and one.attended_at == venue_entry.attended_at
        if (person is not None and one.person_id == person.id) or (
            same_arrival and sides.office_name(one) == sides.name(venue_entry)
        ):
            return one
    return None


def _insert_venue_entry(sides: _ThreeStates, change: Change, venue_entry: Entry) -> None:
    """Add a person with the numbers of the venue if they are still free.

    A 代理 has the numbers of the place, including a 入場番号 assigned while the file was outside.
    """
    first = sides.office.get(venue_entry.substitute_for)
    admission = venue_entry.admission if sides.is_free("admission", venue_entry.admission) else None
    if first is not None and first.number == venue_entry.number and not first.attendance.is_present:
        change.update(Entry, first.id, number=None, admission=None, group_number=None, seat="")
        admission = first.admission
    organisation_id, written = sides.organisation(venue_entry)
    person = None
    if venue_entry.person_id is not None:
        person = find_or_add_person(sides.store, change, sides.wanted_person(venue_entry, organisation_id))
    number = venue_entry.number
    if not sides.is_free("number", number):
        number = next_number(roster.entries(sides.store.database, sides.event_id))
    sides.entry_id_by_venue_id[venue_entry.id] = change.insert(
        replace(
            venue_entry,
            id=0,
            person_id=person,
            organisation_id=organisation_id,
            organisation_name=written,
            number=number,
            admission=admission,
            substitute_for=first.id if first is not None else None,
        )
    )


def _reading_items(sides: _ThreeStates) -> Iterator[MergeItem]:
    for person_id, was in sides.people_at_checkout.items():
        now, here = sides.people.get(person_id), by_id(sides.store.database, Person, person_id)
        if now is None or here is None or now.furigana == was.furigana or is_redacted_text(here.name):
            continue
        difference = VenueDifference(
            key=f"人{person_id}/ふりがな",
            kind="ふりがな",
            who_words=now.name,
            at_checkout=was.furigana or "なし",
            venue=now.furigana,
            office=here.furigana or "なし",
            verdict=merge_verdict(was.furigana, now.furigana, here.furigana),
        )
        yield MergeItem(difference, _write_reading(person_id, now.furigana))


def _write_reading(person_id: int, furigana: str) -> Write:
    return lambda change: change.update(Person, person_id, furigana=furigana)


def _tablet_items(sides: _ThreeStates, day: OpenedDayFile) -> Iterator[MergeItem]:
    """Yield a merge item for each tablet handed over or returned at the venue."""
    database = day.store.database
    numbers = {one.id: one.number for one in roster.tablets(database)}
    office = RowsById(roster.loans(sides.store.database, sides.event_id))
    venue = RowsById(roster.loans(database, sides.event_id))
    for loan_id, was in records_of(day.rows_at_checkout, TabletLoan).items():
        now, here = venue[loan_id], office.get(loan_id)
        states = (
            _loan_values(was, was.entry_id),
            _loan_values(now, sides.entry_id(now.entry_id)),
            here and _loan_values(here, here.entry_id),
        )
        found = merge_verdict(*states)
        if found == "変わりなし":
            continue
        if found == "食い違い" and here is not None and states[1][0] == here.entry_id:
            found = loan_merge_verdict(now, here) or found
        difference = VenueDifference(
            key=f"貸出{loan_id}",
            kind="タブレット",
            who_words=f"タブレット{numbers.get(now.tablet_id, '')}番",
            verdict=found,
            at_checkout=loan_words(was, _borrower_words(sides.at_checkout, was)),
            venue=loan_words(now, _borrower_words(sides.venue, now)),
            office=loan_words(here, _borrower_words(sides.office, here)),
        )
        yield MergeItem(difference, _write_loan(sides, now, here))


def _write_loan(sides: _ThreeStates, now: TabletLoan, here: TabletLoan | None) -> Write:
    """Return the function that writes into the data a loan as recorded at the venue."""

    def write(change: Change) -> None:
        """Write a loan recorded at the venue."""
        entry_id = sides.entry_id(now.entry_id)
        if entry_id is not None and entry_id < 0:
            entry_id = None
        if here is None:
            change.insert(replace(now, id=0, entry_id=entry_id))
        else:
            out_at, back_at = now.out_at, now.back_at
            if loan_merge_verdict(now, here) == "入れる" and entry_id == here.entry_id:
                out_at, back_at = min(out for out in (now.out_at, here.out_at) if out), now.back_at or here.back_at
            change.update(TabletLoan, here.id, entry_id=entry_id, out_at=out_at, back_at=back_at)

    return write


def _loan_values(loan: TabletLoan, entry_id: int | None) -> tuple[Any, ...]:
    return entry_id, loan.out_at, loan.back_at


def _borrower_words(entries: RowsById[Entry], loan: TabletLoan | None) -> str:
    """Return 「9番」 of the entry that has the tablet, "" where it is unknown."""
    entry = entries.get(loan.entry_id) if loan is not None else None
    return f"{entry.number}番" if entry is not None and entry.number is not None else ""
