"""Which part of a shown text was matched, in whatever spelling it stands there.

- ``matched_spans(text, keys) -> tuple[tuple[int, int], ...]``
- ``spellings_beside(text, hits) -> tuple[str, ...]`` what was also looked for, to be said: 「髙」「たかはし」
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from db.name_key import name_key


@lru_cache(maxsize=2_000)
def matched_spans(text: str, keys: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return the parts of ``text`` (from, to) whose keys hold one of ``keys``; parts that touch are one.

    ``text`` stays as it is: 「髙橋 恵子」 and the key of 「高橋」 give the first two characters.
    """
    ends = _key_lengths(text)
    whole = name_key(text)
    covered = [False] * len(text)
    for key in keys:
        at = whole.find(key)
        while key and at >= 0:
            first, last = _characters(text, ends, at, at + len(key))
            covered[first:last] = [True] * (last - first)
            at = whole.find(key, at + 1)
    return _runs(covered)


def spellings_beside(typed: str, names: Iterable[str], readings: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the characters and readings that were found although something else was typed, each once.

    Args: typed: the words as typed. names: names found. readings: in which the typed name was also looked for.
    """
    keys = tuple(key for part in typed.split() if (key := name_key(part)))
    plain = set(unicodedata.normalize("NFKC", typed))
    found: dict[str, None] = {}
    for name in names:
        for first, last in matched_spans(name, keys):
            for character in name[first:last]:
                if _is_kanji(character) and character not in plain:
                    found[character] = None
    return (*found, *(reading for reading in readings if reading not in typed))


def _key_lengths(text: str) -> list[int]:
    """How long the key is after each character: a mark of a letter lengthens nothing."""
    return [0, *(len(name_key(text[:end])) for end in range(1, len(text) + 1))]


def _characters(text: str, ends: Sequence[int], first: int, last: int) -> tuple[int, int]:
    """The characters whose keys lie between two places of the key, with the marks that belong to them."""
    begin = max(place for place, length in enumerate(ends) if length <= first)
    end = min(place for place, length in enumerate(ends) if length >= last)
    while end < len(text) and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return min(begin, end), end


def _runs(covered: Sequence[bool]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for place, on in enumerate(covered):
        if not on:
            continue
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return tuple(runs)


def _is_kanji(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"
