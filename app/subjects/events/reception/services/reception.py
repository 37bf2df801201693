"""Reads the check-in of an event: who is expected, who came, tablets, and matches for typed text.

It holds nothing that visitors must not read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Literal

from app.common.join_nonempty import join_nonempty
from app.history.services.history import last_action
from app.subjects.events.arrangements.rules.tablet_states import SPARE
from app.subjects.events.roster.services.attendance_result import FROM_ROSTER
from app.subjects.events.roster.services.entry_names import required_entry
from app.subjects.events.roster.services.roster import Roster, RosterRow, read_roster
from app.subjects.organisations.register.services.search import search_keys
from app.subjects.settings.checkouts.services.checkouts import files_outside, outside_words
from db.frozen_record import frozen_record
from db.name_key import name_key
from db.records.events import Event
from db.records.roster import Device
from db.store import Store
from db.tables import events
from db.tables import roster as table

CheckInState = Literal["未受付", "受付済", "欠席", "欠席の連絡", "補欠", "落選", "辞退"]
DayState = Literal["まだ", "当日", "過ぎた"]
ON_LIST = ("未受付", "受付済", "欠席")


@frozen_record
class CheckInRow:
    """One person at the check-in, without telephone number, and with only the fact that there is a 配慮.

    Attributes:
        number: that of the 受付名簿; ``admission_number`` the 入場番号 on the letter. Check-in accepts either.
        tablet: number of the reserved tablet.
        time_text: time of arrival (「13:42」) or empty.
        search_keys: keys of name, ふりがな and 団体.
    """

    entry_id: int
    number: int | None
    admission_number: int | None
    name: str
    furigana: str
    organisation: str
    organisation_id: int | None
    device: Device
    tablet: str
    is_tablet_handed_out: bool
    is_tablet_returned: bool
    loan_id: int | None
    group: int | None
    has_care: bool
    is_photo_refused: bool
    is_unnamed: bool
    is_walk_in: bool
    is_substitute: bool
    is_late: bool
    state: CheckInState
    time_text: str
    search_keys: tuple[str, ...]

    @property
    def id(self) -> int:
        """Return the entry's id."""
        return self.entry_id

    @property
    def admission_words(self) -> str:
        """Return 「入場番号 503」 as on the letter, or empty."""
        return f"入場番号 {self.admission_number}" if self.admission_number is not None else ""

    def has_number(self, number: int) -> bool:
        """Return whether a number is this person's, on the roster or on the letter."""
        return number in (self.number, self.admission_number)

    @property
    def spoken_name(self) -> str:
        """Return 「田口 修さん（9番）」."""
        number = f"（{self.number}番）" if self.number is not None else ""
        return f"{self.name}の方{number}" if self.is_unnamed else f"{self.name}さん{number}"


@frozen_record
class TabletCounts:
    """Tablets to lend today: ``needed`` for the roster and ``spare`` ones, and how many were handed over."""

    needed: int
    spare: int
    handed_out: int
    waiting: int
    spare_handed_out: int


@frozen_record
class Reception:
    """The check-in of one event.

    Attributes:
        waiting: in 五十音順; ``received`` newest first; ``absent`` marked at the check-in.
        not_on_list: 欠席の連絡, 補欠 …, found by typing only.
        is_closed: the day was counted.
        unnumbered_count: people without a number yet.
        last_action: number of the newest journal entry.
        checkout_words: who has a 当日持出しファイル of the event, or empty.
    """

    event: Event
    waiting: tuple[CheckInRow, ...]
    received: tuple[CheckInRow, ...]
    absent: tuple[CheckInRow, ...]
    not_on_list: tuple[CheckInRow, ...]
    tablets: TabletCounts
    is_closed: bool
    unnumbered_count: int
    last_action: int
    checkout_words: str

    @property
    def expected_count(self) -> int:
        """Return the number of people on the 受付名簿, 当日受付 included."""
        return len(self.waiting) + len(self.received) + len(self.absent)

    @property
    def walk_in_count(self) -> int:
        """Return the number of 当日受付 among those checked in."""
        return sum(row.is_walk_in for row in self.received)

    @property
    def late_count(self) -> int:
        """Return the number of 遅刻 among those checked in."""
        return sum(row.is_late for row in self.received)

    @property
    def absent_count(self) -> int:
        """Return the number of reported absences and of those marked at the check-in."""
        return sum(row.state == "欠席の連絡" for row in self.not_on_list) + len(self.absent)

    def day_state(self, today: date) -> DayState:
        """Return whether ``today`` is the day of the event: 当日, まだ (to come, or undated) or 過ぎた."""
        day = self.event.event_date
        if day is None or today < day:
            return "まだ"
        return "当日" if day == today else "過ぎた"

    @property
    def rows(self) -> tuple[CheckInRow, ...]:
        """Return all people, whatever their state."""
        return (*self.waiting, *self.received, *self.absent, *self.not_on_list)


