"""Files that are due are counted by the events with most of them."""

from datetime import date
from types import SimpleNamespace

import pytest

from app.programme.rules import PHOTOS
from app.settings.disposal.services import due_files, due_rows


@pytest.mark.parametrize(
    ("of_events", "words"),
    [
        ((), ""), ((None, 99), ""), ((1,), "講習会第1回 1"), ((2, 1, 2, None), "講習会第2回 2・講習会第1回 1"),
        ((3, 1, 2), "意見交換会 1・講習会第1回 1・講習会第2回 1"),
        ((1, 1, 2, 2, 3, 3, 4), "講習会第1回 2・講習会第2回 2・意見交換会 2 ほか1回"),
    ],
)  # fmt: skip
def test_the_three_events_with_most_files_are_named(of_events, words):
    titles = {1: "講習会第1回", 2: "講習会第2回", 3: "意見交換会", 4: "派遣第1回"}
    found = [
        SimpleNamespace(kind=PHOTOS.key, keyed_hash=str(place), until=date(2026, 8, 3), event_id=number)
        for place, number in enumerate(of_events)
    ]
    lines = due_rows._file_lines(found, titles, date(2026, 8, 3))
    assert [(one.events_text, one.count) for one in lines] == ([(words, len(of_events))] if of_events else [])


def test_a_row_belongs_to_the_event_of_its_report(monkeypatch):
    event = SimpleNamespace(id=2)
    known = {("Report", 5): SimpleNamespace(event_id=2), ("Event", 2): event}
    monkeypatch.setattr(due_files, "by_id", lambda _database, record, number: known.get((record.__name__, number)))
    assert due_files._event_of(None, {"report_id": 5}) is event
    for image in ({}, {"report_id": None}, {"report_id": 6}):
        assert due_files._event_of(None, image) is None
