"""Counts the processor time of every test, its child processes with it, and says the sums by room and the dearest
tests.

What a test costs is what its process and the children it has waited for spent from its first fixture to its last; what
is made once a run (the sample year, fonts) counts to the test that asked first. ``VARIABLE`` names the file for the
table; without it nothing is written.
"""

import os
import sys
import time
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.areas import package_folder

VARIABLE = "DESK_PROCESSOR_TIME"
DEAREST = 100
_SENT = "processor_time"
_WHOLE = ""
"""The key under which a process says what it spent in all."""


def spent() -> float:
    """Return the seconds that this process and the children it has waited for have spent, in programs and in the
    system."""
    return time.process_time() + _of_children()


def _of_children() -> float:
    if sys.platform == "win32":
        return 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def room_of(nodeid: str) -> str:
    """Return the room of a test: the folder below ``tests``, of a subject its own; ``tests`` for what stands in no
    folder."""
    folders = nodeid.partition("::")[0].split("/")[:-1]
    if folders[:1] == ["tests"]:
        folders = folders[1:]
    return package_folder(folders) or "tests"


def minutes(seconds: float) -> str:
    """Return 「12分05.3秒」."""
    return f"{int(seconds // 60)}分{seconds % 60:04.1f}秒"


def table(times: Mapping[str, float], whole: float, *, dearest: int = DEAREST) -> str:
    """Return the table of a run.

    Args:
        times: the seconds of each test by its nodeid. whole: the seconds of all processes, what belongs to no test
            (loading, collecting) among them. dearest: how many tests are named.
    """
    rooms: dict[str, tuple[float, int]] = {}
    for nodeid, seconds in times.items():
        before, number = rooms.get(room_of(nodeid), (0.0, 0))
        rooms[room_of(nodeid)] = (before + seconds, number + 1)
    lines = [f"== テストのプロセッサー時間 {minutes(whole)}（{len(times)}件）", "-- 部屋ごと（秒・件数）"]
    lines += [
        f"{seconds:8.1f} {number:5d}  {room}"
        for room, (seconds, number) in sorted(rooms.items(), key=lambda one: -one[1][0])
    ]
    lines.append(f"{whole - sum(times.values()):8.1f}        読み込みなど、どのテストにも入らないもの")
    named = sorted(times.items(), key=lambda one: -one[1])[:dearest]
    lines.append("-- 時間のかかったテスト（秒）")
    lines += [f"{seconds:8.2f}  {nodeid.removeprefix('tests/')}" for nodeid, seconds in named]
    return "\n".join(lines) + "\n"


class ProcessorTime:
    """The plugin: counts in each process that runs tests, and writes the table where they come together."""

    def __init__(self, place: str) -> None:
        self._place = place
        self.times: dict[str, float] = {}
        self._of_workers = 0.0

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Count one test with all of its fixtures."""
        began = spent()
        try:
            return (yield)
        finally:
            self.times[item.nodeid] = self.times.get(item.nodeid, 0.0) + spent() - began

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take what a worker counted; one that died has sent nothing."""
        sent = dict(getattr(node, "workeroutput", {}).get(_SENT, {}))
        self._of_workers += sent.pop(_WHOLE, 0.0)
        for nodeid, seconds in sent.items():
            self.times[nodeid] = self.times.get(nodeid, 0.0) + seconds

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Send what was counted to the process that began the run, or write the table there."""
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[_SENT] = {**self.times, _WHOLE: spent()}
            return
        # Workers that were waited for are children, too.
        whole = self._of_workers + time.process_time() if self._of_workers else spent()
        Path(self._place).write_text(table(self.times, whole), encoding="utf-8")


def register(config: pytest.Config) -> None:
    """Count in this run, if its surroundings ask for it."""
    place = os.environ.get(VARIABLE)
    if place:
        config.pluginmanager.register(ProcessorTime(place), "processor-time")
