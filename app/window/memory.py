"""Memory that the program has let go of, given back to the system.

glibc keeps what was freed between two blocks still in use; after many screens that is a tenth of the program. Windows
gives such pages back by itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys


def give_back_memory() -> None:
    """Give freed pages back, where the system's library can be asked to (some milliseconds, nothing is lost by it)."""
    if sys.platform == "linux":
        # A C library other than glibc has no such call.
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
