"""Memory that the program has let go of, given back to the system.

glibc keeps what was freed between two blocks still in use; after many screens that is a tenth of the program. Windows
gives such pages back by itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys

_ARENA_MAX = -8
"""The word of glibc for how many heaps the threads of a program have."""


def share_one_heap() -> None:
    """Let all threads take from one heap, as on Windows: what one has let go of, the others use. Before they begin."""
    _call_libc("mallopt", _ARENA_MAX, 1)


def release_memory() -> None:
    """Give freed pages back, where the system's library can be asked to (some milliseconds, nothing is lost by it).

    A full round of Python's collector first (14 ms, since what was loaded at the start is passed by): what a screen
    held in circles lay between the blocks of the next one otherwise, a tenth of the program again.
    """
    gc.collect()
    _call_libc("malloc_trim", 0)


def _call_libc(name: str, *given: int) -> None:
    if sys.platform == "linux":
        # A C library other than glibc has no such call.
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None)[name](*given)
