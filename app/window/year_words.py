"""Says fixed words of the window, and keys of kinds of document, as the contract of the year shown says them."""

from __future__ import annotations

from collections.abc import Callable

_wordings: list[Callable[[str], str]] = []


def set_year_words(wording: Callable[[str], str] | None) -> None:
    """Set how the year shown says the words of the window; None = as they are written."""
    _wordings[:] = [wording] if wording is not None else []


def in_year_words(words: str) -> str:
    """Return words of the window as the year shown says them: 「派遣の一覧」 as 「訪問支援の一覧」.

    Names that somebody typed must not stand in them.
    """
    for wording in _wordings:
        return wording(words)
    return words
