"""Undo of venues and bookings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from app.actions.action_context import ActionContext
from app.foreign_files.picture_reading import Picture
from app.importing.row_target import import_list
from app.registers.venues import services as venues_services
from app.registers.venues.services import BOOKINGS
from db.records.venues import Booking, Venue
from db.rows import by_id, rows
from tests.support.booking_files import BOOKING_CSV
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]
DAY = date(2026, 12, 15)


def a_venue(world: World) -> int:
    made = venues_services.save_venue(ActionContext(world.store, OTHER, NOW), venue=Venue(name="見本元戻し区民館")).id
    world.before = world.rows()
    return made


def a_booking(world: World) -> int:
    row = Booking(venue_name="見本元戻し区民館", day=DAY, cancel_by=date(2026, 12, 8))
    made = venues_services.save_booking(ActionContext(world.store, OTHER, NOW), booking=row).id
    world.before = world.rows()
    return made


MAP = Picture(name="地図.png", data=b"\xff\xd8\xff\xe0map", width=58, height=34)


def mapped(world: World, context: ActionContext) -> object:
    venue_id = venues_services.save_venue(
        ActionContext(world.store, OTHER, NOW), venue=Venue(name="見本元戻し区民館")
    ).id
    venues_services.save_map(ActionContext(world.store, OTHER, NOW), venue_id=venue_id, picture=MAP)
    world.before = world.rows()
    return venues_services.remove_map(context, venue_id=venue_id)


def changed(world: World, context: ActionContext) -> object:
    row = by_id(world.store.database, Booking, a_booking(world))
    assert row is not None
    return venues_services.save_booking(
        context,
        booking=replace(row, event_id=world.events["L7"], state="承認"),
        fill_event=True,
    )


def a_file(world: World) -> Path:
    path = world.folder / "予約.csv"
    path.write_bytes(BOOKING_CSV)
    return path


SCENARIOS: dict[Callable[..., Any], Act] = {
    venues_services.save_map: lambda w, context: venues_services.save_map(
        context, venue_id=rows(w.store.database, Venue)[0].id, picture=MAP
    ),
    venues_services.remove_map: mapped,
    venues_services.save_venue: lambda w, context:
        venues_services.save_venue(context, venue=Venue(name="見本元戻し区民館")),
    venues_services.remove_venue: lambda w, context: venues_services.remove_venue(context, venue_id=a_venue(w)),
    venues_services.save_booking: changed,
    venues_services.remove_booking: lambda w, context:
        venues_services.remove_booking(context, booking_id=a_booking(w)),
    venues_services.cancel_booking: lambda w, context:
        venues_services.cancel_booking(context, booking_id=a_booking(w)),
    venues_services.confirm_use: lambda w, context: venues_services.confirm_use(context, booking_id=a_booking(w)),
    venues_services.record_clearing: lambda w, context: venues_services.record_clearing(
        context, booking_id=a_booking(w), on=DAY, who="見本　係員"),
    import_list: lambda w, context: import_list(context, target=BOOKINGS, path=a_file(w)),
}  # fmt: skip
