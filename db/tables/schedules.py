"""Queries on the ward's own calendar over all years."""

from __future__ import annotations

from db.engine import Database
from db.mapping import fetch
from db.records.schedules import WardDay


def open_ward_days(database: Database) -> list[WardDay]:
    """Return the 区の年中行事 of open years that are not done, earliest first."""
    return fetch(
        database,
        WardDay,
        "SELECT ward_days.* FROM ward_days JOIN programmes ON programmes.id = ward_days.programme_id "
        "WHERE ward_days.done_on IS NULL AND programmes.closed_on IS NULL ORDER BY ward_days.day, ward_days.id",
    )
