"""The door on the day: who is expected, who came, the tablets, whom a few keys mean; nothing that visitors must not
read.

- ``read_reception(store, event_id) -> Reception``
- ``read_care(store, entry_id) -> str`` the 配慮 of one person, asked for only while a key is held
- ``matching_rows(rows, text) -> tuple[DoorRow, ...]``; ``typed_number(text) -> int | None``
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Literal

from app.common.together import together
from app.history.services.history import last_action
from app.subjects.events.arrangements.rules.tablet_states import SPARE
from app.subjects.events.roster.services.attendance_result import FROM_ROSTER
from app.subjects.events.roster.services.entry_names import required_entry
from app.subjects.events.roster.services.roster import Roster, RosterRow, read_roster
from app.subjects.organisations.register.services.search import search_keys
from app.subjects.settings.takeouts.services.takeouts import files_outside, outside_words
from db.frozen_record import frozen_record
from db.name_key import name_key
from db.records.events import Event
from db.records.roster import Device
from db.store import Store
from db.tables import events
from db.tables import roster as table

DoorState = Literal["未受付", "受付済", "欠席", "欠席の連絡", "補欠", "落選", "辞退"]
DayState = Literal["まだ", "当日", "過ぎた"]
ON_LIST = ("未受付", "受付済", "欠席")


@frozen_record
class DoorRow:
    """One person at the door; no telephone number, and of a 配慮 only that there is one.

    ``number`` is that of the 受付名簿, ``admission`` the 入場番号 on the letter; the door takes either.
    ``tablet`` is the number of the tablet put ready, ``at`` the time of arrival (「13:42」) or empty. ``keys`` are
    the search keys of name, ふりがな and 団体.
    """

    entry_id: int
    number: int | None
    admission: int | None
    name: str
    furigana: str
    organisation: str
    organisation_id: int | None
    device: Device
    tablet: str
    tablet_out: bool
    tablet_back: bool
    loan_id: int | None
    group: int | None
    has_care: bool
    photo_refused: bool
    unnamed: bool
    walk_in: bool
    substitute: bool
    late: bool
    state: DoorState
    at: str
    keys: tuple[str, ...]

    @property
    def id(self) -> int:
        """What tells it from the others when it is read anew."""
        return self.entry_id

    @property
    def admission_words(self) -> str:
        """「入場番号 503」 as it stands on the letter, or empty."""
        return f"入場番号 {self.admission}" if self.admission is not None else ""

    def bears(self, number: int) -> bool:
        """Whether a number is this person's, on the list or on the letter."""
        return number in (self.number, self.admission)

    @property
    def spoken(self) -> str:
        """「田口 修さん（9番）」."""
        number = f"（{self.number}番）" if self.number is not None else ""
        return f"{self.name}の方{number}" if self.unnamed else f"{self.name}さん{number}"


@frozen_record
class TabletCounts:
    """Tablets to lend today: ``needed`` for the list and ``spare`` beside, and how many were handed over."""

    needed: int
    spare: int
    out: int
    waiting: int
    spare_out: int


@frozen_record
class Reception:
    """One event at the door. ``waiting`` in 五十音順, ``received`` newest first, ``absent`` marked at the door,
    ``aside`` not on the list (欠席の連絡, 補欠 …), found by typing only. ``closed`` = the day was counted.
    ``unnumbered`` = people who have no number yet. ``last_action`` is the number of the newest journal entry.
    ``outside`` says who has a 当日持出しファイル of the event, or is empty.
    """

    event: Event
    waiting: tuple[DoorRow, ...]
    received: tuple[DoorRow, ...]
    absent: tuple[DoorRow, ...]
    aside: tuple[DoorRow, ...]
    tablets: TabletCounts
    closed: bool
    unnumbered: int
    last_action: int
    outside: str

    @property
    def expected(self) -> int:
        """Everybody on the 受付名簿, 当日受付 included."""
        return len(self.waiting) + len(self.received) + len(self.absent)

    @property
    def walk_ins(self) -> int:
        """当日受付 among the received."""
        return sum(row.walk_in for row in self.received)

    @property
    def late(self) -> int:
        """遅刻 among the received."""
        return sum(row.late for row in self.received)

    @property
    def told_absent(self) -> int:
        """Absences told before, and those marked at the door."""
        return sum(row.state == "欠席の連絡" for row in self.aside) + len(self.absent)

    def day_state(self, today: date) -> DayState:
        """Whether ``today`` is the day of the event: 当日, まだ (to come, or undated) or 過ぎた."""
        day = self.event.event_date
        if day is None or today < day:
            return "まだ"
        return "当日" if day == today else "過ぎた"

    @property
    def rows(self) -> tuple[DoorRow, ...]:
        """Everybody, whatever their state."""
        return (*self.waiting, *self.received, *self.absent, *self.aside)


