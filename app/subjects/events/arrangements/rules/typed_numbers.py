"""Parses typed numbers of a paper list: 「1 2 3 5-9」, full or half width, with commas or spaces."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NUMBER_SEPARATORS = re.compile(r"[\s,、，;；・.。/]+")
_RANGE = re.compile(r"(\d+)-(\d+)")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー～〜~", "-"))
_MAX_RANGE = 999


@dataclass(frozen=True)
class TypedNumbers:
    """The numbers in the order typed, without duplicates, and the pieces that are no number."""

    numbers: tuple[int, ...]
    unreadable: tuple[str, ...]


def parse_numbers(text: str) -> TypedNumbers:
    """Parse single numbers and ranges (「5-9」「5～9」); a reversed range is turned round."""
    numbers: dict[int, None] = {}
    unread = []
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    for piece in _NUMBER_SEPARATORS.split(re.sub(r"\s*-\s*", "-", plain).strip()):
        found = _RANGE.fullmatch(piece)
        if piece.isascii() and piece.isdigit():
            numbers[int(piece)] = None
        elif found and abs(int(found[2]) - int(found[1])) <= _MAX_RANGE:
            low, high = sorted((int(found[1]), int(found[2])))
            numbers.update(dict.fromkeys(range(low, high + 1)))
        elif piece:
            unread.append(piece)
    return TypedNumbers(tuple(numbers), tuple(unread))


def numbers_words(numbers: tuple[int, ...] | list[int]) -> str:
    """Return 「3、5、9番」."""
    return f"{'、'.join(str(number) for number in numbers)}番"
