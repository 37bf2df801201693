"""A register from before pairs could be kept apart: every 団体 stays, and no pair is kept apart."""

from __future__ import annotations

from datetime import date

import pytest

from db import migrations
from db.records.organisations import NotDouble, StageMark
from db.rows import rows

pytestmark = pytest.mark.nightly


def test_what_was_there_stays_and_no_pair_is_kept_apart():
    database = migrations.in_memory(upto=16)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(
        "INSERT INTO stage_marks (id, organisation_id, tool, stage, marked_on, source, by)"
        " VALUES (1, 3, 'LINE', '2', '2026-09-01', '', '見本')"
    )
    migrations.migrate(database)
    (mark,) = rows(database, StageMark)
    assert (mark.tool, mark.stage, mark.marked_on) == ("LINE", "2", date(2026, 9, 1))
    assert rows(database, NotDouble) == []
    database.conn.close()
