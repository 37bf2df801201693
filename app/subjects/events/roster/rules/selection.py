"""Who can come when more apply than there are places, decided the same way every time: 先着順, 区の調整, 抽選, 補欠."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.calendar.whole_days import is_whole_day
from app.subjects.events.event.rules.taking_part import COMING, is_coming
from db.frozen_record import frozen_record
from db.name_key import plain_organisation
from db.records.programme import KindNumbers
from db.records.roster import Entry, Selection, SelectionLine, SelectionMethod

DIGITS = 16


def draw_number(seed: str, key: str) -> str:
    """Return the number that ``key`` draws under ``seed``: the first 16 hexadecimal digits of HMAC-SHA-256.

    The smaller number goes first. It depends on nothing but the two texts (as UTF-8): neither on the order in which
    applicants are read nor on the others who apply, and whoever knows the seed gets the same with any tool.
    """
    return hmac.new(seed.encode(), key.encode(), hashlib.sha256).hexdigest()[:DIGITS]


_MISSED = ("補欠", "落選")


@dataclass(frozen=True)
class Missed:
    """Those who applied for an earlier event, were not chosen, and have not been chosen since."""

    people: frozenset[int]
    organisations: frozenset[str]

    def holds(self, entry: Entry) -> bool:
        """Whether ``entry`` goes first: its person was left out, or, while it has no name, its 団体 was."""
        if entry.person_id is not None:
            return entry.person_id in self.people
        return organisation_key(entry) in self.organisations


def organisation_key(entry: Entry) -> str:
    """A key of the entry's 団体: its number in the register, else its name as written, folded; empty without any."""
    return f"団体{entry.organisation_id}" if entry.organisation_id else plain_organisation(entry.organisation_name)


def missed_before(events: Iterable[Sequence[Entry]]) -> Missed:
    """Look through the entries of the earlier events of the year, first event first.

    A person counts as left out with 補欠 (never moved up) or 落選, until chosen for a later event. A 団体 counts as
    left out by an event at which none of its people could come. Cancelled events are not handed in.
    """
    people: set[int] = set()
    organisations: set[str] = set()
    for entries in events:
        came = {entry.person_id for entry in entries if entry.state in COMING}
        left = {entry.person_id for entry in entries if entry.state in _MISSED} - came
        people = (people | {one for one in left if one is not None}) - {one for one in came if one is not None}
        there = {organisation_key(entry) for entry in entries if entry.state in COMING}
        out = {organisation_key(entry) for entry in entries if entry.state in _MISSED} - there - {""}
        organisations = (organisations | out) - there
    return Missed(frozenset(people), frozenset(organisations))


CHOSEN: Final = "決定"
WAITING: Final = "補欠"
NOT_CHOSEN: Final = "落選"
USUAL_WAITING: Final = 5


@frozen_record
class Candidate:
    """One place that is applied for.

    ``organisation`` is a key of the 団体 (empty = it stands for itself); ``named`` False = 氏名未定;
    ``missed`` True = not chosen at an earlier event of the year and not chosen since.
    """

    entry_id: int
    applied_at: datetime | None = None
    application_id: int | None = None
    organisation: str = ""
    named: bool = True
    missed: bool = False

    @property
    def key(self) -> str:
        """What it is drawn with: the number of its entry and when it applied (「12|2026-09-11T09:05:00」)."""
        return f"{self.entry_id}|{self.applied_at.isoformat() if self.applied_at else ''}"

    @property
    def side(self) -> str:
        """Its 団体, or itself where there is none."""
        return self.organisation or f"entry {self.entry_id}"


@frozen_record
class Terms:
    """How it is decided; ``waiting`` is the number of 補欠, ``picked`` the entries taken by 区の調整."""

    method: SelectionMethod
    capacity: int
    seed: str = ""
    organisation_limit: int | None = None
    organisations_first: bool = False
    not_chosen_first: bool = False
    waiting: int = USUAL_WAITING
    picked: frozenset[int] = frozenset()


