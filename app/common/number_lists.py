"""Lists of numbers as people type them (「1、3-5」), and in words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from db.digits import narrow_numbers, whole_number
from db.record import frozen

_NUMBER_SEPARATORS = re.compile(r"[\s,、，;；・.。/]+")


_RANGE = re.compile(r"(\d{1,15})-(\d{1,15})")


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー～〜~", "-"))


_MAX_RANGE = 999


@frozen
class TypedNumbers:
    """The numbers in the order typed, without duplicates, and the pieces that are no number."""

    numbers: tuple[int, ...]
    unreadable: tuple[str, ...]


def parse_numbers(text: str) -> TypedNumbers:
    """Return the numbers in single numbers and ranges (「5-9」「5～9」); a reversed range is turned round.

    A range that spans more than ``_MAX_RANGE`` is unreadable.
    """
    numbers: dict[int, None] = {}
    unread = []
    plain = narrow_numbers(text).translate(_DASHES)
    for piece in _NUMBER_SEPARATORS.split(re.sub(r"\s*-\s*", "-", plain).strip()):
        found = _RANGE.fullmatch(piece)
        number = whole_number(piece)
        if number is not None:
            numbers[number] = None
        elif found and abs(int(found[2]) - int(found[1])) <= _MAX_RANGE:
            low, high = sorted(map(int, found.groups()))
            numbers.update(dict.fromkeys(range(low, high + 1)))
        elif piece:
            unread.append(piece)
    return TypedNumbers(tuple(numbers), tuple(unread))


def numbers_words(numbers: tuple[int, ...] | list[int]) -> str:
    """Return 「3、5、9番」."""
    return f"{'、'.join(map(str, numbers))}番"


def number_ranges(numbers: Iterable[int]) -> str:
    """Return numbers in words, with runs of three and more joined (「1～3、5」)."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(
        f"{run[0]}～{run[-1]}" if len(run) > 2 else "、".join(str(number) for number in run) for run in runs
    )
