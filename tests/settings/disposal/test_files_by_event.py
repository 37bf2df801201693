"""Files that are due are counted by the events with most of them."""

from datetime import date
from types import SimpleNamespace

import pytest

from app.programme.rules import PARTICIPANTS, PHOTOS, REQUEST_FORMS
from app.settings.disposal.services import due_files, due_rows
from db.redactions import REDACTED
from db.row_history import RowHistory


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


def test_only_the_marked_files_lose_their_name_and_what_came_again_stays(monkeypatch):
    waiting = [
        SimpleNamespace(id=number, kind=kind, count=count)
        for number, kind, count in ((1, PHOTOS.key, 3), (2, REQUEST_FORMS.key, 1), (3, PARTICIPANTS.key, 9))
    ]
    tables = {
        "ErasedFile": [SimpleNamespace(keyed_hash="abac"[each], disposal_id=(1, 2, 1, 3)[each]) for each in range(4)],
        "StoredFile": [SimpleNamespace(id=number, keyed_hash=name) for number, name in ((5, "a"), (6, "b"), (7, "c"))],
    }
    monkeypatch.setattr(due_files, "rows", lambda _database, record, **_given: tables[record.__name__])
    images = {
        ("stored_files", 5): {"keyed_hash": "a"}, ("stored_files", 7): {"keyed_hash": "c"},
        ("stored_files", 8): {}, ("dispatch_wishes", 1): {"file_id": 6}, ("dispatch_wishes", 2): {"file_id": 7},
        ("dispatch_wishes", 3): {"file_id": None}, ("report_photos", 1): {"file_id": 5, "keyed_hash": "a"},
    }  # fmt: skip
    histories = SimpleNamespace(last_images={RowHistory(*at, 1, ""): image for at, image in images.items()})
    found = due_files.files_to_erase(None, histories, waiting)
    assert {life[:2]: cells for life, cells in found.cells.items()} == {
        ("stored_files", 5): {"name": REDACTED},
        ("dispatch_wishes", 1): {"file_name": REDACTED},
    }
    assert (found.names, found.outcome) == (
        ("a", "b"),
        {
            1: {"erased": 2, "stayed": 1, "removed_before": 0},
            2: {"erased": 1, "stayed": 0, "removed_before": 0},
        },
    )
    assert due_files.files_to_erase(None, histories, waiting[2:]).cells == {}


@pytest.mark.parametrize(
    ("wanted", "more"),
    [({}, {}), ({1: {"a": "x"}}, {}), ({}, {1: {"a": "x"}}), ({1: {"a": "x"}}, {1: {"b": "y"}, 2: {}})],
)
def test_cells_of_both_are_joined_by_row(wanted, more):
    found = due_files.merge_cells(wanted, more)
    assert found == {life: wanted.get(life, {}) | more.get(life, {}) for life in wanted.keys() | more.keys()}
