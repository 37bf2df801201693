"""Totals fixed before differences were kept open as they are: nothing is settled, and no reason is made up."""

from __future__ import annotations

from datetime import datetime

import pytest

from db import migrations
from db.mapping import to_row
from db.records.surveys import EventSurvey, ResponseDraft
from db.rows import by_id, rows

pytestmark = pytest.mark.nightly

NEW = ("settlements", "uncompared", "papers_received")


def test_a_survey_of_the_older_shape_keeps_its_numbers_and_has_nothing_settled():
    database = migrations.in_memory(upto=11)
    database.execute("PRAGMA foreign_keys = OFF")
    fixed = {
        "contractor_counts": {"q1": {"満足": 3}},
        "frozen_at": datetime(2026, 10, 8, 17, 5),
        "frozen_by": "見本 太郎",
    }
    row = to_row(EventSurvey(id=5, event_id=1, title="標準", **fixed))
    database.table("event_surveys").insert({name: row[name] for name in row if name not in NEW})

    migrations.migrate(database)

    survey = by_id(database, EventSurvey, 5)
    assert survey is not None
    assert survey.contractor_counts == {"q1": {"満足": 3}}
    assert (survey.frozen_by, survey.settlements, survey.uncompared) == ("見本 太郎", {}, "")
    assert rows(database, ResponseDraft) == []
    database.conn.close()