def read_reception(store: Store, *, event_id: int) -> Reception:
    """Return everything for the check-in; raises ``UserError`` when the event is gone."""
    roster = read_roster(store, event_id=event_id)
    rows = [_check_in_row(row) for row in roster.rows]
    arrived = {row.entry.id: row.entry.attended_at for row in roster.rows}
    came = [row for row in rows if row.state == "受付済"]
    noted = sorted((row for row in came if row.time_text), key=lambda row: str(arrived[row.entry_id]), reverse=True)
    result = events.result(store.database, event_id)
    return Reception(
        event=roster.event,
        waiting=tuple(sorted((row for row in rows if row.state == "未受付"), key=_reading_sort_key)),
        received=(*noted, *sorted((row for row in came if not row.time_text), key=_number_sort_key)),
        absent=tuple(sorted((row for row in rows if row.state == "欠席"), key=_reading_sort_key)),
        not_on_list=tuple(sorted((row for row in rows if row.state not in ON_LIST), key=_reading_sort_key)),
        tablets=_tablets(store, roster),
        is_closed=result is not None and result.source == FROM_ROSTER,
        unnumbered_count=sum(row.entry.number is None for row in roster.check_in_rows),
        last_action=last_action(store),
        checkout_words=outside_words(files_outside(store.database, event_id)),
    )


def read_care(store: Store, *, entry_id: int) -> str:
    """Return the 配慮 of one person and its arrangement, to be shown only while a key is held; "" without one."""
    entry = required_entry(store, entry_id)
    arranged = [
        join_nonempty(one.kind, one.content.strip(), separator=" ")
        for one in table.arrangements(store.database, entry.event_id)
        if one.entry_id == entry_id
    ]
    care = entry.care.strip()
    return "\n".join([care, *(f"手配：{words}" for words in arranged)]) if care else ""


def _check_in_row(row: RosterRow) -> CheckInRow:
    entry = row.entry
    return CheckInRow(
        entry_id=entry.id,
        number=entry.number,
        admission_number=entry.admission,
        name=row.name,
        furigana=row.furigana,
        organisation=row.organisation_name,
        organisation_id=entry.organisation_id,
        device=entry.device,
        tablet=row.tablet.number if row.tablet else "",
        is_tablet_handed_out=row.loan is not None and row.loan.out_at is not None,
        is_tablet_returned=row.loan is not None and row.loan.back_at is not None,
        loan_id=row.loan.id if row.loan else None,
        group=entry.group_number,
        has_care=bool(entry.care.strip()),
        is_photo_refused=entry.photo == "不可",
        is_unnamed=row.person is None,
        is_walk_in=entry.walk_in,
        is_substitute=entry.substitute_for is not None,
        is_late=entry.late,
        state=_state(row),
        time_text=f"{entry.attended_at:%H:%M}" if entry.attended_at and entry.attendance == "出席" else "",
        search_keys=tuple(key for text in (row.name, row.furigana, row.organisation_name) if (key := name_key(text))),
    )


def _state(row: RosterRow) -> CheckInState:
    entry = row.entry
    match entry.state:
        case "補欠" | "落選" | "辞退" as without_place:
            return without_place
    if entry.attendance == "出席":
        return "受付済"
    if entry.absent_told_at is not None:
        return "欠席の連絡"
    return "欠席" if entry.attendance == "欠席" else "未受付"


def _reading_sort_key(row: CheckInRow) -> tuple[bool, str, int]:
    """Return the sort key: 五十音順 by ふりがな, without it by name, unnamed places last by number."""
    return row.is_unnamed, name_key(row.furigana or row.name) if not row.is_unnamed else "", _number_sort_key(row)


def _number_sort_key(row: CheckInRow) -> int:
    return row.number if row.number is not None else 10**6


def _tablets(store: Store, roster: Roster) -> TabletCounts:
    loans = table.loans(store.database, roster.event.id)
    handed = [loan for loan in loans if loan.out_at is not None]
    needed = [row for row in roster.check_in_rows if row.entry.device == "貸与"]
    return TabletCounts(
        needed=sum(row.loan is None or row.loan.note != SPARE for row in needed),
        spare=sum(loan.note == SPARE for loan in loans),
        handed_out=sum(loan.note != SPARE for loan in handed),
        waiting=sum(row.loan is None or row.loan.out_at is None for row in needed if row.entry.attendance != "欠席"),
        spare_handed_out=sum(loan.note == SPARE for loan in handed),
    )


def matching_rows(rows: Iterable[CheckInRow], text: str) -> tuple[CheckInRow, ...]:
    """Return the people that a typed text matches: digits by number, else name, ふりがな or 団体.

    A typed number finds exactly that number first, on the roster or on a letter, then roster numbers that begin with
    it. Of several words each must match; people whose name begins with the text come first. An empty text matches
    everybody.
    """
    found = list(rows)
    digits = parse_number(text)
    if digits is not None:
        starting = [
            row
            for row in found
            if row.has_number(digits) or (row.number is not None and str(row.number).startswith(str(digits)))
        ]
        return tuple(sorted(starting, key=lambda row: not row.has_number(digits)))
    keys = search_keys(text)
    found = [row for row in found if all(any(key in own for own in row.search_keys) for key in keys)]
    if keys:
        found.sort(key=lambda row: not any(own.startswith(keys[0]) for own in row.search_keys[:2]))
    return tuple(found)


def parse_number(text: str) -> int | None:
    """Return the typed number (full or half width), or None when it is no number."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("番")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 6 else None
