"""The words for those of a list that are counted and not named."""

from __future__ import annotations

from collections.abc import Sized


def and_others(items: Sized, named: int, words: str = "、ほか{}件") -> str:
    """Return 「、ほか3件」 for all but the first ``named`` of ``items``, "" if there are no more.

    Args:
        words: what is said, with the number in place of ``{}``.
    """
    more = len(items) - named
    return words.format(more) if more > 0 else ""
