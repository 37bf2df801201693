"""How a row of a list of bookings is shown before it is taken in."""

from __future__ import annotations

from datetime import date

from app.subjects.organisations.venues.screens.booking_views import day_cell
from app.subjects.organisations.venues.services.booking_import import JudgedBooking
from app.widgets.lists.record_model import Cell, Column


def import_columns(today: date) -> tuple[Column, ...]:
    """Day, place, event and state as they would be stored."""
    return (
        Column(key="day", title="利用日", show=lambda row: day_cell(row.booking, today) if row.booking else ""),
        Column(key="place", title="会場・部屋", show=lambda row: row.place, widest=220),
        Column(key="event", title="実施回", show=_judged_event, stretch=True),
        Column(key="state", title="状態・番号",
               show=lambda row: Cell(text=row.booking.state, second=row.booking.approval_number) if row.booking else "",
               needs=660),
    )  # fmt: skip


def _judged_event(row: JudgedBooking) -> Cell:
    if row.event is not None:
        return Cell(text=row.event.full_title, kind=row.event.kind)
    return Cell(text=row.booking.purpose or "実施回なし" if row.booking is not None else "", tone="second")
