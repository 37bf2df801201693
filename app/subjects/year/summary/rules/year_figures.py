"""The totals of a year by kind, 支部 and lecture, and those of the year before.

All are counted from held events by ``app.subjects.events.roster.rules.counts``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from app.common.partial_count import PartialCount
from app.programme.rules.event_kinds import kind_of_form
from app.subjects.events.roster.rules.counts import RecordCounts, attended_entries, organisation_count_key
from db.frozen_record import frozen_record
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.programme import Kind
from db.records.roster import Entry

NO_BRANCH: Final = "支部なし"
EVENTS, VISITS, PEOPLE_ONCE = "実施", "延べ人数", "実人数"
GROUP_VISITS, GROUPS_ONCE, FIRST = "延べ団体", "実団体", "初参加"
PLANNED, UNDECIDED, APPLIED = "予定", "未定", "申込"
ITEMS: Final = (EVENTS, VISITS, PEOPLE_ONCE, GROUP_VISITS, GROUPS_ONCE, FIRST)
"""The numbers that may be given for an earlier year, by kind."""
UNITS: Final[Mapping[str, str]] = {
    EVENTS: "回", VISITS: "人", PEOPLE_ONCE: "人", GROUP_VISITS: "団体", GROUPS_ONCE: "団体", FIRST: "人",
    PLANNED: "回", UNDECIDED: "回", APPLIED: "人",
}  # fmt: skip
TOTAL: Final = "計"
COUNTED_BY_EVENT: Final = (VISITS, PEOPLE_ONCE, GROUP_VISITS, GROUPS_ONCE)
"""Numbers summed over events, which lack every unrecorded event."""
UNKNOWN_CHANGE: Final = "不明"
"""Shown in place of a change to a partly unknown number."""

LECTURES: Final = kind_of_form(EventForm.LECTURE)
"""The kind of event that is compared with the year before by the names of its lectures."""
PRESET_YEAR: Final = 2025
PRESET: Final[Mapping[str, int]] = {
    "事例紹介講習会": 1, "LINE講習会": 1, "Instagram講習会": 1, "キャッシュレス決済講習会": 1,
}  # fmt: skip
"""令和7年度デジタル活用講習会実績, as the 仕様書 prints it (回数 by kind of lecture)."""
PRESET_SOURCE: Final = "仕様書4(1)カ「令和7年度デジタル活用講習会実績」"
_REPEAT = re.compile(r"[（(][^（）()]*回目[）)]$")


@frozen_record
class EarlierNumber:
    """One number of the year before, with its source and the last day counted (None = the whole year)."""

    number: int
    source: str
    day: date | None = None
    is_typed: bool = False

    def change(self, now: int) -> str:
        """Return the change to it (「+5」「−3」「変更なし」)."""
        if now == self.number:
            return "変更なし"
        return f"+{now - self.number}" if now > self.number else f"−{self.number - now}"


@frozen_record
class FirstTimers:
    """The first-time entries and 団体 by event; None = no earlier year is recorded.

    ``are_people_known`` False = names of an earlier year were erased, so that people cannot be recognised.
    """

    entries: Mapping[int, tuple[Entry, ...]]
    groups: Mapping[int, tuple[int | str, ...]]
    are_people_known: bool = True

    def people(self, events: Sequence[Event]) -> int | None:
        """Return how many people of the events came for the first time, each counted once; None = unknown."""
        if not self.are_people_known:
            return None
        return sum(len(self.entries.get(event.id, ())) for event in events)

    def group_count(self, events: Sequence[Event]) -> int:
        """Return how many 団体 came for the first time."""
        return sum(len(self.groups.get(event.id, ())) for event in events)


def find_first_timers(
    held: Sequence[Event], entries: Mapping[int, Sequence[Entry]], before: Collection[Entry], *, erased: Collection[int]
) -> FirstTimers | None:
    """Return who came for the first time in all records; None without the attendance of an earlier year.

    Args:
        held: the events of the year, in any order.
        before: everybody who attended in an earlier year.
        erased: people whose names were erased before the end of the year, who count as new when they return.
    """
    if not before:
        return None
    people = {one.person_id for one in before if one.person_id is not None}
    groups = {organisation_count_key(one) for one in before}
    new_people: dict[int, tuple[Entry, ...]] = {}
    new_groups: dict[int, tuple[int | str, ...]] = {}
    for event in sorted(held, key=lambda one: (one.event_date or date.max, one.start_time, one.id)):
        came = attended_entries(entries.get(event.id, ()))
        # An entry without a name counts as new, since nobody can be recognised.
        firsts = {one.person_id: one for one in came if one.person_id is not None and one.person_id not in people}
        new_people[event.id] = tuple(firsts.values())
        own = {organisation_count_key(one): None for one in came if organisation_count_key(one)}
        new_groups[event.id] = tuple(group for group in own if group not in groups)
        people |= set(firsts)
        groups |= set(own)
    known = not any(one.person_id in erased for one in before)
    return FirstTimers(entries=new_people if known else {}, groups=new_groups, are_people_known=known)


@frozen_record
class KindFigures:
    """The numbers of one kind of event, or of all together (``kind`` None).

    Attributes:
        name: as shown.
        spec_words, window_words: 「7回程度」, 「9/1–12/25」.
        planned, undecided: future events with a day, and without.
        per_event: people of each held event, by date.
        people_spec: 「10人から20人程度」.
        counts: of the held events.
        applied: who had applied to them.
        first, first_groups: first-time people and 団体, None = unknown.
        earlier: 延べ人数 of the year before.
        outlook: the expected result.
        is_as_specified: whether that is as the 仕様書 requires.
    """

    kind: Kind | None
    name: str
    spec_words: str
    window_words: str
    planned: int
    undecided: int
    per_event: tuple[int, ...]
    people_spec: str
    counts: RecordCounts
    applied: PartialCount
    first: int | None
    first_groups: int | None
    earlier: EarlierNumber | None
    outlook: str
    is_as_specified: bool

    def number(self, item: str) -> int | None:
        """Return one of its numbers by name; None = unknown."""
        known: dict[str, int | None] = {
            PLANNED: self.planned, UNDECIDED: self.undecided, APPLIED: self.applied.known, FIRST: self.first,
        }  # fmt: skip
        return known[item] if item in known else count_of(self.counts, item)

    def printable_number(self, item: str) -> PartialCount | None:
        """Return the number for printing, as a minimum where events are unrecorded."""
        number = self.number(item)
        if item == APPLIED or number is None:
            return self.applied if item == APPLIED else None
        if item == GROUP_VISITS:
            return self.counts.counted_groups(number)
        return self.counts.counted(number) if item in COUNTED_BY_EVENT else PartialCount(known=number)


def count_of(counts: RecordCounts, item: str) -> int | None:
    """Return one number of some events by name; None where rosters cannot tell it (初参加)."""
    known = {
        EVENTS: counts.events, VISITS: counts.visits, PEOPLE_ONCE: counts.people, GROUP_VISITS: counts.group_visits,
        GROUPS_ONCE: counts.groups,
    }  # fmt: skip
    return known.get(item)


@frozen_record
class BranchFigures:
    """One 支部, or all (計), with its registered 団体 and attendance by rosters."""

    name: str
    registered: int
    counts: RecordCounts
    first: int | None


@frozen_record
class LectureFigures:
    """One kind of lecture with 回数 and attendance, of the year before (None = not recorded) and now."""

    name: str
    before: int | None
    visits_before: int | None
    events: int
    visits: PartialCount
    responses: int
    satisfied: int | None


def lecture_item(name: str) -> str:
    """Return the item name for the typed 延べ人数 of a lecture in an earlier year (「延べ人数　LINE講習会」)."""
    return f"{VISITS}　{name}"


def lecture_name(subject: str) -> str:
    """Return a lecture's name without 「（2回目）」, so that both count as one kind."""
    return _REPEAT.sub("", subject.strip())


def attended_before(entries: Mapping[int, Sequence[Entry]], events: Sequence[Event]) -> list[Entry]:
    """Return every attended entry of some events."""
    return [one for event in events for one in attended_entries(entries.get(event.id, ()))]
