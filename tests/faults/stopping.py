"""Ends a child at the n-th call that changes something below a folder, and spreads such stops over all of its calls.

What the child does, and what has to hold when the product opens the folder once more, says a kind of ``Stops``: the
work on an erasing, on a change of the key.

Under ``preload/stop.c`` every call to the system counts, and a stop comes before, halfway or after one; without it (a
machine without a compiler) every statement that writes and every file that Python makes, renames or removes.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import sys
import tempfile
import traceback
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from app.actions.user_error import UserError
from app.contributions import register_contributions
from db.engine import Database
from db.files import storage_errors
from tests.faults.preloading import Lies, Moment, compiled
from tests.faults.report import Report
from tests.faults.tools import need_compiler
from tests.support.child_python import run_python
from tests.support.light_locks import LIGHT, stretched

MOMENTS: Final[tuple[Moment, ...]] = ("before", "halfway", "after")
_EVENTS: Final = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.truncate")
_WRITING: Final = ("BEGIN", "INSERT", "UPDATE", "DELETE", "COMMIT", "VACUUM")
_COUNTED: Final = "calls"
_PROBLEMS: Final = (UserError, OSError, storage_errors.StorageProblem, *storage_errors.ENGINE_ERRORS)
_ENDED, _STOPPED = 0, -signal.SIGKILL


@dataclass
class Outcome:
    """What the stops came to; ``seen`` counts how a folder was found after one."""

    calls: int = 0
    stops: int = 0
    restored: int = 0
    wrong: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)


class Stops(ABC):
    """Stops in copies of one closed folder."""

    def __init__(self, place: Path, source: Path) -> None:
        self.place = place
        self.source = source
        self.outcome = Outcome()

    @abstractmethod
    def work(self, folder: Path, begin: Callable[[], None]) -> None:
        """What the child does in a folder; ``begin`` is called where its calls begin to count."""

    @abstractmethod
    def look_at(self, folder: Path, *, restore: bool) -> list[str]:
        """Open the folder once more after a stop, and return what is wrong then.

        Args:
            restore: some of its backups are brought back as well.
        """

    @abstractmethod
    def said(self) -> str:
        """The counts in one sentence."""

    def copied(self, name: str) -> Path:
        """Return a copy of the folder as it was prepared."""
        shutil.copytree(self.source, self.place / name)
        return self.place / name

    def stopped(self, folder: Path, number: int, moment: Moment = "before") -> bool:
        """Let a child work in the folder (0 = to its end); say whether it was ended before it was done."""
        child = os.fork()
        if child == 0:
            code = 3
            try:
                self._work(folder, number, moment)
                code = _ENDED
            except BaseException:  # noqa: BLE001  # whatever it is, it is seen, and the copy of this process ends here
                traceback.print_exc()
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        end = os.waitstatus_to_exitcode(status)
        assert end in (_ENDED, _STOPPED), end
        return end == _STOPPED

    def _work(self, folder: Path, number: int, moment: Moment) -> None:
        counted: list[int] = []

        def begin() -> None:
            if hasattr(ctypes.CDLL(None), "desk_stop"):
                if number:
                    Lies(folder).stop_at(number, moment, signal.SIGKILL)
            else:
                counted.append(0)
                _stop_python_at(folder, number, counted)

        self.work(folder, begin)
        if counted:
            (folder.parent / _COUNTED).write_text(str(counted[0]), encoding="ascii")

    def stop(self, number: int, moment: Moment, *, restore: bool = False) -> bool:
        """Stop at one call and look at what is left; return False where the work ended before that call."""
        folder = self.copied(f"{number}{moment}")
        try:
            if not self.stopped(folder, number, moment):
                return False
            self.outcome.stops += 1
            try:
                found = self.look_at(folder, restore=restore)
            except (AssertionError, *_PROBLEMS) as problem:
                found = [f"{type(problem).__name__}: {problem}"]
            self.outcome.wrong += [f"{number}番目の書込み（{moment}）：{one}" for one in found]
            return True
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def calls(self) -> int:
        """How many calls change something from where they count until the work is done."""
        if (self.place / _COUNTED).exists():
            return int((self.place / _COUNTED).read_text(encoding="ascii"))
        low, high = 1, 2
        while self._reaches(high):
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._reaches(middle) else (low, middle)
        return low

    def _reaches(self, number: int) -> bool:
        folder = self.copied("counted")
        try:
            return self.stopped(folder, number)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def run(self, stops: int, *, restores: int) -> Outcome:
        """Stop so often, spread over all calls and the three moments of each; restore after so many of them."""
        self.outcome.calls = self.calls()
        places = [(number, moment) for number in range(1, self.outcome.calls + 1) for moment in MOMENTS]
        stops = min(stops, len(places))
        every = max(1, stops // restores) if restores else 0
        for count in range(stops):
            number, moment = places[count * len(places) // stops]
            self.stop(number, moment, restore=bool(every) and count % every == 0)
        return self.outcome


def _stop_python_at(folder: Path, number: int, counted: list[int]) -> None:
    """End this process before the n-th of what Python sees of its writings (0 = only count them)."""

    def count() -> None:
        counted[0] += 1
        if counted[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def seen(event: str, args: tuple[Any, ...]) -> None:
        writes = event in _EVENTS or (event == "open" and isinstance(args[2], int) and args[2] & os.O_CREAT)
        if writes and any(isinstance(one, str | Path) and str(one).startswith(str(folder)) for one in args):
            count()

    execute = Database.execute

    def counting(self: Database, sql: str, parameters: Any = None) -> Any:
        if sql.split(maxsplit=1)[0] in _WRITING:
            count()
        return execute(self, sql, parameters)

    Database.execute = counting
    sys.addaudithook(seen)


def main(kind: Callable[[Path], Stops]) -> int:
    """Stop as often as the command line says, restore as often as it says, and print what came of it."""
    register_contributions()
    with stretched(LIGHT), tempfile.TemporaryDirectory(prefix="desk-stops-") as place:
        them = kind(Path(place))
        done = them.run(int(sys.argv[1]), restores=int(sys.argv[2]))
    print(json.dumps({"stops": done.stops, "restored": done.restored, "wrong": done.wrong, "said": them.said()}))
    return 1 if done.wrong else 0


def played(module: str, stops: int, restores: int, *, preload: str = "") -> dict[str, Any]:
    """Let a process of its own fork and end what it forked, which one with threads should not."""
    run = run_python(
        "-m",
        f"tests.faults.{module}",
        str(stops),
        str(restores),
        env={"LD_PRELOAD": preload} if preload else {},
        check=False,
    )
    if not run.stdout:
        raise RuntimeError(run.stderr)
    return dict(json.loads(run.stdout))


def run_part(report: Report, module: str, stops: int, restores: int) -> bool:
    """Stop at the calls to the system, spread evenly, and say what was wrong."""
    need_compiler()
    with tempfile.TemporaryDirectory(prefix="desk-faults-") as place:
        outcome = played(module, stops, restores, preload=compiled(Path(place)))
    report.say(*outcome["wrong"][:20], outcome["said"])
    return not outcome["wrong"] and outcome["stops"] >= stops * 9 // 10
