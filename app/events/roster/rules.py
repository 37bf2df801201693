"""Select participants reproducibly (先着順, 区の調整, 抽選, 補欠), assign their numbers, and count attendance.

Numbers of the 受付名簿 are assigned once, in the order in which people are looked up, and never change. Attendance is
counted for one event, and as 延べ and 実 numbers for several.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from math import inf
from typing import Any

from app.calendar.date_only_moments import is_date_only
from app.common.partial_count import PartialCount
from app.event.rules.participation import (
    is_coming,
    is_on_check_in_list,
    waitlist_entries,
)
from db.digits import is_digits, one_width
from db.name_key import plain_organisation
from db.record import frozen, group_by_key, record
from db.records.events import Event, EventResult
from db.records.organisations import Organisation
from db.records.roster import Entry, EntryState, Selection, SelectionLine, SelectionMethod

NUMBER_BEFORE_FIRST = 500
"""The number before the first one.

入場番号 have three digits, above every number of a 受付名簿, so that the check-in accepts either.
"""


def missing_admission_numbers(entries: Sequence[Entry], last_number: int) -> dict[int, int]:
    """Return new 入場番号 by entry id for decided places that have none, in the order of application.

    Before a selection every applicant counts as decided. Walk-ins and who reported an absence get none.

    Args:
        entries: of one event.
        last_number: the highest one ever given in it, 0 = none; a number is never given again, even if its place was
            removed.
    """
    state = "決定" if any(entry.state.is_decided for entry in entries) else "申込"
    known = [number for entry in entries for number in (entry.number, entry.admission) if number]
    first = max(NUMBER_BEFORE_FIRST, last_number, *known) + 1
    waiting = [
        entry
        for entry in entries
        if entry.state == state and entry.admission is None and entry.absent_told_at is None and not entry.walk_in
    ]
    return {entry.id: number for number, entry in enumerate(waiting, start=first)}


_CODE_DIGITS = 12
_FOR_ONE, _FOR_SEVERAL = "1", "2"


@record
class AdmissionCode:
    """What the barcode beside a 入場番号 says: the event, the number, and whether its letter is for several people.

    Numbers begin anew with each event, so a number alone would check in somebody else who holds a letter of another.
    """

    event_id: int
    number: int
    is_for_several: bool = False

    @property
    def digits(self) -> str:
        """Return the twelve digits that a scanner types; the last one checks the others."""
        plain = f"{_FOR_SEVERAL if self.is_for_several else _FOR_ONE}{self.event_id:06d}{self.number:04d}"
        return plain + _check_digit(plain)


def is_admission_code(text: str) -> bool:
    """Return whether a text is twelve digits, as a scanner types a barcode, in full or half width."""
    plain = one_width(text).strip()
    return len(plain) == _CODE_DIGITS and is_digits(plain)


def read_admission_code(text: str) -> AdmissionCode | None:
    """Return what a scanner read; None for any other text, and when a digit is wrong."""
    plain = one_width(text).strip()
    if not is_admission_code(plain) or _check_digit(plain[:-1]) != plain[-1] or plain[0] not in _FOR_ONE + _FOR_SEVERAL:
        return None
    return AdmissionCode(event_id=int(plain[1:7]), number=int(plain[7:11]), is_for_several=plain[0] == _FOR_SEVERAL)


def _check_digit(digits: str) -> str:
    """Return the digit that brings the sum, every other digit three times, to a full ten, as in article numbers."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


