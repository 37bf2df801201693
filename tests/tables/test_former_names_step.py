"""Names corrected before former names were kept apart are found from the journal's first row on; contacts stay as they
were."""

from __future__ import annotations

import json

import pytest

from db import migrations
from db.name_key import name_key
from db.records.organisations import Contact
from db.rows import rows
from db.tables import search

pytestmark = pytest.mark.nightly

_STEP = next(number for number, path in enumerate(migrations.STEPS, start=1) if "former_names" in path.name)


def _renaming(seq, table, row_id, before, after):
    image = {"id": row_id, "name": before}
    change = {"table": table, "row_id": row_id, "before": image, "after": image | {"name": after}}
    return [seq, f"2020-04-0{seq}T09:00:00", "見本", "直した", "organisations", 0, json.dumps([change]), "", ""]


def test_what_was_renamed_before_is_found_and_what_was_erased_is_not():
    database = migrations.in_memory(upto=_STEP - 1)
    database.execute(
        "INSERT INTO organisations (id, branch, name, furigana, stages, support_policy, note)"
        " VALUES (7, '', '見本髙台町会', '', '{}', '', '')"
    )
    database.execute(
        "INSERT INTO contacts (id, organisation_id, kind, value, purpose, note)"
        " VALUES (1, 7, '電話', '03-0000-1234', '団体への連絡', '')"
    )
    for row in (
        _renaming(1, "organisations", 7, "見本旧町会", "見本髙台町会"),
        _renaming(2, "organisations", 9, "見本旧町会", "なくなった町会"),
        [3, "2020-04-03T09:00:00", "見本", "消した", "organisations", 0, "", "", ""],
    ):
        database.execute(
            "INSERT INTO journal (seq, at, by, action, subject, barrier, payload, payload_hash, chain)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )

    migrations.migrate(database)

    ((entry, what, row_id),) = search.name_changes(database, [name_key("見本旧町会")], limit=4)
    assert (entry.seq, what, row_id) == (1, "organisations", 7)
    assert [(one.organisation_id, one.event_id, one.value) for one in rows(database, Contact)] == [
        (7, None, "03-0000-1234")
    ]
    database.execute("UPDATE journal SET payload = '' WHERE seq = 1")
    assert search.name_changes(database, [name_key("見本旧町会")], limit=4) == []
    database.conn.close()
