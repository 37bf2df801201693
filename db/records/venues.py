"""Venues, and the booking life of each: 仮予約 → 申請 → 承認 → 減免 → 備品・鍵 → 片付け."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

BookingState = Literal["仮予約", "申請中", "承認", "取消"]


@dataclass(frozen=True, kw_only=True)
class Venue:
    """One place; ``access`` is the way there, ``barrier_free`` what matters for wheelchairs and the like."""

    id: int = 0
    name: str
    room: str = ""
    address: str = ""
    access: str = ""
    phone: str = ""
    capacity: int | None = None
    equipment: str = ""
    network: str = "不明"
    barrier_free: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Booking:
    """One room for one day; times "HH:MM". ``row_key`` knows the row of an imported list again."""

    id: int = 0
    venue_id: int | None = None
    venue_name: str
    room: str = ""
    event_id: int | None = None
    day: date
    start_time: str = ""
    end_time: str = ""
    state: BookingState = "仮予約"
    reserved_on: date | None = None
    applied_on: date | None = None
    approval_number: str = ""
    approved_on: date | None = None
    reduction: str = ""
    equipment: str = ""
    key_note: str = ""
    cancel_by: date | None = None
    cleared_on: date | None = None
    cleared_by: str = ""
    fee: int | None = None
    purpose: str = ""
    row_key: str = ""
    import_id: int | None = None
    note: str = ""
