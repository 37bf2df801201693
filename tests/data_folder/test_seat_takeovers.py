"""Writers in processes of their own meet at one folder whose locks do nothing: nothing that was reported is lost.

A few meetings of each kind; ``make faults`` lets them meet by the hundred.
"""

import json

import pytest

from tests.support.child_python import run_python
from tests.support.in_full import some, times


def _plays(*words: str) -> list[dict]:
    """Play rounds in a process of their own: they fork and stop what they forked, which one with threads should not."""
    played = run_python("-m", "tests.faults.seats", *words, timeout=120, check=False)
    assert played.stdout, played.stderr
    return [dict(json.loads(line)) for line in played.stdout.splitlines()]


@pytest.mark.parametrize(("kind", "seen"), some([("take-over", "told"), ("start", "started"), ("late", "jobs")], of=3))
def test_meetings_of_writers_lose_nothing_that_was_reported(kind, seen):
    """Stopped while saving and taken over; begun at once; closing, backing up and publishing after being taken over."""
    [met] = _plays(f"{kind}:2")
    assert met["said"] == []
    assert met["counts"]["reported"] > 3
    assert met["counts"][seen] > 0


@pytest.mark.in_full
def test_without_the_look_after_each_commit_the_same_meetings_do_lose_something():
    [met] = _plays("later:2::confirm")
    assert met["failed"] == 2
    assert met["wrong"]["lost"] > 0


@pytest.mark.nightly
def test_hand_overs_and_cuts_at_their_arrows_lose_nothing():
    """Ten to and fro while both save, or twice ten; ends in the act; the line; an older file put in between."""
    rounds = times(2, of=2)
    hand_overs, cut, in_order, put_back = _plays(f"hand-over:{rounds}", "cut:3:3", "in-order:1", "put-back:1")
    assert [one["said"] for one in (hand_overs, cut, in_order, put_back)] == [[], [], [], []]
    assert hand_overs["counts"]["hand-overs"] >= 10 * rounds
    assert hand_overs["counts"]["reported"] >= 25 * rounds
    assert cut["counts"]["reported"] > 10


@pytest.mark.in_full
def test_each_guard_of_a_hand_over_bites():
    """Without them the same hand-overs do lose something."""
    jumped, lost, damaged = _plays("in-order:1::order", "put-back:1::head", "hand-over:1::closed-first")
    assert jumped["wrong"].get("jumped")
    assert lost["wrong"].get("lost")
    assert damaged["failed"] == 1
