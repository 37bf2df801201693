"""Every screen, tab and dialog at every size of window with short words and long; ``make test`` leaves three of five out."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.faults.report import Report

NAME = "layout"
SAYS = "すべての画面・タブ・小窓を、3つの大きさと、短い言葉・長い言葉で開きます。"
_TEST = "tests/startup/test_layout.py"


def run(report: Report) -> bool:
    """Open everything at every size and say what does not fit."""
    surroundings = os.environ | {"DESK_EVERY_SIZE": "1", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", _TEST],
        env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = [line for line in done.stdout.splitlines() if line.startswith("E  ")]
    report.say(*told, done.stdout.strip().splitlines()[-1])
    return done.returncode == 0
