"""How a venue is shown in a list."""

from __future__ import annotations

from app.subjects.venues.services.venues import VenueRow
from app.widgets.record_columns import Cell, Column, SheetPart


def venue_columns() -> tuple[Column, ...]:
    """The columns of the list of venues."""
    return (
        Column(key="name", title="会場・部屋", widest=220, sort=lambda row: row.title, copied=lambda row: row.title,
               show=lambda row: Cell(text=row.venue.name, strong=True, second=row.venue.room)),
        Column(key="phone", title="電話", show=lambda row: row.venue.phone, width=132),
        Column(key="capacity", title="定員", align="right", sort=lambda row: row.venue.capacity,
               show=lambda row: f"{row.venue.capacity}人" if row.venue.capacity is not None else ""),
        Column(key="address", title="所在地・行き方", show=lambda row: Cell(text=row.venue.address, second=row.venue.access), stretch=True,
               parts=(SheetPart(title="所在地", show=lambda row: row.venue.address), SheetPart(title="行き方", show=lambda row: row.venue.access))),
        Column(key="things", title="備品・段差など", narrow=False, widest=260, show=_things),
        Column(key="network", title="ネット環境", show=lambda row: row.venue.network),
        Column(key="bookings", title="予約", align="right", show=lambda row: f"{row.bookings}件", sort=lambda row: row.bookings),
    )  # fmt: skip


def _things(row: VenueRow) -> Cell:
    return Cell(text=row.venue.equipment, second=row.venue.barrier_free)
