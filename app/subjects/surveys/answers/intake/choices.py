"""Splits one cell of a multiple-answer question into known options and the rest, longest match first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.subjects.surveys.questions.intake.option_fold import option_reader

MOST_PIECES = 300
"""A cell that falls into more pieces is a text, not a list of ticks."""


@dataclass(frozen=True, kw_only=True)
class SplitCell:
    """Options found (in the cell's order, each once) and the stretches of text that are no option."""

    options: tuple[str, ...]
    leftovers: tuple[str, ...]
    ends_with_leftover: bool


def split_choices(cell: str, options: Sequence[str], separator: str) -> SplitCell:
    """Split ``cell`` at ``separator`` so that as little text as possible is left over.

    Options may hold the separator themselves: among the ways to read the cell the one with the fewest
    unknown pieces wins, then the one with the fewest (so the longest) options. Unknown pieces that stand
    side by side are one text, because a written answer may hold the separator. An option that was found
    already is part of the written text when it comes again behind unknown text. An option spelt otherwise (width,
    dash, a number before it) is that option.
    """
    text = cell.strip().removesuffix(separator.strip()) if separator == ";" else cell.strip()
    if not text:
        return SplitCell(options=(), leftovers=(), ends_with_leftover=False)
    pieces = text.split(separator)
    if len(pieces) > MOST_PIECES:
        return SplitCell(options=(), leftovers=(text,), ends_with_leftover=True)
    found: list[str] = []
    rest: list[list[str]] = []
    after_rest = False
    for part, option in _best_reading(pieces, tuple(options), separator):
        if option and not (after_rest and option in found):
            if option not in found:
                found.append(option)
            after_rest = False
        elif after_rest:
            rest[-1].append(part)
        else:
            rest.append([part])
            after_rest = True
    leftovers = tuple(separator.join(parts).strip() for parts in rest)
    return SplitCell(
        options=tuple(found),
        leftovers=tuple(left for left in leftovers if left),
        ends_with_leftover=after_rest,
    )


def _best_reading(pieces: list[str], options: tuple[str, ...], separator: str) -> list[tuple[str, str]]:
    """Cover ``pieces`` from the end with (text, option meant): (unknown pieces, parts) is made as small as possible."""
    longest = max((option.count(separator) for option in options), default=0) + 1
    reader = option_reader(options)
    best: list[tuple[int, int, int, str]] = [(0, 0, 0, "")] * (len(pieces) + 1)
    for start in range(len(pieces) - 1, -1, -1):
        unknown, parts, _, _ = best[start + 1]
        choice = (unknown + 1, parts + 1, start + 1, "")
        # A blank behind the separator shows that it stands inside a text and parts no choices.
        for end in range(start + 1, min(start + longest, len(pieces)) + 1) if pieces[start][:1].strip() else ():
            option = reader.meant(separator.join(pieces[start:end]))
            if option:
                unknown, parts, _, _ = best[end]
                choice = min(choice, (unknown, parts + 1, end, option))
        best[start] = choice
    reading = []
    position = 0
    while position < len(pieces):
        _, _, end, option = best[position]
        reading.append((separator.join(pieces[position:end]), option))
        position = end
    return reading
