"""The step of the paper sheets received: a count that the ward typed is none of the contractor's numbers."""

from __future__ import annotations

import json

import pytest

from db import migrations
from db.records.surveys import EventSurvey
from db.rows import rows

pytestmark = pytest.mark.nightly

_SURVEY = (
    "INSERT INTO event_surveys (id, event_id, title, questions, online_url, counted_by, counted_on, purpose, frozen_by, "
    "freeze_note, contractor_counts, checked_by) VALUES (?, ?, '', '[]', '', '受託者', ?, '', '', '', ?, '')"
)
_TALLY = {"": {"紙": 7, "オンライン": 5}, "joy": {"満足": 9}}


def test_a_count_of_sheets_that_the_ward_typed_is_no_tally_of_the_contractor():
    database = migrations.in_memory(upto=51)
    database.execute("PRAGMA foreign_keys = OFF")
    for row_id, counted_on, counts in (
        (1, None, {"": {"紙": 8}}),
        (2, None, _TALLY),
        (3, "2026-10-07", {"": {"紙": 6}}),
        (4, None, {}),
    ):
        database.execute(_SURVEY, [row_id, row_id, counted_on, json.dumps(counts, ensure_ascii=False)])
    migrations.migrate(database)

    found = {one.id: (one.papers_received, one.contractor_counts) for one in rows(database, EventSurvey)}
    assert found == {1: (8, {}), 2: (7, _TALLY), 3: (6, {"": {"紙": 6}}), 4: (None, {})}
    database.conn.close()
