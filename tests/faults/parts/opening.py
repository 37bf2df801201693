"""Each call on an old thing fails while a folder is opened, in both ways; ``make test`` fails each in one of them."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.faults.report import Report

NAME = "opening"
SAYS = "データを開く途中で、古いファイルに触れる命令を1つずつ2通りに失敗させ、それでも開けることを確かめます。"
_TEST = "tests/keeping/test_opening_in_spite_of_old_things.py"


def run(report: Report) -> bool:
    """Open in spite of every single failure and say what stopped it."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", _TEST],
        env=os.environ | {"DESK_EVERY_WAY": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = [line for line in done.stdout.splitlines() if line.startswith("E  ")]
    report.say(*told, done.stdout.strip().splitlines()[-1])
    return done.returncode == 0
