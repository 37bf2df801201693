"""The days of somebody who serves: both ends belong to the period, and the end does not lie before the beginning."""

from datetime import date, timedelta

import pytest

from app.programme.intake import preset
from app.registers.workers.rules import ROLES, Worker, period_problem, roles_of_year

BEGINS, ENDS = date(2026, 6, 1), date(2026, 6, 30)


def worker(begins, ends):
    return Worker(row_key="1", name="見本", affiliation="", role="講師", begins=begins, ends=ends)


@pytest.mark.parametrize(
    ("begins", "ends", "states"),
    [
        (BEGINS, ENDS, ["予定", "従事中", "従事中", "期間切れ"]),
        (None, ENDS, ["従事中", "従事中", "従事中", "期間切れ"]),
        (BEGINS, None, ["予定", "従事中", "従事中", "従事中"]),
        (None, None, ["従事中"] * 4),
    ],
)
def test_a_person_serves_from_the_first_day_to_the_last(begins, ends, states):
    one, day = worker(begins, ends), timedelta(days=1)
    days = (BEGINS - day, BEGINS, ENDS, ENDS + day)
    assert [one.state(each) for each in days] == states
    assert [one.is_serving(each) for each in days] == [state == "従事中" for state in states]


@pytest.mark.parametrize(
    ("begins", "ends", "is_wrong"),
    [
        ("2026-06-02", "2026-06-01", True), ("2026-06-01", "2026-06-01", False),
        ("", "2026-06-01", False), ("2026-06-01", "", False),
    ],
)  # fmt: skip
def test_a_period_that_ends_before_it_begins_is_refused(begins, ends, is_wrong):
    said = "従事終了予定日が、従事開始日より前になっています。"
    assert period_problem({"begins": begins, "ends": ends}) == (said if is_wrong else "")


def test_who_guides_groups_is_a_role_only_where_a_kind_has_groups():
    kinds = preset().kinds
    plain = [one for one in kinds if not one.form.in_groups]
    assert set(roles_of_year(kinds)) == set(ROLES)
    assert roles_of_year(plain) == ("管理責任者", "業務責任者", *dict.fromkeys(one.lecturer for one in plain), "事務")
    assert roles_of_year(()) == ("管理責任者", "業務責任者", "事務")
