"""What the child processes that open files of others have in common: two one-way pipes, a bound on their memory, and
quiet."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path


class ChildConnection:
    """What a child hears and says: bytes by two pipes, each for one way; no socket, and nothing that Python would
    unpack."""

    def __init__(self, incoming: Connection, outgoing: Connection) -> None:
        """Take the two ends that are the child's."""
        self._hears, self._says = incoming, outgoing

    def recv_bytes(self) -> bytes:
        """Wait for the next message; raises EOFError when the program has gone."""
        return self._hears.recv_bytes()

    def send_bytes(self, message: bytes) -> None:
        """Say one message."""
        self._says.send_bytes(message)

    def close(self) -> None:
        """Nothing more is said."""
        self._hears.close()
        self._says.close()


def run_child(
    serve: Callable[[ChildConnection, int], None], incoming: Connection, outgoing: Connection, memory_limit_mb: int
) -> None:
    """The first function of every child: serve, and end without a word when the program is no longer there."""
    _silence_output()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        serve(ChildConnection(incoming, outgoing), memory_limit_mb)


def _silence_output() -> None:
    """Whatever happens in a child is said by the parent, in one sentence: nothing is written to a
    terminal or a dump."""
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open as long as the process lives
    with contextlib.suppress(OSError):
        os.dup2(sys.stderr.fileno(), 2)  # libraries in C write there by themselves
    if sys.platform == "win32":
        import ctypes

        ctypes.WinDLL("kernel32").SetErrorMode(0x0001 | 0x0002)  # no window of the system about a child that ended
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_memory(megabytes: int) -> None:
    """Let the system itself refuse memory where it can; elsewhere the parent's watch is the only one."""
    if sys.platform == "win32":
        return
    import resource

    size = megabytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
