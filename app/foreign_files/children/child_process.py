"""What all child processes share: two one-way pipes, a memory limit, silenced output."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any


class ChildConnection:
    """The child's end of the connection: two one-way byte pipes, no socket, no pickling."""

    def __init__(self, incoming: Connection, outgoing: Connection):
        """Take the child's ends of the two pipes."""
        self._hears, self._says = incoming, outgoing

    def recv_bytes(self) -> bytes:
        """Wait for the next message; raises EOFError when the parent has gone."""
        return self._hears.recv_bytes()

    def send_bytes(self, message: bytes) -> None:
        """Send one message."""
        self._says.send_bytes(message)

    def close(self) -> None:
        """Close both ends of the connection."""
        self._hears.close()
        self._says.close()


def run_child(
    serve: Callable[[ChildConnection, int], None], incoming: Connection, outgoing: Connection, memory_limit_mb: int
) -> None:
    """Run the child: serve requests, and end silently when the parent is gone."""
    _silence_output()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        serve(ChildConnection(incoming, outgoing), memory_limit_mb)


def answer_request(
    connection: ChildConnection, megabytes: int, handle: Callable[[Any, bytes], tuple[Mapping[str, Any], bytes]]
) -> None:
    """Say "ready", take a request (JSON) and a file's bytes, and send the answer as JSON, then the bytes made."""
    limit_memory(megabytes)
    connection.send_bytes(b"ready")
    answer, made = handle(json.loads(connection.recv_bytes()), connection.recv_bytes())
    connection.send_bytes(json.dumps(answer).encode("ascii"))
    connection.send_bytes(made)
    connection.close()


def _silence_output() -> None:
    """Discard all output and crash dumps of the child; the parent reports errors in one sentence."""
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
    """Limit the memory of this child process where the system can; on Windows only the parent watches it."""
    if sys.platform == "win32":
        return
    import resource

    size = megabytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
