"""A paper sheet typed before the second typing was kept opens as it was: nobody is named as its typist."""

from __future__ import annotations

import pytest

from db import migrations
from db.records.surveys import SurveyResponse
from db.rows import by_id

pytestmark = pytest.mark.nightly


def test_a_sheet_of_the_older_shape_keeps_its_answers_and_names_no_typist():
    database = migrations.in_memory(upto=6)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(
        "INSERT INTO answer_sheets (id, survey_id, source, number, row_key, respondent_key, answers, extra, problems, "
        "counted, decision) VALUES (5, 1, '紙', 1, '', '', '{\"q1\":{\"chosen\":[\"満足\"]}}', '{}', '[]', 1, '')"
    )

    migrations.migrate(database)

    sheet = by_id(database, SurveyResponse, 5)
    assert sheet is not None
    assert (sheet.answers["q1"].chosen, sheet.typed_by) == (("満足",), "")
    database.conn.close()
