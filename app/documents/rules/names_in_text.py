"""Finds the registered names in a text; a name inside a longer one (「林」 in 「小林」) does not count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_SHORT: Final = 3
"""Names of up to so many characters are checked by their neighbours, as they may be part of unknown names."""

_FOLLOWS: Final = re.compile(
    r"様|氏|殿|御中|宛|先生|会長|副会長|代表|役員|会員|支部|主催|ほか|さん|さま|など|から|より|まで|[はがをにへとのもでや]"
)
_PRECEDES: Final = re.compile(r"(?:会長|代表|役員|講師|担当|団体|氏名|ほか|[はがをにへとのもでや])$")
_OF_A_WORD: Final = re.compile(r"[^\W_]")


def names_in_text(names: Iterable[str], text: str, *, place_names: Iterable[str] = ()) -> frozenset[str]:
    """Return the names that occur in a text as words of their own, ignoring spaces within them.

    A name that lies only within longer ones of ``names`` or ``place_names`` does not count; one of up to three
    characters counts only where no word continues before or after it. Doubtful cases count: a copy is rather listed
    once too often than once too few.

    Args:
        names: of people and 団体, as they are registered; empty ones are ignored. text: searched line by line; a name
            never runs over two. place_names: other known names, of venues and the like, which may contain one of
            ``names``.
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
    """Return whether no word continues: no letter, or a word that usually goes with names."""
    return (not before or not _OF_A_WORD.match(before[-1]) or bool(_PRECEDES.search(before))) and (
        not behind or not _OF_A_WORD.match(behind) or bool(_FOLLOWS.match(behind))
    )
