"""The map of a venue as a picture that somebody gave: put there, taken away; it goes before the one that is drawn.

- ``put_map(act, venue_id, picture) -> Saved``; ``take_map_away(act, venue_id) -> Saved``
- ``printed_map(store, venue) -> PlaceMap | None`` the map as papers print it
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.foreign_files.picture_reading import Picture
from app.papers.guide_blocks import PlaceMap
from app.papers.services.stored_files import keep_file, read_stored
from app.subjects.organisations.venues.rules import place_words
from app.subjects.organisations.venues.services.venue_of_event import map_of, missing_for_map
from db.records.venues import Venue
from db.store import Store

_JPEG: Final = "image/jpeg"


@deed
def put_map(act: Act, *, venue_id: int, picture: Picture) -> Saved:
    """Keep the picture as the map of a venue; raises ``Refusal`` when the venue is gone."""
    venue = get_or_refuse(act.database, Venue, venue_id)
    title = place_words(venue.name, venue.room)
    with act.change(f"会場「{title}」に地図の絵を入れた", subject="venues") as change:
        kept = keep_file(act.store, change, data=picture.data, name=picture.name, now=act.now, media_type=_JPEG)
        change.update(Venue, venue_id, map_file_id=kept.id)
    lacks = missing_for_map(replace(venue, map_file_id=kept.id))
    return Saved(f"会場「{title}」に地図の絵を入れました。{lacks}", id=venue_id)


@deed
def take_map_away(act: Act, *, venue_id: int) -> Saved:
    """Print the drawn map again, where there is one; raises ``Refusal`` when the venue or its picture is gone."""
    venue = get_or_refuse(act.database, Venue, venue_id)
    if venue.map_file_id is None:
        raise Refusal("この会場に、地図の絵はありません。", "画面を開き直してください。")
    title = place_words(venue.name, venue.room)
    with act.change(f"会場「{title}」の地図の絵を外した", subject="venues") as change:
        change.update(Venue, venue_id, map_file_id=None)
    return Saved(f"会場「{title}」の地図の絵を外しました。", id=venue_id)


def printed_map(store: Store, venue: Venue | None) -> PlaceMap | None:
    """Return the map as papers print it, with its picture where somebody gave one.

    Raises:
        Damaged: the kept picture is gone or was altered.
    """
    found = map_of(venue)
    if found is None or not found.file_id:
        return found
    return replace(found, data=read_stored(store, [found.file_id])[found.file_id])
