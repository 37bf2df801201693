"""Prints how much work the jobs take, step by step, beside the version before; docs/usability.md says how it counts.

It ends well where no job became more work. ``--keep FILE`` writes the figures as ``version_before.json`` holds them.
``--scale 125`` does them in the room that a screen of 1366×768 has at that size of its signs.
``--no-mouse`` does the main job by keys alone and prints how many.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from tests.support.effort import CountingOffice, Effort, Step  # noqa: E402
from tests.support.keyboard_clerk import KeyboardClerk  # noqa: E402
from tests.usability.jobs import measured, measured_without_mouse  # noqa: E402

BEFORE = Path(__file__).with_name("version_before.json")
PATIENCE = 4
"""How many times as long as a test one waits: nothing here is timed."""


class Waiter:
    """Waits as pytest-qt does."""

    def waitUntil(self, holds: Callable[[], bool], *, timeout: int = 10_000) -> None:
        end = time.monotonic() + timeout / 1000 * PATIENCE
        while not holds():
            assert time.monotonic() < end, "waited in vain"
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def main() -> int:
    """Do the jobs and print what they took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--scale", type=int, default=100, help="画面の拡大（％）")
    parser.add_argument("--no-mouse", action="store_true", help="主な仕事を、マウスを使わずに行う")
    given = parser.parse_args()
    keep = given.keep
    width, height = CountingOffice.size
    CountingOffice.size = (width * 100 // given.scale, height * 100 // given.scale)
    _app = QApplication([])
    jobs = measured
    if given.no_mouse:
        CountingOffice.clerk, jobs = KeyboardClerk, measured_without_mouse
        for act in ("mouseClick", "mouseDClick", "mousePress"):
            setattr(QTest, act, _refuse_mouse)
    with TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ["HOME"] = home
        found = list(jobs(Waiter()))
    if given.no_mouse:
        for effort in found[:1]:
            _say(f"{effort.job}（マウスなし）")
            for line in (*effort.steps, effort.total()):
                _say(f"  キー {line.keys:4}　クリック {line.clicks:3}　{line.name}")
        return sum(effort.total().clicks for effort in found)
    before = _totals_before() if keep is None else {}
    worse = []
    for effort in found:
        _say(effort.job)
        for step in effort.steps:
            _say(f"  {_words(step)}  {step.name}")
        total = effort.total()
        _say(f"  {_words(total)}  計")
        earlier = before.get(effort.job)
        if earlier is not None:
            _say(f"  {_words(earlier)}  前の版　比 {total.seconds / earlier.seconds:.2f}")
            worse += [effort.job] if total.seconds > earlier.seconds else []
    if before:
        _say(f"前の版より重くなった仕事　{'、'.join(worse) or 'なし'}")
    else:
        jobs = [{"job": effort.job, "steps": [asdict(step) for step in effort.steps]} for effort in found]
        keep.write_text(json.dumps({"jobs": jobs}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(worse)


def _refuse_mouse(*_given: object, **_named: object) -> None:
    raise AssertionError("the mouse was used")


def _totals_before() -> dict[str, Step]:
    kept = json.loads(BEFORE.read_text(encoding="utf-8"))["jobs"]
    return {one["job"]: Effort(one["job"], [Step(**step) for step in one["steps"]]).total() for one in kept}


def _words(step: Step) -> str:
    return (
        f"キー {step.keys:4}　クリック {step.clicks:3}　スクロール {step.scrolls:2}　判断 {step.decisions:3}　"
        f"{step.seconds:6.1f} 秒"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
