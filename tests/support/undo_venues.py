"""Undo of venues and bookings."""

from dataclasses import replace
from datetime import date

from app.foreign_files.picture_reading import Picture
from app.importing.row_target import import_list
from app.registers.venues import services as venues_services
from app.registers.venues.services import BOOKINGS
from db.records.venues import Booking, Venue
from db.rows import rows
from tests.support.booking_files import BOOKING_CSV
from tests.support.scenarios import Scenarios, as_it_stands, done, written
from tests.support.world import World

DAY = date(2026, 12, 15)


def a_booking(world: World) -> int:
    row = Booking(venue_name="見本元戻し区民館", day=DAY, cancel_by=date(2026, 12, 8))
    return venues_services.save_booking(world.other, booking=row).id


MAP = Picture(name="地図.png", data=b"\xff\xd8\xff\xe0map", width=58, height=34)


SCENARIOS: Scenarios = {
    venues_services.save_map: lambda w: {"venue_id": rows(w.store.database, Venue)[0].id, "picture": MAP},
    venues_services.remove_map: lambda w: {
        "venue_id": venues_services.save_map(w.other, venue_id=done(venues_services.save_venue, w), picture=MAP).id},
    venues_services.save_venue: lambda _w: {"venue": Venue(name="見本元戻し区民館")},
    venues_services.remove_venue: lambda w: {"venue_id": done(venues_services.save_venue, w)},
    venues_services.save_booking: lambda w: {
        "booking": replace(as_it_stands(Booking, a_booking(w), w), event_id=w.events["L7"], state="承認"),
        "fill_event": True},
    venues_services.remove_booking: lambda w: {"booking_id": a_booking(w)},
    venues_services.cancel_booking: lambda w: {"booking_id": a_booking(w)},
    venues_services.confirm_use: lambda w: {"booking_id": a_booking(w)},
    venues_services.record_clearing: lambda w: {"booking_id": a_booking(w), "on": DAY, "who": "見本　係員"},
    import_list: lambda w: {"target": BOOKINGS, "path": written(w.folder / "予約.csv", BOOKING_CSV)},
}  # fmt: skip
