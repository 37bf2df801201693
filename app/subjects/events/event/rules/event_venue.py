"""Where an event takes place, as the register of venues knows the place: the one answer that papers, calls and pages
use.

A name alone is a house, a name with a room a room of it; both may have an entry of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from app.documents.event_facts import VenueFacts
from app.subjects.events.event.rules.venue_terms import venue_terms
from db.records.events import Event
from db.records.venues import Venue


class HasVenue(Protocol):
    """What says where it is held: an event, its facts, a candidate for a date."""

    @property
    def venue(self) -> str:
        """The name of the house."""

    @property
    def room(self) -> str:
        """The room, or empty."""


def matching_venue(venues: Iterable[Venue], name: str, room: str) -> Venue | None:
    """Return the entry of exactly this place: that of the room, else that of the house without a room, else None."""
    mine = [one for one in venues if name and one.name == name]
    return next((one for one in mine if one.room == room), None) or next((one for one in mine if not one.room), None)


def venue_of(item: HasVenue, venues: Iterable[Venue]) -> Venue | None:
    """Return the entry that tells of the house: the matching one, else the first of another room of it."""
    mine = [one for one in venues if item.venue and one.name == item.venue]
    return matching_venue(mine, item.venue, item.room) or (mine[0] if mine else None)


def venue_facts(event: Event, venues: Iterable[Venue] = ()) -> VenueFacts:
    """Return where an event is held, with what the ``venues`` venues tell of it."""
    mine = [one for one in venues if event.venue and one.name == event.venue]
    found = venue_of(event, mine)
    told = {name: getattr(found, name, "").strip() for name in ("address", "access", "aed", "refuge")}
    return VenueFacts(
        venue=event.venue, room=event.room, terms=venue_terms(event), phone=venue_phone(event, mine), **told
    )


def venue_phone(item: HasVenue, venues: Iterable[Venue]) -> str:
    """Return the telephone of the place, empty where nobody knows it.

    That of the room goes first, then that of the house. Where only other rooms have numbers, it is theirs if they
    agree: a wrong number on the paper of the day is worse than none.
    """
    mine = [one for one in venues if item.venue and one.name == item.venue and one.phone.strip()]
    found = matching_venue(mine, item.venue, item.room)
    numbers = {one.phone.strip() for one in mine}
    return found.phone.strip() if found is not None else numbers.pop() if len(numbers) == 1 else ""
