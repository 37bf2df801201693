"""Which names stand in what a paper says: a name inside another one, as 「林」 in 「小林」, is not said.

- ``names_in_text(names, text, places) -> frozenset[str]`` the names that stand for themselves
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_SHORT: Final = 3
"""Up to so many signs a name is looked at by its neighbours too: a longer one is rarely part of a name nobody knows."""

_FOLLOWS: Final = re.compile(
    r"様|氏|殿|御中|宛|先生|会長|副会長|代表|役員|会員|支部|主催|ほか|さん|さま|など|から|より|まで|[はがをにへとのもでや]"
)
_PRECEDES: Final = re.compile(r"(?:会長|代表|役員|講師|担当|団体|氏名|ほか|[はがをにへとのもでや])$")
_OF_A_WORD: Final = re.compile(r"[^\W_]")


def names_in_text(names: Iterable[str], text: str, *, place_names: Iterable[str] = ()) -> frozenset[str]:
    """Return the names that stand in a text for themselves, whatever the spaces within them.

    A name that lies within a longer one of ``names`` or ``place_names`` everywhere is not said; one of up to three
    signs stands for itself only where no word goes on before or behind it. What may be either counts as said: a copy is
    noted once too often rather than once too few.

    Args:
        names: of people and 団体, as they are registered; empty ones say nothing. text: line by line; a name never
            runs over two. places: other names that are known, of venues and the like, which may hold one of ``names``.
    """
    lines = text.splitlines()
    tight = ["".join(line.split()) for line in lines]
    asked = {name: "".join(name.split()) for name in names}
    whole = "\n".join(tight)
    found = {key for key in asked.values() if key and key in whole}
    if not found:
        return frozenset()
    known = found | {"".join(one.split()) for one in place_names}
    longer = {key: [one for one in known if key != one and key in one] for key in found}
    said = {
        key
        for key in found
        if any(key in near and _is_named(key, line, longer[key]) for near, line in zip(tight, lines, strict=True))
    }
    return frozenset(name for name, key in asked.items() if key in said)


def _is_named(key: str, line: str, longer: Iterable[str]) -> bool:
    within = [place for one in longer for place in _occurrences(one, line)]
    return any(
        not any(first <= start and end <= last for first, last in within)
        and (len(key) > _SHORT or _is_whole_word(line[:start], line[end:]))
        for start, end in _occurrences(key, line)
    )


def _occurrences(key: str, line: str) -> Iterator[tuple[int, int]]:
    spaced = r"\s*".join(map(re.escape, key))
    for one in re.finditer(f"(?=({spaced}))", line):
        yield one.span(1)


def _is_whole_word(before: str, behind: str) -> bool:
    """Whether no word goes on: there is no letter, or a word that goes with names."""
    return (not before or not _OF_A_WORD.match(before[-1]) or bool(_PRECEDES.search(before))) and (
        not behind or not _OF_A_WORD.match(behind) or bool(_FOLLOWS.match(behind))
    )
