"""Reads what a cell of a list says: its text without invisible signs, a number, 「同上」."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.foreign_files.cells.suspicious_texts import without_invisible_characters
from db.digits import narrow_number

_UNSEEN = "\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Zero-width blanks and direction marks, which web forms and copied texts leave around a name."""
_AMOUNT = re.compile(r"'?[¥\\]?\s*(-?\d{1,15})(?:\.0+)?\s*(?:円|世帯|戸|件|人|名|団体)?")


_DITTO_WORDS = frozenset(
    {
        "同上",
        "〃",
        "々",
        "″",
        '"',
        "''",
        "同",
        "上に同じ",
        "同じ",
        "仝",
        "仝上",
        "上同",
        "同左",
        "↓",
        "↑",
        "⇩",
        "⬇",
        "〻",
        "ゝ",
        "同前",
        "前に同じ",
    }
)
_DITTO_STARTS = frozenset({*(word[0] for word in _DITTO_WORDS), *"（([「＂［【"})
_DITTO_BRACKETS = re.compile(r"^[（(\[［「【]+|[）)\]］」】。．.]+$")


def clean(cell: str) -> str:
    """Return a cell without surrounding blanks, visible or not, and without control characters (NUL)."""
    if cell.isprintable():  # none of the signs below is
        return cell.strip()
    text = without_invisible_characters(cell).strip()
    while text and (text[0] in _UNSEEN or text[-1] in _UNSEEN):
        text = text.strip(_UNSEEN).strip()
    return text


def is_ditto(text: str) -> bool:
    """Return whether a cell repeats the cell above it: 同上, 〃　〃, 仝, ↓, （同上）."""
    if text[:1] not in _DITTO_STARTS or len(text) > _MAX_DITTO_LENGTH:
        return False
    bare = "".join(_DITTO_BRACKETS.sub("", text.strip()).split())
    return bare in _DITTO_WORDS or (len(bare) > 1 and len(set(bare)) == 1 and bare[0] in _DITTO_WORDS)


def holds_ditto(texts: Sequence[str]) -> bool:
    """Return whether one of the cells of a row repeats the cell above: all are looked at once, then one by one."""
    return bool(_DITTO_FIRST.search(_PART + _PART.join(texts))) and any(map(is_ditto, texts))


_PART = "\x00"
_DITTO_FIRST = re.compile(f"{_PART}[{''.join(map(re.escape, _DITTO_STARTS))}]")
_MAX_DITTO_LENGTH = 12


def parse_amount(cell: str) -> int | None:
    """Return the whole number in a cell, with or without separators and a usual unit (1,997, ４３０円, -3), or None."""
    match = _AMOUNT.fullmatch(narrow_number(clean(cell)))
    return int(match.group(1)) if match else None
