"""A program that is ended while saving loses nothing it had reported as saved."""

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.nightly
def test_twenty_stops_while_saving_lose_nothing_that_was_reported():
    # A process of its own: stopping forks, which a process with threads should not. ``make faults`` stops 200 times.
    run = subprocess.run(
        [sys.executable, "-m", "tests.faults.killing", "20"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert [word for word in ("停止 20回", "失われたもの 0件") if word not in run.stdout] == []
