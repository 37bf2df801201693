"""Undo of the pictures of a report: added, described, moved, taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.foreign_files.picture_reading import Picture
from app.submissions.reports.services import report_photos
from db.records.submissions.reports import ReportPhoto
from db.rows import rows
from tests.support.pictures import picture
from tests.support.world import World

Act = Callable[[World, dict[str, Any]], object]


def first(world: World) -> int:
    """The first picture of the report of the second lecture."""
    return rows(world.store.database, ReportPhoto, report_id=world.report("L2"), order="position")[0].id


SCENARIOS: dict[Callable[..., Any], Act] = {
    report_photos.add_photos: lambda w, who: report_photos.add_photos(
        w.store,
        report_id=w.report("L5"),
        pictures=(Picture(name="a.jpg", data=picture((400, 300)), width=400, height=300),),
        **who,
    ),
    report_photos.describe_photo: lambda w, who: report_photos.describe_photo(
        w.store, photo_id=first(w), words={"scene": "質問の時間"}, **who
    ),
    report_photos.move_photo: lambda w, who: report_photos.move_photo(w.store, photo_id=first(w), step=1, **who),
    report_photos.remove_photo: lambda w, who: report_photos.remove_photo(w.store, photo_id=first(w), **who),
}
