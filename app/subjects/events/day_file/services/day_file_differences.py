"""What a 当日持出しファイル brings back, thing by thing, held against what was taken out and what the office has now.

- ``find_items(store, day) -> tuple[Item, ...]`` each difference in words and the way it is written
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from app.subjects.events.day_file.rules import (
    ATTENDANCE,
    Verdict,
    attendance_of,
    attendance_verdict,
    attendance_words,
    came_once,
    lent_once,
    loan_words,
    verdict,
)
from app.subjects.events.day_file.services.day_file_opening import OpenedDay
from app.subjects.events.day_file.services.day_file_taking import records_of
from app.subjects.events.roster.rules.roster_numbers import next_number
from app.subjects.events.roster.services.entry_names import WantedPerson, find_person, person_for
from app.subjects.events.roster.services.roster import UNNAMED
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.organisations import Organisation, Person
from db.records.roster import Entry, TabletLoan
from db.rows import by_id
from db.stand_ins import ERASED, is_stand_in, shown
from db.store import Store
from db.tables import organisations, roster

Write = Callable[[Change, dict[int, int]], None]
REMOVED: Final = "名簿から外した"


@frozen_record
class VenueDifference:
    """One thing the venue changed. ``who`` 「9番 田口 修（…町会）」; the three states in words.

    ``verdict`` says what happens with it; only a 食い違い asks a person. ``renumbered`` says the number that somebody
    was told at the venue and the one that the office's list gives (「29番→30番」), or is empty.
    """

    key: str
    kind: str
    who: str
    taken: str
    venue: str
    office: str
    verdict: Verdict
    renumbered: str = ""


@dataclass(frozen=True)
class Item:
    """A difference and how the venue's state is written; the ids of people entered at the venue are noted
    on the way."""

    difference: VenueDifference
    write: Write


@dataclass
class _Sides:
    """The three states of the event, and the entries of the office that stand for those made at the venue."""

    store: Store
    event_id: int
    taken: dict[int, Entry]
    venue: dict[int, Entry]
    office: dict[int, Entry]
    people: dict[int, Person]
    taken_people: dict[int, Person]
    groups: dict[int, Organisation]
    matched: dict[int, int] = field(default_factory=dict)
    given: set[int] = field(default_factory=set)

    def name(self, entry: Entry) -> str:
        """The name as the venue has it, or 「氏名未定」."""
        person = self.people.get(entry.person_id or 0)
        if person is None:
            return UNNAMED
        return ERASED if self.is_erased(person.id) else shown(person.name)

    def is_erased(self, person_id: int | None) -> bool:
        """Whether somebody who was taken out was erased in the office since: of them attendance alone comes back."""
        here = by_id(self.store.database, Person, person_id) if person_id in self.taken_people else None
        return here is not None and is_stand_in(here.name)

    def office_name(self, entry: Entry) -> str:
        """The name as the office has it now."""
        person = by_id(self.store.database, Person, entry.person_id) if entry.person_id else None
        return shown(person.name) if person is not None else UNNAMED

    def spoken(self, entry: Entry) -> str:
        """「9番 田口 修（みほん町会）」."""
        group = self.groups.get(entry.organisation_id or 0)
        place = group.name if group is not None else entry.organisation_name
        number = f"{entry.number}番 " if entry.number is not None else ""
        return f"{number}{self.name(entry)}" + (f"（{place}）" if place else "")

    def is_free(self, field_name: Literal["number", "admission"], number: int | None) -> bool:
        """Whether a number of the venue, of the list or of a letter, is still free in the office."""
        entries = roster.entries(self.store.database, self.event_id)
        return number is not None and all(getattr(one, field_name) != number for one in entries)

    def coming_number(self, made: Entry) -> int:
        """The number that somebody entered at the venue will have, after those counted on before."""
        first = self.office.get(made.substitute_for or 0)
        freed = first.id if first is not None and first.number == made.number and first.attendance != "出席" else 0
        taken = {one.number for one in self.office.values() if one.number is not None and one.id != freed} | self.given
        number = made.number if made.number is not None and made.number not in taken else max(taken, default=0) + 1
        self.given.add(number)
        return number

    def entry_id(self, at_venue: int | None) -> int | None:
        """The office's id of an entry of the venue; below 0 for one that is not there yet, or no longer."""
        if at_venue is None or (at_venue in self.taken and at_venue in self.office):
            return at_venue
        return self.matched.get(at_venue, -at_venue)

    def organisation(self, entry: Entry) -> tuple[int | None, str]:
        """The 団体 in the office's register (a name written alike is the same one), else the name as written."""
        group = self.groups.get(entry.organisation_id or 0)
        name = group.name if group is not None else entry.organisation_name
        here = by_id(self.store.database, Organisation, group.id) if group is not None else None
        known = here if here is not None and here.name == name else organisations.named(self.store.database, name)
        return (known.id, "") if known is not None and name else (None, name)

    def wanted(self, entry: Entry, organisation_id: int | None) -> WantedPerson:
        """Who was named at the venue, to be recognised in the office."""
        person = self.people[entry.person_id or 0]
        here = by_id(self.store.database, Person, person.id) if person.id in self.taken_people else None
        return WantedPerson(
            name=person.name,
            furigana=person.furigana,
            role=entry.role or person.role,
            organisation_id=organisation_id,
            person_id=here.id if here and (here.name == person.name or is_stand_in(here.name)) else None,
        )


