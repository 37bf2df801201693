"""Finds where an event takes place in the register of venues, for documents, calls and pages alike.

It says as well whose place that is and who pays for it (仕様書4(1)イ, 4(2)イ, 4(3)イ).
A name alone is a building, a name with a room is a room of it; both may have an entry in the register.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Protocol

from app.common.join_nonempty import join_nonempty
from app.documents.event_facts import VenueFacts
from db.digits import one_width
from db.name_key import name_key
from db.records.events import Event, FeePayer
from db.records.venues import Booking, Venue


def venue_terms(event: Event) -> str:
    """Return 「区立施設・使用料は区の負担」, as far as it is known."""
    fee = {FeePayer.UNKNOWN: "", FeePayer.NOBODY: "使用料なし"}.get(event.fee_payer, f"使用料は{event.fee_payer}の負担")
    return join_nonempty(event.facility, fee, separator="・")


BELOW_THE_ADDRESS: Mapping[str, str] = {
    # field of the venue: its word on paper
}
"""Fields of a venue that letters and しおり print below its address where they are filled in, each after its word."""


_NO_ROOM = re.compile(r"[(]?全[面室館体][)]?|(?<!室)\s+|\s+(?=[(])")
"""What names the whole house, and blanks that part no two rooms."""
_DIGITS = "一二三四五六七八九"
_ORDINAL = re.compile(
    f"(?:第|(?<=第[{_DIGITS}][・、,/~〜])|(?<=第[{_DIGITS}]から))([0-9]+|[{_DIGITS}](?![{_DIGITS}十]))"
)
"""第一, and the second of 第一・二 and of 第一〜三; 三味線室 begins with no number."""
_KANJI = str.maketrans(_DIGITS, "123456789")
_SPAN = re.compile("([0-9]{1,2})[~〜から]+([0-9]{1,2})")
_BETWEEN_ROOMS = re.compile(r"[・、,/+&\s]+")
_NUMBER = re.compile("[0-9]+|[a-z]|[大中小]")
_NUMBER_BEFORE = re.compile("([0-9]+|[a-z]|[大中小])(?=[^0-9a-z])")
_NUMBER_BEHIND = re.compile("(?<=[^0-9a-z])([0-9]+|[a-z])$")


@lru_cache(maxsize=2_000)
def rooms_of(room: str) -> frozenset[str]:
    """Return the rooms that a text names, as keys: 第１・２会議室 are two; none for the whole house and for ""."""
    plain = _ORDINAL.sub(lambda found: found[1].translate(_KANJI), _NO_ROOM.sub("", one_width(room).casefold()))
    plain = _SPAN.sub(lambda found: "・".join(map(str, range(int(found[1]), int(found[2]) + 1))), plain)
    parts = [one for one in _BETWEEN_ROOMS.split(plain) if one]
    behind = next((_NUMBER_BEFORE.sub("", one, count=1) for one in parts if _NUMBER_BEFORE.match(one)), "")
    before = next((one[: found.start()] for one in parts if (found := _NUMBER_BEHIND.search(one))), "")
    # Of several a number alone is of the room whose name stands once, before or behind it.
    return frozenset(
        (part + behind if behind else before + part) if _NUMBER.fullmatch(part) and part != plain else part
        for part in parts
    )


Place = tuple[str, str, frozenset[str]]
"""A day (ISO, "" = none) with the key of the venue and its rooms (``place_key``)."""


def place_key(day: str, venue: str, room: str) -> Place:
    """Return a day with the venue and rooms as keys, by which one place written otherwise (第１会議室) is found."""
    return day, name_key(venue), rooms_of(room)


def room_and_day(event: Event) -> Place:
    """Return (ISO day, venue, room) of the event as ``place_key`` does, the day "" without one."""
    return place_key(event.event_date.isoformat() if event.event_date is not None else "", event.venue, event.room)


def is_one_place(one: Place, other: Place) -> bool:
    """Return whether both keys are of the same day and place; a room that only one of them names is no other one."""
    return one[:2] == other[:2] and (one[2] == other[2] or not (one[2] and other[2]))


def do_places_overlap(one: Place, other: Place) -> bool:
    """Return whether both keys are of the same day and venue and share a room, or one names none."""
    return one[:2] == other[:2] and not (one[2] and other[2] and one[2].isdisjoint(other[2]))


def is_same_place(one: HasVenue, other: HasVenue) -> bool:
    """Return whether two items are in one venue and share a room or a name of none; False without a venue."""
    return bool(one.venue) and do_places_overlap(*(place_key("", item.venue, item.room) for item in (one, other)))


def place_names(item: HasVenue) -> list[str]:
    """Return what the place of an item may name: its venue, and each of several venues and rooms written there."""
    return [item.venue, item.room, *re.split(r"[・、，／/＋＆\s]+", f"{item.venue}　{item.room}")]


def is_booked_for(booking: Booking, event: Event) -> bool:
    """Return whether a booking, cancelled or not, is of the place of the event on its day, with all its rooms."""
    booked, wanted = place_key(booking.day.isoformat(), booking.venue_name, booking.room), room_and_day(event)
    return is_one_place(booked, wanted) or (booked[:2] == wanted[:2] and wanted[2] <= booked[2])


def approved_by_booking(event: Event, bookings: Iterable[Booking]) -> date | None:
    """Return the day on which a booking of the place of the event on its day was approved, None = none was."""
    found = (row.approved_on for row in bookings if row.state.is_approved and is_booked_for(row, event))
    return next((day for day in found if day is not None), None)


def is_given_back(event: Event, bookings: Iterable[Booking]) -> bool:
    """Return whether the booking whose approval is the 使用承認 of an event was cancelled, and none is approved now."""
    mine = [row for row in bookings if row.event_id == event.id and is_booked_for(row, event)]
    return (
        event.venue_booked_on is not None
        and all(not row.state.is_approved for row in mine)
        and any(row.state.is_cancelled and row.approved_on == event.venue_booked_on for row in mine)
    )


class HasVenue(Protocol):
    """Anything with a venue: an event, its facts, a candidate for a date."""

    @property
    def venue(self) -> str:
        """Return the name of the building."""

    @property
    def room(self) -> str:
        """Return the room, or empty."""


def matching_venue(venues: Iterable[Venue], name: str, room: str) -> Venue | None:
    """Return the entry of exactly this place: of the room, else of the building without a room, else None."""
    mine = [one for one in venues if name and one.name == name]
    return next((one for one in mine if one.room == room), None) or next((one for one in mine if not one.room), None)


def venue_of(item: HasVenue, venues: Iterable[Venue]) -> Venue | None:
    """Return the entry that describes the building: the matching one, else the first of another room of it, or None."""
    mine = [one for one in venues if item.venue and one.name == item.venue]
    return matching_venue(mine, item.venue, item.room) or (mine[0] if mine else None)


def venue_facts(event: Event, venues: Iterable[Venue] = ()) -> VenueFacts:
    """Return where an event is held, with what the register of ``venues`` knows of it, of each house where several."""
    known = list(venues)
    places = (replace(event, venue=name) for name in dict.fromkeys(place_names(event)))
    houses = [replace(one, phone=venue_phone(place, known)) for place in places if (one := venue_of(place, known))]

    def told(name: str) -> str:
        values = {one.name: str(getattr(one, name)).strip() for one in houses}
        return "\n".join(f"{house}　{value}" if len(houses) > 1 else value for house, value in values.items() if value)

    return VenueFacts(
        venue=event.venue,
        room=event.room,
        terms=venue_terms(event),
        more=tuple(f"{word}　{value}" for name, word in BELOW_THE_ADDRESS.items() if (value := told(name))),
        **{name: told(name) for name in ("phone", "address", "access", "aed", "refuge")},
    )


def venue_phone(item: HasVenue, venues: Iterable[Venue]) -> str:
    """Return the telephone of the place, empty if unknown.

    The room's number comes first, then the building's. Those of other rooms are used only if they agree: a wrong number
    on a document of the day is worse than none.
    """
    mine = [one for one in venues if item.venue and one.name == item.venue and one.phone.strip()]
    found = matching_venue(mine, item.venue, item.room)
    numbers = {one.phone.strip() for one in mine}
    return found.phone.strip() if found is not None else numbers.pop() if len(numbers) == 1 else ""
