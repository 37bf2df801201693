"""Restores cells that a system escaped: characters as numbers (&#134071;), texts protected from Excel (="03…")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\u00a0"}
_REFERENCE = re.compile(r"&(?:#(?P<number>[0-9]{2,7})|#[xX](?P<hex>[0-9A-Fa-f]{2,6})|(?P<name>[a-z]{2,4}));")
_GUARDED_CELL = re.compile(r'=\s*"((?:[^"]|"")*)"|\'([0-9(+][0-9()+\- ]*)')
_ESCAPED_TWICE = 2
"""Text that was escaped twice, so that its & is a reference, too."""
_LAST_SURROGATE, _FIRST_SURROGATE, _LAST_SIGN = 0xDFFF, 0xD800, 0x10FFFF

CHARACTER_REFERENCES = "character_reference"
EXCEL_GUARDED = "guarded_text"
ESCAPE_TEXTS = {
    CHARACTER_REFERENCES: "文字が番号など（&#…;）で書かれていたので、その文字として読んだ",
    EXCEL_GUARDED: '表計算ソフトに変えられないよう記号（="…" など）で包まれていたので、中の文字を読んだ',
}


def may_hold_escapes(text: str) -> bool:
    """Return whether a whole file may hold escaped cells, to skip the check for nearly all files."""
    return bool(_GUARD_OF_EXCEL.search(text)) or ("&" in text and bool(_REFERENCE.search(text)))


_GUARD_OF_EXCEL = re.compile(r"=\"|(?:^|[,\t;\"\n])'[0-9(+]")


def plain_cell(cell: str) -> str:
    """Return the text that an escaped cell stands for (&#134071;, ="03…"); any other cell unchanged."""
    return _unescape(cell)[0] if "&" in cell or cell.lstrip()[:1] in ("=", "'") else cell


def escape_code(cell: str) -> str:
    """Return the code for the kind of escape in a cell; "" for none."""
    return _unescape(cell)[1] if "&" in cell or cell.lstrip()[:1] in ("=", "'") else ""


def plain_cells(cells: Iterable[str]) -> tuple[str, ...]:
    """Return the cells of a row with escaped ones as the text that they stand for, as ``plain_cell``."""
    return tuple(map(plain_cell, cells))


@lru_cache(maxsize=4_000)
def _unescape(cell: str) -> tuple[str, str]:
    """Return the text that an escaped cell stands for, and the code for the kind of escape ("" = none)."""
    guarded = _GUARDED_CELL.fullmatch(cell.strip())
    text = cell if guarded is None else (guarded[1] or "").replace('""', '"') if guarded[2] is None else guarded[2]
    code = EXCEL_GUARDED if guarded is not None else ""
    for _ in range(_ESCAPED_TWICE):
        plain = _REFERENCE.sub(_unescape_reference, text)
        if plain == text:
            break
        text, code = plain, CHARACTER_REFERENCES
    return text, code


def _unescape_reference(found: re.Match[str]) -> str:
    """Return the character of a reference; an unknown or unprintable one stays as written."""
    if found["name"]:
        return _NAMED.get(found["name"], found[0])
    number = int(found["number"]) if found["number"] else int(found["hex"], 16)
    if number > _LAST_SIGN or _FIRST_SURROGATE <= number <= _LAST_SURROGATE:
        return found[0]
    sign = chr(number)
    return sign if sign.isprintable() or sign in "\u00a0\u3000\u200d\ufe0f" else found[0]
