"""Reading venues and the bookings of their rooms."""

from __future__ import annotations

from db import mapping
from db.engine import Database
from db.records.venues import Booking, Venue


def venues(database: Database) -> list[Venue]:
    """Return every venue by name and room."""
    return mapping.fetch(database, Venue, "SELECT * FROM venues ORDER BY name, room, id")


def venue(database: Database, venue_id: int) -> Venue | None:
    """Return one venue, or None."""
    return mapping.fetch_one(database, Venue, "SELECT * FROM venues WHERE id = ?", [venue_id])


def bookings(database: Database) -> list[Booking]:
    """Return every booking by day and time, 取消 included."""
    return mapping.fetch(database, Booking, "SELECT * FROM bookings ORDER BY day, start_time, venue_name, room, id")


def bookings_of_event(database: Database, event_id: int) -> list[Booking]:
    """Return the bookings of one event by day, 取消 included."""
    return mapping.fetch(
        database, Booking, "SELECT * FROM bookings WHERE event_id = ? ORDER BY day, start_time, id", [event_id]
    )


def bookings_of_venue(database: Database, venue_id: int) -> list[Booking]:
    """Return the bookings that refer to one venue."""
    return mapping.fetch(database, Booking, "SELECT * FROM bookings WHERE venue_id = ? ORDER BY day, id", [venue_id])


def booking(database: Database, booking_id: int) -> Booking | None:
    """Return one booking, or None."""
    return mapping.fetch_one(database, Booking, "SELECT * FROM bookings WHERE id = ?", [booking_id])


def bookings_of_import(database: Database, import_id: int) -> list[Booking]:
    """Return the bookings that one import brought."""
    return mapping.fetch(database, Booking, "SELECT * FROM bookings WHERE import_id = ? ORDER BY id", [import_id])
