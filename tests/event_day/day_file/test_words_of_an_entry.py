"""A place in a file of the venue is named by number, name and 団体, as far as each is known."""

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest

from app.event_day.day_file.rules import loan_merge_verdict, loan_words
from app.event_day.day_file.services.day_file_differences import _ThreeStates
from db.records.roster import Entry, TabletLoan


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"number": 9, "organisation_id": 5}, "9番 田口 修（みほん町会）"), ({}, "田口 修"),
        ({"organisation_id": 5}, "田口 修（みほん町会）"), ({"number": 9}, "9番 田口 修"),
        ({"number": 9, "organisation_name": "つつじ会"}, "9番 田口 修（つつじ会）"),
        ({"number": 9, "organisation_id": 6, "organisation_name": "つつじ会"}, "9番 田口 修（つつじ会）"),
    ],
)  # fmt: skip
def test_an_entry_says_what_is_known_of_it(given, words):
    file = SimpleNamespace(organisations={5: SimpleNamespace(name="みほん町会")}, name=lambda _entry: "田口 修")
    assert _ThreeStates.entry_words(file, Entry(id=1, event_id=3, **given)) == words


@pytest.mark.parametrize(
    ("number", "substitute_for", "given"),
    [
        (29, None, [29, 30]), (9, None, [21, 22]), (None, None, [21, 22]), (20, 5, [20, 21]), (10, 6, [21, 22]),
        (20, 99, [21, 22]),
    ],
)  # fmt: skip
def test_somebody_added_at_the_venue_keeps_a_number_that_is_free_else_gets_the_next_one(number, substitute_for, given):
    numbers = {1: {"number": 9}, 5: {"number": 20}, 6: {"number": 10, "attendance": "出席"}, 7: {}}
    office = {key: Entry(id=key, event_id=3, **one) for key, one in numbers.items()}
    states = _ThreeStates(None, 3, {}, {}, office, {}, {}, {})
    added = Entry(id=-1, event_id=3, number=number, substitute_for=substitute_for)
    assert [states.predicted_number(added), states.predicted_number(added)] == given


def test_an_entry_of_the_venue_is_known_by_its_id_or_gets_one_below_nothing():
    known = {1: Entry(id=1, event_id=3), 2: Entry(id=2, event_id=3)}
    states = _ThreeStates(None, 3, known, {}, {1: known[1]}, {}, {}, {}, entry_id_by_venue_id={8: 40})
    assert [states.entry_id(number) for number in (None, 1, 2, 8, 9)] == [None, 1, -2, 40, -9]


def test_a_tablet_is_said_and_brought_together_by_its_times():
    nine, ten = datetime(2026, 12, 8, 9), datetime(2026, 12, 8, 10)
    loan = TabletLoan(tablet_id=1, event_id=3)
    out, later = (replace(loan, out_at=at) for at in (nine, ten))
    back = replace(out, back_at=ten)
    said = ["割当てなし", "未渡し（9番）", "9:00に渡した（9番）", "10:00に返却"]
    assert [loan_words(one, "9番") for one in (None, loan, out, back)] == said
    assert (loan_words(out, ""), loan_words(loan, "")) == ("9:00に渡した", "未渡し")
    pairs = ((loan, out), (out, loan), (out, out), (out, later), (later, out), (back, out), (out, back), (back, back))
    merged = [None, None, "済", "入れる", "済", "入れる", "済", "済"]
    assert [loan_merge_verdict(*one) for one in pairs] == merged
