"""The preloaded libraries that make the C library lie: locks, old names and times, stops inside a save, wrong clocks.

``compiled`` builds them from ``preload/*.c``; a process that starts with ``LD_PRELOAD`` arms them for itself (and for
the children it forks) through ``Lies``. Before that they change nothing.
"""

import ctypes
import os
import signal
import subprocess
from pathlib import Path
from typing import Final, Literal

SOURCES: Final = Path(__file__).with_name("preload")
NAMES: Final = ("grant", "stale", "stop", "clock")
STRICT: Final = ("-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers")

Moment = Literal["before", "halfway", "after"]
_MOMENTS: Final[dict[str, int]] = {"before": 0, "halfway": 1, "after": 2}


def compiled(place: Path) -> str:
    """Compile every library into ``place``; return the value of ``LD_PRELOAD`` that loads them.

    Raises:
        subprocess.CalledProcessError: a library does not compile; the compiler's words are on the error output.
    """
    made = []
    for name in NAMES:
        target = place / f"{name}.so"
        order = ["gcc", "-shared", "-fPIC", "-O1", *STRICT, "-o", str(target), str(SOURCES / f"{name}.c"), "-ldl"]
        subprocess.run(order, check=True)
        made.append(str(target))
    return ":".join(made)


class Lies:
    """What this process, and no other, is told about one folder."""

    def __init__(self, folder: Path) -> None:
        self._loaded = ctypes.CDLL(None)
        self._folder = os.fsencode(folder)

    def grant_locks(self) -> None:
        """Every lock below the folder is granted from now on."""
        self._loaded.desk_grant(self._folder)

    def show_old(self, milliseconds: int, *, contents: bool) -> None:
        """Names, times and listings are shown up to so old; with ``contents`` small files are read so old too."""
        self._loaded.desk_stale(self._folder, ctypes.c_long(milliseconds), int(contents))

    def stop_at(self, number: int, moment: Moment, how: signal.Signals = signal.SIGSTOP) -> None:
        """Send this process a signal at the ``number``-th call from now on that changes something in the folder."""
        self._loaded.desk_stop(self._folder, ctypes.c_long(number), _MOMENTS[moment], int(how))

    def shift_clock(self, seconds: float) -> None:
        """Show a time on the wall that is wrong by so much; a second call makes it leap."""
        self._loaded.desk_clock(ctypes.c_double(seconds))

    def told(self) -> dict[str, int]:
        """How many locks were granted and old answers given: proof that the lies arrived."""
        return {
            "locks granted": int(self._loaded.desk_granted()),
            "old answers": int(self._loaded.desk_stale_answered()),
        }
