"""How a row of a list of bookings is shown before it is taken in."""

from __future__ import annotations

from datetime import date

from app.subjects.organisations.venues.screens.booking_views import day_cell
from app.subjects.organisations.venues.services.booking_import import JudgedBooking
from app.widgets.lists.record_model import Cell, Column


def import_columns(today: date) -> tuple[Column, ...]:
    """Day, place, event and state as they would be stored."""
    return (
        Column("day", "利用日", lambda row: day_cell(row.booking, today) if row.booking else ""),
        Column("place", "会場・部屋", lambda row: row.place, widest=220),
        Column("event", "実施回", _judged_event, stretch=True),
        Column("state", "状態・番号",
               lambda row: Cell(row.booking.state, row.booking.approval_number) if row.booking else "",
               needs=660),
    )  # fmt: skip


def _judged_event(row: JudgedBooking) -> Cell:
    if row.event is not None:
        return Cell(row.event.full_title, kind=row.event.kind)
    return Cell(row.booking.purpose or "実施回なし" if row.booking is not None else "", tone="second")