@record
class RecordCounts:
    """Numbers of people and 団体 who attended several events.

    Attributes:
        visits, group_visits: 延べ人数 and 延べ団体, the sums over all events.
        people, groups: 実人数 and 実団体, each counted once, over events counted from the roster only.
        roster_events: those events; ``typed_events`` have typed numbers only, ``unknown_events`` were held without any
            number.
        events_without_groups: people were typed and 団体 were not.
        visits_from_roster: the part of 延べ人数 that the roster holds.
        unnamed: people of it without a name, each counted as a different person.
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
        """Return a number of people as exact or partial: an event without a record is not in it."""
        return PartialCount(known=number, missing=self.unknown_events)

    @property
    def is_typed_only(self) -> bool:
        """Return whether people came and no roster tells who, so that nothing says who came twice."""
        return self.visits > 0 and not self.roster_events

    def counted_once(self, number: int) -> PartialCount:
        """Return 実人数 or 実団体 as exact or partial, without any number where they are known from no roster."""
        if self.is_typed_only:
            return PartialCount(missing=self.typed_events + self.unknown_events)
        return self.counted(number)

    def counted_groups(self, number: int) -> PartialCount:
        """Return a number of 団体 as exact or partial; they are not recorded for every event."""
        return PartialCount(known=number, missing=self.unknown_events + self.events_without_groups)


def record_counts(
    events: Sequence[Event], entries: Mapping[int, Sequence[Entry]], results: Mapping[int, EventResult]
) -> RecordCounts:
    """Return the numbers of the held ``events``; attendance in the roster takes precedence over typed numbers.

    Args:
        entries: everybody on the roster, by event.
        results: recorded numbers of the day, by event.
    """
    attended = [attended_entries(entries.get(event.id, ())) for event in events]
    rosters = [came for came in attended if came]
    typed = [
        result
        for event, came in zip(events, attended, strict=True)
        if not came and (result := results.get(event.id)) is not None and result.attended is not None
    ]
    people = [one.person_id for came in rosters for one in came]
    unnamed = people.count(None)
    groups = [{organisation_count_key(one) for one in came} - {""} for came in rosters]
    return RecordCounts(
        events=len(events),
        visits=len(people) + sum(one.attended or 0 for one in typed),
        people=len({*people} - {None}) + unnamed,
        group_visits=sum(map(len, groups)) + sum(one.attended_organisations or 0 for one in typed),
        groups=len(frozenset[int | str]().union(*groups)),
        roster_events=len(rosters),
        typed_events=len(typed),
        unknown_events=len(events) - len(rosters) - len(typed),
        visits_from_roster=len(people),
        unnamed=unnamed,
        events_without_groups=sum(one.attended_organisations is None for one in typed),
    )


def attended_entries(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of people who came, all of whom 延べ人数 counts."""
    return [one for one in entries if one.state.is_coming and one.attendance.is_present]


def organisation_count_key(entry: Entry) -> int | str:
    """Return the key by which the 団体 of an entry is counted: its id, else its folded name; "" = none."""
    return entry.organisation_key


def missing_roster_numbers(entries: Sequence[Entry], register: Iterable[Organisation]) -> dict[int, int]:
    """Return new numbers by entry id for entries of the 受付名簿 that have none.

    They follow the highest one ever given, so that numbers on a printed roster stay valid, also after an absence. Their
    order is 班, then 団体 as registered by 支部, then application; places without a name (氏名未定) are numbered like
    the others. ``entries`` come in the order of application.
    """
    ranks = _organisation_order(register)
    waiting = [(position, entry) for position, entry in enumerate(entries) if needs_number(entry)]
    waiting.sort(key=lambda pair: _sort_key(pair[1], pair[0], ranks, entries))
    return {entry.id: number for number, (_, entry) in enumerate(waiting, next_number(entries))}


def next_number(entries: Iterable[Entry]) -> int:
    """Return the 受付名簿 number after the highest one of the entries."""
    return 1 + max((entry.number for entry in entries if entry.number is not None), default=0)


def needs_number(entry: Entry) -> bool:
    """Return whether an entry of the 受付名簿 has no number yet."""
    return entry.number is None and is_on_check_in_list(entry)


def _organisation_order(register: Iterable[Organisation]) -> dict[int, tuple[int, int]]:
    """Return the rank of each 団体: its 支部 in the order of the register, then its own row."""
    branches: dict[str, int] = {}
    ranks = {}
    for row, organisation in enumerate(register):
        ranks[organisation.id] = (branches.setdefault(organisation.branch, len(branches)), row)
    return ranks


def _sort_key(
    entry: Entry, position: int, ranks: dict[int, tuple[int, int]], entries: Sequence[Entry]
) -> tuple[float, float, int, int]:
    """Return the sort key: 班 first (without one last), then the 団体; an unregistered 団体 by its first
    application.
    """
    group = entry.group_number if entry.group_number is not None else inf
    if entry.organisation_id in ranks:
        branch, row = ranks[entry.organisation_id]
        return group, branch, row, position
    first = next(
        (
            at
            for at, other in enumerate(entries)
            if not other.organisation_id and other.organisation_key == entry.organisation_key
        ),
        position,
    )
    return group, inf, first, position


