"""Splits the cells of one column into choices, whatever separator the service used.

Services separate answers by a comma, a semicolon, 、, a line break, / or |, some files by several of them, and an
option may contain such a sign itself. If the possible answers are known, the split with the least unknown text wins;
otherwise the separator by which the pieces of the column repeat most often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from db.digits import is_digits

SEPARATORS: tuple[str, ...] = (";", "；", "\n", ", ", ",", "、", "，", " | ", "|", "｜", " / ", "/", "／", "・")
"""Possible separators between two answers, the surer ones first."""

SURE_MATCH = 2
"""Certainty of a text that is exactly a known answer."""

MAX_PIECES = 300
"""A cell with more pieces is a text, not a list of answers."""
_LONGEST_ANSWER = 8
_TOKEN = re.compile(r"\s*[;；\n,，、|｜/／・]+\s*")
_TOKEN_OR_BLANK = re.compile(r"[\s;；,，、|｜/／・&＆+＋]+|と|及び|および")
_OPENING, _CLOSING = "（(［[「『【〔", "）)］]」』】〕"
_FEWEST_CELLS = 2


def split_at(text: str, separator: str) -> list[str]:
    """Return the pieces between ``separator`` without outer blanks and empty ones, keeping brackets and 1,000 whole."""
    pieces: list[str] = []
    for piece in text.split(separator):
        if pieces and (
            has_open_bracket(pieces[-1])
            or (separator in {",", "/"} and is_digits(pieces[-1][-1:]) and is_digits(piece[:1]))
        ):
            pieces[-1] += separator + piece
        else:
            pieces.append(piece)
    return [piece.strip() for piece in pieces if piece.strip()]


def has_open_bracket(text: str) -> bool:
    """Return whether a bracket of ``text`` is not closed yet, so that a following separator splits nothing."""
    depth = 0
    for sign in text:
        depth += (sign in _OPENING) - (sign in _CLOSING and depth > 0)
    return depth > 0


def likely_separator(cells: Iterable[str], usual: str) -> str:
    """Return the separator in a column of unknown answers, or "" if cells hold one answer each.

    ``usual`` is the service's own separator, preferred among equally good ones.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    every = "\x00".join(filled)
    ordered = dict.fromkeys(([usual] if usual else []) + list(SEPARATORS))
    best, best_score = "", 0.0
    for separator in (one for one in ordered if one in every):
        cut = [split_at(cell, separator) for cell in filled if separator in cell]
        several = [pieces for pieces in cut if len(pieces) > 1]
        if len(several) < _FEWEST_CELLS:
            continue
        counts = Counter(piece for cell in filled for piece in set(split_at(cell, separator)))
        pieces = [piece for parts in several for piece in parts]
        again = sum(counts[piece] > 1 for piece in pieces) / len(pieces)
        score = again * len(several)
        if again >= 0.5 and score > best_score + 0.001:
            best, best_score = separator, score
    return best


@dataclass
class CellSplitter:
    """Splits the cells of one column into known answers and the rest, so that the least text stays unknown.

    Attributes:
        known: returns how certainly a text is a possible answer: ``SURE_MATCH``, 1 for perhaps, 0 for none.
        separator: the sign at which unknown text is split further; "" = it stays whole.
        blanks: a blank separates answers, too, and so does と.
    """

    known: Callable[[str], int]
    separator: str = ""
    blanks: bool = False
    _seen: dict[str, int] = field(default_factory=dict)

    def split(self, cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the known answers in the cell's order, and all other texts, each once; no text is left out."""
        text = cell.strip()
        if not text:
            return (), ()
        if self._match_level(text) == SURE_MATCH:
            return (text,), ()
        answers = []
        rest = []
        for piece, found in self._best_split(text):
            if found:
                answers.append(piece)
            else:
                rest += split_at(piece, self.separator) if self.separator else [piece]
        return tuple(dict.fromkeys(answers)), tuple(dict.fromkeys(one for one in rest if one))

    def _match_level(self, text: str) -> int:
        """Return how certainly a text is a possible answer (2, 1 or 0), computed once."""
        if text not in self._seen:
            self._seen[text] = self.known(text) if text else 0
        return self._seen[text]

    def _best_split(self, text: str) -> list[tuple[str, bool]]:
        """Return the pieces of the best split, each with whether it is known.

        That is the split with the least unknown text, then the most certain text, then the most answers.
        """
        tokens = _tokens(text, _TOKEN_OR_BLANK if self.blanks else _TOKEN)
        count = len(tokens)
        if count > MAX_PIECES:
            return [(text, False)]
        best = [(0, 0, 0, count, True)] * (count + 1)
        for start in range(count - 1, -1, -1):
            unknown, sure, parts, *_ = best[start + 1]
            first, last = tokens[start]
            choice = (unknown + last - first, sure, parts, start + 1, False)
            for end in range(start + 1, min(count, start + _LONGEST_ANSWER) + 1):
                piece = text[first : tokens[end - 1][1]].strip()
                known = 0 if has_open_bracket(piece) else self._match_level(piece)
                # What only may mean an answer stands between two signs; else it would swallow its neighbours.
                if known == SURE_MATCH or (known and end == start + 1):
                    unknown, sure, parts, *_ = best[end]
                    choice = min(choice, (unknown, sure - len(piece) * (known == SURE_MATCH), parts - 1, end, True))
            best[start] = choice
        return _merge_pieces(text, tokens, best)


def _tokens(text: str, between: re.Pattern[str]) -> list[tuple[int, int]]:
    places, start = [], 0
    for found in between.finditer(text):
        if found.start() > start:
            places.append((start, found.start()))
        start = found.end()
    if start < len(text):
        places.append((start, len(text)))
    return places


def _merge_pieces(
    text: str, tokens: Sequence[tuple[int, int]], best: Sequence[tuple[int, int, int, int, bool]]
) -> list[tuple[str, bool]]:
    """Return the pieces of the best split, each with whether it is known; adjacent unknown ones are joined."""
    found = []
    position, open_from = 0, -1
    while position < len(tokens):
        *_, end, known = best[position]
        if known:
            if open_from >= 0:
                found.append((text[tokens[open_from][0] : tokens[position - 1][1]].strip(), False))
                open_from = -1
            found.append((text[tokens[position][0] : tokens[end - 1][1]].strip(), True))
        elif open_from < 0:
            open_from = position
        position = end
    if open_from >= 0:
        found.append((text[tokens[open_from][0] :].strip(), False))
    return found
