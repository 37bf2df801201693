"""The shape of a list of bookings as read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.foreign_files.foreign_shape import Finding


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
