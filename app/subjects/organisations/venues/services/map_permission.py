"""The map of a registered venue, if it may be printed."""

from __future__ import annotations

from app.documents.guide_blocks import PlaceMap
from db.records.venues import Venue


def permitted_map(venue: Venue | None) -> PlaceMap | None:
    """Return the map of a venue; None without station and picture, or until its author and permission are recorded.

    A picture is only named by its stored file (``venue_maps.printed_map`` loads it).
    """
    if venue is None or not _has_map(venue) or map_problem(venue):
        return None
    return PlaceMap(
        station=venue.map_station.strip(),
        building=venue.map_building.strip() or venue.name,
        exit=venue.map_exit.strip(),
        street=venue.map_street.strip(),
        minutes=venue.map_minutes,
        file_id=venue.map_file_id or 0,
        source=f"略図　{venue.map_source.strip()}（{venue.map_permission.strip()}）",
    )


def map_problem(venue: Venue) -> str:
    """Return why a map that was drawn is not printed, as a sentence; "" when nothing is missing."""
    if not _has_map(venue):
        return ""
    lacks = [
        word for word, said in (("出典", venue.map_source), ("使用の許可", venue.map_permission)) if not said.strip()
    ]
    return f"{venue.name}の地図は、{'と'.join(lacks)}が会場の一覧に書かれるまで印刷しません。" if lacks else ""


def _has_map(venue: Venue) -> bool:
    return bool(venue.map_station.strip()) or venue.map_file_id is not None
