"""Cuts cells with several choices into pieces when the options are not known, and finds options that hold the comma."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

LONGEST_OPTION = 40
MOST_OPTIONS = 15
SENTENCE = re.compile(r"[。！？?!\n]")
"""What a person wrote in their own words is no option, however few wrote something."""

_OTHER = "その他"
_CHANCE = 0.01
_SEVERAL_SHARE = 0.25


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
