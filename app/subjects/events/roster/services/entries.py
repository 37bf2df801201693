"""Who comes to an event, as the roster screen shows it: one row a place, counts that add up, who is next in line.

- ``read_entries(store, event_id, today) -> EntryList``
- ``status_of(entry) -> str`` the one word under which a place is counted
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from app.calendar.dates import short_date
from app.calendar.whole_days import clock_words, is_whole_day
from app.common.together import together
from app.subjects.events.event.rules.attendance import accepted_people, headcount_totals, people_words, same_numbers
from app.subjects.events.event.rules.equipment import tablet_remark
from app.subjects.events.event.rules.recruitment import DECISION, paper_of_step
from app.subjects.events.event.rules.selection_minimum import closing_day, people_missing
from app.subjects.events.event.rules.taking_part import has_applied, is_coming
from app.subjects.events.event.services.event_file import EventFile, read_file
from app.subjects.events.event.services.tasks.closings import equipment_agreed, steps_as_done
from app.subjects.events.event.services.tasks.deadlines import read_event_year
from app.subjects.events.event.services.tasks.event_tasks import Year
from app.subjects.events.roster.rules.selection import free_places, next_in_line, organisation_key
from app.subjects.events.roster.services.place_moves import moved_from, moved_on
from app.subjects.events.roster.services.roster import Roster, RosterRow, roster_of
from app.subjects.events.roster.services.selections import capacity_now, last_choice
from db.engine import Database
from db.frozen_record import frozen_record
from db.records.events import Event
from db.records.participants import KnownNotice
from db.records.roster import Entry, Selection
from db.store import Store
from db.tables.applications import unread_photos

ABSENT: Final = "欠席連絡"
WALK_IN: Final = "当日受付"
UNREAD: Final = "未確認の読み"
STATUSES: Final = ("申込", "決定", "補欠", "落選", "辞退", ABSENT, WALK_IN)
"""Every place is counted under exactly one of these."""


@frozen_record
class EntryRow:
    """One place as a row: ``status`` is the word it is counted under, ``status_words`` what is shown (「補欠2」).

    ``unread_photo`` = its 撮影 可 was read by the program of before, and nobody compared or confirmed it.
    """

    row: RosterRow
    status: str
    status_words: str
    status_hint: str
    applied_words: str
    unread_photo: bool = False

    @property
    def id(self) -> int:
        """The entry's id."""
        return self.row.entry.id

    @property
    def entry(self) -> Entry:
        """The entry itself."""
        return self.row.entry

    @property
    def spoken(self) -> str:
        """「みほん三丁目町会 みほん 花子さん」, or with 「氏名未定」."""
        name = f"{self.row.name}さん" if self.row.person and not self.row.is_erased else self.row.name
        return f"{self.row.organisation_name} {name}".strip()


@frozen_record
class EntryList:
    """The roster of one event.

    ``counts`` by ``STATUSES`` add up to the rows. ``applied`` places were applied for by ``organisations`` 団体;
    ``coming`` hold a place (``undecided``: they only applied, the 決定 is still to come), ``free`` places are left of
        ``capacity`` (below zero = too many). ``following`` is the
    補欠 whose turn it is while a place is free. ``missing`` people are lacking after the closing day.
    ``letter_waits``: it is decided who comes, and nobody told them yet. ``change_words`` says that the numbers told to
    the contractor are no longer those of the roster, ``tablet_words`` that nobody has agreed to bring the tablets
    people borrow.
    """

    event: Event
    title: str
    rows: tuple[EntryRow, ...]
    counts: Mapping[str, int]
    doubtful: int
    unnamed: int
    applied: int
    organisations: int
    coming: int
    undecided: bool
    capacity: int
    free: int
    spec_words: str
    following: EntryRow | None
    choice: Selection | None
    closing_words: str
    missing: int
    minimum: int
    from_roster: bool
    letter_waits: bool
    change_words: str
    tablet_words: str

    def row(self, entry_id: int) -> EntryRow | None:
        """One place by its id."""
        return next((row for row in self.rows if row.id == entry_id), None)


