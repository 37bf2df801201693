"""A program ended at two hundred of its writings while it erases for good; ``make test`` ends it at eight."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.faults.preloading import compiled
from tests.faults.report import Report
from tests.faults.tools import need_compiler

NAME = "erasing"
SAYS = (
    "消去とその続き（控え・バックアップ・閲覧用の写し）の途中の書込みごとに、プログラムを210回止め、"
    "開き直すと消し終わり、ほかに何も失われないことを確かめます。"
)
STOPS, RESTORES = 210, 30
PROJECT = Path(__file__).resolve().parents[3]


def run(report: Report) -> bool:
    """Stop at the calls, spread evenly, and say what was wrong."""
    outcome = played(STOPS, RESTORES)
    report.say(*outcome["wrong"][:20], outcome["said"])
    return not outcome["wrong"] and outcome["stops"] >= STOPS * 9 // 10


def played(stops: int, restores: int) -> dict[str, object]:
    """Let a process of its own fork and end what it forked, which one with threads should not."""
    need_compiler()
    with tempfile.TemporaryDirectory(prefix="desk-faults-") as place:
        run = subprocess.run(
            [sys.executable, "-m", "tests.faults.erasing_stops", str(stops), str(restores)],
            cwd=PROJECT,
            env={**os.environ, "LD_PRELOAD": compiled(Path(place))},
            capture_output=True,
            text=True,
            check=False,
        )
    if not run.stdout:
        raise RuntimeError(run.stderr)
    return dict(json.loads(run.stdout))
