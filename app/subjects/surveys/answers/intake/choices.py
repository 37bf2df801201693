"""Cuts one cell with several choices: into known options and the rest, or into pieces when no option is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.subjects.surveys.questions.intake.option_fold import option_reader

MOST_PIECES = 300
"""A cell that falls into more pieces is a text, not a list of ticks."""
LONGEST_OPTION = 40
MOST_OPTIONS = 15
SENTENCE = re.compile(r"[。！？?!\n]")
"""What a person wrote in their own words is no option, however few wrote something."""
_OTHER = "その他"
_CHANCE = 0.01
_SEVERAL_SHARE = 0.25


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


def pieces_of(value: str, separator: str) -> list[str]:
    """Cut at the separator; one before a space stands inside a text, and brackets stay whole."""
    cut = re.split(re.escape(separator) + r"(?=\S)", value.removesuffix(";"))
    pieces: list[str] = []
    for piece in cut:
        if pieces and pieces[-1].count("（") > pieces[-1].count("）"):
            pieces[-1] += separator + piece
        else:
            pieces.append(piece)
    return [piece.strip() for piece in pieces if piece.strip()]


def all_pieces(values: Sequence[str], separator: str) -> list[str]:
    """All pieces of all cells; two that never part again are one option that holds the separator."""
    cells = [pieces_of(value, separator) for value in values]
    if separator == ";":
        return [piece for cell in cells for piece in cell]
    glued = _glued(cells)
    joined: list[str] = []
    for cell in cells:
        for position, piece in enumerate(cell):
            if position and glued.get(piece) == cell[position - 1]:
                joined[-1] += separator + piece
            else:
                joined.append(piece)
    return joined


def _glued(cells: Sequence[Sequence[str]]) -> dict[str, str]:
    """Pieces that only ever follow one and the same piece, so often that it is hardly chance."""
    before: dict[str, Counter[str]] = {}
    for cell in cells:
        for earlier, piece in zip(["", *cell], cell, strict=False):
            before.setdefault(piece, Counter())[earlier] += 1
    found = {}
    for piece, leaders in before.items():
        if len(leaders) > 1 or "" in leaders or piece.startswith(_OTHER):
            continue
        leader, together = next(iter(leaders.items()))
        without = [cell for cell in cells if piece not in cell]
        # How often the leader stands in the other cells says how easily it stands before this piece by chance.
        usual = (sum(leader in cell for cell in without) + 1) / (len(without) + 2)
        if usual**together < _CHANCE:
            found[piece] = leader
    return found


def several_chosen(values: Sequence[str], separator: str) -> bool:
    """Whether the cells hold several choices each: pieces come again in other cells, and are few and short."""
    distinct = dict.fromkeys(values)
    if separator == ";" and sum(";" in value for value in values) > len(values) * _SEVERAL_SHARE:
        return True
    cut = {value: pieces_of(value, separator) for value in distinct}
    if any(piece.startswith(_OTHER) for parts in cut.values() for piece in parts[1:]):
        return True
    several = [value for value in values if len(cut[value]) > 1]
    if len(several) < len(values) * _SEVERAL_SHARE or not several:
        return False
    pieces = Counter(piece for parts in cut.values() for piece in set(parts))
    if len(pieces) > MOST_OPTIONS or any(len(piece) > LONGEST_OPTION or SENTENCE.search(piece) for piece in pieces):
        return False
    return any(pieces[piece] > 1 for value in several for piece in cut[value])
