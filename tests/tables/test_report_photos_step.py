"""The step that gives a report its pictures leaves the reports of before as they were."""

from __future__ import annotations

import pytest

from db import migrations
from db.records.submissions.reports import AcceptedDifference, ReportPhoto
from db.rows import rows

pytestmark = pytest.mark.nightly


def test_what_was_there_stays_and_pictures_have_their_table():
    made = migrations.in_memory(upto=14)
    made.execute("PRAGMA foreign_keys = OFF")
    made.execute(
        "INSERT INTO kept_numbers (id, event_id, number, place, ours, theirs, reason, by, kept_on) "
        "VALUES (1, 1, '出席', '実施報告書', '16', '15', '数え方が違う', '見本　係員', '2026-11-20')"
    )
    migrations.migrate(made)
    (kept,) = rows(made, AcceptedDifference)
    assert (kept.number, kept.reason) == ("出席", "数え方が違う")
    assert rows(made, ReportPhoto) == []
    made.conn.close()