def read_reception(store: Store, *, event_id: int) -> Reception:
    """Return everything the door needs; raises ``Refusal`` when the event is gone."""
    roster = read_roster(store, event_id=event_id)
    rows = [_door_row(row) for row in roster.rows]
    arrived = {row.entry.id: row.entry.attended_at for row in roster.rows}
    came = [row for row in rows if row.state == "受付済"]
    noted = sorted((row for row in came if row.at), key=lambda row: str(arrived[row.entry_id]), reverse=True)
    result = events.result(store.database, event_id)
    return Reception(
        event=roster.event,
        waiting=tuple(sorted((row for row in rows if row.state == "未受付"), key=_by_sound)),
        received=(*noted, *sorted((row for row in came if not row.at), key=_by_number)),
        absent=tuple(sorted((row for row in rows if row.state == "欠席"), key=_by_sound)),
        aside=tuple(sorted((row for row in rows if row.state not in ON_LIST), key=_by_sound)),
        tablets=_tablets(store, roster),
        closed=result is not None and result.source == FROM_ROSTER,
        unnumbered=sum(row.entry.number is None for row in roster.door),
        last_action=last_action(store),
        outside=outside_words(files_outside(store.database, event_id)),
    )


def read_care(store: Store, *, entry_id: int) -> str:
    """Return the 配慮 of one person and what was arranged for it, to be shown only while asked for; "" without one."""
    entry = required_entry(store, entry_id)
    arranged = [
        together(one.kind, one.content.strip(), by=" ")
        for one in table.arrangements(store.database, entry.event_id)
        if one.entry_id == entry_id
    ]
    care = entry.care.strip()
    return "\n".join([care, *(f"手配：{words}" for words in arranged)]) if care else ""


def _door_row(row: RosterRow) -> DoorRow:
    entry = row.entry
    return DoorRow(
        entry_id=entry.id,
        number=entry.number,
        admission=entry.admission,
        name=row.name,
        furigana=row.furigana,
        organisation=row.organisation_name,
        organisation_id=entry.organisation_id,
        device=entry.device,
        tablet=row.tablet.number if row.tablet else "",
        tablet_out=row.loan is not None and row.loan.out_at is not None,
        tablet_back=row.loan is not None and row.loan.back_at is not None,
        loan_id=row.loan.id if row.loan else None,
        group=entry.group_number,
        has_care=bool(entry.care.strip()),
        photo_refused=entry.photo == "不可",
        unnamed=row.person is None,
        walk_in=entry.walk_in,
        substitute=entry.substitute_for is not None,
        late=entry.late,
        state=_state(row),
        at=f"{entry.attended_at:%H:%M}" if entry.attended_at and entry.attendance == "出席" else "",
        keys=tuple(key for text in (row.name, row.furigana, row.organisation_name) if (key := name_key(text))),
    )


def _state(row: RosterRow) -> DoorState:
    entry = row.entry
    match entry.state:
        case "補欠" | "落選" | "辞退" as without_place:
            return without_place
    if entry.attendance == "出席":
        return "受付済"
    if entry.absent_told_at is not None:
        return "欠席の連絡"
    return "欠席" if entry.attendance == "欠席" else "未受付"


def _by_sound(row: DoorRow) -> tuple[bool, str, int]:
    """五十音順 by ふりがな; those without one by name, places without a name last, by number."""
    return row.unnamed, name_key(row.furigana or row.name) if not row.unnamed else "", _by_number(row)


def _by_number(row: DoorRow) -> int:
    return row.number if row.number is not None else 10**6


def _tablets(store: Store, roster: Roster) -> TabletCounts:
    loans = table.loans(store.database, roster.event.id)
    handed = [loan for loan in loans if loan.out_at is not None]
    needed = [row for row in roster.door if row.entry.device == "貸与"]
    return TabletCounts(
        needed=sum(row.loan is None or row.loan.note != SPARE for row in needed),
        spare=sum(loan.note == SPARE for loan in loans),
        out=sum(loan.note != SPARE for loan in handed),
        waiting=sum(row.loan is None or row.loan.out_at is None for row in needed if row.entry.attendance != "欠席"),
        spare_out=sum(loan.note == SPARE for loan in handed),
    )


def matching_rows(rows: Iterable[DoorRow], text: str) -> tuple[DoorRow, ...]:
    """Return the people a typed text means: digits by the number of the list, else name, ふりがな or 団体.

    A typed number finds exactly that number first, on the list or on a letter, then those of the list it begins. Of
    several words each must be found; who is called so from the beginning comes first. An empty text means everybody.
    """
    found = list(rows)
    digits = typed_number(text)
    if digits is not None:
        starting = [
            row
            for row in found
            if row.bears(digits) or (row.number is not None and str(row.number).startswith(str(digits)))
        ]
        return tuple(sorted(starting, key=lambda row: not row.bears(digits)))
    keys = search_keys(text)
    found = [row for row in found if all(any(key in own for own in row.keys) for key in keys)]
    if keys:
        found.sort(key=lambda row: not any(own.startswith(keys[0]) for own in row.keys[:2]))
    return tuple(found)


def typed_number(text: str) -> int | None:
    """Return the number typed (full width or half), or None when it is no number."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("番")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 6 else None
