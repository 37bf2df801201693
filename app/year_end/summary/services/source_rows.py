"""Read the rows from which a number of 年度まとめ was counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from app.actions.action_id import ActionLink
from app.actions.user_error import UserError
from app.calendar.dates import short_date_or
from app.common.display_words import count_words
from app.event.rules.participation import has_applied
from app.event.services.progress import visited_key
from app.events.roster.rules import attended_entries, organisation_count_key
from app.year_end.summary.rules import (
    APPLIED,
    EVENTS,
    FIRST,
    GROUP_VISITS,
    GROUPS_ONCE,
    NO_BRANCH,
    PEOPLE_ONCE,
    PLANNED,
    TOTAL,
    UNDECIDED,
    UNITS,
    VISITS,
)
from app.year_end.summary.services.summary_context import SummaryContext, read_context
from app.year_end.summary.services.year_summary import summary_of
from db.record import RowsById, group_by_key, record
from db.records.events import Event
from db.records.organisations import Person
from db.records.programme import Kind
from db.records.roster import Entry
from db.redactions import display_text
from db.rows import rows_by_id
from db.store import Store

UNNAMED = "氏名未定"
_EVENT_HEADINGS = ("実施日", "実施回", "出席", "会場")


@record
class SourceRow:
    """Record of one row behind a number: its cells, how much it counts, and its link."""

    id: str
    cells: tuple[str, ...]
    counts_for: int = 1
    link: ActionLink | None = None


@record
class SourceRows:
    """Record of all rows behind a number; ``personal`` = people are named."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    unit: str
    personal: bool = False
    note: str = ""

    @property
    def total(self) -> int:
        """Return the sum of the rows, which is the number."""
        return sum(row.counts_for for row in self.rows)

    @property
    def words(self) -> str:
        """Return the number in words (「36人」)."""
        return f"{self.total}{self.unit}"


_Listing = tuple[tuple[str, ...], list[SourceRow]]
"""Headings, and the rows below them."""


def read_source_rows(
    store: Store, *, today: date, fiscal_year: int | None = None, kind: Kind | None = None, item: str, branch: str = ""
) -> SourceRows:
    """Return the rows behind one number (``item``) of a year (None = the newest).

    They are those of a ``kind`` (None = all kinds) and of a 支部 (``branch``, "" = all).

    Raises:
        UserError: that number has no list, or the year is not started.

    """
    ground = read_context(store, today=today, fiscal_year=fiscal_year)
    people = rows_by_id(store.database, Person)
    return _Lists(store, ground, people, kind, branch).rows_of(item)