def erased_since(store: Store, day: OpenedDay) -> int:
    """Return how many of those who were taken out were erased in the office since."""
    sides = _sides(store, day)
    return sum(sides.is_erased(one.person_id) for one in sides.taken.values())


def find_items(store: Store, day: OpenedDay) -> tuple[Item, ...]:
    """Return everything the venue changed, by the numbers of the list, walk-ins and tablets after it."""
    sides = _sides(store, day)
    listed = sorted(sides.taken.values(), key=lambda one: (one.number is None, one.number or 0, one.id))
    made = [one for key, one in sorted(sides.venue.items()) if key not in sides.taken]
    items = [item for entry in listed for item in _of_entry(sides, entry)]
    items += [_walk_in(sides, entry) for entry in made]
    items += _readings(sides)
    items += _tablets(sides, day)
    return tuple(items)


def _sides(store: Store, day: OpenedDay) -> _Sides:
    event_id = day.label.event_id
    venue = {one.id: one for one in roster.entries(day.store.database, event_id)}
    return _Sides(
        store=store,
        event_id=event_id,
        taken=records_of(day.taken, Entry),
        venue=venue,
        office={one.id: one for one in roster.entries(store.database, event_id)},
        people={one.id: one for one in organisations.all_people(day.store.database)},
        taken_people=records_of(day.taken, Person),
        groups={one.id: one for one in organisations.everything(day.store.database)},
    )


def _of_entry(sides: _Sides, was: Entry) -> Iterator[Item]:
    """What the venue changed about somebody who was on the list."""
    now, here = sides.venue.get(was.id), sides.office.get(was.id)
    if now is None or (here is None and attendance_of(now) == attendance_of(was)):
        return
    who = sides.spoken(now)
    if here is None:
        difference = VenueDifference(
            key=f"{was.id}/出欠",
            kind="出欠",
            who=who,
            taken=attendance_words(was),
            venue=attendance_words(now),
            office=REMOVED,
            verdict="食い違い",
        )
        yield Item(difference, lambda change, ids: _insert(sides, change, ids, now))
        return

    found = [
        _coming(was, now, here, who, _attending(sides, now, here)),
        _plain(was, now, here, who, "端末", lambda one: one.device, lambda one: one.device or "なし",
               lambda change, _ids: change.update(Entry, was.id, device=now.device)),
        _plain(was, now, here, who, "撮影", lambda one: one.photo, lambda one: one.photo or "なし",
               lambda change, _ids: change.update(Entry, was.id, photo=now.photo)),
    ]  # fmt: skip
    if now.person_id != was.person_id:
        found.insert(0, _naming(sides, was, now, here))
    yield from (one for one in found if one.difference.verdict != "変わりなし")


