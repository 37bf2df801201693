"""The step of 仕様書の読み比べ: what was there stays, each side and each number stands once a year."""

from __future__ import annotations

import pytest

from db import migrations
from db.files.storage_errors import ENGINE_ERRORS
from db.records.agreements import Homework
from db.records.year.specification import NextValue, SpecificationText
from db.rows import rows

pytestmark = pytest.mark.nightly

STEP = next(number for number, path in enumerate(migrations.STEPS, start=1) if path.stem.endswith("_specification"))


def test_what_was_there_stays_and_what_stands_once_stands_once():
    database = migrations.in_memory(upto=STEP - 1)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(
        "INSERT INTO homework (id, programme_id, text, side, person, done_note) VALUES (1, 1, '試す', '区', '見本', '')"
    )
    migrations.migrate(database)
    assert [one.text for one in rows(database, Homework)] == ["試す"]
    assert [rows(database, kind) for kind in (SpecificationText, NextValue)] == [[], []]
    for row in (
        (
            "INSERT INTO specification_texts (programme_id, side, file_name, text, kept_on, kept_by) VALUES (1, "
            "'この年度', '', '', '2026-04-01', '')"
        ),
        (
            "INSERT INTO next_values (programme_id, key, value, clause, quote, confirmed_on, confirmed_by) "
            "VALUES (1, '講習会.planned', '7', '', '', '2026-04-01', '')"
        ),
    ):
        database.execute(row)
        with pytest.raises(ENGINE_ERRORS):
            database.execute(row)
    database.conn.close()
