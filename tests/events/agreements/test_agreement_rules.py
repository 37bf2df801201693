"""Which open 協議 asks for nothing any more."""

import pytest

from app.event.services.agreements import QUESTIONS_TOPIC
from app.events.agreements.rules import has_content
from app.events.agreements.services import _is_asked_no_more
from db.records.agreements import Agreement

TEXTS = ("content", "ward_view", "contractor_view", "decision", "reason")


@pytest.mark.parametrize(
    ("values", "gone"),
    [
        ({}, True), ({"topic": "機材"}, False), ({"event_id": 2}, False), ({"event_id": None}, False),
        ({"withdrawn_on": "x"}, False), *(({name: "あり"}, False) for name in TEXTS), ({"content": " "}, True),
    ],
)  # fmt: skip
def test_an_empty_one_about_questions_that_its_event_has_no_more(values, gone):
    one = Agreement(**({"topic": QUESTIONS_TOPIC, "event_id": 1} | values))
    assert _is_asked_no_more(one, {1}) is gone
    assert not _is_asked_no_more(one, ())
    assert has_content(one) is any(values.get(name, "").strip() for name in TEXTS)
