"""A folder's path as text that can wrap at its separators instead of being cut."""

from __future__ import annotations

from pathlib import Path

_MAY_WRAP = "\u200b"


def path_words(folder: Path) -> str:
    """The path with places to wrap after each separator."""
    text = str(folder)
    for separator in ("/", "\\"):
        text = text.replace(separator, separator + _MAY_WRAP)
    return text
