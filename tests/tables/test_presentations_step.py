"""A folder from before 事例発表: nothing in it changes, and a row of the new kind is kept whole."""

from __future__ import annotations

import pytest

from db import migrations

pytestmark = pytest.mark.nightly


def test_a_folder_from_before_takes_the_step_and_allows_nothing_by_itself():
    step = next(number for number, path in enumerate(migrations.STEPS, start=1) if path.stem.endswith("_presentations"))
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


def test_what_led_to_a_row_of_somebody_else_leads_nowhere_after_the_step():
    step = next(number for number, path in enumerate(migrations.STEPS, start=1) if "presentation_pointers" in path.stem)
    database = migrations.in_memory(upto=step - 1)
    database.execute("PRAGMA foreign_keys = OFF")
    ours = "事例発表者への中止・変更の連絡と打合せ"
    for contact, event, purpose in ((1, 9, ours), (2, 8, ours), (3, 9, "連絡"), (4, None, "決定通知の送付")):
        database.execute(
            "INSERT INTO contacts (id, kind, value, purpose, event_id, note) VALUES (?, '電話', '03', ?, ?, '見本')",
            [contact, purpose, event],
        )
    database.execute("INSERT INTO materials (id, event_id, position, title, note) VALUES (1, 9, 1, '資料', '')")
    for one, (contact, material) in enumerate(((1, 1), (2, None), (3, 7), (4, None), (5, None)), start=1):
        database.execute(
            "INSERT INTO presentations (id, event_id, organisation_name, contact_id, material_id, presenter)"
            " VALUES (?, 9, '見本町会', ?, ?, '仮森')",
            [one, contact, material],
        )
    migrations.migrate(database)
    found = database.execute("SELECT contact_id, material_id, presenter FROM presentations ORDER BY id").fetchall()
    assert [tuple(row) for row in found] == [(1, 1, "仮森"), *((None, None, "仮森") for _ in range(4))]
