"""Queries on the まとめ of discussions over all events."""

from __future__ import annotations

from datetime import date

from db.engine import Database
from db.mapping import read, to_record
from db.records.discussion import DiscussionPoint


def open_actions(database: Database) -> list[tuple[DiscussionPoint, date]]:
    """Return every open row of つなげること of open years, by event, with the day of its discussion."""
    found = read(
        database,
        "SELECT discussion_points.*, events.event_date FROM discussion_points JOIN events ON events.id = "
        "discussion_points.event_id "
        "JOIN programmes ON programmes.id = events.programme_id "
        "WHERE discussion_points.part = 'つなげること' AND programmes.closed_on IS NULL AND "
        "discussion_points.done_on IS NULL AND events.event_date IS NOT NULL "
        "ORDER BY discussion_points.event_id, discussion_points.position, discussion_points.id",
    )
    return [
        (to_record(DiscussionPoint, one), date.fromisoformat(day)) for one in found for day in [one.pop("event_date")]
    ]
