"""The 版 of a folder for staff: what it was built from, in a text that lies in the folder and that the
program shows."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from build_spec.commit import Commit

FILE = "版.txt"
ORIGIN = "origin.txt"
"""Where a Python that was put together here says of what; in its own folder."""


def words(version: str, commit: Commit, python: str) -> str:
    """Return the text: the version, the commit, the system and the Python, a line each.

    Args:
        version: 「0.1.0」. commit: what is built. python: what :func:`python_words` says.
    """
    built = f"{commit.name}（{commit.day}）" if commit.name else "git のない写し"
    system = "Windows（64ビット）" if sys.platform == "win32" else "Linux（64ビット）"
    lines = [
        f"デジ活デスク {version}",
        f"作った元　{built}{'に、変更を加えたもの' if commit.changed else ''}",
        f"システム　{system}",
        *python.splitlines(),
    ]
    return "".join(f"{line}\r\n" for line in lines)


def python_words() -> str:
    """Return from which Python the folder is made: what the Python says of itself, else its number."""
    origin = Path(sys.base_prefix) / ORIGIN
    if origin.is_file():
        return origin.read_text(encoding="utf-8")
    return f"Python　{platform.python_version()}（作ったパソコンに入っていたもの）"
