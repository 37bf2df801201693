"""A program that is ended at any call while it erases for good, or changes the data key, has done it at the next
opening or not begun, and lost nothing."""

import pytest

from tests.faults import stopping
from tests.support.in_full import some, times

STOPS = times(6, of=3)


@pytest.mark.parametrize(("module", "restored"), some([("erasing_stops", 2), ("key_stops", 6)], of=2))
def test_stops_leave_nothing_behind_and_lose_nothing(module, restored):
    # ``make faults`` stops two hundred times.
    outcome = stopping.played(module, STOPS, 1)

    assert outcome["wrong"] == []
    assert (outcome["stops"], outcome["restored"]) == (STOPS, restored)
