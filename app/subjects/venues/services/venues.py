"""The ward's venues: where they are, how to get there, what is there.

- ``save_venue(store, venue, by, now) -> Saved``; ``remove_venue(store, venue_id, by, now) -> Saved``
- ``list_venues(store) -> tuple[VenueRow, ...]``
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from app.refusal import Refusal
from app.required import required
from app.saved import Saved
from app.subjects.venues.rules.bookings import place_words
from db.records.venues import Venue
from db.store import Store
from db.tables import venues as table


@dataclass(frozen=True, kw_only=True)
class VenueRow:
    """One venue with how many bookings refer to it."""

    id: int
    venue: Venue
    title: str
    bookings: int


def list_venues(store: Store) -> tuple[VenueRow, ...]:
    """Return every venue by name and room."""
    booked = Counter(row.venue_id for row in table.bookings(store.database))
    return tuple(
        VenueRow(id=row.id, venue=row, title=place_words(row.name, row.room), bookings=booked[row.id])
        for row in table.venues(store.database)
    )


def save_venue(store: Store, *, venue: Venue, by: str, now: datetime) -> Saved:
    """Add a venue, or save every field of the one with ``venue.id``.

    Raises:
        Refusal: no name, or another entry has the same name and room.
    """
    if not venue.name.strip():
        raise Refusal("会場の名称が書かれていません。", "名称を入力してください。")
    title = place_words(venue.name, venue.room)
    for other in table.venues(store.database):
        if other.id != venue.id and (other.name, other.room) == (venue.name, venue.room):
            raise Refusal(f"{title}は、もう一覧にあります。", "部屋が違うときは、部屋の名称も入力してください。")
    verb = "変えた" if venue.id else "加えた"
    with store.change(action=f"会場「{title}」を{verb}", by=by, now=now, subject="venues") as change:
        row_id = change.save(venue)
    return Saved(said=f"会場「{title}」を保存しました。", id=row_id)


def remove_venue(store: Store, *, venue_id: int, by: str, now: datetime) -> Saved:
    """Delete a venue that no booking refers to.

    Raises:
        Refusal: it is gone, or bookings refer to it.
    """
    row = required(store.database, Venue, venue_id)
    if table.bookings_of_venue(store.database, venue_id):
        raise Refusal(f"{row.name}には予約があります。", "予約を別の会場に変えるか、取り消してから消してください。")
    title = place_words(row.name, row.room)
    with store.change(action=f"会場「{title}」を消した", by=by, now=now, subject="venues") as change:
        change.delete(Venue, venue_id)
    return Saved(said=f"会場「{title}」を一覧から消しました。", id=venue_id)
