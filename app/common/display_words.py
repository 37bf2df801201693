"""Words that lie in offices' files and are shown by better ones: the row keeps its word, a person reads another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DISPLAY_WORDS: Final[Mapping[str, str]] = {
    "協議で足りる": "協議のみ（契約変更なし）",
    "日程の比べ": "日程の比較",
    "契約の数": "契約条件",
    "さそい文": "案内文",
}


def display_word(word: str) -> str:
    """Return the word that people read for a ``word`` that is kept; most are read as they are kept."""
    return DISPLAY_WORDS.get(word, word)