DRAW_DIGITS = 16


def draw_number(seed: str, key: str) -> str:
    """Return the number drawn for ``key`` under ``seed``: the first 16 hexadecimal digits of HMAC-SHA-256.

    The smaller number goes first. It depends only on the two texts (as UTF-8), not on the order or number of
    applicants, so anybody with the seed gets the same number with any tool.
    """
    return hmac.new(seed.encode(), key.encode(), hashlib.sha256).hexdigest()[:DRAW_DIGITS]


@frozen
class MissedApplicants:
    """People and 団体 that were not selected at an earlier event, and not since."""

    people: frozenset[int]
    organisations: frozenset[str]

    def includes(self, entry: Entry) -> bool:
        """Return whether ``entry`` goes first: its person was not selected, or, without a name, its 団体."""
        if entry.person_id is not None:
            return entry.person_id in self.people
        return organisation_key(entry) in self.organisations


def organisation_key(entry: Entry) -> str:
    """Return a key of the entry's 団体: its registered id, else its name folded; empty without any."""
    return f"団体{entry.organisation_id}" if entry.organisation_id else plain_organisation(entry.organisation_name)


def find_missed_applicants(events: Iterable[Sequence[Entry]]) -> MissedApplicants:
    """Return who was not selected at the earlier events of the year.

    A person counts as missed with 補欠 (never moved up), 落選 or 決定取消, until selected for a later event. A 団体
    counts as missed by an event at which none of its people could come.

    Args:
        events: the entries of each event, first event first, without cancelled events.
    """
    people: set[int] = set()
    organisations: set[str] = set()
    for entries in events:
        came = {entry.person_id for entry in entries if entry.state.is_coming}
        left = {entry.person_id for entry in entries if entry.state.missed_out} - came
        people = (people | {one for one in left if one is not None}) - {one for one in came if one is not None}
        there = {organisation_key(entry) for entry in entries if entry.state.is_coming}
        out = {organisation_key(entry) for entry in entries if entry.state.missed_out} - there - {""}
        organisations = (organisations | out) - there
    return MissedApplicants(frozenset(people), frozenset(organisations))


DEFAULT_WAITLIST_SIZE = 5


@record
class SelectionTerms:
    """Terms of a selection of participants.

    ``seed`` counts in a 抽選 only, ``organisation_limit`` None = no limit; ``waitlist_size`` is the number of 補欠,
    ``picked_entries`` are those taken by 区の調整.
    """

    method: SelectionMethod
    capacity: int
    seed: str = ""
    organisation_limit: int | None = None
    organisations_first: bool = False
    not_chosen_first: bool = False
    waitlist_size: int = DEFAULT_WAITLIST_SIZE
    picked_entries: frozenset[int] = frozenset()


def select_participants(applicants: Iterable[SelectionLine], terms: SelectionTerms) -> tuple[SelectionLine, ...]:
    """Return a result with its reason for each place: first who can come, then 補欠 in order, then 落選.

    Whoever was told of the place in writing has it; the others are asked for the places that are left.

    1. Everybody is ordered by 申込日時 (without one last), or by the drawn numbers. Of the places of one application
    the named ones come before 氏名未定.

    2. With ``not_chosen_first`` those missed before go ahead; with ``organisations_first`` one of each 団体 goes ahead
    of all, in a 抽選 in the order drawn for the 団体, so that a 団体 with many applicants has no better chance than one
    with a single one.

    3. Places are given in this order up to ``capacity``, at most ``organisation_limit`` to one 団体; those over that
    limit wait behind the others. 区の調整 takes exactly the ``picked_entries``.
    """
    everyone = sorted(applicants, key=lambda one: one.entry_id)
    told, asked = ([one for one in everyone if one.told is known] for known in (True, False))
    draws = _draw_numbers(asked, terms.seed) if terms.method.by_lot else {}
    ordered, firsts = _ordered_candidates(asked, terms, draws, {_side(one) for one in told})
    chosen, rest, over = _split_by_result(ordered, terms, told)
    order = {one.entry_id: place for place, one in enumerate([*told, *ordered], 1)}
    lines = []
    for number, one in enumerate([*chosen, *rest, *over], 1):
        waits = number - len(chosen)
        result = (
            EntryState.CHOSEN
            if waits <= 0
            else f"{EntryState.WAITING}{waits}"
            if waits <= terms.waitlist_size
            else EntryState.NOT_CHOSEN
        )
        lines.append(
            replace(
                one,
                order=order[one.entry_id],
                draw=draws.get(one.entry_id, ""),
                result=result,
                why=_reason_text(one, result, terms, is_first=one in firsts, is_limited=one in over),
                organisation_draw=_organisation_draw(one, terms) if one in firsts and draws else "",
            )
        )
    return tuple(lines)


