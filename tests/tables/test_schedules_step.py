"""A folder from before the 案 of dates: every closed day stays, and no 案, no day of the ward and no planned change is
there."""

from __future__ import annotations

from datetime import date

import pytest

from db import migrations
from db.records.organisations import PlannedChange
from db.records.programme import ClosedDay
from db.records.schedules import ScheduleCandidate, SchedulePlan, WardDay
from db.rows import rows

pytestmark = pytest.mark.nightly


def test_what_was_there_stays_and_dates_can_be_tried():
    step = next(number for number, path in enumerate(migrations.STEPS, start=1) if "schedules" in path.stem)
    database = migrations.in_memory(upto=step - 1)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute("INSERT INTO closed_days (id, day, reason) VALUES (7, '2026-10-02', '館内整備')")
    migrations.migrate(database)
    (closed,) = rows(database, ClosedDay)
    assert (closed.reason, closed.day) == ("館内整備", date(2026, 10, 2))
    assert [rows(database, kind) for kind in (SchedulePlan, ScheduleCandidate, WardDay, PlannedChange)] == [[]] * 4
    database.conn.close()
