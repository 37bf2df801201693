"""Split a cell with several choices into known options, in any spelling, or into pieces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from app.foreign_files.cells.choice_splitting import SEPARATORS, SURE_MATCH, CellSplitter, has_open_bracket
from db.digits import one_width
from db.record import record

_WAVES = str.maketrans("〜～∼˜へべぺ", "~~~~ヘベペ")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")
_NUMBER_BEFORE = re.compile(r"^[(]?(\d{1,2})(?:[.:)、\s]|-(?=\D))\s*(?=\D)")
_MAX_CACHED = 5_000
_BARE_NUMBER = re.compile(r"(\d{1,2})(?:\.0+)?")
MAX_PIECES = 300
"""A cell with more pieces than this is a text, not a list of choices."""
MAX_OPTION_LENGTH = 40
MAX_OPTIONS = 15
SENTENCE = re.compile(r"[。！？?!\n]")
"""Marks of a sentence; what a person wrote in their own words is no option."""
_OTHER = "その他"
_END = re.compile("(?:です|でした)?[。!]*$")
_MAX_CHANCE = 0.01
_MIN_REPEATED_SHARE = 0.25


class OptionMatcher:
    """Finds the options of one question in texts that forms and code pages spell otherwise.

    A spelling that two options share matches neither: then only the exact text counts.
    """

    def __init__(self, options: tuple[str, ...]):
        self._matches: dict[str, str] = {option: option for option in options}
        self._by_folded_text = _unambiguous((fold_option(option), option) for option in options)
        self._by_wording = _unambiguous((fold_option(_without_number(option)), option) for option in options)
        self._by_number = _unambiguous((_leading_number(option), option) for option in options)

    def match(self, text: str) -> str:
        """Return the option that ``text`` means, or "" when it is none of them."""
        known = self._matches.get(text)
        if known is None:
            known = self._match_uncached(text)
            # Many responses say the same; free texts are not worth caching beyond this number.
            if len(self._matches) < _MAX_CACHED:
                self._matches[text] = known
        return known

    def _match_uncached(self, text: str) -> str:
        """Return the option that a text means, by its wording or by its number alone; "" where it is none."""
        found = self._by_folded_text.get(fold_option(text), "")
        if found:
            return found
        bare = _BARE_NUMBER.fullmatch(_fold_signs(text))
        if bare:
            # The end of a scale is 「5 大変満足」 on the sheet and 5 in the file of a form.
            return self._by_number.get(bare.group(1), "")
        return self._by_wording.get(fold_option(_without_number(text)), "")


@lru_cache(maxsize=512)
def option_matcher(options: tuple[str, ...]) -> OptionMatcher:
    """Return the matcher of these options, made once for all rows of a file."""
    return OptionMatcher(options)


def fold_option(text: str) -> str:
    """Return an option's comparison key (width, blanks, waves, dashes, 歳代, です and 。 folded); never shown."""
    return _END.sub("", "".join(_fold_signs(text).split()).casefold().replace("歳代", "代"))


def _fold_signs(text: str) -> str:
    """Return a text in NFKC without outer blanks, with waves and dashes that look alike made equal."""
    # Before and after: NFKC turns the full-width wave into a tilde and some dashes into others.
    return one_width(text.translate(_WAVES)).translate(_DASHES).strip()


def _without_number(text: str) -> str:
    """Return a text for comparison: signs folded, and without the number before its words (「1 不満」 → 「不満」)."""
    return _NUMBER_BEFORE.sub("", _fold_signs(text))


