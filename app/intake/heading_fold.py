"""The comparison key of a heading: width folded, blanks of every kind removed, letters in one case."""

from __future__ import annotations

import unicodedata


def fold_heading(text: str) -> str:
    """A heading's comparison key: width folded, every space removed, letters in one case. Never shown."""
    return "".join(unicodedata.normalize("NFKC", text.replace("\x00", "")).split()).casefold()