RESULTS: tuple[str, ...] = (EntryState.CHOSEN, EntryState.WAITING, EntryState.NOT_CHOSEN)


def count_results(lines: Iterable[SelectionLine], result: str) -> int:
    """Return how many lines have this result (補欠 at any position)."""
    return sum(line.result.startswith(result) for line in lines)


EVENT_FACTS = ("event_date", "start_time", "end_time", "venue", "room")


def event_facts(of: Event | Selection) -> dict[str, Any]:
    """Return the day, hours and place that an event has, or had when a selection was made."""
    return {name: getattr(of, name) for name in EVENT_FACTS}


def state_and_order(line: SelectionLine) -> tuple[EntryState, int | None]:
    """Return the state that a line gives its place, and its number among the 補欠, None for any other."""
    if line.result.startswith(EntryState.WAITING):
        return EntryState.WAITING, int(line.result.removeprefix(EntryState.WAITING))
    return EntryState(line.result), None


def terms_of(selection: Selection) -> SelectionTerms:
    """Return the terms of a saved selection of participants."""
    return SelectionTerms(
        method=selection.method,
        capacity=selection.capacity,
        seed=selection.seed,
        organisation_limit=selection.organisation_limit,
        organisations_first=selection.organisations_first,
        not_chosen_first=selection.not_chosen_first,
        waitlist_size=sum(line.result.startswith(EntryState.WAITING) for line in selection.lines),
        picked_entries=frozenset(line.entry_id for line in selection.lines if line.result == EntryState.CHOSEN),
    )


def repeat_selection(selection: Selection) -> tuple[SelectionLine, ...]:
    """Return the lines of a saved selection computed anew from its saved input; an honest one gives the saved lines."""
    return select_participants(selection.lines, terms_of(selection))


def _side(line: SelectionLine) -> str:
    """Return the key of its 団体, or one of its own if it has none."""
    return line.organisation or f"entry {line.entry_id}"


def _draw_numbers(candidates: Sequence[SelectionLine], seed: str) -> dict[int, str]:
    """Return the number of each place; within one application the smaller ones go to the named places."""
    own = {
        one.entry_id: draw_number(seed, f"{one.entry_id}|{one.applied_at.isoformat() if one.applied_at else ''}")
        for one in candidates
    }
    together = group_by_key((one.application_id or -one.entry_id, one) for one in candidates)
    drawn: dict[int, str] = {}
    for places in together.values():
        numbers = sorted(own[one.entry_id] for one in places)
        takers = sorted(places, key=lambda one: (not one.named, own[one.entry_id], one.entry_id))
        drawn |= {one.entry_id: number for one, number in zip(takers, numbers, strict=True)}
    return drawn


def _organisation_draw(candidate: SelectionLine, terms: SelectionTerms) -> str:
    return draw_number(terms.seed, f"団体|{_side(candidate)}")


