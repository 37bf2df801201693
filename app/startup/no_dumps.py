"""Prevents crash dumps from writing this process's memory, with keys and open rows, to the disk.

On Linux the process is marked as not dumpable, which also keeps other programs of the same user from reading it. On
Windows the fault report is made without the heap, and no system dialog appears. A program cannot prevent a full dump
enabled by an administrator (LocalDumps), one made by hand in the task manager, the paging file and the hibernation
file; against these the whole disk is encrypted (BitLocker, LUKS).
"""

from __future__ import annotations

import contextlib
import ctypes
import sys

_PR_SET_DUMPABLE = 4
_NO_HEAP = 1
_NO_WINDOW = 0x0001 | 0x0002
"""SEM_FAILCRITICALERRORS and SEM_NOGPFAULTERRORBOX."""


def disable_memory_dumps() -> None:
    """Switch off dumps of this process's memory, as far as the system lets a program do so."""
    with contextlib.suppress(OSError, AttributeError, ValueError, ImportError):
        if sys.platform == "win32":
            kernel = ctypes.WinDLL("kernel32")
            kernel.SetErrorMode(kernel.GetErrorMode() | _NO_WINDOW)
            kernel.WerSetFlags(_NO_HEAP)
        else:
            import resource

            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
