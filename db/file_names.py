"""Names of files as every office PC takes them, whatever system they are made on."""

from __future__ import annotations

import unicodedata
from typing import Final, Literal

FORBIDDEN: Final = '\\/:*?"<>|'
LONGEST_NAME: Final = 255
"""UTF-16 units on Windows, bytes elsewhere: 85 Japanese characters."""

_WIDE: Final = str.maketrans(FORBIDDEN, "＼／：＊？”＜＞｜")
_DIRECTION: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DIGITS: Final = "0123456789¹²³"
_DEVICES: Final = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"}
    | {f"{port}{digit}" for port in ("COM", "LPT") for digit in _DIGITS}
)

Flaw = Literal["", "sign", "control", "direction", "reserved", "end", "empty"]


def flaw(name: str) -> Flaw:
    """Say what is wrong with ``name`` as the name of a file, with or without its ending; "" when nothing is.

    Returns: sign (forbidden on Windows), control, direction (turns the writing round, so that an .exe looks like a
    .pdf), reserved (a device of Windows, also with an ending), end (a dot or blank that Windows drops), empty.
    """
    if not name.strip(" ."):
        return "empty"
    if any(sign in FORBIDDEN for sign in name):
        return "sign"
    if any(sign in _DIRECTION for sign in name):
        return "direction"
    if any(_is_control(sign) for sign in name):
        return "control"
    if is_reserved(name):
        return "reserved"
    return "end" if name != name.rstrip(" .") else ""


def is_reserved(name: str) -> bool:
    """Say whether Windows takes ``name`` for a device: 「con.pdf」 is no file there."""
    return name.partition(".")[0].rstrip(" ").upper() in _DEVICES


def safe(text: str, *, most: int = LONGEST_NAME) -> str:
    """Return ``text`` as (part of) a name that has no flaw; "" when nothing is left of it.

    Args:
        most: bytes it may have; it is cut between two characters.
    """
    kept = "".join(sign for sign in text.translate(_WIDE) if sign not in _DIRECTION and not _is_control(sign))
    while len(kept.encode()) > most:
        kept = kept[:-1]
    kept = kept.strip(" ").rstrip(" .")
    if is_reserved(kept):
        first, dot, rest = kept.partition(".")
        kept = f"{first.rstrip(' ')}_{dot}{rest}"
    return kept


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")
