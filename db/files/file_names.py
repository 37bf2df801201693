"""File names that are valid on every office PC, and the longest path there."""

from __future__ import annotations

import errno
import os
import unicodedata
from pathlib import Path, PurePath, PureWindowsPath
from typing import Literal

from db.files import filesystem

FORBIDDEN = '\\/:*?"<>|'
MAX_NAME_LENGTH = 255
"""UTF-16 units on Windows, bytes elsewhere (85 Japanese characters)."""

_WIDE = str.maketrans(FORBIDDEN, "＼／：＊？”＜＞｜")
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DIGITS = "0123456789¹²³"
_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"}
    | {f"{port}{digit}" for port in ("COM", "LPT") for digit in _DIGITS}
)

Flaw = Literal["", "sign", "control", "direction", "reserved", "end", "empty"]
MAX_FILE_LENGTH = 259
"""Windows takes 260 with the end mark, unless long paths are enabled on every PC."""
_EXCEEDED = 206  # ERROR_FILENAME_EXCED_RANGE


def flaw(name: str) -> Flaw:
    """Return what makes ``name`` invalid as a file name, with or without its ending; "" when valid.

    Returns: sign (forbidden on Windows), control, direction (reverses the text, so that an .exe looks like a
    .pdf), reserved (a device of Windows, also with an ending), end (a dot or blank that Windows drops),
    empty.
    """
    if not name.strip(" ."):
        return "empty"
    if any(sign in FORBIDDEN for sign in name):
        return "sign"
    if any(sign in _DIRECTION for sign in name):
        return "direction"
    if any(map(_is_control, name)):
        return "control"
    if is_reserved(name):
        return "reserved"
    return "end" if name != name.rstrip(" .") else ""


def is_reserved(name: str) -> bool:
    """Return whether Windows takes ``name`` for a device (「con.pdf」 is no file there)."""
    return name.partition(".")[0].rstrip(" ").upper() in _DEVICES


def safe_name(text: str, *, max_length: int = MAX_NAME_LENGTH) -> str:
    """Return ``text`` as a valid (part of a) file name; "" when nothing is left of it.

    Signs that Windows forbids become full-width ones (「/」 → 「／」); invisible ones are left out.

    Args:
        max_length: bytes it may have; it is cut between two characters.
    """
    kept = "".join(sign for sign in text.translate(_WIDE) if sign not in _DIRECTION and not _is_control(sign))
    while len(kept.encode()) > max_length:
        kept = kept[:-1]
    kept = kept.strip(" ").rstrip(" .")
    if is_reserved(kept):
        first, dot, rest = kept.partition(".")
        kept = f"{first.rstrip(' ')}_{dot}{rest}"
    return kept


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")


def excess_length(path: PurePath) -> int:
    """Return by how many characters ``path`` is too long for this system; 0 when it fits.

    Windows counts the whole path, other systems the bytes of each name.
    """
    if isinstance(path, PureWindowsPath):
        if str(path).startswith(filesystem.LONG_FORM):
            return 0
        whole = _utf16_length(str(path)) - MAX_FILE_LENGTH
        return max([0, whole, *(_utf16_length(name) - MAX_NAME_LENGTH for name in path.parts)])
    over = max((len(os.fsencode(name)) - MAX_NAME_LENGTH for name in path.parts), default=0)
    return max(0, -(-over // 3))  # a Japanese character has three bytes


def is_path_too_long(error: OSError) -> bool:
    """Return whether ``error`` was caused by a path that is too long, which Windows may call "not found"."""
    if error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", None) == _EXCEEDED:
        return True
    named = [name for name in (error.filename, error.filename2) if isinstance(name, str)]
    return error.errno == errno.ENOENT and any(excess_length(filesystem.absolute(Path(name))) for name in named)


def _utf16_length(text: str) -> int:
    """Return the number of UTF-16 units in a text (「𠮷」 has two)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
