"""Suggests names, venues and lecturers of earlier events while a new one is entered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from db.record import record
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.programme import EventKind
from db.records.venues import Venue
from db.rows import rows
from db.store import Store

_TOOLS, _EXAMPLES = ("LINE", "Instagram", "キャッシュレス決済"), "活用事例の紹介"
"""What the lectures of 令和7年度 were about, one each."""


@record
class UsualEventValues:
    """Suggestions without duplicates: names of lectures, places, and lecturers.

    What earlier events had comes first, newest first; then the usual names of lectures and the register of venues. The
    place of an event is a venue as well, with its room as it was held there.
    """

    subjects: tuple[str, ...]
    places: tuple[Venue, ...]
    lecturers: tuple[str, ...]


def read_usual_event_values(store: Store, *, lectures: Sequence[str]) -> UsualEventValues:
    """Return the values of the events of all years, followed by more names of lectures and by the register of venues.

    The names are the usual ones made from ``lectures``, then those that a contract says were held the year before.

    Args:
        lectures: the names of the year's kinds that are lectures.
    """
    events = rows(store.database, Event, order=("-event_date", "-id"))
    held_at = (
        Venue(name=one.venue, room=one.room, capacity=one.venue_capacity, network=one.network, facility=one.facility)
        for one in events
        if one.venue.strip()
    )
    places: dict[tuple[str, str], Venue] = {}
    # Details of a venue are kept in the register of venues; an event held there copies them.
    for place in (*held_at, *rows(store.database, Venue, order="name")):
        places.setdefault((place.name, place.room), place)
    kinds = rows(store.database, EventKind, order=("-programme_id", "position"))
    stated = (name for kind in kinds if kind.form is EventForm.LECTURE for name in kind.held_last_year)
    held = [one.subject for one in events if one.form is EventForm.LECTURE]
    return UsualEventValues(
        subjects=_without_duplicates([*held, *_usual_subjects(lectures), *stated]),
        places=tuple(places.values()),
        lecturers=_without_duplicates(one.lecturer for one in events),
    )


def _usual_subjects(lectures: Sequence[str]) -> tuple[str, ...]:
    """Return each usual tool joined with each of ``lectures`` (「LINE講習会」), then 「活用事例の紹介」.

    () without ``lectures``.
    """
    named = [f"{tool}{name}" for name in lectures for tool in _TOOLS]
    return (*named, _EXAMPLES) if named else ()


def _without_duplicates(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in words if one.strip()))
