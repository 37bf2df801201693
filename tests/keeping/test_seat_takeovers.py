"""Writers in processes of their own meet at one folder whose locks do nothing: nothing that was reported is lost."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


def _play(project_folder, *words: str) -> dict:
    """Play rounds in a process of their own: they fork and stop what they forked, which one with threads should not."""
    played = subprocess.run(
        [sys.executable, "-m", "tests.faults.seats", *words],
        cwd=project_folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert played.stdout, played.stderr
    return dict(json.loads(played.stdout))


@pytest.mark.parametrize(("kind", "seen"), [("take-over", "told"), ("start", "started"), ("late", "jobs")])
def test_ten_meetings_of_writers_lose_nothing_that_was_reported(project_folder, kind, seen):
    """Stopped while saving and taken over; begun at once; closing, backing up and publishing after being taken over."""
    met = _play(project_folder, kind, "--rounds", "10")
    assert met["said"] == []
    assert met["counts"]["reported"] > 20
    assert met["counts"][seen] > 0


def test_without_the_look_after_each_commit_the_same_meetings_do_lose_something(project_folder):
    met = _play(project_folder, "later", "--rounds", "2", "--without", "confirm")
    assert met["failed"] == 2
    assert met["wrong"]["lost"] > 0
