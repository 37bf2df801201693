"""Asks a child process to open what others made, and ends it when it takes too long or too much memory.

The watch is the parent's own (process size by psutil, time by the clock), so it holds on Windows too.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import ModuleType
from typing import Any

import psutil

_LOOK_SECONDS = 0.02
_START_SECONDS = 30.0
_MAIN = sys.modules["__main__"]


@dataclass(frozen=True, kw_only=True)
class Caps:
    """What the child may take: seconds after its start, and megabytes."""

    seconds: float
    megabytes: int = 190


def ask_child(
    serve: Callable[[Connection, int], None],
    request: Mapping[str, str],
    data: bytes,
    caps: Caps,
    *,
    with_bytes: bool = False,
) -> tuple[dict[str, Any], bytes]:
    """Let ``serve`` answer in a process of its own: it says "ready", takes request and data, and sends JSON.

    Args:
        with_bytes: a second message with bytes follows the answer.

    Returns:
        The answer and the bytes; ``{"refused": "time"}`` or ``"memory"`` where a cap was reached.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=serve, args=(theirs, caps.megabytes), daemon=True)
    with _without_main_module():
        child.start()
    theirs.close()
    try:
        late = _wait(ours, child, _START_SECONDS, caps.megabytes)
        if late:
            return {"refused": late}, b""
        ours.recv_bytes()
        ours.send_bytes(json.dumps(dict(request)).encode("ascii"))
        ours.send_bytes(data)
        stopped = _wait(ours, child, caps.seconds, caps.megabytes)
        if stopped:
            return {"refused": stopped}, b""
        answer: dict[str, Any] = json.loads(ours.recv_bytes())
        return answer, ours.recv_bytes() if with_bytes else b""
    except (EOFError, BrokenPipeError, ConnectionResetError):
        # The system refused it memory in a place where it could not say so any more.
        return {"refused": "memory"}, b""
    finally:
        ours.close()
        _end(child)


@contextmanager
def _without_main_module() -> Iterator[None]:
    """Let the child begin without the program's own first module: it needs none of it, and a script without a guard
    around its last lines would run a second time there."""
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = _MAIN


def _wait(connection: Connection, child: SpawnProcess, seconds: float, megabytes: int) -> str:
    """Wait for an answer; the word for the cap that was reached, or an empty text."""
    until = time.monotonic() + seconds
    watched = psutil.Process(child.pid)
    while not connection.poll(_LOOK_SECONDS):
        try:
            size = watched.memory_info().rss
        except psutil.Error:
            return ""
        if size > megabytes * 1024 * 1024:
            return "memory"
        if time.monotonic() > until:
            return "time"
    return ""


def _end(child: SpawnProcess) -> None:
    if child.is_alive():
        child.kill()
    child.join(5)
    child.close()
