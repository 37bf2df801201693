"""Asks a child process to open what others made, and ends it when it takes too long or too much memory.

The watch is the parent's own (process size by psutil, time by the clock), so it holds on Windows too.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from queue import SimpleQueue
from types import ModuleType
from typing import Any, Final

import psutil

from app.foreign_files.children.child_side import Wire, begin
from db.frozen_record import frozen_record

_LOOK_SECONDS = 0.02
_START_SECONDS = 30.0
_STARTS: Final = 2
"""A PC with little to spare may refuse a new process at one moment and not at the next."""
_MAIN = sys.modules["__main__"]
_TURN: Final[SimpleQueue[None]] = SimpleQueue()
"""Whoever starts a child, asks whether it lives or takes away what is left of one holds the one thing in here
meanwhile: a start looks over all children there are, and falls over one that another thread is just putting away."""
_TURN.put(None)
_MOST_ANSWER: Final = 512 * 1024 * 1024


@frozen_record
class Caps:
    """What the child may take: seconds after its start, and megabytes."""

    seconds: float
    megabytes: int = 190


class WatchedChild:
    """A process of its own that answers about one file until it is ended.

    It starts at once and gets ready while its file is still being fetched. Each question is watched by itself; whoever
    takes too long, takes too much or has gone is ended, and every later question is refused.
    """

    def __init__(self, serve: Callable[[Wire, int], None], megabytes: int) -> None:
        """Start ``serve`` in a child that says "ready", then takes request and bytes, and says JSON (and bytes)."""
        context = multiprocessing.get_context("spawn")
        hears, self._says = context.Pipe(duplex=False)
        self._hears, says = context.Pipe(duplex=False)
        self._megabytes = megabytes
        self._ready = False
        self._child = context.Process(target=begin, args=(serve, hears, says, megabytes), daemon=True)
        self._refused = "" if any(self._starts() for _ in range(_STARTS)) else "start"
        hears.close()
        says.close()

    def ask(
        self, request: Mapping[str, Any], data: bytes = b"", *, seconds: float, with_bytes: bool = False
    ) -> tuple[dict[str, Any], bytes]:
        """Return the answer and the bytes that follow it (``with_bytes``).

        ``{"refused": "time"}`` or ``"memory"`` where a cap was reached, ``"start"`` where the system let no child get
        as far as being ready: that says nothing about the file. The child has gone then.
        """
        if self._refused:
            return {"refused": self._refused}, b""
        try:
            if not self._ready:
                self._wait(_START_SECONDS)
                self._hears.recv_bytes(64)
                self._ready = True
            self._says.send_bytes(json.dumps(dict(request)).encode("ascii"))
            self._says.send_bytes(data)
            self._wait(seconds)
            answer: dict[str, Any] = json.loads(self._hears.recv_bytes(_MOST_ANSWER))
            return answer, self._hears.recv_bytes(_MOST_ANSWER) if with_bytes else b""
        except _Stopped as stopped:
            self._refused = str(stopped) if self._ready else "start"
        except (EOFError, OSError, ValueError):
            # The system refused it memory in a place where it could not say so any more.
            self._refused = "memory" if self._ready else "start"
        self.end()
        return {"refused": self._refused}, b""

    @property
    def megabytes(self) -> int:
        """What it may take."""
        return self._megabytes

    def is_there(self) -> bool:
        """Whether it still runs."""
        try:
            with _turn():
                return not self._refused and self._child.is_alive()
        except ValueError:
            return False

    def stop(self) -> None:
        """Let it go at once, from any thread; whoever waits for an answer is refused. ``end`` follows."""
        with _turn(), contextlib.suppress(ValueError, OSError):  # it has gone already
            if self._child.pid is not None:
                self._child.kill()

    def end(self) -> None:
        """Let it go and take away what it leaves behind."""
        self._refused = self._refused or "memory"
        self._says.close()
        self._hears.close()
        self.stop()
        with contextlib.suppress(ValueError):
            if self._child.pid is not None:
                self._child.join(5)
            with _turn():
                self._child.close()

    def _starts(self) -> bool:
        with _turn(), _without_main_module(), contextlib.suppress(OSError):
            self._child.start()
            return True
        return False

    def _wait(self, seconds: float) -> None:
        """Wait for an answer; raises _Stopped with the word for the cap that was reached."""
        until = time.monotonic() + seconds
        while not self._hears.poll(_LOOK_SECONDS):
            try:
                size = psutil.Process(self._child.pid).memory_info().rss
            except psutil.NoSuchProcess:
                return  # it has gone: what is heard next says so
            except (psutil.Error, OSError):
                size = 0  # Windows lets nobody look at one that is just ending; the time is watched all the same
            if size > self._megabytes * 1024 * 1024:
                raise _Stopped("memory")
            if time.monotonic() > until:
                raise _Stopped("time")


class _Stopped(Exception):
    """The word for the cap that a child reached."""


def ask_child(
    serve: Callable[[Wire, int], None],
    request: Mapping[str, Any],
    data: bytes,
    caps: Caps,
    *,
    with_bytes: bool = False,
) -> tuple[dict[str, Any], bytes]:
    """Let ``serve`` answer one question in a process of its own; as ``WatchedChild.ask``."""
    child = WatchedChild(serve, caps.megabytes)
    try:
        return child.ask(request, data, seconds=caps.seconds, with_bytes=with_bytes)
    finally:
        child.end()


@contextmanager
def _turn() -> Iterator[None]:
    _TURN.get()
    try:
        yield
    finally:
        _TURN.put(None)


@contextmanager
def _without_main_module() -> Iterator[None]:
    """Let the child begin without the program's own first module: it needs none of it, and a script without a guard
    around its last lines would run a second time there."""
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = _MAIN
