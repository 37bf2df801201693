"""The whole demo twice into one folder; ``make test`` writes its papers once."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.faults.report import Report
from tests.support.demo import whole_demo, whole_demo_for_a_program

NAME = "demo"
SAYS = "見本年度の帳票を、同じフォルダーへ2回続けてすべて書き出します。"


def run(report: Report) -> bool:
    """Make the demo, and make it again where it lies."""
    with tempfile.TemporaryDirectory(prefix="desk-faults-") as place:
        named = whole_demo_for_a_program(_call, Path(place) / "見本")
        found = whole_demo(_call, Path(place) / "見本")
        report.say(f"1回目 {len(named)}件、2回目 {len(found)}件")
        return sorted(named) == sorted(found)


def _call(*words: object) -> tuple[int, str, str]:
    called = [sys.executable, "-m", "app", *map(str, words)]
    ended = subprocess.run(called, capture_output=True, text=True, encoding="utf-8", check=False)
    return ended.returncode, ended.stdout, ended.stderr
