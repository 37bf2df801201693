"""How a booking is shown in a list."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date
from app.subjects.venues.rules.bookings import CANCEL_STEP, place_words
from app.subjects.venues.services.bookings import BookingRow
from app.widgets.record_columns import Cell, Column, SheetPart
from db.records.venues import Booking

_BADGES = {"仮予約": "仮", "申請中": "提出待ち", "承認": "確認済", "取消": "中止"}


def booking_columns(today: date) -> tuple[Column, ...]:
    """The columns of the year's list."""
    return (
        Column(key="day", title="利用日", show=lambda row: day_cell(row.booking, today), sort=_when,
               parts=(SheetPart(title="利用日", show=lambda row: short_date(row.booking.day, today)),
                      SheetPart(title="時間", show=lambda row: time_words(row.booking)))),
        Column(key="place", title="会場・部屋", show=lambda row: Cell(text=row.booking.venue_name, second=row.booking.room),
               sort=lambda row: (row.booking.venue_name, row.booking.room, _when(row)), widest=220,
               copied=lambda row: row.place),
        Column(key="event", title="実施回", show=_event, stretch=True, sort=lambda row: row.event.full_title if row.event else None),
        Column(key="state", title="状態", show=state_cell, sort=lambda row: (row.booking.state, _when(row)),
               copied=lambda row: row.state),
        Column(key="next", title="つぎの手続き", show=lambda row: _next(row, today), sort=lambda row: row.booking.cancel_by),
    )  # fmt: skip


def day_cell(booking: Booking, today: date) -> Cell:
    """Day in bold with the times under it."""
    return Cell(text=short_date(booking.day, today), strong=True, second=time_words(booking))


def time_words(booking: Booking) -> str:
    """「13:00–17:00」, or 終日 where no time is known."""
    return f"{booking.start_time}–{booking.end_time}" if booking.start_time and booking.end_time else "終日"


def state_cell(row: BookingRow) -> Cell:
    """The state as a badge, the number of the approval under it."""
    if row.booking.cleared_on is not None and row.booking.state != "取消":
        return Cell(badge="済", text="片付け済")
    return Cell(badge=_BADGES.get(row.booking.state, ""), text=row.booking.state, second=row.booking.approval_number)


_SHORT = {
    "重なり": "ほかの予約と重なっています", "日の違い": "実施日と違います", "時間の違い": "実施回の時間が収まりません",
    "定員": "定員を超えます", "中止": "実施回は中止です", "会場の違い": "実施回の会場と違います",
}  # fmt: skip


def _event(row: BookingRow) -> Cell:
    warned = "・".join(dict.fromkeys(_SHORT[one.kind] for one in row.warnings if one.kind in _SHORT))
    if row.event is None:
        return Cell(text=row.booking.purpose or "実施回なし", tone="second", second=warned, second_tone="amber")
    return Cell(text=row.event.full_title, kind=row.event.kind, second=warned, second_tone="amber", tip=warned)


def _next(row: BookingRow, today: date) -> Cell:
    cancel = row.booking.cancel_by
    shown = cancel is not None and cancel >= today and row.booking.state != "取消"
    until = short_date(cancel, today) if cancel is not None and shown else ""
    name = row.next_step.name if row.next_step is not None else "—"
    return Cell(text=name, second=until if name == CANCEL_STEP else f"取消期限 {until}" if until else "")


def _when(row: BookingRow) -> tuple[date, str, int]:
    return (row.booking.day, row.booking.start_time, row.id)


def booking_title(booking: Booking, today: date) -> str:
    """「9/24(木) みほん区民館 研修室」."""
    return f"{short_date(booking.day, today)} {place_words(booking.venue_name, booking.room)}"
