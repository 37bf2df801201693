"""The sums of who is expected: a 団体 counts once, and the rest of the devices is not known."""

import pytest

from app.event.rules.expected_attendance import (
    ExpectedTotals,
    care_words,
    default_capacity,
    expected_totals,
    unknown_devices,
)
from app.event.rules.participation import count_participation, expected_counts
from db.records.participants import ExpectedCount
from db.records.roster import Entry


def row(name, people, own=0, lent=0, care=0, request=""):
    return ExpectedCount(
        event_id=1,
        position=0,
        organisation_name=name,
        people=people,
        own_devices=own,
        lent_devices=lent,
        care_count=care,
        care_request=request,
    )


@pytest.mark.parametrize(
    ("people", "own", "lent", "unknown"),
    [(10, 3, 2, 5), (10, 8, 2, 0), (10, 0, 0, 10), (10, 7, 2, 1), (10, 8, 3, 0), (0, 0, 0, 0), (0, 1, 1, 0)],
)
def test_whoever_neither_brings_nor_borrows_a_device_is_not_known(people, own, lent, unknown):
    totals = ExpectedTotals(people=people, organisations=1, own_devices=own, lent_devices=lent, care_count=0)
    assert (unknown_devices(totals), totals.unknown_devices) == (unknown, unknown)


def test_rows_of_one_organisation_count_it_once_and_one_without_people_does_not_count():
    assert expected_totals([]) == ExpectedTotals(people=0, organisations=0, own_devices=0, lent_devices=0, care_count=0)
    found = expected_totals([
        row("みほん町会", 3, own=1, lent=1, care=1, request="前方の席1"),
        row("みほん町会", 1, lent=1, care=1, request=" 前方の席1 "),
        row("若葉町会", 1, care=1, request="手話通訳"),
        row("青葉会", 0, own=0, request=" "),
    ])  # fmt: skip
    assert (found.people, found.organisations, found.own_devices, found.lent_devices, found.care_count) == (
        5,
        2,
        1,
        2,
        3,
    )
    assert found.care_request == "前方の席1（2件）、手話通訳"
    assert care_words([]) == ""


def test_people_without_an_organisation_are_counted_as_people_and_as_no_organisation():
    coming = [
        Entry(id=1, event_id=1, state="決定", organisation_name="みほん町会"),
        Entry(id=2, event_id=1, state="決定", organisation_name=""),
        Entry(id=3, event_id=1, state="決定", organisation_name=" "),
    ]
    counted = expected_counts(coming, {}, [])
    assert [(one.organisation_name, one.people) for one in counted] == [("みほん町会", 1), ("団体名なし", 2)]
    totals = expected_totals(counted)
    assert (totals.people, totals.organisations) == (3, 1)
    assert totals.organisations == count_participation(coming).expected_organisations


def test_the_usual_capacity_is_the_most_of_the_specification_or_of_the_room(lectures):
    assert default_capacity(lectures, None) == 20
    assert default_capacity(lectures, 24) == 20
    assert default_capacity(lectures, 15) == 15
