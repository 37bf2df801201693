"""A folder from before 事例発表: nothing in it changes, and a row of the new kind is kept whole."""

from __future__ import annotations

from db import migrations


def test_a_folder_from_before_takes_the_step_and_allows_nothing_by_itself():
    step = next(number for number, path in enumerate(migrations.STEPS, start=1) if "presentations" in path.stem)
    database = migrations.in_memory(upto=step - 1)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(
        "INSERT INTO contacts (id, kind, value, purpose, event_id, note) VALUES (4, '電話', '03', '連絡', 9, '見本')"
    )
    migrations.migrate(database)
    assert database.execute("SELECT note FROM contacts").fetchall() == [("見本",)]
    database.execute("INSERT INTO presentations (id, event_id, organisation_name) VALUES (1, 9, '見本町会')")
    row = database.execute(
        "SELECT answer, use_handout + use_report + use_web + use_report_photo + use_web_photo + pictured_agree"
        " + tell_number FROM presentations"
    ).fetchone()
    assert tuple(row) == ("", 0)
