"""A roster from before 遅刻 was noted: every place keeps what it was, and nobody is late."""

from __future__ import annotations

import pytest

from db import migrations
from db.records.roster import Entry
from db.rows import rows

pytestmark = pytest.mark.nightly


def test_places_from_before_are_as_they_were_and_nobody_is_late():
    database = migrations.in_memory(upto=14)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(
        "INSERT INTO entries (id, event_id, organisation_name, role, state, way, device, care, photo, number, seat,"
        " walk_in, attendance, attended_at, absent_note, doubtful, note) VALUES"
        " (7, 6, 'みほん町会', '', '決定', '', '', '', '', 9, '', 0, '出席', '2026-09-24T13:42:00', '', '', '')"
    )
    migrations.migrate(database)
    (entry,) = rows(database, Entry)
    database.conn.close()
    assert (entry.id, entry.state, entry.number, entry.attendance) == (7, "決定", 9, "出席")
    assert entry.attended_at is not None
    assert entry.attended_at.isoformat() == "2026-09-24T13:42:00"
    assert not entry.late