def _leading_number(option: str) -> str:
    match = _NUMBER_BEFORE.match(_fold_signs(option))
    return match.group(1) if match else ""


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the options by key from (key, option), without "" and keys that several options share."""
    found: dict[str, str] = {}
    twice = set()
    for key, option in pairs:
        if found.setdefault(key, option) != option:
            twice.add(key)
    return {key: option for key, option in found.items() if key and key not in twice}


@record
class SplitCell:
    """Options found (in the cell's order, each once) and the leftover texts that are no option.

    ``ends_with_leftover``: the last part of the cell is such a text.
    """

    options: tuple[str, ...]
    leftovers: tuple[str, ...]
    ends_with_leftover: bool


def split_choices(cell: str, options: Sequence[str], separator: str) -> SplitCell:
    """Split ``cell`` at ``separator`` so that as little text as possible is left over.

    Options may contain the separator themselves: among the ways to read the cell the one with the fewest unknown
    pieces wins, then the one with the fewest (so the longest) options. Adjacent unknown pieces are one text,
    because a written answer may contain the separator. An option that was found already is part of the written
    text when it comes again behind unknown text. An option spelt otherwise (width, dash, a number before it) is
    that option.
    """
    text = cell.strip().removesuffix(separator.strip()) if separator == ";" else cell.strip()
    if not text:
        return SplitCell(options=(), leftovers=(), ends_with_leftover=False)
    pieces = text.split(separator)
    if len(pieces) > MAX_PIECES:
        return SplitCell(options=(), leftovers=(text,), ends_with_leftover=True)
    found = []
    rest: list[list[str]] = []
    after_rest = False
    for part, option in _best_cover(pieces, tuple(options), separator):
        if option and not (after_rest and option in found):
            if option not in found:
                found.append(option)
            after_rest = False
        elif after_rest:
            rest[-1].append(part)
        else:
            rest.append([part])
            after_rest = True
    leftovers = [separator.join(parts).strip() for parts in rest]
    return SplitCell(
        options=tuple(found),
        leftovers=tuple(left for left in leftovers if left),
        ends_with_leftover=after_rest,
    )


def _best_cover(pieces: list[str], options: tuple[str, ...], separator: str) -> list[tuple[str, str]]:
    """Return the cell as (text, option) in order, option "" = unknown, with the fewest unknown pieces, then parts."""
    longest = max((option.count(separator) for option in options), default=0) + 1
    reader = option_matcher(options)
    best = [(0, 0, 0, "")] * (len(pieces) + 1)
    for start in range(len(pieces) - 1, -1, -1):
        unknown, parts, _, _ = best[start + 1]
        choice = (unknown + 1, parts + 1, start + 1, "")
        # A blank behind the separator shows that it is inside a text and separates no choices.
        for end in range(start + 1, min(start + longest, len(pieces)) + 1) if pieces[start][:1].strip() else ():
            option = reader.match(separator.join(pieces[start:end]))
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


def column_separator(cells: Iterable[str], options: Sequence[str], default_separator: str) -> str:
    """Return the separator of choices in one column, whose reading leaves least unknown.

    Of equal separators the one in more cells wins, and ``default_separator`` (of the service) before others: an
    option that is not answered in this file may contain it.
    """
    filled = Counter(cell.strip() for cell in cells if cell.strip())
    best, best_rank = default_separator, (0, 0, 0)
    for place, separator in enumerate(dict.fromkeys((default_separator, *SEPARATORS))):
        seen = sum(count for cell, count in filled.items() if separator in cell)
        if place and not seen:
            continue
        splits = [(split_choices(cell, options, separator), count) for cell, count in filled.items()]
        unknown = sum(len("".join(split.leftovers)) * count for split, count in splits)
        rank = (unknown, -seen, place)
        if not place or rank < best_rank:
            best, best_rank = separator, rank
    return best


def split_column_cell(cell: str, options: Sequence[str], separator: str) -> SplitCell:
    """Split one cell at its column's separator, or at another one if the cell was typed otherwise.

    Another one is used only where nothing of the cell stays unknown, or where the column's separator is not in it
    at all.
    """
    split = split_choices(cell, options, separator)
    if not split.leftovers or not options:
        return split
    reader = option_matcher(tuple(options))
    known, rest = CellSplitter(lambda text: SURE_MATCH if reader.match(text) else 0).split(cell)
    if known and (not rest or separator not in cell):
        meant = tuple(dict.fromkeys(reader.match(one) for one in known))
        at_end = bool(rest) and cell.strip().endswith(rest[-1])
        return SplitCell(options=meant, leftovers=rest, ends_with_leftover=at_end)
    by_blanks, unknown = CellSplitter(lambda text: SURE_MATCH if reader.match(text) else 0, blanks=True).split(cell)
    if by_blanks and not unknown:
        # Some forms separate the choices by blanks alone, and some people by と.
        meant = tuple(dict.fromkeys(map(reader.match, by_blanks)))
        return SplitCell(options=meant, leftovers=(), ends_with_leftover=False)
    return split


def contains_option(text: str, options: Sequence[str]) -> bool:
    """Return whether a short text holds two options, or one and nothing besides (「LINE 電子回覧板 ちらし」)."""
    if SENTENCE.search(text) or len(text) > MAX_OPTION_LENGTH:
        return False
    reader = option_matcher(tuple(options))
    known, rest = CellSplitter(lambda piece: SURE_MATCH if reader.match(piece) else 0, blanks=True).split(text)
    return len(known) > 1 or (bool(known) and not rest)


def split_pieces(value: str, separator: str) -> list[str]:
    """Split at the separator, except before a space (inside a text) and inside brackets."""
    cut = re.split(re.escape(separator) + r"(?=\S)", value.removesuffix(";"))
    pieces: list[str] = []
    for piece in cut:
        if pieces and has_open_bracket(pieces[-1]):
            pieces[-1] += separator + piece
        else:
            pieces.append(piece)
    return [piece.strip() for piece in pieces if piece.strip()]


def all_pieces(values: Sequence[str], separator: str) -> list[str]:
    """Return all pieces of all cells; one that always follows the same piece is joined to it, except with ``;``."""
    cells = [split_pieces(value, separator) for value in values]
    if separator == ";":
        return [piece for cell in cells for piece in cell]
    glued = _inseparable_pieces(cells)
    joined: list[str] = []
    for cell in cells:
        for position, piece in enumerate(cell):
            if position and glued.get(piece) == cell[position - 1]:
                joined[-1] += separator + piece
            else:
                joined.append(piece)
    return joined


def _inseparable_pieces(cells: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return pieces that always follow the same piece, too often for chance, with the piece that they follow."""
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
        # How often the first piece is in other cells shows how likely it precedes this one by chance.
        usual = (sum(leader in cell for cell in without) + 1) / (len(without) + 2)
        if usual**together < _MAX_CHANCE:
            found[piece] = leader
    return found


def has_multiple_choices(values: Sequence[str], separator: str) -> bool:
    """Return whether cells hold several choices each (few short pieces that recur in other cells).

    Also where 「;」 stands in enough of them, or where a later piece is その他.
    """
    distinct = dict.fromkeys(values)
    if separator == ";" and sum(";" in value for value in values) > len(values) * _MIN_REPEATED_SHARE:
        return True
    cut = {value: split_pieces(value, separator) for value in distinct}
    if any(piece.startswith(_OTHER) for parts in cut.values() for piece in parts[1:]):
        return True
    several = [value for value in values if len(cut[value]) > 1]
    if len(several) < len(values) * _MIN_REPEATED_SHARE or not several:
        return False
    pieces = Counter(piece for parts in cut.values() for piece in set(parts))
    if len(pieces) > MAX_OPTIONS or any(len(piece) > MAX_OPTION_LENGTH or SENTENCE.search(piece) for piece in pieces):
        return False
    return any(pieces[piece] > 1 for value in several for piece in cut[value])
