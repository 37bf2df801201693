"""A program that is ended while saving loses nothing it had reported as saved."""

import pytest

from tests.support.child_python import run_python


@pytest.mark.nightly
def test_twenty_stops_while_saving_lose_nothing_that_was_reported():
    # A process of its own: stopping forks, which a process with threads should not. ``make faults`` stops 200 times.
    run = run_python("-m", "tests.faults.killing", "20", timeout=120, check=False)

    assert run.returncode == 0, run.stdout + run.stderr
    assert [word for word in ("停止 20回", "失われたもの 0件") if word not in run.stdout] == []
