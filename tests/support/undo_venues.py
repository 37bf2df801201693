"""Undo of venues and bookings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from app.foreign_files.picture_reading import Picture
from app.importing.row_target import import_list
from app.registers.venues import services as venues_services
from app.registers.venues.services import BOOKINGS
from db.records.venues import Booking, Venue
from db.rows import by_id, rows
from tests.support.booking_files import BOOKING_CSV
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]
DAY = date(2026, 12, 15)


def a_venue(world: World) -> int:
    made = venues_services.save_venue(world.store, venue=Venue(name="見本元戻し区民館"), by=OTHER, now=NOW).id
    world.before = world.rows()
    return made


def a_booking(world: World) -> int:
    row = Booking(venue_name="見本元戻し区民館", day=DAY, cancel_by=date(2026, 12, 8))
    made = venues_services.save_booking(world.store, booking=row, by=OTHER, now=NOW).id
    world.before = world.rows()
    return made


MAP = Picture(name="地図.png", data=b"\xff\xd8\xff\xe0map", width=58, height=34)


def mapped(world: World, who: dict[str, Any]) -> object:
    venue_id = venues_services.save_venue(world.store, venue=Venue(name="見本元戻し区民館"), by=OTHER, now=NOW).id
    venues_services.save_map(world.store, venue_id=venue_id, picture=MAP, by=OTHER, now=NOW)
    world.before = world.rows()
    return venues_services.remove_map(world.store, venue_id=venue_id, **who)


def changed(world: World, who: dict[str, Any]) -> object:
    row = by_id(world.store.database, Booking, a_booking(world))
    assert row is not None
    return venues_services.save_booking(
        world.store, booking=replace(row, event_id=world.events["L7"], state="承認"), fill_event=True, **who
    )


def a_file(world: World) -> Path:
    path = world.folder / "予約.csv"
    path.write_bytes(BOOKING_CSV)
    return path


SCENARIOS: dict[Callable[..., Any], Act] = {
    venues_services.save_map: lambda w, who: venues_services.save_map(
        w.store, venue_id=rows(w.store.database, Venue)[0].id, picture=MAP, **who
    ),
    venues_services.remove_map: mapped,
    venues_services.save_venue: lambda w, who:
        venues_services.save_venue(w.store, venue=Venue(name="見本元戻し区民館"), **who),
    venues_services.remove_venue: lambda w, who: venues_services.remove_venue(w.store, venue_id=a_venue(w), **who),
    venues_services.save_booking: changed,
    venues_services.remove_booking: lambda w, who:
        venues_services.remove_booking(w.store, booking_id=a_booking(w), **who),
    venues_services.cancel_booking: lambda w, who:
        venues_services.cancel_booking(w.store, booking_id=a_booking(w), **who),
    venues_services.confirm_use: lambda w, who: venues_services.confirm_use(w.store, booking_id=a_booking(w), **who),
    venues_services.record_clearing: lambda w, who: venues_services.record_clearing(
        w.store, booking_id=a_booking(w), on=DAY, who="見本　係員", **who),
    import_list: lambda w, who: import_list(w.store, target=BOOKINGS, path=a_file(w), **who),
}  # fmt: skip
