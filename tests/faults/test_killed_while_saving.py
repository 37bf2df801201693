"""A program that is ended while saving loses nothing it had reported as saved."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RUNNER = Path(__file__).with_name("run.py")


def test_twenty_stops_while_saving_lose_nothing_that_was_reported():
    # A process of its own: the runner forks, which a process with threads should not.
    run = subprocess.run(
        [sys.executable, str(RUNNER), "--kills", "20", "--recounts", "0"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert "停止 20回" in run.stdout
    assert "失われたもの 0件" in run.stdout
