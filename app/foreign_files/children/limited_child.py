"""Asks a child process to open a file of others, and ends it when it exceeds its time or memory limit.

The parent watches by itself (process size by psutil, time by the clock), so it works on Windows too.
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
from typing import Any

import psutil

from app.foreign_files.children.child_process import ChildConnection, run_child
from db.record import record

_POLL_SECONDS = 0.02
_STARTUP_TIMEOUT = 30.0
_START_ATTEMPTS = 2
"""Attempts to start a process, as a busy PC may refuse one only for a moment."""
_MAIN = sys.modules["__main__"]
_START_SLOTS: SimpleQueue[None] = SimpleQueue()
"""A lock around starting, polling and removing children.

A start inspects all existing children, and fails on one that another thread is just removing.
"""
_START_SLOTS.put(None)
_MAX_ANSWER_BYTES = 512 * 1024 * 1024


@record
class ChildLimits:
    """The limits of a child: seconds for one answer once it is ready, and megabytes."""

    seconds: float
    megabytes: int = 190


class LimitedChild:
    """A child process that answers questions about one file until it is ended.

    It starts at once, while its file is still being read. Each question is watched separately; a child that exceeds a
    limit or has gone is ended, and every later question is refused.
    """

    def __init__(self, serve: Callable[[ChildConnection, int], None], megabytes: int):
        """Start ``serve`` in a child that says "ready", then takes request and bytes, and says JSON (and bytes)."""
        context = multiprocessing.get_context("spawn")
        hears, self._says = context.Pipe(duplex=False)
        self._hears, says = context.Pipe(duplex=False)
        self._megabytes = megabytes
        self._ready = False
        self._child = context.Process(target=run_child, args=(serve, hears, says, megabytes), daemon=True)
        self._refused = "" if any(self._wait_until_ready() for _ in range(_START_ATTEMPTS)) else "start"
        hears.close()
        says.close()

    def ask(
        self, request: Mapping[str, Any], data: bytes = b"", *, seconds: float, with_bytes: bool = False
    ) -> tuple[dict[str, Any], bytes]:
        """Send a request and return the answer, and the bytes that follow it (``with_bytes``).

        ``seconds`` count from the question, once the child is ready. The answer is ``{"refused": "time"}`` or
        ``"memory"`` where a cap was reached, ``"start"`` where the system let no child get as far as being ready: that
        says nothing about the file. The child has gone then.
        """
        if self._refused:
            return {"refused": self._refused}, b""
        try:
            if not self._ready:
                self._wait_for_answer(_STARTUP_TIMEOUT)
                self._hears.recv_bytes(64)
                self._ready = True
            self._says.send_bytes(json.dumps(dict(request)).encode("ascii"))
            self._says.send_bytes(data)
            self._wait_for_answer(seconds)
            answer: dict[str, Any] = json.loads(self._hears.recv_bytes(_MAX_ANSWER_BYTES))
            return answer, self._hears.recv_bytes(_MAX_ANSWER_BYTES) if with_bytes else b""
        except _LimitReached as stopped:
            self._refused = str(stopped) if self._ready else "start"
        except (EOFError, OSError, ValueError):
            # The system refused it memory in a place where it could not say so any more.
            self._refused = "memory" if self._ready else "start"
        self.close()
        return {"refused": self._refused}, b""

    @property
    def megabytes(self) -> int:
        """Return the memory limit of the child in megabytes."""
        return self._megabytes

    def is_running(self) -> bool:
        """Return whether the child is running and was not refused; False once it is closed."""
        try:
            with _start_slot():
                return not self._refused and self._child.is_alive()
        except ValueError:
            return False

    def kill(self) -> None:
        """End the child at once, from any thread; a waiting question is refused. Call ``close`` afterwards."""
        with _start_slot(), contextlib.suppress(ValueError, OSError):  # it has gone already
            if self._child.pid is not None:
                self._child.kill()

    def close(self) -> None:
        """End the child and release its resources; every later question is refused."""
        self._refused = self._refused or "memory"
        self._says.close()
        self._hears.close()
        self.kill()
        with contextlib.suppress(ValueError):
            if self._child.pid is not None:
                self._child.join(5)
            with _start_slot():
                self._child.close()

    def _wait_until_ready(self) -> bool:
        with _start_slot(), _without_main_module(), contextlib.suppress(OSError):
            self._child.start()
            return True
        return False

    def _wait_for_answer(self, seconds: float) -> None:
        """Wait until an answer is there or the child has gone; raises ``_LimitReached`` with the exceeded limit."""
        until = time.monotonic() + seconds
        while not self._hears.poll(_POLL_SECONDS):
            try:
                size = psutil.Process(self._child.pid).memory_info().rss
            except psutil.NoSuchProcess:
                return  # it has gone: what is heard next says so
            except (psutil.Error, OSError):
                size = 0  # Windows lets nobody look at one that is just ending; the time is watched all the same
            if size > self._megabytes * 1024 * 1024:
                raise _LimitReached("memory")
            if time.monotonic() > until:
                raise _LimitReached("time")


class _LimitReached(Exception):
    """Raised with the word for the limit that a child exceeded."""


def ask_child(
    serve: Callable[[ChildConnection, int], None],
    request: Mapping[str, Any],
    data: bytes,
    caps: ChildLimits,
    *,
    with_bytes: bool = False,
) -> tuple[dict[str, Any], bytes]:
    """Answer one question in a new child process; as ``LimitedChild.ask``."""
    child = LimitedChild(serve, caps.megabytes)
    try:
        return child.ask(request, data, seconds=caps.seconds, with_bytes=with_bytes)
    finally:
        child.close()


@contextmanager
def _start_slot() -> Iterator[None]:
    """Hold within the block the right to start or end a child process, waiting until it is free."""
    _START_SLOTS.get()
    try:
        yield
    finally:
        _START_SLOTS.put(None)


@contextmanager
def _without_main_module() -> Iterator[None]:
    """Hide the program's main module within the block, since an unguarded script would run again in the child."""
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = _MAIN
