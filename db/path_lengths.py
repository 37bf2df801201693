"""How long a path may be on the system it is for."""

from __future__ import annotations

import errno
import os
from pathlib import Path, PurePath, PureWindowsPath
from typing import Final

from db import on_disk
from db.file_names import LONGEST_NAME

LONGEST_FILE: Final = 259
"""Windows takes 260 with the end mark, unless somebody has changed every PC."""
_EXCEEDED: Final = 206  # ERROR_FILENAME_EXCED_RANGE


def excess(path: PurePath) -> int:
    """Return by how many characters ``path`` is too long for this system; 0 when it fits.

    Windows counts the whole path, other systems the bytes of each name.
    """
    if isinstance(path, PureWindowsPath):
        if str(path).startswith(on_disk.LONG_FORM):
            return 0
        whole = _units(str(path)) - LONGEST_FILE
        return max([0, whole, *(_units(name) - LONGEST_NAME for name in path.parts)])
    over = max((len(os.fsencode(name)) - LONGEST_NAME for name in path.parts), default=0)
    return max(0, -(-over // 3))  # a Japanese character has three bytes


def too_long(error: OSError) -> bool:
    """Say whether ``error`` came of a path that is too long; Windows often calls such a one "not found"."""
    if error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", None) == _EXCEEDED:
        return True
    named = [name for name in (error.filename, error.filename2) if isinstance(name, str)]
    return error.errno == errno.ENOENT and any(excess(on_disk.absolute(Path(name))) for name in named)


def _units(text: str) -> int:
    """Return how many UTF-16 units a text has: 「𠮷」 counts twice on Windows."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
