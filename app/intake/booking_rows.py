"""Reads a list of bookings exported by a facility reservation system: room, day, times, state, and what is doubtful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.intake.findings import Finding
from app.intake.foreign_file import ForeignFile

BOOKING_FIELDS: dict[str, str] = {
    "venue": "施設",
    "room": "部屋",
    "day": "利用日",
    "slot": "利用時間帯",
    "start": "開始",
    "end": "終了",
    "number": "受付・承認番号",
    "state": "状態",
    "applied_on": "申請日",
    "approved_on": "承認日",
    "cancel_by": "取消期限",
    "fee": "使用料",
    "reduction": "減免",
    "purpose": "利用目的",
    "equipment": "備品",
    "note": "備考",
}
"""Field key to its Japanese label, in the order in which a mapping screen shows them."""


@dataclass(frozen=True, kw_only=True)
class BookingRow:
    """One booking as exported; times "HH:MM", ``state`` one of 仮予約, 申請中, 承認, 取消, or empty when unclear."""

    row: int
    place: int
    raw: str = field(repr=False)
    values: Mapping[str, str] = field(repr=False)
    venue_name: str = ""
    room: str = ""
    day: date | None = None
    start_time: str = ""
    end_time: str = ""
    number: str = ""
    state: str = ""
    applied_on: date | None = None
    approved_on: date | None = None
    cancel_by: date | None = None
    fee: int | None = None
    reduction: str = ""
    purpose: str = ""
    equipment: str = ""
    note: str = ""
    broken: bool = False
    problems: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BookingTable:
    """All bookings of a file, the columns used, and everything doubtful."""

    rows: tuple[BookingRow, ...]
    columns: Mapping[int, str]
    unmapped: tuple[str, ...] = ()
    problems: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()


def propose_booking_columns(headings: Sequence[str]) -> dict[int, str]:
    """Guess our field for each column (number from 0) by its heading."""
    return {}


def read_bookings(file: ForeignFile, columns: Mapping[int, str] | None = None) -> BookingTable:
    """Read every row of ``file``; ``columns`` (column number to field) default to the proposal."""
    return BookingTable(rows=(), columns=columns or {})
