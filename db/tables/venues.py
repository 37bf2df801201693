"""Queries on venues and the bookings of their rooms."""

from __future__ import annotations

from datetime import date

from db.engine import Database
from db.mapping import fetch
from db.records.venues import Booking, Venue
from db.rows import rows


def venues(database: Database) -> list[Venue]:
    """Return every venue by name and room."""
    return rows(database, Venue, order=("name", "room", "id"))


BY_DAY = ("day", "start_time", "venue_name", "room", "id")


def bookings(database: Database) -> list[Booking]:
    """Return every booking by day and time, 取消 included."""
    return rows(database, Booking, order=BY_DAY)


def bookings_from(database: Database, day: date) -> list[Booking]:
    """Return the bookings of a day and later by day and time, 取消 included."""
    return fetch(database, Booking, f"SELECT * FROM bookings WHERE day >= ? ORDER BY {', '.join(BY_DAY)}", [f"{day}"])  # noqa: S608


def bookings_of_event(database: Database, event_id: int) -> list[Booking]:
    """Return the bookings of one event by day, 取消 included."""
    return rows(database, Booking, event_id=event_id, order=("day", "start_time", "id"))
