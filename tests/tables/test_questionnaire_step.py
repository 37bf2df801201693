"""A questionnaire and an event's survey of the older shape open as they were, with what is new left empty."""

from __future__ import annotations

import pytest

from db import migrations
from db.records.surveys import EventSurvey
from db.rows import by_id

pytestmark = pytest.mark.nightly


def test_a_survey_of_the_older_shape_keeps_its_questions_and_belongs_to_no_master():
    database = migrations.in_memory(upto=4)
    database.execute("PRAGMA foreign_keys = OFF")
    questions = '[{"code":"q1","title":"満足度","type":"SA","options":["満足","不満"]}]'
    database.execute(
        "INSERT INTO event_surveys (id, event_id, title, questions, online_url, counted_by, purpose, "
        "frozen_by, freeze_note) "
        "VALUES (3, 1, '見本', ?, '', '受託者', '', '', '')",
        [questions],
    )
    migrations.migrate(database)

    survey = by_id(database, EventSurvey, 3)
    assert survey is not None
    assert (survey.questionnaire_id, survey.large_copies) == (None, 0)
    question = survey.questions[0]
    assert (question.title, question.options, question.asked_of, question.scale) == (
        "満足度",
        ("満足", "不満"),
        "",
        False,
    )
    database.conn.close()
