"""Which value of a further field stays when the same person applies again: the later one, unless it says nothing."""

import pytest

from app.events.applications import rules
from app.events.applications.rules import ApplicationFacts, merged_extra_values
from db.fields import specs
from db.records.roster import TabletLoan


@pytest.fixture
def _one_day(monkeypatch):
    """A list with one further field that is no text: a day."""
    field = specs(TabletLoan)["out_at"]
    monkeypatch.setattr(rules, "_EXTRA_FIELD_SPECS", (field,))
    monkeypatch.setattr(rules, "_EXTRA_DEFAULTS", (field.default,))


def merged(was, now):
    (found,) = merged_extra_values(ApplicationFacts(further=was), ApplicationFacts(further=now))
    return found


@pytest.mark.usefixtures("_one_day")
def test_a_later_value_takes_the_place_of_the_earlier_one_and_an_empty_one_does_not():
    assert merged((3,), (5,)) == 5
    assert merged((3,), (None,)) == 3
    assert merged((), (5,)) == 5
    assert merged((3,), ()) == 3


@pytest.mark.parametrize(("was", "now", "found"), [("前", "後", "後"), ("前", " ", "前"), ("前", " 前 ", "前")])
def test_a_later_text_counts_unless_it_is_blank_or_the_same(was, now, found):
    assert rules._merged_value(was, now, "") == found
