"""How a row of a list of bookings is shown before it is taken in."""

from __future__ import annotations

from datetime import date

from app.subjects.venues.screens.booking_columns import day_cell
from app.subjects.venues.services.booking_import import JudgedBooking
from app.widgets.record_columns import Cell, Column


def import_columns(today: date) -> tuple[Column, ...]:
    """The columns of a list before it is taken in."""
    return (
        Column(key="row", title="行", show=lambda row: str(row.row), align="right", width=52,
               sort=lambda row: row.row),
        Column(key="outcome", title="結果", show=lambda row: Cell(badge=row.outcome, second=row.reason), width=220,
               copied=lambda row: f"{row.outcome} {row.reason}".strip()),
        Column(key="day", title="利用日", show=lambda row: day_cell(row.booking, today) if row.booking else ""),
        Column(key="place", title="会場・部屋", show=lambda row: row.place, widest=220),
        Column(key="event", title="実施回", show=_judged_event, stretch=True),
        Column(key="state", title="状態・番号",
               show=lambda row: Cell(text=row.booking.state, second=row.booking.approval_number) if row.booking else ""),
    )  # fmt: skip


def _judged_event(row: JudgedBooking) -> Cell:
    if row.event is not None:
        return Cell(text=row.event.full_title, kind=row.event.kind)
    if row.booking is not None:
        return Cell(text=row.booking.purpose or "実施回なし", tone="second")
    return Cell(text="、".join(part for part in row.raw if part), tone="second")
