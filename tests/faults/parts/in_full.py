"""What ``make test`` runs in short, in full: every screen painted and at every size, every paper, every
failing call."""

import os
import subprocess
import sys
from pathlib import Path

from tests.faults.report import Report
from tests.support.in_full import VARIABLE

NAME = "in_full"
SAYS = "ふだんは一部だけ行う検査を、すべての画面・大きさ・帳票・失敗のしかたで行います。"
_PROJECT = Path(__file__).resolve().parents[3]
_WINDOWS = {"screens", "journeys", "startup"}
_ASKS = ("from tests.support.in_full import", "@pytest.mark.in_full", "from hypothesis import")


def _asks(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return any(words in text for words in _ASKS)


def files() -> list[str]:
    """Return the tests that ask how much they should do, and those with windows, which are painted here alone."""
    found = sorted((_PROJECT / "tests").rglob("test_*.py"))
    return [path.relative_to(_PROJECT).as_posix() for path in found if _asks(path) or _WINDOWS & {*path.parts}]


def run(report: Report) -> bool:
    """Run them in two processes and say what failed."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "2",
            "--dist",
            "worksteal",
            "-p",
            "no:cacheprovider",
            f"--hypothesis-seed={report.seed}",
            *files(),
        ],
        cwd=_PROJECT,
        env=os.environ | {VARIABLE: "1", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.strip().splitlines()
    report.say(*(line for line in lines if line.startswith(("E  ", "FAILED", "ERROR"))), lines[-1])
    return done.returncode == 0
