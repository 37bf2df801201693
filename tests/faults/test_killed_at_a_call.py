"""A program that is ended while it erases for good has erased everything at the next opening, and lost nothing else."""

from __future__ import annotations

from tests.faults import stopping

STOPS = 6


def test_stops_while_erasing_leave_nothing_behind_and_lose_nothing():
    # ``make faults`` stops 210 times.
    outcome = stopping.played("erasing_stops", STOPS, 1)

    assert outcome["wrong"] == []
    assert (outcome["stops"], outcome["restored"]) == (STOPS, 2)
