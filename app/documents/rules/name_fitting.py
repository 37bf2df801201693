"""Fitting a name into its place: smaller down to a floor, then on several lines, never cut or replaced."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

STEP: Final = 0.25
Measure = Callable[[str], float]
Wrap = Callable[[str, float], Sequence[str]]

# A person's name is broken at its space or middle dot wherever it fits so; the mark stays at the end of its line.
_PARTS: Final = re.compile(r"[^\s・＝]*[\s・＝]+|[^\s・＝]+")
_KATAKANA: Final = {code: chr(code - 0x60) for code in range(0x30A1, 0x30F7)}


@dataclass(frozen=True)
class NameRule:
    """The allowed sizes in points for a name in one place of a document.

    ``start`` is tried first, ``floor`` last, both on one line; then up to ``lines`` lines, at ``wrapped`` or smaller.
    ``anywhere`` lets a line end wherever Japanese lines may (団体), else at a space as long as that fits (人).
    """

    start: float
    floor: float
    wrapped: float
    lines: int = 2
    anywhere: bool = False


# Floors of the design of the papers; 団体 on two lines, a third where its row or card has the room.
# A row of the roster grows: one long cell (役職, 支部, 備考) never keeps the whole list from being printed. A person's
# name of more than three lines is rather a slip, and is asked about.
_GROWING: Final = 20
ROSTER_NAME: Final = NameRule(12, 9.5, 10.5, 3)
ROSTER_ORGANISATION: Final = NameRule(9, 7.5, 7.75, _GROWING, anywhere=True)
ROSTER_READING: Final = NameRule(6.5, 6.5, 6.5, _GROWING)
ROSTER_SHORT: Final = NameRule(9, 7.5, 7.5, _GROWING, anywhere=True)
TAG_NAME: Final = NameRule(30, 18, 24, 3)
TAG_ORGANISATION: Final = NameRule(12, 9, 10.5, 3, anywhere=True)
TAG_READING: Final = NameRule(10, 6.5, 8)
TAG_ROLE: Final = NameRule(9, 5.5, 7.5, 3, anywhere=True)
TAG_EVENT: Final = NameRule(7.5, 6, 6, 2, anywhere=True)
SEAT_NAME: Final = NameRule(84, 30, 66)
SEAT_ORGANISATION: Final = NameRule(24, 12, 20, 3, anywhere=True)
TABLE_NAME: Final = NameRule(17, 12, 13)
TABLE_ORGANISATION: Final = NameRule(11, 8.5, 9, 3, anywhere=True)
TABLE_READING: Final = NameRule(8, 6.5, 6.5)
FACILITATOR: Final = NameRule(17, 12, 14)


@dataclass(frozen=True)
class FittedName:
    """A fitted name: its lines (without the spaces between them) and its size in points."""

    lines: tuple[str, ...]
    size: float


def fit_name(text: str, rule: NameRule, room: float, measure: Measure, wrap: Wrap | None = None) -> FittedName | None:
    """Return how ``text`` fits into ``room`` mm, or None if it does not even at the floor.

    Args:
        measure: the width in mm of a text at one point. wrap: breaks a text into lines of so many mm at one point;
            needed where lines may end anywhere.
    """
    size = _largest(measure(text), room, rule.start)
    if size >= rule.floor:
        return FittedName((text,), size)
    if rule.anywhere and wrap is not None:
        return _fit_anywhere(text, rule, room, measure, wrap)
    parts = _PARTS.findall(text)
    for count in range(2, min(rule.lines, len(parts)) + 1):
        lines = min(
            (_joined(parts, cuts) for cuts in combinations(range(len(parts) - 1, 0, -1), count - 1)),
            key=lambda lines: max(map(measure, lines)),
        )
        size = _largest(max(map(measure, lines)), room, rule.wrapped)
        if size >= rule.floor:
            return FittedName(lines, size)
    # A name that is longer than its parts have room stands whole on several lines rather than not at all.
    return _fit_anywhere(text, rule, room, measure, wrap) if wrap is not None else None


def _fit_anywhere(text: str, rule: NameRule, room: float, measure: Measure, wrap: Wrap) -> FittedName | None:
    for count in range(2, rule.lines + 1):
        size = rule.wrapped
        while size >= rule.floor:
            lines = tuple(wrap(text, room / size))
            if len(lines) <= count and max(map(measure, lines)) * size <= room * 1.001:
                return FittedName(lines, size)
            size -= STEP
    return None


def _joined(parts: Sequence[str], cuts: Sequence[int]) -> tuple[str, ...]:
    places = [0, *sorted(cuts), len(parts)]
    return tuple("".join(parts[start:end]).rstrip() for start, end in pairwise(places))


def _largest(width: float, room: float, start: float) -> float:
    """Return the largest size in quarter points, ``start`` at most, at which ``width`` (at one point) fits."""
    if width * start <= room:
        return start
    return int((room / width + 1e-6) / STEP) * STEP


def in_hiragana(reading: str) -> str:
    """Return a ふりがな as printed: katakana, also half-width, as hiragana; everything else as typed."""
    if reading.isascii():
        return reading
    wide = re.sub("[\uff66-\uff9f]+", lambda found: unicodedata.normalize("NFKC", found.group()), reading)
    return wide.translate(_KATAKANA)