def usual_capacity(numbers: KindNumbers, venue_capacity: int | None) -> int:
    """Return how many can come unless somebody says otherwise: the specification's most, at most the room's (仕様書4
    エ)."""
    return numbers.people_max if venue_capacity is None else min(numbers.people_max, venue_capacity)


def choose(applicants: Iterable[Candidate], terms: Terms) -> tuple[SelectionLine, ...]:
    """Decide, and say for each place why: first who can come, then 補欠 in their order, then 落選.

    1. Everybody gets a place in the order: by 申込日時 (those without one last), or by the numbers drawn.
       Of the places of one application the named ones come before 氏名未定.
    2. With ``not_chosen_first`` those who missed before go ahead; with ``organisations_first`` one of each 団体
       goes ahead of all, in a 抽選 in the order drawn for the 団体, so that a 団体 with many applicants has
       no better chance than one with a single one.
    3. Places are given in this order up to ``capacity``, never more than ``organisation_limit`` to one 団体; who
       is left out by that limit waits behind the others. 区の調整 takes exactly those who were ``picked``.
    """
    everyone = sorted(applicants, key=lambda one: one.entry_id)
    draws = _draws(everyone, terms.seed) if terms.method == "抽選" else {}
    ordered, firsts = _in_order(everyone, terms, draws)
    chosen, rest, over = _given(ordered, terms)
    order = {one.entry_id: place for place, one in enumerate(ordered, 1)}
    lines = []
    for number, one in enumerate([*chosen, *rest, *over], 1):
        waits = number - len(chosen)
        result = CHOSEN if waits <= 0 else f"{WAITING}{waits}" if waits <= terms.waiting else NOT_CHOSEN
        lines.append(
            SelectionLine(
                entry_id=one.entry_id,
                order=order[one.entry_id],
                draw=draws.get(one.entry_id, ""),
                result=result,
                why=_why(one, result, terms, first=one in firsts, limited=one in over),
                applied_at=one.applied_at,
                application_id=one.application_id,
                organisation=one.organisation,
                organisation_draw=_side_draw(one, terms) if one in firsts and draws else "",
                named=one.named,
                missed=one.missed,
            )
        )
    return tuple(lines)


def terms_of(selection: Selection) -> Terms:
    """Return how a choice that was kept had been decided."""
    return Terms(
        method=selection.method,
        capacity=selection.capacity,
        seed=selection.seed,
        organisation_limit=selection.organisation_limit,
        organisations_first=selection.organisations_first,
        not_chosen_first=selection.not_chosen_first,
        waiting=sum(line.result.startswith(WAITING) for line in selection.lines),
        picked=frozenset(line.entry_id for line in selection.lines if line.result == CHOSEN),
    )


def choose_again(selection: Selection) -> tuple[SelectionLine, ...]:
    """Decide a kept choice once more from what it rested on then; an honest one gives the lines that were kept."""
    applicants = [
        Candidate(
            entry_id=line.entry_id,
            applied_at=line.applied_at,
            application_id=line.application_id,
            organisation=line.organisation,
            named=line.named,
            missed=line.missed,
        )
        for line in selection.lines
    ]
    return choose(applicants, terms_of(selection))


def _draws(everyone: Sequence[Candidate], seed: str) -> dict[int, str]:
    """Each place's number; within one application the smaller ones go to the named places."""
    own = {one.entry_id: draw_number(seed, one.key) for one in everyone}
    together: dict[int, list[Candidate]] = defaultdict(list)
    for one in everyone:
        together[one.application_id or -one.entry_id].append(one)
    drawn: dict[int, str] = {}
    for places in together.values():
        numbers = sorted(own[one.entry_id] for one in places)
        takers = sorted(places, key=lambda one: (not one.named, own[one.entry_id], one.entry_id))
        drawn |= {one.entry_id: number for one, number in zip(takers, numbers, strict=True)}
    return drawn


def _side_draw(one: Candidate, terms: Terms) -> str:
    return draw_number(terms.seed, f"団体|{one.side}")


