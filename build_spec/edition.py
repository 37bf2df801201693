"""The 版 file of a folder for staff: what it was built from, as shown by the program."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from build_spec.commit import PROJECT, Commit, given_commit
from build_spec.version_resource import version_of

FILE = "版.txt"
MODULE = "start_file_edition"
"""The module in every start file by which the program sees whether ``FILE`` is of its own version."""
ORIGIN = "origin.txt"
"""File in the folder of an assembled Python that says what it was assembled from."""


def words(version: str, commit: Commit, python: str) -> str:
    """Return the text: version, commit, system and Python, a line each.

    Args:
        version: 「0.1.0」. commit: the commit built. python: the result of :func:`python_words`.
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


def as_module(text: str) -> str:
    """Return the source of the module that every start file carries: ``text`` by its lines, to be compared with it."""
    return f"LINES = {tuple(line for line in text.splitlines() if line.strip())!r}\n"


def words_of_checkout() -> str:
    """Return the text of this checkout, which the folder for staff gets and ``--version`` prints from source."""
    return words(version_of(PROJECT), given_commit(), python_words())


def python_words() -> str:
    """Return which Python the folder is built with: the text of its ``ORIGIN`` file, else its version number."""
    origin = Path(sys.base_prefix) / ORIGIN
    if origin.is_file():
        return origin.read_text(encoding="utf-8")
    return f"Python　{platform.python_version()}（作ったパソコンに入っていたもの）"
