"""An event finds its room in the register, else its building, and for the way there any room of the building."""

from types import SimpleNamespace

import pytest

from app.event.rules.event_venue import matching_venue, venue_of
from db.records.venues import Venue

HALL, ROOM, OTHER = (
    Venue(id=number, name="みほん区民館", room=room) for number, room in ((1, ""), (2, "研修室"), (3, "会議室"))
)
ELSEWHERE = Venue(id=4, name="つつじ館", room="研修室")


@pytest.mark.parametrize(
    ("venues", "name", "room", "exact", "building"),
    [
        ((HALL, ROOM, OTHER), "みほん区民館", "研修室", 2, 2), ((HALL, ROOM, OTHER), "みほん区民館", "", 1, 1),
        ((HALL, ROOM, OTHER), "みほん区民館", "和室", 1, 1),
        ((ELSEWHERE, OTHER, ROOM), "みほん区民館", "和室", None, 3), ((ROOM, OTHER), "みほん区民館", "", None, 2),
        ((ELSEWHERE,), "みほん区民館", "研修室", None, None),
        ((HALL, Venue(id=9, name="", room="")), "", "", None, None), ((), "みほん区民館", "研修室", None, None),
    ],
)  # fmt: skip
def test_a_room_is_found_before_its_building(venues, name, room, exact, building):
    found = matching_venue(venues, name, room)
    assert (found and found.id) == exact
    known = venue_of(SimpleNamespace(venue=name, room=room), venues)
    assert (known and known.id) == building
