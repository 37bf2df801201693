"""Undo of the pictures of a report: added, described, moved, taken out."""

from app.foreign_files.picture_reading import Picture
from app.submissions.reports.services import report_photos
from db.records.submissions.reports import ReportPhoto
from db.rows import rows
from tests.support.pictures import picture
from tests.support.scenarios import Scenarios
from tests.support.world import World


def first(world: World) -> int:
    """The first picture of the report of the second lecture."""
    return rows(world.store.database, ReportPhoto, report_id=world.report("L2"), order="position")[0].id


SCENARIOS: Scenarios = {
    report_photos.add_photos: lambda w: {
        "report_id": w.report("L5"),
        "pictures": (Picture(name="a.jpg", data=picture((400, 300)), width=400, height=300),)},
    report_photos.describe_photo: lambda w: {"photo_id": first(w), "words": {"scene": "質問の時間"}},
    report_photos.move_photo: lambda w: {"photo_id": first(w), "step": 1},
    report_photos.remove_photo: lambda w: {"photo_id": first(w)},
}  # fmt: skip
