"""Suggests names, venues and lecturers of earlier events while a new one is entered."""

from __future__ import annotations

from collections.abc import Iterable

from db.record import record
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.venues import Facility, Venue
from db.rows import rows
from db.store import Store

_SUBJECTS = ("LINE講習会", "Instagram講習会", "キャッシュレス決済講習会", "活用事例の紹介")
"""Subjects of the year before (R7: 事例紹介, LINE, Instagram, キャッシュレス, one each)."""


@record
class UsualPlace:
    """A venue with its room, as one event was held there."""

    venue: str
    room: str
    capacity: int | None
    network: str
    facility: Facility


@record
class UsualEventValues:
    """Names of 講習会, places and lecturers of earlier events, newest first, without duplicates."""

    subjects: tuple[str, ...]
    places: tuple[UsualPlace, ...]
    lecturers: tuple[str, ...]


def read_usual_event_values(store: Store) -> UsualEventValues:
    """Return the values of earlier events of all years; subjects of the year before follow the names of 講習会."""
    events = rows(store.database, Event, order=("-event_date", "-id"))
    places: dict[tuple[str, str], UsualPlace] = {}
    for one in events:
        if one.venue.strip():
            place = UsualPlace(
                venue=one.venue,
                room=one.room,
                capacity=one.venue_capacity,
                network=one.network,
                facility=one.facility,
            )
            places.setdefault((one.venue, one.room), place)
    for known in rows(store.database, Venue, order="name"):
        # Details of a venue are kept in the register of venues; an event held there copies them.
        place = UsualPlace(
            venue=known.name,
            room=known.room,
            capacity=known.capacity,
            network=known.network,
            facility=known.facility,
        )
        places.setdefault((known.name, known.room), place)
    return UsualEventValues(
        subjects=_without_duplicates([*(one.subject for one in events if one.form is EventForm.LECTURE), *_SUBJECTS]),
        places=tuple(places.values()),
        lecturers=_without_duplicates(one.lecturer for one in events),
    )


def _without_duplicates(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in words if one.strip()))
