"""The sample year day by day: what its lists say that they did not say the day before, without the days left."""

from datetime import date, timedelta

import pytest

from tests.support.lists_of_a_day import lists_of_a_day
from tests.support.paper_lines import assert_paper, came
from tests.support.sample import sample_store
from tests.support.stores import made_by

year = made_by(sample_store, scope="module")
MONTHS = [date(2026, 12, 1), *(date(2027, month, 1) for month in (1, 2, 3))]


@pytest.mark.parametrize("first", MONTHS, ids=str)
def test_what_the_lists_say_otherwise_than_the_day_before(year, first):
    said, before, day = [], lists_of_a_day(year, day=first), first + timedelta(days=1)
    while day <= (first + timedelta(days=31)).replace(day=1):
        now = lists_of_a_day(year, day=day)
        told = [(name, line) for name, lines in now.items() for line in came(before[name], lines)]
        said += [f"{day.month}/{day.day} {name}　{line}" for name, line in told]
        before, day = now, day + timedelta(days=1)
    assert_paper(said, f"{first:%Y-%m}")
