"""People written before contacts had a purpose keep their telephone number, now as a contact, and are found."""

from __future__ import annotations

import pytest

from db import migrations
from db.name_key import name_key
from db.records.organisations import Contact
from db.tables import organisations as table

pytestmark = pytest.mark.nightly


def test_a_telephone_number_of_the_old_shape_becomes_a_contact():
    database = migrations.in_memory(upto=3)
    database.execute(
        "INSERT INTO organisations (id, branch, name, furigana, stages, support_policy, note) "
        "VALUES (7, '第3支部', '見本髙台町会', '', '{}', '', '')"
    )
    for number, (name, phone) in enumerate((("髙橋　恵子", "03-0000-1234"), ("渡邉 正", "")), start=1):
        database.execute(
            "INSERT INTO people (id, organisation_id, name, furigana, role, phone, note) VALUES (?, 7, ?, "
            "'', '会長', ?, '')",
            [number, name, phone],
        )

    migrations.migrate(database)

    assert [(one.id, one.name, one.role) for one in table.people(database, 7)] == [
        (1, "髙橋　恵子", "会長"),
        (2, "渡邉 正", "会長"),
    ]
    assert table.contacts_of_person(database, 1) == [Contact(id=1, person_id=1, value="03-0000-1234")]
    keys = dict(database.execute("SELECT person_id, key FROM person_keys").fetchall())
    assert name_key("高橋恵子") in keys[1]
    assert "03000012" in keys[1]
    assert name_key("渡辺") in keys[2]
    assert name_key("高台") in database.execute("SELECT key FROM organisation_keys").fetchone()[0]
    database.conn.close()
