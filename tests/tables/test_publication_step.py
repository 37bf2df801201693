"""A folder from before 掲載 stood beside 撮影: what was said counts for both, and every 撮影 可 of a file is asked about."""

from __future__ import annotations

from datetime import datetime

from db import mapping, migrations
from db.engine import Database
from db.records.applications import Application, ForeignImport, ImportTarget
from db.records.roster import Entry, PhotoConsent
from db.rows import rows


def test_files_that_brought_a_yes_to_the_photo_are_to_be_compared_once():
    step = next(number for number, path in enumerate(migrations.STEPS, start=1) if "publication" in path.stem)
    database = migrations.in_memory(upto=step - 1)
    database.execute("PRAGMA foreign_keys = OFF")
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
    database.conn.close()


def put(database: Database, table: str, record: object) -> None:
    """Write a row of before: the columns that the table has already."""
    known = {one.name for one in database[table].columns}
    written = {name: value for name, value in mapping.to_row(record).items() if name in known}
    marks = ", ".join("?" * len(written))
    database.execute(f"INSERT INTO {table} ({', '.join(written)}) VALUES ({marks})", list(written.values()))
