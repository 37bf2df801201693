"""What a crash must not write to the disk: the memory of a program that holds the keys and the open rows.

On Linux the process is marked as one whose memory is not dumped, which also keeps other programs of the same person
from reading it. On Windows the report of a fault is made without the heap, and no window of the system asks. What no
program can keep away: a full dump that an administrator has switched on (LocalDumps), one made by hand in the task
manager, the paging file and the file of the hibernation; against these the disk is encrypted as a whole (BitLocker,
LUKS).
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from typing import Final

_PR_SET_DUMPABLE: Final = 4
_NO_HEAP: Final = 1
_NO_WINDOW: Final = 0x0001 | 0x0002
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