def _plain(
    was: Entry,
    now: Entry,
    here: Entry,
    who: str,
    kind: str,
    state: Callable[[Entry], Any],
    words: Callable[[Entry], str],
    write: Write,
) -> Item:
    """One thing of an entry: what is compared, how it is said, how it is written."""
    difference = VenueDifference(
        key=f"{was.id}/{kind}",
        kind=kind,
        who=who,
        taken=words(was),
        venue=words(now),
        office=words(here),
        verdict=verdict(state(was), state(now), state(here)),
    )
    return Item(difference, write)


def _coming(was: Entry, now: Entry, here: Entry, who: str, write: Write) -> Item:
    """Whether somebody came."""
    difference = VenueDifference(
        key=f"{was.id}/出欠",
        kind="出欠",
        who=who,
        taken=attendance_words(was),
        venue=attendance_words(now),
        office=attendance_words(here),
        verdict=attendance_verdict(was, now, here),
    )
    return Item(difference, write)


def _attending(sides: _Sides, now: Entry, here: Entry) -> Write:
    def write(change: Change, _ids: dict[int, int]) -> None:
        values = {name: getattr(now, name) for name in ATTENDANCE}
        if here.number is None and sides.is_free("number", now.number):
            values["number"] = now.number
        change.update(Entry, here.id, **values)

    return write


def _naming(sides: _Sides, was: Entry, now: Entry, here: Entry) -> Item:
    """A place that got its name at the venue."""
    names = (sides.name(was), sides.name(now), sides.office_name(here))
    difference = VenueDifference(
        key=f"{was.id}/氏名",
        kind="氏名",
        who=sides.spoken(now),
        taken=names[0],
        venue=names[1],
        office=names[2],
        verdict=verdict(*names),
    )

    def write(change: Change, _ids: dict[int, int]) -> None:
        person = person_for(sides.store, change, sides.wanted(now, here.organisation_id))
        change.update(Entry, was.id, person_id=person, role=now.role or here.role)

    return Item(difference, write)


def _walk_in(sides: _Sides, made: Entry) -> Item:
    """Somebody entered at the venue; who is in the office's roster by now is that entry."""
    here = _entry_in_office(sides, made)
    if here is not None:
        sides.matched[made.id] = here.id
    settled: Verdict = "入れる"
    if here is not None and here.attendance:
        same = here.attendance == made.attendance == "出席" and here.late == made.late
        settled = came_once(made, here) if same else "食い違い"
    number = here.number if here is not None else sides.coming_number(made)
    told = made.number is not None and number is not None and number != made.number
    difference = VenueDifference(
        key=f"当日{made.id}",
        kind="代理" if made.substitute_for else "当日受付",
        who=sides.spoken(made),
        taken="名簿になし",
        venue=attendance_words(made),
        office=attendance_words(here) if here is not None else "名簿になし",
        verdict=settled,
        renumbered=f"{made.number}番→{number}番" if told else "",
    )

    def write(change: Change, ids: dict[int, int]) -> None:
        if here is None:
            _insert(sides, change, ids, made)
        else:
            values = {name: getattr(made, name) for name in ATTENDANCE if name != "walk_in"}
            change.update(Entry, here.id, **values, walk_in=here.walk_in or here.state not in ("申込", "決定"))

    return Item(difference, write)


def _entry_in_office(sides: _Sides, made: Entry) -> Entry | None:
    """The entry of the office for somebody entered at the venue: the same person, or the same arrival."""
    person = find_person(sides.store, wanted=sides.wanted(made, sides.organisation(made)[0]))
    for one in sides.office.values():
        same_arrival = one.walk_in and one.attended_at == made.attended_at
        if (person is not None and one.person_id == person.id) or (
            same_arrival and sides.office_name(one) == sides.name(made)
        ):
            return one
    return None


