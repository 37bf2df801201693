"""Returns memory that the program has freed to the operating system, and holds none that nobody needs.

glibc keeps freed memory between blocks still in use; after many screens that is a tenth of the program's size. Windows
returns such pages by itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import sys

_ARENA_MAX = -8
"""The glibc option for the number of heaps used by threads."""


def share_one_heap() -> None:
    """Let all threads use one heap, as on Windows, so that memory freed by one is reused; call before they start."""
    _call_libc("mallopt", _ARENA_MAX, 1)


def release_memory() -> None:
    """Give freed pages back to the operating system, where its C library can (a few milliseconds).

    A full garbage collection runs first (14 ms, as objects loaded at the start are frozen): cycles of discarded
    screens would otherwise keep another tenth of the program's memory in use.
    """
    gc.collect()
    _call_libc("malloc_trim", 0)


def spare_sources() -> None:
    """Keep Qt from reading the source of every module that is loaded after it.

    It looks there whether the module may ask for other names of Qt's methods; none does, and where a packed program
    brings no sources it takes the same for granted. All of them together stay in memory as lines of text, a fifth of
    the program's size, and reading them is a seventh of the time that loading takes.
    """
    importlib.import_module("PySide6.QtCore")
    if (feature := sys.modules.get("shibokensupport.feature")) is not None:
        vars(feature)["_mod_uses_pyside"] = lambda _module: False


def _call_libc(name: str, *given: int) -> None:
    if sys.platform == "linux":
        # A C library other than glibc has no such call.
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None)[name](*given)