def read_entries(store: Store, *, event_id: int, today: date) -> EntryList:
    """Return the roster of one event as it stands on ``today``; raises ``Refusal`` when the event is gone."""
    year = read_event_year(store, event_id, today, whole=False)
    file = read_file(store, event_id)
    event = file.event
    roster = roster_of(store.database, event)
    entries = [row.entry for row in roster.rows]
    capacity = capacity_now(store.database, event)
    free = free_places(entries, capacity)
    unread, moves = unread_photos(store.database, event_id), _moves(store.database, entries)
    rows = tuple(
        replace(
            _row(row, today, _substitutes(roster), moves.get(row.entry.id, "")), unread_photo=row.entry.id in unread
        )
        for row in roster.rows
    )
    waiting = next_in_line(entries) if free > 0 else None
    coming = sum(is_coming(entry) for entry in entries)
    numbers = year.view.numbers[event.kind]
    closing = closing_day(file.steps, event, year.calendar)
    missing = people_missing(numbers, event, people=coming, closing=closing, today=today) if entries else 0
    counts = Counter(row.status for row in rows)
    told, totals = file.told, headcount_totals(file.expected)
    changed = told is not None and roster.from_roster and not same_numbers(told, totals) and not _passed(event, year)
    return EntryList(
        event=event,
        title=event.full_title,
        rows=rows,
        counts={status: counts[status] for status in STATUSES},
        doubtful=sum(bool(entry.doubtful.strip()) for entry in entries),
        unnamed=sum(entry.person_id is None for entry in entries),
        applied=sum(has_applied(entry) for entry in entries),
        organisations=len({organisation_key(entry) for entry in entries if has_applied(entry)} - {""}),
        coming=coming,
        undecided=file.undecided,
        capacity=capacity,
        free=free,
        spec_words=people_words(numbers),
        following=next((row for row in rows if waiting is not None and row.id == waiting.id), None),
        choice=last_choice(store.database, event_id),
        closing_words=short_date(closing, today) if closing is not None else "",
        missing=missing,
        minimum=accepted_people(numbers)[0],
        from_roster=roster.from_roster,
        letter_waits=_letter_waits(file),
        change_words=_change_words(told, totals.people) if changed and told is not None else "",
        tablet_words=tablet_remark(event.kind, file.equipment, totals.lent_devices, agreed=equipment_agreed(file)),
    )


def _letter_waits(file: EventFile) -> bool:
    """Whether it is decided who comes, and the 決定通知 is still to be told."""
    if file.event.status != "予定" or file.undecided:
        return False
    return any(paper_of_step(step.name) == DECISION and step.done_on is None for step in steps_as_done(file))


def _change_words(told: KnownNotice, people: int) -> str:
    if told.people == people:
        return f"第{told.revision}報で連絡した内容から変わりました。人数は{people}人のままです。"
    return f"第{told.revision}報（{told.people}人）で連絡した人数から変わりました。いまは{people}人です。"


def status_of(entry: Entry) -> str:
    """Return the word under which a place is counted: its state, unless it came on the day or told an absence."""
    if entry.walk_in:
        return WALK_IN
    return ABSENT if entry.absent_told_at is not None and entry.state in ("申込", "決定", "補欠") else entry.state


def moment_words(at: datetime | None, today: date | None = None) -> str:
    """Return 「9/11 9:05」 (「9/11」 where only the day is known), with R9 before it in another calendar year; empty
    without a moment."""
    if at is None:
        return ""
    day = short_date(at.date(), today)
    return together(day.partition("(")[0], "" if is_whole_day(at) else clock_words(at), by=" ")


def _passed(event: Event, year: Year) -> bool:
    return event.event_date is not None and event.event_date < year.today


def _substitutes(roster: Roster) -> dict[int, RosterRow]:
    """Who comes in whose place, by the entry that was left."""
    return {row.entry.substitute_for: row for row in roster.rows if row.entry.substitute_for is not None}


def _moves(database: Database, entries: Sequence[Entry]) -> Mapping[int, str]:
    """「講習会 第7回へ」 and 「講習会 第6回から」 of the places that were moved, by their ids."""
    came = {entry_id: f"{event.full_title}から" for entry_id, event in moved_from(database, entries).items()}
    return came | {entry_id: f"{event.full_title}へ" for entry_id, event in moved_on(database, entries).items()}


def _row(row: RosterRow, today: date, substitutes: Mapping[int, RosterRow], move: str) -> EntryRow:
    entry = row.entry
    status = status_of(entry)
    words = f"補欠{entry.waiting_order}" if status == "補欠" and entry.waiting_order else status
    return EntryRow(
        row=row,
        status=status,
        status_words=words,
        status_hint=together(move, _hint(entry, status, today, substitutes.get(entry.id))),
        applied_words=moment_words(entry.applied_at, today),
    )


def _hint(entry: Entry, status: str, today: date, substitute: RosterRow | None) -> str:
    parts: Iterable[str] = (
        moment_words(entry.absent_told_at, today) if status == ABSENT else "",
        f"代理 {substitute.name}" if substitute is not None else "",
        "代理" if entry.substitute_for is not None else "",
        entry.attendance,
        ("遅刻" if entry.attendance else "遅刻の連絡") if entry.late else "",
    )
    return together(*parts)