def _ordered_candidates(
    candidates: Sequence[SelectionLine], terms: SelectionTerms, draws: Mapping[int, str], coming: set[str]
) -> tuple[list[SelectionLine], set[SelectionLine]]:
    """Return the candidates in the order in which places are given, and those that go ahead for their 団体.

    ``coming`` are the 団体 that have a place already.
    """

    def place(one: SelectionLine) -> tuple[bool, object, bool, int]:
        """Return the sort key of a candidate: the number drawn, or the time of application, then named ones first.

        Without a time of application a candidate comes last.
        """
        if terms.method.by_lot:
            return False, draws[one.entry_id], False, one.entry_id
        return (
            one.applied_at is None,
            one.applied_at.isoformat() if one.applied_at else "",
            not one.named,
            one.entry_id,
        )

    def ahead(one: SelectionLine) -> bool:
        """Return whether a candidate goes ahead, as not selected at an earlier event."""
        return terms.not_chosen_first and one.missed

    ordered = sorted(candidates, key=lambda one: (not ahead(one), place(one)))
    firsts = set()
    if terms.organisations_first and not terms.method.by_ward:
        seen = set(coming)
        for one in ordered:
            if _side(one) not in seen:
                seen.add(_side(one))
                firsts.add(one)
        by_side: Callable[[SelectionLine], object] = (
            (lambda one: (_organisation_draw(one, terms), _side(one))) if terms.method.by_lot else place
        )
        ordered = [
            *sorted(firsts, key=lambda one: (not ahead(one), by_side(one))),
            *(one for one in ordered if one not in firsts),
        ]
    return ordered, firsts


def _split_by_result(
    ordered: Sequence[SelectionLine], terms: SelectionTerms, told: Sequence[SelectionLine]
) -> tuple[list[SelectionLine], list[SelectionLine], list[SelectionLine]]:
    """Return who can come, who waits for a place, and who waits because of the limit of their 団体.

    In 区の調整 the picked ones can come, and no limit counts. Those who were ``told`` come before all.
    """
    if terms.method.by_ward:
        picked = [one for one in ordered if one.entry_id in terms.picked_entries]
        return [*told, *picked], [one for one in ordered if one.entry_id not in terms.picked_entries], []
    chosen = [*told]
    rest = []
    over = []
    given = Counter(_side(one) for one in told)
    for one in ordered:
        if terms.organisation_limit is not None and given[_side(one)] >= terms.organisation_limit:
            over.append(one)
        elif len(chosen) < terms.capacity:
            chosen.append(one)
            given[_side(one)] += 1
        else:
            rest.append(one)
    return chosen, rest, over


def _reason_text(
    candidate: SelectionLine, result: str, terms: SelectionTerms, *, is_first: bool, is_limited: bool
) -> str:
    """Return why a place has its result: 「1団体1人目、申込の順」, 「定員に達したため」, 「区の調整で決定」 …."""
    if candidate.told:
        return candidate.why
    if terms.method.by_ward:
        return "区の調整で決定" if result == EntryState.CHOSEN else "申込の順"
    if result != EntryState.CHOSEN:
        reason = f"1団体{terms.organisation_limit}人の上限に達したため" if is_limited else "定員に達したため"
        return reason if result != EntryState.NOT_CHOSEN or is_limited else "定員と補欠の数に達したため"
    parts = ["1団体1人目"] if is_first else []
    parts += ["前に外れた方"] if terms.not_chosen_first and candidate.missed else []
    if terms.method.first_come:
        parts.append(_waitlist_text(candidate))
    else:
        parts.append("団体の抽選" if is_first else "抽選の順")
    return "、".join(parts)


def why_in_list(line: SelectionLine, lines: Iterable[SelectionLine]) -> str:
    """Return why a line has its result, beside the others: where nobody has a time, nobody is last for want of one."""
    return line.why if any(one.applied_at for one in lines) else line.why.replace(_WITHOUT_TIME, "名簿の順")


_WITHOUT_TIME = "申込日時がないため最後"


def _waitlist_text(candidate: SelectionLine) -> str:
    """Return 「申込の順」, also that only the day is known, or 「申込日時がないため最後」."""
    if candidate.applied_at is None:
        return _WITHOUT_TIME
    return "申込の順（時刻がないため、その日の最後）" if is_date_only(candidate.applied_at) else "申込の順"


def free_places(entries: Iterable[Entry], capacity: int) -> int:
    """Return how many places are free; below zero when more people come than there are places."""
    return capacity - sum(is_coming(entry) for entry in entries)


def next_on_waitlist(entries: Iterable[Entry]) -> Entry | None:
    """Return the first 補欠, or None."""
    return next(iter(waitlist_entries(entries)), None)


def next_waitlist_number(entries: Iterable[Entry]) -> int:
    """Return the number of a new 補欠, behind everybody who waits."""
    return 1 + max((entry.waiting_order or 0 for entry in waitlist_entries(entries)), default=0)