def _insert(sides: _Sides, change: Change, ids: dict[int, int], made: Entry) -> None:
    """Enter somebody anew, under the numbers of the venue where they are still free.

    A 代理 has the numbers of the place, also a 入場番号 that it got while the file was outside.
    """
    first = sides.office.get(made.substitute_for or 0)
    admission = made.admission if sides.is_free("admission", made.admission) else None
    if first is not None and first.number == made.number and first.attendance != "出席":
        change.update(Entry, first.id, number=None, admission=None, group_number=None, seat="")
        admission = first.admission
    organisation_id, written = sides.organisation(made)
    person = None
    if made.person_id is not None:
        person = person_for(sides.store, change, sides.wanted(made, organisation_id))
    number = made.number
    if not sides.is_free("number", number):
        number = next_number(roster.entries(sides.store.database, sides.event_id))
    ids[made.id] = change.insert(
        replace(
            made,
            id=0,
            person_id=person,
            organisation_id=organisation_id,
            organisation_name=written,
            number=number,
            admission=admission,
            substitute_for=first.id if first is not None else None,
        )
    )


def _readings(sides: _Sides) -> Iterator[Item]:
    """A ふりがな that was filled in at the venue."""
    for person_id, was in sides.taken_people.items():
        now, here = sides.people.get(person_id), by_id(sides.store.database, Person, person_id)
        if now is None or here is None or now.furigana == was.furigana or is_stand_in(here.name):
            continue
        difference = VenueDifference(
            key=f"人{person_id}/ふりがな",
            kind="ふりがな",
            who=now.name,
            taken=was.furigana or "なし",
            venue=now.furigana,
            office=here.furigana or "なし",
            verdict=verdict(was.furigana, now.furigana, here.furigana),
        )
        yield Item(difference, _reading(person_id, now.furigana))


def _reading(person_id: int, furigana: str) -> Write:
    return lambda change, _ids: change.update(Person, person_id, furigana=furigana)


def _tablets(sides: _Sides, day: OpenedDay) -> Iterator[Item]:
    """Tablets handed over or back at the venue."""
    database = day.store.database
    numbers = {one.id: one.number for one in roster.tablets(database)}
    office = {one.id: one for one in roster.loans(sides.store.database, sides.event_id)}
    venue = {one.id: one for one in roster.loans(database, sides.event_id)}
    for loan_id, was in records_of(day.taken, TabletLoan).items():
        now, here = venue[loan_id], office.get(loan_id)
        states = (
            _lent(was, was.entry_id),
            _lent(now, sides.entry_id(now.entry_id)),
            here and _lent(here, here.entry_id),
        )
        found = verdict(*states)
        if found == "変わりなし":
            continue
        if found == "食い違い" and here is not None and states[1][0] == here.entry_id:
            found = lent_once(now, here) or found
        difference = VenueDifference(
            key=f"貸出{loan_id}",
            kind="タブレット",
            who=f"タブレット{numbers.get(now.tablet_id, '')}番",
            verdict=found,
            taken=loan_words(was, _borrower(sides.taken, was)),
            venue=loan_words(now, _borrower(sides.venue, now)),
            office=loan_words(here, _borrower(sides.office, here)),
        )
        yield Item(difference, _lending(sides, now, here))


def _lending(sides: _Sides, now: TabletLoan, here: TabletLoan | None) -> Write:
    def write(change: Change, ids: dict[int, int]) -> None:
        entry_id = ids.get(now.entry_id or 0) or sides.entry_id(now.entry_id)
        if entry_id is not None and entry_id < 0:
            entry_id = None
        if here is None:
            change.insert(replace(now, id=0, entry_id=entry_id))
        else:
            out_at, back_at = now.out_at, now.back_at
            if lent_once(now, here) == "入れる" and entry_id == here.entry_id:
                out_at, back_at = min(out for out in (now.out_at, here.out_at) if out), now.back_at or here.back_at
            change.update(TabletLoan, here.id, entry_id=entry_id, out_at=out_at, back_at=back_at)

    return write


def _lent(loan: TabletLoan, entry_id: int | None) -> tuple[Any, ...]:
    return entry_id, loan.out_at, loan.back_at


def _borrower(entries: Mapping[int, Entry], loan: TabletLoan | None) -> str:
    """「9番」 of the entry that has it."""
    entry = entries.get(loan.entry_id or 0) if loan is not None else None
    return f"{entry.number}番" if entry is not None and entry.number is not None else ""
