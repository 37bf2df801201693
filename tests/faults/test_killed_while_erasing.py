"""A program that is ended while it erases for good has erased everything at the next opening, and lost nothing else."""

from __future__ import annotations

import json
import subprocess
import sys

STOPS = 6


def test_stops_while_erasing_leave_nothing_behind_and_lose_nothing(project_folder):
    # A process of its own: stopping forks, which a process with threads should not. ``make faults`` stops 210 times.
    run = subprocess.run(
        [sys.executable, "-m", "tests.faults.erasing_stops", str(STOPS), "1"],
        cwd=project_folder,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert run.stdout, run.stderr
    outcome = json.loads(run.stdout)
    assert outcome["wrong"] == []
    assert (outcome["stops"], outcome["restored"]) == (STOPS, 2)
