"""The map of a venue as a supplied picture, which takes precedence over the drawn map."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.documents.guide_blocks import PlaceMap
from app.documents.services.stored_files import keep_file, read_files
from app.foreign_files.picture_reading import Picture
from app.subjects.organisations.venues.rules import place_words
from app.subjects.organisations.venues.services.map_permission import map_problem, permitted_map
from db.records.venues import Venue
from db.store import Store

_JPEG: Final = "image/jpeg"


@deed
def save_map(context: ActionContext, *, venue_id: int, picture: Picture) -> ActionResult:
    """Save the picture as the map of a venue; raises ``UserError`` when the venue is gone."""
    venue = get_or_raise(context.database, Venue, venue_id)
    title = place_words(venue.name, venue.room)
    with context.change(f"会場「{title}」に地図の絵を入れた", subject="venues") as change:
        kept = keep_file(context.store, change, data=picture.data, name=picture.name, now=context.now, media_type=_JPEG)
        change.update(Venue, venue_id, map_file_id=kept.id)
    lacks = map_problem(replace(venue, map_file_id=kept.id))
    return ActionResult(f"会場「{title}」に地図の絵を入れました。{lacks}", id=venue_id)


@deed
def remove_map(context: ActionContext, *, venue_id: int) -> ActionResult:
    """Remove the picture of a venue, so that the drawn map is printed again.

    Raises:
        UserError: the venue or its picture is gone.
    """
    venue = get_or_raise(context.database, Venue, venue_id)
    if venue.map_file_id is None:
        raise UserError("この会場に、地図の絵はありません。", "画面を開き直してください。")
    title = place_words(venue.name, venue.room)
    with context.change(f"会場「{title}」の地図の絵を外した", subject="venues") as change:
        change.update(Venue, venue_id, map_file_id=None)
    return ActionResult(f"会場「{title}」の地図の絵を外しました。", id=venue_id)


def printed_map(store: Store, venue: Venue | None) -> PlaceMap | None:
    """Return the map as documents print it, with its picture if there is one.

    Raises:
        Damaged: the stored picture is gone or was altered.
    """
    found = permitted_map(venue)
    if found is None or not found.file_id:
        return found
    return replace(found, data=read_files(store, [found.file_id])[found.file_id])
