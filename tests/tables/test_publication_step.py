"""A folder from before 掲載 stood beside 撮影: what was said counts for both, and every 撮影 可 of a file is asked about."""

from datetime import datetime

from db import migrations
from db.records.applications import Application, ForeignImport, ImportTarget
from db.records.roster import Entry, PhotoConsent
from db.rows import rows
from tests.support.old_shapes import before_step, put


def test_files_that_brought_a_yes_to_the_photo_are_to_be_compared_once():
    database = before_step("publication")
    for number, photo in enumerate((PhotoConsent.GIVEN, PhotoConsent.REFUSED), start=1):
        put(
            database,
            "foreign_imports",
            ForeignImport(
                id=number,
                target=ImportTarget.APPLICATIONS,
                file_name=f"{number}.csv",
                sha256="0" * 64,
                source="google_forms_csv",
                at=datetime(2026, 9, 1, 9),
                by="見本",
                reading=1,
            ),
        )
        put(database, "applications", Application(id=number, name="見本　一", import_id=number))
        put(database, "entries", Entry(id=number, event_id=1, application_id=number, photo=photo))
    migrations.migrate(database)
    assert [one.reading for one in rows(database, ForeignImport, order="id")] == [0, 1]
    places = rows(database, Entry, order="id")
    assert [(one.publication, one.pictures) for one in places] == [("", "可"), ("", "不可")]