class _Lists:
    """Builds the lists behind the numbers of a year, of one kind of event (None = all) and one 支部 ("" = all)."""

    def __init__(self, store: Store, context: SummaryContext, people: RowsById[Person], kind: Kind | None, branch: str):
        self._store, self._ground, self._people = store, context, people
        self._kind, self._branch = kind, branch
        self._groups = RowsById(context.organisations)
        self._held = context.held_of(kind)

    def rows_of(self, item: str) -> SourceRows:
        """Return the rows behind the number with this name; an unknown name is a ``UserError``."""
        lists: dict[str, Callable[[], _Listing]] = {
            EVENTS: partial(self._events, self._held),
            PLANNED: self._planned,
            UNDECIDED: self._undecided,
            APPLIED: self._applied,
            VISITS: self._visits,
            PEOPLE_ONCE: self._people_once,
            GROUP_VISITS: self._group_visits,
            GROUPS_ONCE: self._groups_once,
            FIRST: self._first,
        }
        if item not in lists:
            raise UserError(f"「{item}」の元になる一覧はありません。", "画面を開き直してください。")
        headings, found = lists[item]()
        name = self._ground.year.view.kind(self._kind).name_in_text if self._kind is not None else self._branch or TOTAL
        return SourceRows(
            title=f"{name}　{item}",
            headings=headings,
            rows=tuple(found),
            unit=UNITS[item],
            personal=item in (APPLIED, VISITS, PEOPLE_ONCE, FIRST),
            note=self._note(item),
        )

    def _note(self, item: str) -> str:
        """Return the note on how a number is counted, "" without one."""
        if item in (PEOPLE_ONCE, GROUPS_ONCE):
            return "同じ人・同じ団体は、何回出席しても1と数えています。"
        if item != FIRST:
            return ""
        if self._ground.first is None:
            return "前の年度の出席の記録がないため、初参加は数えていません。"
        if not self._ground.first.are_people_known:
            return "前の年度の氏名は保つ期間が終わり消去したため、人の初参加は数えていません。"
        return "前の年度までの記録に出席がない人を、はじめて出席した回に1度だけ数えています。"

    # how a row reads

    def _day(self, event: Event) -> str:
        return short_date_or("日程未定", event.event_date, self._ground.today)

    def _name(self, entry: Entry) -> str:
        person = self._people.get(entry.person_id)
        return display_text(person.name) if person is not None else UNNAMED

    def _group(self, entry: Entry) -> str:
        """Return the name of an entry's 団体 as registered, else as typed."""
        found = self._groups.get(entry.organisation_id)
        return found.name if found is not None else entry.organisation_name.strip()

    def _branch_of(self, entry: Entry) -> str:
        found = self._groups.get(entry.organisation_id)
        return (found.branch.strip() if found is not None else "") or NO_BRANCH

    def _in_branch(self, entries: Iterable[Entry]) -> list[Entry]:
        return [one for one in entries if not self._branch or self._branch_of(one) == self._branch]

    def _entries(self, event: Event) -> Sequence[Entry]:
        return self._ground.entries.get(event.id, ())

    def _attended(self, event: Event) -> list[Entry]:
        return self._in_branch(attended_entries(self._entries(event)))

    # the lists

    def _events(self, events: Sequence[Event]) -> _Listing:
        found = []
        for event in events:
            people = self._ground.people(event) if event.status.is_held else None
            cells = (self._day(event), event.full_title, count_words(people, "人"), event.venue)
            found.append(SourceRow(id=f"e{event.id}", cells=cells, link=_event_link(event)))
        return _EVENT_HEADINGS, found

    def _planned(self) -> _Listing:
        """Return headings and a row for each event that is 予定 and has a day.

        Where the 仕様書 counts 団体, one for each 団体 for which no event of the kind has a result.
        """
        mine = [one for one in self._ground.event_records if self._kind in (None, one.event.kind)]
        served = {(one.event.kind, visited_key(one.event)) for one in mine if one.event.status.is_held}
        found: dict[object, Event] = {}
        for event in [one.event for one in mine if one.phase(self._ground.today).will_be_held]:
            if not self._ground.year.view.kind(event.kind).counted.by_organisation:
                found[event.id] = event
            elif (event.kind, visited_key(event)) not in served:
                found.setdefault((event.kind, visited_key(event)), event)
        return self._events(list(found.values()))

    def _undecided(self) -> _Listing:
        """Return headings and rows: events without a day, and one row a kind for events still to be added."""
        found = []
        for figures in summary_of(self._store, self._ground).kinds:
            if self._kind not in (None, figures.kind) or figures.kind is None:
                continue
            undated = [
                one.event
                for one in self._ground.event_records
                if one.event.kind == figures.kind and one.phase(self._ground.today).awaits_day
            ]
            found += self._events(undated[: figures.undecided])[1]
            missing = figures.undecided - len(undated)
            if missing > 0:
                cells = ("日程未定", f"{figures.name}　まだ追加していない回", "", "")
                found.append(SourceRow(id=f"m{figures.kind}", cells=cells, counts_for=missing))
        return _EVENT_HEADINGS, found

    def _applied(self) -> _Listing:
        return self._persons(lambda event: [one for one in self._entries(event) if has_applied(one)], "applied")

    def _visits(self) -> _Listing:
        return self._persons(lambda event: attended_entries(self._entries(event)), "attended")

    def _first(self) -> _Listing:
        first = self._ground.first
        return self._persons(lambda event: first.entries.get(event.id, ()) if first else (), "")

    def _persons(self, entries_of: Callable[[Event], Iterable[Entry]], field: str) -> _Listing:
        """Return headings and a row for each person and event; an event with numbers alone is one row for all.

        ``field`` is that of ``EventResult`` with the typed number ("" = none).
        """
        found = []
        for event in self._held:
            for one in self._in_branch(entries_of(event)):
                cells = (self._day(event), event.full_title, self._branch_of(one), self._group(one), self._name(one))
                asked = ActionLink("参加者", event_id=event.id, entry_id=one.id)
                found.append(SourceRow(id=f"v{one.id}", cells=cells, link=asked))
            found += self._typed(event, field, "人数だけの記録（{}人）")
        return ("実施日", "実施回", "支部", "団体", "氏名"), found

    def _typed(self, event: Event, field: str, words: str) -> list[SourceRow]:
        """Return the row of a number typed for the day, where the roster has no one to count; [] without one.

        ``field`` "applied" asks for any entry, each other one for attended entries.
        """
        entries, typed = self._entries(event), getattr(self._ground.results.get(event.id), field, None)
        if self._branch or not typed or (entries if field == "applied" else attended_entries(entries)):
            return []
        cells = (self._day(event), event.full_title, "", words.format(typed), "")
        return [SourceRow(id=f"t{event.id}", cells=cells, counts_for=typed, link=_event_link(event))]

    def _people_once(self) -> _Listing:
        """Return headings and a row for each person who came, once."""
        seen = group_by_key(
            (one.person_id if one.person_id is not None else f"?{one.id}", (event, one))
            for event in self._held
            for one in self._attended(event)
        )
        found = []
        for key, several in seen.items():
            last = several[-1][1]
            titles = "、".join(event.full_title for event, _one in several)
            cells = (self._branch_of(last), self._group(last), self._name(last), f"{len(several)}回", titles)
            asked = ActionLink("参加者", event_id=several[-1][0].id, entry_id=last.id)
            found.append(SourceRow(id=f"p{key}", cells=cells, link=asked))
        return ("支部", "団体", "氏名", "出席", "出席した回"), found

    def _by_group(self) -> dict[int | str, list[tuple[Event, Entry, int]]]:
        """Return by 団体 its events, with one of its people and how many came."""
        found = defaultdict(list)
        for event in self._held:
            own = group_by_key((organisation_count_key(one), one) for one in self._attended(event))
            for key, entries in own.items():
                if key:
                    found[key].append((event, entries[0], len(entries)))
        return found

    def _group_visits(self) -> _Listing:
        """Return headings and a row for each organisation at each event."""
        found = []
        for key, several in self._by_group().items():
            for event, one, people in several:
                cells = (self._day(event), event.full_title, self._branch_of(one), self._group(one), f"{people}人")
                found.append((event, SourceRow(id=f"g{event.id}-{key}", cells=cells, link=_group_link(one, event))))
        found.sort(key=lambda pair: (pair[0].event_date or date.max, pair[0].id))
        listed = [row for _event, row in found]
        for event in self._held:
            listed += self._typed(event, "attended_organisations", "団体数だけの記録（{}団体）")
        return ("実施日", "実施回", "支部", "団体", "出席"), listed

    def _groups_once(self) -> _Listing:
        """Return headings and a row for each organisation that came, once."""
        found = []
        for key, several in self._by_group().items():
            _last, one, _count = several[-1]
            titles = "、".join(event.full_title for event, _entry, _people in several)
            cells = (self._branch_of(one), self._group(one), f"{len(several)}回", titles)
            found.append(SourceRow(id=f"o{key}", cells=cells, link=_group_link(one, several[-1][0])))
        return ("支部", "団体", "出席", "出席した回"), found


def _event_link(event: Event) -> ActionLink:
    return ActionLink("実施回", event_id=event.id)


def _group_link(entry: Entry, event: Event) -> ActionLink:
    """Return the link to the organisation, to the event where it is not registered."""
    if entry.organisation_id is not None:
        return ActionLink("団体", organisation_id=entry.organisation_id)
    return _event_link(event)
