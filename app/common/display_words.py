"""Words in offices' files that are shown by a better word; the stored value stays."""

from __future__ import annotations

from collections.abc import Mapping

DISPLAY_WORDS: Mapping[str, str] = {
    "協議で足りる": "協議のみ（契約変更なし）",
    "日程の比べ": "日程の比較",
    "契約の数": "契約条件",
    "さそい文": "案内文",
}


def display_word(word: str) -> str:
    """Return the text shown for a stored ``word``; most are shown unchanged."""
    return DISPLAY_WORDS.get(word, word)


def left_words(done: int, total: int, unit: str = "件", *, finished: str = "済") -> str:
    """Return what is still to be done (「あと6件」), ``finished`` where nothing is, "" of none at all.

    A bare 「4 / 10」 names nothing and makes the reader subtract; what a contract asks for is said as its whole.
    """
    return "" if not total else finished if done >= total else f"あと{total - done}{unit}"


def count_words(value: int | None, unit: str) -> str:
    """Return "16人", or "" when unknown (a dash would mean "does not apply")."""
    return "" if value is None else f"{value}{unit}"
