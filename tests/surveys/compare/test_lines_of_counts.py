"""A line of a question in each year: people, percentage and the change between two."""

from types import SimpleNamespace as Facts

import pytest

from app.surveys.compare.rules import _line, _summed_people, with_sign
from app.surveys.questions.rules import OUTSIDE


def asked(base=10, *, one=True, positive=("はい",), total=None, **counts):
    return Facts(base=base, counts=counts, type=Facts(takes_one=one), positive=positive, sum_count=total)


UNKNOWN = ((None, (None, "")), (asked(), (None, "")), (asked(0, はい=0), (0, "")))


@pytest.mark.parametrize(
    ("name", "given", "cells", "change"),
    [
        ("はい", [asked(はい=3), asked(20, はい=9)], [(3, "30.0"), (9, "45.0")], ("+6", "+15.0")),
        ("はい", [asked(はい=3), asked(3, はい=1)], [(3, "30.0"), (1, "33.3")], ("−2", "+3.3")),
        ("はい", [asked(はい=3), asked(はい=3)], [(3, "30.0")] * 2, ("0", "0.0")),
        ("はい", [asked(10000, はい=3334), asked(9, はい=3)], [(3334, "33.3"), (3, "33.3")], ("−3331", "0.0")),
        *(("はい", [asked(はい=3), other], [(3, "30.0"), cell], None) for other, cell in UNKNOWN),
        *(("はい", [other, asked(はい=3)], [cell, (3, "30.0")], None) for other, cell in UNKNOWN),
        ("はい", [asked(はい=1), asked(はい=2), asked(はい=3)], [(1, "10.0"), (2, "20.0"), (3, "30.0")], None),
        (OUTSIDE, [asked(), asked(**{OUTSIDE: 1})], [(0, "0.0"), (1, "10.0")], ("+1", "+10.0")),
    ],
)
def test_a_change_is_said_where_both_of_two_are_known(name, given, cells, change):
    found = _line(name, given, "option")
    assert [(one.people, one.percent) for one in found.cells] == cells
    assert (found.difference and (found.difference.people, found.difference.points)) == change


def test_the_people_of_a_sum_are_those_of_the_newest_options_or_what_was_counted():
    newest = asked(positive=("はい", "やや"))
    several = asked(one=False, positive=("はい",), total=4)
    assert _summed_people(newest, asked(はい=3, やや=2, いいえ=1)) == 5
    assert _summed_people(newest, asked(はい=3)) == 3
    assert [_summed_people(asked(one=False, positive=of), several) for of in (("はい",), ("やや",))] == [4, None]
    signs = {"3": "+3", "-3": "−3", "0": "0", "-0.0": "0.0", "0.0": "0.0", "-0.5": "−0.5"}
    assert {one: with_sign(one) for one in signs} == signs
