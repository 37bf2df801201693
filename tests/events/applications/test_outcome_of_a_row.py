"""What comes of a row: new before changed before known, and how many places it takes beyond those it has."""

from types import SimpleNamespace

import pytest

from app.events.applications.services.application_judging import (
    APPLIED_AT_KEY,
    _joined_reasons,
    _new_entry_count,
    _outcome_of,
    _takes_over_entries,
)


def action(kind="更新", *changes, is_given_up=False):
    told = [SimpleNamespace(key=key, old=old) for key, old in changes]
    return SimpleNamespace(kind=kind, changes=told, held_entries=SimpleNamespace(is_given_up=is_given_up))


def applicant(people, declined=False):
    return SimpleNamespace(facts=SimpleNamespace(people=people), declined=declined)


@pytest.mark.parametrize(
    ("kinds", "outcome"),
    [
        ((), "重複"), (("重複",), "重複"), (("重複", "更新"), "更新"), (("更新", "新規", "重複"), "新規"),
        (("新規",), "新規"),
    ],
)  # fmt: skip
def test_a_row_is_new_where_any_of_its_places_is(kinds, outcome):
    assert _outcome_of([action(kind) for kind in kinds]) == outcome


@pytest.mark.parametrize(
    ("one", "people", "declined", "count"),
    [
        (action("新規"), 3, False, 3), (action("新規"), 3, True, 0), (action("更新", ("people", "2人")), 3, False, 1),
        (action("更新", ("people", "2人")), 3, True, 0), (action("更新", ("people", "3人")), 3, False, 0),
        (action("更新", ("people", "4人")), 3, False, 0), (action("更新", ("care", "")), 3, False, 0),
        (action("重複"), 3, False, 0),
    ],
)  # fmt: skip
def test_a_row_takes_places_beyond_those_it_holds_and_none_once_it_was_declined(one, people, declined, count):
    assert _new_entry_count(one, applicant(people, declined)) == count


def test_a_place_takes_over_what_is_new_in_more_than_its_arrival_or_where_it_was_given_up():
    assert not _takes_over_entries(action("更新"))
    assert not _takes_over_entries(action("更新", (APPLIED_AT_KEY, "")))
    assert _takes_over_entries(action("更新", (APPLIED_AT_KEY, ""), ("care", "")))
    assert _takes_over_entries(action("重複", is_given_up=True))
    assert _joined_reasons(["a", "", "b", "a"]) == "a\nb"