def _in_order(
    everyone: Sequence[Candidate], terms: Terms, draws: Mapping[int, str]
) -> tuple[list[Candidate], set[Candidate]]:
    """Everybody in the order in which places are given, and who goes ahead as the one of their 団体."""

    def place(one: Candidate) -> tuple[bool, object, bool, int]:
        if terms.method == "抽選":
            return False, draws[one.entry_id], False, one.entry_id
        return one.applied_at is None, one.applied_at.isoformat() if one.applied_at else "", not one.named, one.entry_id

    def ahead(one: Candidate) -> bool:
        return terms.not_chosen_first and one.missed

    ordered = sorted(everyone, key=lambda one: (not ahead(one), place(one)))
    firsts: set[Candidate] = set()
    if terms.organisations_first and terms.method != "区の調整":
        seen: set[str] = set()
        for one in ordered:
            if one.side not in seen:
                seen.add(one.side)
                firsts.add(one)
        by_side: Callable[[Candidate], object] = (
            (lambda one: (_side_draw(one, terms), one.side)) if terms.method == "抽選" else place
        )
        ordered = [
            *sorted(firsts, key=lambda one: (not ahead(one), by_side(one))),
            *(one for one in ordered if one not in firsts),
        ]
    return ordered, firsts


def _given(ordered: Sequence[Candidate], terms: Terms) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
    """Who can come, who waits for a place, and who waits because the 団体 has all it may have."""
    if terms.method == "区の調整":
        picked = [one for one in ordered if one.entry_id in terms.picked]
        return picked, [one for one in ordered if one.entry_id not in terms.picked], []
    chosen: list[Candidate] = []
    rest: list[Candidate] = []
    over: list[Candidate] = []
    given: Counter[str] = Counter()
    for one in ordered:
        if terms.organisation_limit is not None and given[one.side] >= terms.organisation_limit:
            over.append(one)
        elif len(chosen) < terms.capacity:
            chosen.append(one)
            given[one.side] += 1
        else:
            rest.append(one)
    return chosen, rest, over


def _why(one: Candidate, result: str, terms: Terms, *, first: bool, limited: bool) -> str:
    """The reason in the words of the window."""
    if terms.method == "区の調整":
        return "区の調整で決定" if result == CHOSEN else "申込の順"
    if result != CHOSEN:
        reason = f"1団体{terms.organisation_limit}人の上限に達したため" if limited else "定員に達したため"
        return reason if result != NOT_CHOSEN or limited else "定員と補欠の数に達したため"
    parts = ["1団体1人目"] if first else []
    parts += ["前に外れた方"] if terms.not_chosen_first and one.missed else []
    if terms.method == "先着順":
        parts.append(_order_words(one))
    else:
        parts.append("団体の抽選" if first else "抽選の順")
    return "、".join(parts)


def _order_words(one: Candidate) -> str:
    if one.applied_at is None:
        return "申込日時がないため最後"
    return "申込の順（時刻がないため、その日の最後）" if is_whole_day(one.applied_at) else "申込の順"


def in_line(entries: Iterable[Entry]) -> list[Entry]:
    """Return the 補欠 in their order; who told an absence waits no longer."""
    waiting = [entry for entry in entries if entry.state == "補欠" and entry.absent_told_at is None]
    return sorted(waiting, key=lambda one: (one.waiting_order is None, one.waiting_order or 0, one.id))


def next_in_line(entries: Iterable[Entry]) -> Entry | None:
    """Return the 補欠 whose turn it is, or None."""
    return next(iter(in_line(entries)), None)


def closed_up(entries: Iterable[Entry], *, without: Collection[int] = ()) -> dict[int, int]:
    """Return the new number of every 補欠 whose number changes when ``without`` leave the list; the order is kept."""
    staying = [entry for entry in in_line(entries) if entry.id not in without]
    return {entry.id: number for number, entry in enumerate(staying, 1) if entry.waiting_order != number}


def last_place(entries: Iterable[Entry]) -> int:
    """Return the number that a new 補欠 gets: behind everybody who waits."""
    return 1 + max((entry.waiting_order or 0 for entry in in_line(entries)), default=0)


def free_places(entries: Iterable[Entry], capacity: int) -> int:
    """Return how many places are free; below zero when more come than there is room for."""
    return capacity - sum(is_coming(entry) for entry in entries)
