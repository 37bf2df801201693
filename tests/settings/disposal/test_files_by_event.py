"""Files that are due are counted by the events with most of them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.settings.disposal.services import due_files


def event(number, ordinal, kind="講習会"):
    return SimpleNamespace(id=number, ordinal=ordinal, kind_words=kind)


EVENTS = [event(1, 1), event(2, 2), event(3, 0, "意見交換会"), event(4, 1, "派遣")]


@pytest.mark.parametrize(
    ("of_events", "words"),
    [
        ((), ""),
        ((None, 99), ""),
        ((1,), "講習会第1回 1"),
        ((2, 1, 2, None), "講習会第2回 2・講習会第1回 1"),
        ((3, 1, 2), "意見交換会 1・講習会第1回 1・講習会第2回 1"),
        ((1, 1, 2, 2, 3, 3, 4), "講習会第1回 2・講習会第2回 2・意見交換会 2 ほか1回"),
    ],
)
def test_the_three_events_with_most_files_are_named(monkeypatch, of_events, words):
    monkeypatch.setattr(due_files, "rows", lambda *_a, **_k: EVENTS)
    found = [SimpleNamespace(event_id=number) for number in of_events]
    assert due_files.file_events_text(None, found) == words


def test_a_row_belongs_to_the_event_of_its_report(monkeypatch):
    known = {("Report", 5): SimpleNamespace(event_id=2), ("Event", 2): EVENTS[1]}
    monkeypatch.setattr(due_files, "by_id", lambda _database, record, number: known.get((record.__name__, number)))
    assert due_files._event_of(None, {"report_id": 5}) is EVENTS[1]
    for image in ({}, {"report_id": None}, {"report_id": 6}):
        assert due_files._event_of(None, image) is None
