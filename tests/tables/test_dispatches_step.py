"""Data from before the slips of 派遣: its steps for 区報 and チラシ go where nobody touched them; what
was done stays."""

from __future__ import annotations

import pytest

from db import migrations
from db.records.dispatches import DispatchFollowUp, DispatchRequest, DispatchSupport
from db.records.events import RecruitmentStep
from db.rows import rows

pytestmark = pytest.mark.nightly

NUMBER = next(number for number, path in enumerate(migrations.STEPS, start=1) if "dispatches" in path.name)


def test_steps_that_a_dispatch_never_takes_go_and_what_was_done_stays():
    database = migrations.in_memory(upto=NUMBER - 1)
    database.execute("PRAGMA foreign_keys = OFF")
    columns = {row[1]: row for row in database.execute("PRAGMA table_info(events)").fetchall()}
    for event_id, kind in ((1, "派遣"), (2, "講習会")):
        values = {"id": event_id, "kind": kind, "programme_id": 1, "subject": "見本"}
        needed = {
            name: values.get(name, 0 if row[2] == "INTEGER" else "")
            for name, row in columns.items()
            if row[3] or name in values
        }
        marks = ", ".join("?" for _ in needed)
        database.execute(f"INSERT INTO events ({', '.join(needed)}) VALUES ({marks})", list(needed.values()))
    for step_id, event_id, name, done in (
        (1, 1, "チラシ校了", None), (2, 1, "区報原稿締切", "2026-08-01"), (3, 1, "決定通知", None),
        (4, 2, "チラシ校了", None),
    ):  # fmt: skip
        database.execute(
            "INSERT INTO recruitment_steps (id, event_id, position, name, offset_days, due, done_on, done_by, note)"
            " VALUES (?, ?, ?, ?, 40, NULL, ?, '', '')",
            [step_id, event_id, step_id, name, done],
        )
    migrations.migrate(database)
    assert [one.id for one in rows(database, RecruitmentStep)] == [2, 3, 4]
    assert [rows(database, kind) for kind in (DispatchRequest, DispatchSupport, DispatchFollowUp)] == [[]] * 3
    database.conn.close()
