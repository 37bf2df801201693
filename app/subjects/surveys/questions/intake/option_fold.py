"""Tells that an answer means an option although it is spelt otherwise: width, blanks, dashes, a number before it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_WAVES = dict.fromkeys(map(ord, "〜～∼˜"), "~")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")
_NUMBER_BEFORE = re.compile(r"^[(]?(\d{1,2})(?:[.:)、\s]|-(?=\D))\s*(?=\D)")
_MOST_KEPT = 5_000
_BARE_NUMBER = re.compile(r"(\d{1,2})(?:\.0+)?")


class OptionReader:
    """The options of one question, found again in texts that forms and code pages spell otherwise.

    A spelling that two options share tells neither of them: then only the exact text counts.
    """

    def __init__(self, options: tuple[str, ...]) -> None:
        self._found: dict[str, str] = {option: option for option in options}
        self._folded = _only_once((fold_option(option), option) for option in options)
        self._wordings = _only_once((fold_option(_wording(option)), option) for option in options)
        self._numbers = _only_once((_number(option), option) for option in options)

    def meant(self, text: str) -> str:
        """The option that ``text`` means, or an empty text when it is none of them."""
        known = self._found.get(text)
        if known is None:
            known = self._looked_up(text)
            # Many sheets say the same; what people wrote themselves is not worth keeping beyond this.
            if len(self._found) < _MOST_KEPT:
                self._found[text] = known
        return known

    def _looked_up(self, text: str) -> str:
        found = self._folded.get(fold_option(text), "")
        if found:
            return found
        bare = _BARE_NUMBER.fullmatch(_plain(text))
        if bare:
            # The end of a scale is 「5 大変満足」 on the sheet and 5 in the file of a form.
            return self._numbers.get(bare.group(1), "")
        return self._wordings.get(fold_option(_wording(text)), "")


@lru_cache(maxsize=512)
def option_reader(options: tuple[str, ...]) -> OptionReader:
    """The reader of these options, made once for all rows of a file."""
    return OptionReader(options)


def fold_option(text: str) -> str:
    """An option's comparison key: width folded, blanks removed, one kind of wave and of dash. Never shown."""
    return "".join(_plain(text).split()).casefold()


def _plain(text: str) -> str:
    # Before and after: NFKC turns the full-width wave into a tilde and some dashes into others.
    return unicodedata.normalize("NFKC", text.translate(_WAVES)).translate(_DASHES).strip()


def _wording(text: str) -> str:
    """The words of 「1 不満」 without the number before them."""
    return _NUMBER_BEFORE.sub("", _plain(text))


def _number(option: str) -> str:
    """The number before the words of an option, or an empty text."""
    match = _NUMBER_BEFORE.match(_plain(option))
    return match.group(1) if match else ""


def _only_once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    twice: set[str] = set()
    for key, option in pairs:
        if found.setdefault(key, option) != option:
            twice.add(key)
    return {key: option for key, option in found.items() if key and key not in twice}
